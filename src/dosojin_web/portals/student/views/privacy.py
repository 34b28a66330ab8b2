"""What a student agrees to, and objects to, of what is done with the data."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from dosojin_web.accounts.roles import Role
from dosojin_web.accounts.seats import Seat, seated
from dosojin_web.components.records import ConflictRow
from dosojin_web.components.shapes import Fault
from dosojin_web.people.models import Person
from dosojin_web.policies.operations.say_consents import last_entry, say_consents
from dosojin_web.policies.refusals import Refused, Stale
from dosojin_web.portals.student.layout import show
from dosojin_web.portals.student.privacy_choices import (
    PrivacyChoice,
    find_choice,
    find_person,
    list_choices,
)
from dosojin_web.templatetags.portals import KEEP_MINE, TAKE_THEIRS

AGREE, OBJECT = "agree", "object"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@seated(Role.STUDENT)
def privacy(request: HttpRequest, seat: Seat) -> HttpResponse:
    """GET shows each purpose as it stands; POST agrees or objects to one of them."""
    now = timezone.now()
    person, editions = find_person(seat)
    if person is None:
        raise Http404
    choices = list_choices(person, editions, now)
    faults: list[Fault] = []
    chosen = find_choice(choices, request.POST.get("purpose", ""))
    if request.method == "POST":
        try:
            return _say(request, seat, person, chosen)
        except Stale:
            assert chosen is not None
            return _show_both(request, seat, person, chosen)
        except Refused as refused:
            faults = refused.faults
    context = {"choices": choices}
    title = gettext("Your data")
    return show(request, seat, "student/privacy.html", title, "", context, faults)


def _say(
    request: HttpRequest, seat: Seat, person: Person, chosen: PrivacyChoice | None
) -> HttpResponse:
    answer, stands = request.POST.get("answer", ""), request.POST.get("stands", "")
    if stands == TAKE_THEIRS:
        messages.info(request, gettext("The saved version stands."))
        return redirect("student:privacy")
    if chosen is None or answer not in (AGREE, OBJECT):
        raise Refused.at("", gettext("This choice is no longer there. Choose again."))
    if "both" in request.POST and stands != KEEP_MINE:
        raise Stale(person)
    if chosen.agrees != (answer == AGREE) or chosen.entry is None:
        if request.POST.get("seen", "") != str(chosen.seen):
            raise Stale(person)
        id, language = chosen.purpose.id, "ja" if get_language() == "ja" else "en"
        shown, agrees = {id: request.POST.get("shown", "")}, {id: answer == AGREE}
        last = last_entry(person)
        say_consents(person, agrees, shown, last, language, seat.actor, timezone.now())
    said = gettext("You agree to this now.") if answer == AGREE else gettext("You object now.")
    messages.success(request, f"{chosen.words.title}: {said}")
    return redirect("student:privacy")


def _show_both(
    request: HttpRequest, seat: Seat, person: Person, chosen: PrivacyChoice
) -> HttpResponse:
    """409: what the reader says and what was said meanwhile."""
    words = {AGREE: gettext("I agree"), OBJECT: gettext("I object")}
    answer = request.POST.get("answer", "")
    kept = words[AGREE] if chosen.agrees else words[OBJECT] if chosen.entry else ""
    context = {
        "rows": [ConflictRow(chosen.words.title, words.get(answer, ""), kept)],
        "sent": [(name, request.POST.get(name, "")) for name in ("purpose", "answer", "shown")],
        "seen": chosen.seen,
        "error": gettext("Choose one of the two.") if "both" in request.POST else "",
    }
    title, back = gettext("Your data"), reverse("student:privacy")
    template = "student/privacy_both.html"
    return show(request, seat, template, title, back, context, status=409)
