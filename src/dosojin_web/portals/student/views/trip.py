"""When and where to."""

from datetime import date, datetime
from unicodedata import normalize

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language, gettext

from dosojin_web.accounts.seats import Seat
from dosojin_web.components.records import ConflictRow
from dosojin_web.components.shapes import Fault
from dosojin_web.policies.countries import is_country, list_countries
from dosojin_web.policies.mapping import Refusal, quote_plans
from dosojin_web.policies.models import Application
from dosojin_web.policies.operations.answer_application import answer_trip
from dosojin_web.policies.quotes import read_day
from dosojin_web.policies.sheets import country_name
from dosojin_web.portals.student.answering import Answer, take_answer
from dosojin_web.portals.student.guards import while_open
from dosojin_web.portals.student.layout import show
from dosojin_web.portals.student.steps import step_address
from dosojin_web.portals.student.trips import Trip
from dosojin_web.templatetags.layout import civil_day

FIELDS = ("departs_on", "returns_on", "country")


@while_open
def trip(request: HttpRequest, seat: Seat, trip: Trip, now: datetime) -> HttpResponse:
    """The first and the last day away from home, both counted, and the country."""
    application = trip.application
    assert application is not None
    values = {name: getattr(application, name) for name in FIELDS}
    faults: list[Fault] = []
    if request.method == "POST":
        values = {name: _typed(request, name) for name in FIELDS}
        taken = _take(request, seat, trip, values, now)
        if isinstance(taken, HttpResponse):
            return taken
        faults = taken
    context = {
        "application": application,
        "member": trip.member,
        "values": values,
        "countries": list_countries("ja" if get_language() == "ja" else "en"),
    }
    back = step_address(trip, "application")
    return show(request, seat, "student/trip.html", gettext("Your trip"), back, context, faults)


def _typed(request: HttpRequest, name: str) -> str:
    return normalize("NFKC", request.POST.get(name, "")).strip()


def _take(
    request: HttpRequest, seat: Seat, trip: Trip, typed: dict[str, str], now: datetime
) -> HttpResponse | list[Fault]:
    departs, returns = read_day(typed["departs_on"]), read_day(typed["returns_on"])
    faults = _check(typed, departs, returns, trip.product)
    if faults or departs is None or returns is None:
        return faults
    application, country = trip.application, typed["country"]
    assert application is not None

    def act(version: int) -> None:
        answer_trip(application, departs, returns, country, version, seat.actor, now)

    def rows() -> list[ConflictRow]:
        saved = Application.objects.get(pk=application.pk)
        return _compare(departs, returns, country, saved)

    return take_answer(request, seat, trip, Answer(gettext("Your trip"), act, rows), now)


def _check(
    typed: dict[str, str], departs: date | None, returns: date | None, product: str
) -> list[Fault]:
    faults = [
        fault
        for fault in (
            _check_day("departs_on", typed, departs, gettext("Enter the day of departure.")),
            _check_day("returns_on", typed, returns, gettext("Enter the day of return.")),
        )
        if fault is not None
    ]
    if not is_country(typed["country"]):
        faults.append(Fault("country", gettext("Choose the country.")))
    if departs is not None and returns is not None and departs <= returns:
        try:
            quote_plans(product, departs, returns)
        except Refusal as refusal:
            faults.append(refusal.fault({"start": "departs_on", "end": "returns_on"}))
    return faults


def _check_day(name: str, typed: dict[str, str], day: date | None, needed: str) -> Fault | None:
    if not typed[name]:
        return Fault(name, needed)
    if day is None:
        said = gettext("“%(typed)s” is not a day. Write it like 2026-06-01.")
        return Fault(name, said % {"typed": typed[name]})
    return None


def _compare(departs: date, returns: date, country: str, saved: Application) -> list[ConflictRow]:
    language = "ja" if get_language() == "ja" else "en"
    assert saved.departs_on is not None and saved.returns_on is not None
    return [
        ConflictRow(gettext("Day of departure"), civil_day(departs), civil_day(saved.departs_on)),
        ConflictRow(gettext("Day of return"), civil_day(returns), civil_day(saved.returns_on)),
        ConflictRow(
            gettext("Country"),
            country_name(country, language),
            country_name(saved.country, language),
        ),
    ]
