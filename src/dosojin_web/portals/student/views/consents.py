"""What is done with the data: agreed to or objected to, use by use."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import get_language, gettext

from dosojin_web.accounts.seats import Seat
from dosojin_web.components.records import ConflictRow
from dosojin_web.components.shapes import Choice, Fault
from dosojin_web.consents.models import ConsentKind
from dosojin_web.consents.purposes import Language, Purpose
from dosojin_web.consents.rights import entry_at
from dosojin_web.policies.operations.say_consents import last_entry, say_consents
from dosojin_web.portals.student.answering import NO_VERSION, Answer, take_answer
from dosojin_web.portals.student.contacts import draw_contacts
from dosojin_web.portals.student.guards import while_open
from dosojin_web.portals.student.layout import show
from dosojin_web.portals.student.steps import asked_purposes, step_address
from dosojin_web.portals.student.trips import Trip

AGREE, OBJECT = "agree", "object"


@while_open
def consents(request: HttpRequest, seat: Seat, trip: Trip, now: datetime) -> HttpResponse:
    """One choice for each use; objecting stops the enrolment only where the use says so."""
    asked = asked_purposes(trip)
    answers = {purpose.id: _said(trip, purpose, now) for purpose in asked}
    faults: list[Fault] = []
    stopped = any(
        purpose.needed_for_enrolment and answers[purpose.id] == OBJECT for purpose in asked
    )
    if request.method == "POST":
        answers = {purpose.id: request.POST.get(purpose.id, "") for purpose in asked}
        taken = _take(request, seat, trip, answers, now)
        if isinstance(taken, HttpResponse):
            return taken
        faults = taken
    context = {
        "application": trip.application,
        "version": last_entry(trip.member.person),
        "uses": [_describe(purpose, answers[purpose.id], faults) for purpose in asked],
        "stopped": stopped,
        "contacts": draw_contacts(trip.product, now) if stopped else [],
    }
    title, back = gettext("Use of your data"), step_address(trip, "application")
    return show(request, seat, "student/consents.html", title, back, context, faults)


def _take(
    request: HttpRequest, seat: Seat, trip: Trip, answers: dict[str, str], now: datetime
) -> HttpResponse | list[Fault]:
    person, asked = trip.member.person, asked_purposes(trip)
    if faults := _find_unanswered(asked, answers):
        return faults
    agreed = {id: said == AGREE for id, said in answers.items()}
    shown = {id: request.POST.get(f"shown-{id}", "") for id in answers}
    sent = request.POST.get("version", "")
    version = int(sent) if sent.isdigit() and len(sent) < 19 else NO_VERSION

    def act(seen: int) -> None:
        say_consents(person, agreed, shown, seen, _language(), seat.actor, now)

    def rows() -> list[ConflictRow]:
        return [_compare(trip, purpose, answers[purpose.id], now) for purpose in asked]

    title = gettext("Use of your data")
    answer = Answer(title, act, rows, version, current=lambda: last_entry(person))
    taken = take_answer(request, seat, trip, answer, now)
    refused = [each for each in asked if each.needed_for_enrolment and not agreed[each.id]]
    if isinstance(taken, HttpResponseRedirect) and refused:
        messages.warning(request, gettext("Your answers are kept. You cannot enrol with them."))
        return HttpResponseRedirect(step_address(trip, "consents"))
    return taken


def _find_unanswered(asked: list[Purpose], answers: dict[str, str]) -> list[Fault]:
    message, language = gettext("Choose whether you agree to “%(title)s”."), _language()
    return [
        Fault(purpose.id, message % {"title": purpose.words[language].title})
        for purpose in asked
        if answers[purpose.id] not in (AGREE, OBJECT)
    ]


def _language() -> Language:
    return Language.JA if get_language() == "ja" else Language.EN


def _said(trip: Trip, purpose: Purpose, now: datetime) -> str:
    entry = entry_at(trip.member.person, purpose.id, now)
    if entry is None:
        return ""
    return AGREE if entry.kind == ConsentKind.GIVEN else OBJECT


def _compare(trip: Trip, purpose: Purpose, mine: str, now: datetime) -> ConflictRow:
    words = {AGREE: gettext("I agree"), OBJECT: gettext("I object"), "": ""}
    title = purpose.words[_language()].title
    return ConflictRow(title, words[mine], words[_said(trip, purpose, now)])


def _describe(purpose: Purpose, answer: str, faults: list[Fault]) -> dict[str, Any]:
    language = _language()
    words = purpose.words[language]
    return {
        "id": purpose.id,
        "title": words.title,
        "text": words.text,
        "needed": purpose.needed_for_enrolment,
        "shown": purpose.digest(language),
        "answer": answer,
        "error": next((fault.message for fault in faults if fault.field == purpose.id), ""),
        "options": [
            Choice(AGREE, gettext("I agree")),
            Choice(OBJECT, gettext("I object"), words.without),
        ],
    }
