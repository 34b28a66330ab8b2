"""Five short questions, a page each; what they say is disclosed at once, after the last."""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from dosojin_web.accounts.seats import Seat
from dosojin_web.components.records import ConflictRow
from dosojin_web.components.shapes import Fault
from dosojin_web.policies.disclosure import Disclosure
from dosojin_web.policies.models import Application
from dosojin_web.policies.operations.answer_application import disclose, read_disclosure
from dosojin_web.portals.student.answering import Answer, take_answer
from dosojin_web.portals.student.contacts import draw_contacts
from dosojin_web.portals.student.drafts import drop_draft, keep_draft, read_draft
from dosojin_web.portals.student.guards import while_open
from dosojin_web.portals.student.layout import show
from dosojin_web.portals.student.questions import (
    BY_SLUG,
    NO,
    QUESTIONS,
    Question,
    Values,
    build_disclosure,
    check_page,
    compare_answers,
    list_choices,
    next_unanswered,
    read_page,
    values_of,
)
from dosojin_web.portals.student.reasons import why_asked
from dosojin_web.portals.student.steps import step_address
from dosojin_web.portals.student.trips import Trip


@require_safe
@while_open
def questions(request: HttpRequest, seat: Seat, trip: Trip, now: datetime) -> HttpResponse:
    """On to the first question without an answer."""
    asked = next_unanswered(_values(request, trip)) or QUESTIONS[0]
    return HttpResponseRedirect(_address(trip, asked))


@while_open
def question(
    request: HttpRequest, seat: Seat, trip: Trip, now: datetime, slug: str
) -> HttpResponse:
    """One question with the reason for asking beside it."""
    asked = BY_SLUG.get(slug)
    if asked is None:
        raise Http404
    values, faults = _values(request, trip), list[Fault]()
    if request.method == "POST":
        sent = read_page(asked, request.POST)
        values = {**values, **sent}
        taken: HttpResponse | list[Fault] = check_page(asked, sent)
        taken = taken or _go_on(request, seat, trip, values, now)
        if isinstance(taken, HttpResponse):
            return taken
        faults = taken
    context = _describe(asked, values) | {"application": trip.application}
    title = gettext("Questions about your trip")
    back = _back(trip, asked)
    return show(request, seat, "student/question.html", title, back, context, faults)


@while_open
def no_return(request: HttpRequest, seat: Seat, trip: Trip, now: datetime) -> HttpResponse:
    """Without a plan to come back there is no insurance; a slip can be mended, or it is the end."""
    values = _values(request, trip)
    if values.get("return_planned") != NO:
        return HttpResponseRedirect(_address(trip, QUESTIONS[0]))
    faults: list[Fault] = []
    if request.method == "POST":
        taken = _disclose(request, seat, trip, {"return_planned": NO}, now)
        if isinstance(taken, HttpResponse):
            return taken
        faults = taken
    context = {
        "application": trip.application,
        "contacts": draw_contacts(trip.product, now),
        "change_address": _address(trip, QUESTIONS[0]),
    }
    title = gettext("This insurance is not for you")
    back = _address(trip, QUESTIONS[0])
    return show(request, seat, "student/no_return.html", title, back, context, faults)


def _values(request: HttpRequest, trip: Trip) -> Values:
    """What was answered so far: begun in this session, else disclosed before."""
    assert trip.application is not None
    begun = read_draft(request, trip.application)
    return values_of(read_disclosure(trip.application)) if begun is None else begun


def _go_on(
    request: HttpRequest, seat: Seat, trip: Trip, values: Values, now: datetime
) -> HttpResponse | list[Fault]:
    """To the next question; after the last, all is disclosed."""
    assert trip.application is not None
    keep_draft(request, trip.application, values)
    if values.get("return_planned") == NO:
        return HttpResponseRedirect(reverse("student:no_return", args=[trip.member.key]))
    missing = next_unanswered(values)
    if missing is not None:
        return HttpResponseRedirect(_address(trip, missing))
    return _disclose(request, seat, trip, values, now)


def _disclose(
    request: HttpRequest, seat: Seat, trip: Trip, values: Values, now: datetime
) -> HttpResponse | list[Fault]:
    application = trip.application
    assert application is not None
    comes_back = values["return_planned"] != NO
    disclosure = build_disclosure(values) if comes_back else Disclosure(return_planned=False)

    def act(version: int) -> None:
        disclose(application, disclosure, version, seat.actor, now)

    def rows() -> list[ConflictRow]:
        saved = Application.objects.get(pk=application.pk)
        return compare_answers(values, read_disclosure(saved))

    title = gettext("Questions about your trip")
    answer = Answer(title, act, rows, kept=lambda: drop_draft(request))
    return take_answer(request, seat, trip, answer, now)


def _describe(asked: Question, values: Values) -> dict[str, Any]:
    return {
        "question": asked,
        "value": values.get(asked.field, ""),
        "note": values.get(asked.note, "") if asked.note else "",
        "options": list_choices(asked),
        "place": gettext("Question %(number)s of %(count)s")
        % {"number": QUESTIONS.index(asked) + 1, "count": len(QUESTIONS)},
        "why": why_asked(asked.slug),
    }


def _address(trip: Trip, asked: Question) -> str:
    return reverse("student:question", args=[trip.member.key, asked.slug])


def _back(trip: Trip, asked: Question) -> str:
    place = QUESTIONS.index(asked)
    return _address(trip, QUESTIONS[place - 1]) if place else step_address(trip, "application")
