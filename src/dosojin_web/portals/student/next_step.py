"""What a student does next with a trip: one sentence, and one button if there is anything to do."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext

from dosojin_web.policies.eligibility import Obstacle, find_obstacle
from dosojin_web.policies.enrolment_window import EnrolmentWindow, WindowState, window_of
from dosojin_web.policies.japan import day_in_japan
from dosojin_web.policies.models import Referral
from dosojin_web.policies.standing import Standing
from dosojin_web.templatetags.layout import civil_day
from dosojin_web.templatetags.money import yen

from .steps import find_way, step_address
from .trips import BEFORE_ENROLMENT, CertificateInHand, Trip


@dataclass(frozen=True, slots=True)
class NextStep:
    """``sentence`` says it; ``label`` and ``address`` are its button, which posts if ``posts``.

    ``asks_agency``: the contacts belong below.
    """

    sentence: str
    label: str = ""
    address: str = ""
    posts: bool = False
    asks_agency: bool = False


def find_window(trip: Trip, now: datetime) -> EnrolmentWindow | None:
    """Until when this trip can be insured online; None where that no longer matters."""
    if trip.standing not in BEFORE_ENROLMENT:
        return None
    return window_of(trip.departs_on, day_in_japan(now))


def find_next_step(trip: Trip, now: datetime) -> NextStep:
    """The next step of a trip, in the active language."""
    if trip.certificate is not None:
        return _with_certificate(trip, now)
    if trip.standing is Standing.REFUSED:
        return _refused(trip)
    obstacle = find_obstacle(trip.member, trip.departs_on, day_in_japan(now))
    if obstacle is not None:
        return _stopped(obstacle)
    if trip.standing is Standing.REFERRED:
        sentence = gettext("The agency is looking at your answers. You will get an e-mail.")
        return NextStep(sentence, gettext("See how it stands"), step_address(trip, "application"))
    if trip.application is None or not trip.is_open:
        return _begin(trip, gettext("Insure this trip now. It takes about ten minutes."))
    return _filling_in(trip, now)


def _begin(trip: Trip, sentence: str) -> NextStep:
    return NextStep(sentence, gettext("Begin"), step_address(trip, "start"), posts=True)


def _filling_in(trip: Trip, now: datetime) -> NextStep:
    way = find_way(trip, now)
    application = trip.application
    assert application is not None
    if trip.standing is Standing.AWAITING_PAYMENT:
        sentence = gettext("Only the payment is missing: %(amount)s by card.")
        return NextStep(
            sentence % {"amount": yen(application.total)},
            gettext("Go on to the payment"),
            step_address(trip, "payment"),
        )
    if way.next == "check":
        return NextStep(
            gettext("You have answered everything. Check it and pay."),
            gettext("Check and pay"),
            way.next_address,
        )
    return NextStep(
        gettext("You have started. Your answers are saved."), gettext("Go on"), way.next_address
    )


def _with_certificate(trip: Trip, now: datetime) -> NextStep:
    certificate = trip.certificate
    assert certificate is not None
    address = reverse("student:certificate", args=[certificate.number])
    days = {"first": civil_day(certificate.first_day), "last": civil_day(certificate.last_day)}
    if trip.standing is Standing.CANCELLED and _may_begin_anew(trip, certificate, now):
        return _begin(trip, gettext("This insurance was cancelled. You can insure the trip anew."))
    if trip.standing is Standing.CANCELLED:
        return NextStep(
            gettext("This insurance was cancelled. To be insured again, call the agency."),
            gettext("Look at the certificate"),
            address,
        )
    if trip.standing is Standing.ENDED:
        said = gettext("Cover ended on %(last)s.")
        return NextStep(said % days, gettext("Look at the certificate"), address)
    if certificate.comes_on is not None:
        said = gettext("You are enrolled. The certificate comes by e-mail, from %(day)s.")
        day = civil_day(certificate.comes_on)
        return NextStep(said % {"day": day}, gettext("Look at the certificate"), address)
    if trip.standing is Standing.ON_TRIP:
        said = gettext("You are covered until %(last)s, 24:00 Japan time.")
        return NextStep(said % days, gettext("Open the certificate"), address)
    said = gettext("You are enrolled. Print the certificate and take it with you.")
    return NextStep(said, gettext("Open the certificate"), address)


def _may_begin_anew(trip: Trip, certificate: CertificateInHand, now: datetime) -> bool:
    """Only cover that never began makes room for another."""
    today = day_in_japan(now)
    never_began = certificate.first_day > today
    return never_began and find_obstacle(trip.member, trip.member.departs_on, today) is None


def _refused(trip: Trip) -> NextStep:
    return NextStep(
        gettext("This application was not accepted."),
        gettext("Why, and what you can do"),
        step_address(trip, "application"),
    )


def _stopped(obstacle: Obstacle) -> NextStep:
    if obstacle.code == "window_closed":
        # The window itself says it, with the day.
        return NextStep("", asks_agency=True)
    asks_agency = obstacle.code == "outside_scheme_year"
    return NextStep(f"{obstacle.message} {obstacle.remedy}", asks_agency=asks_agency)


def is_closed(window: EnrolmentWindow | None) -> bool:
    """Whether it is too late to enrol online."""
    return window is not None and window.state is WindowState.CLOSED


def find_refusal(trip: Trip) -> Referral | None:
    """What the agency said when it refused this application; None if it was not the agency."""
    if trip.application is None:
        return None
    refusals = trip.application.referrals.filter(state="refused", answered_by__isnull=False)
    return refusals.order_by("answered_at").last()
