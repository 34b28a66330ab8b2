"""A student's trips, and the steps from the invitation to the payment."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router

from dosojin_web.accounts.roles import Role
from dosojin_web.accounts.seats import Seat
from dosojin_web.api.access import NO_BODY, accepts, anyone, conflicts, later, roles
from dosojin_web.api.answers import answer, answer_bytes, seat_of
from dosojin_web.api.application_shapes import (
    ApplicationShape,
    DetailsQuestion,
    DisclosureQuestion,
    MattersAnswer,
    MattersQuery,
    MattersQuestion,
    PaymentAnswer,
    PlanQuestion,
    SubmitQuestion,
    TripQuestion,
    TripsAnswer,
    TripShape,
)
from dosojin_web.api.endpoints.products import require_edition
from dosojin_web.api.field_kinds import IdempotencyKey, Key
from dosojin_web.api.operations.answer_once import Call, answer_repeatable
from dosojin_web.api.records import show_application
from dosojin_web.api.scopes import not_there, one, own_members
from dosojin_web.policies.disclosure import Disclosure
from dosojin_web.policies.important_matters import load_important_matters
from dosojin_web.policies.japan import day_in_japan
from dosojin_web.policies.models import Application, ApplicationState
from dosojin_web.policies.operations import answer_application, confirm_details
from dosojin_web.policies.operations.open_application import open_application
from dosojin_web.policies.operations.pay_premium import (
    PaymentNotPossible,
    call_off_application_payment,
    pay_application_premium,
)
from dosojin_web.policies.operations.submit_application import submit_application
from dosojin_web.policies.readiness import find_unready
from dosojin_web.policies.refusals import Refused
from dosojin_web.policies.standing import with_standing

router = Router(tags=["student"])
Step = Callable[[Application, Seat, datetime], object]


@router.get(
    "/important-matters",
    response=MattersAnswer,
    operation_id="list_important_matters",
    summary=later(_("What is to be read before enrolling")),
    **anyone(),
)
@accepts()
def list_important_matters(request: HttpRequest, asked: Query[MattersQuery]) -> HttpResponse:
    """The important matters in both languages, and the digest that says they were read."""
    if asked.product is not None:
        require_edition(asked.product, 422)
    found = load_important_matters(asked.product or "")
    matters = [
        {
            "id": matter.id,
            "title": {"ja": matter.title_ja, "en": matter.title_en},
            "text": {"ja": matter.text_ja, "en": matter.text_en},
            "source": matter.source,
        }
        for matter in found.matters
    ]
    told = {"version": found.version, "digest": found.digest, "matters": matters}
    return answer(MattersAnswer.model_validate(told))


@router.get(
    "/me/trips",
    response=TripsAnswer,
    operation_id="list_trips",
    summary=later(_("The study trips that you are on the roster of")),
    **roles(Role.STUDENT),
)
@accepts()
def list_trips(request: HttpRequest) -> HttpResponse:
    """The caller's trips by day of departure, and how each stands."""
    today = day_in_japan(timezone.now())
    rows: Any = with_standing(own_members(seat_of(request)), today).order_by("departs_on", "pk")
    trips = [
        TripShape(
            key=row.key,
            title=row.programme.title,
            host=row.programme.host,
            country=row.programme.country,
            product=row.programme.master.product,
            departs_on=row.departs_on,
            returns_on=row.returns_on,
            standing=row.standing,
            certificate=row.certificate_number,
        )
        for row in rows
    ]
    return answer(TripsAnswer(trips=trips))


@router.get(
    "/me/trips/{key}/application",
    response=ApplicationShape,
    operation_id="read_application",
    summary=later(_("What you have answered so far, and what is still to do")),
    **roles(Role.STUDENT),
)
@accepts()
def read(request: HttpRequest, key: Key) -> HttpResponse:
    """The latest application of the trip; 404 before there is one."""
    application = find_application(seat_of(request), key)
    return answer(show_application(application, timezone.now()))


@router.post(
    "/me/trips/{key}/application",
    response=ApplicationShape,
    operation_id="open_application",
    summary=later(_("Begin to enrol")),
    **roles(Role.STUDENT),
)
@accepts(kind=NO_BODY)
def begin(request: HttpRequest, key: Key) -> HttpResponse:
    """A new application with the office's days, or the one that is open already."""
    seat, now = seat_of(request), timezone.now()
    member = one(own_members(seat), key=key)
    open_application(member, seat.actor, now)
    return answer(show_application(find_application(seat, key), now))


@router.patch(
    "/me/trips/{key}/application/trip",
    response=ApplicationShape,
    operation_id="answer_trip",
    summary=later(_("Say when and where you travel")),
    **conflicts(roles(Role.STUDENT)),
)
@accepts()
def trip(request: HttpRequest, key: Key, asked: TripQuestion) -> HttpResponse:
    """Another trip takes back what was built on the old one: the plan, a quotation, the price."""

    def step(held: Application, seat: Seat, now: datetime) -> object:
        return answer_application.answer_trip(
            held, asked.departs_on, asked.returns_on, asked.country, asked.version, seat.actor, now
        )

    return take_step(request, key, step)


@router.patch(
    "/me/trips/{key}/application/plan",
    response=ApplicationShape,
    operation_id="choose_plan",
    summary=later(_("Say which plan you want")),
    **conflicts(roles(Role.STUDENT)),
)
@accepts()
def plan(request: HttpRequest, key: Key, asked: PlanQuestion) -> HttpResponse:
    """Refused if the plan does not take the trip."""

    def step(held: Application, seat: Seat, now: datetime) -> object:
        return answer_application.choose_plan(held, asked.plan, asked.version, seat.actor, now)

    return take_step(request, key, step)


@router.patch(
    "/me/trips/{key}/application/matters",
    response=ApplicationShape,
    operation_id="acknowledge_matters",
    summary=later(_("Say that you have read the important matters")),
    **conflicts(roles(Role.STUDENT)),
)
@accepts()
def matters(request: HttpRequest, key: Key, asked: MattersQuestion) -> HttpResponse:
    """In the words with that digest; refused if they have changed since."""

    def step(held: Application, seat: Seat, now: datetime) -> object:
        return answer_application.acknowledge_matters(
            held, asked.digest, asked.version, seat.actor, now
        )

    return take_step(request, key, step)


@router.patch(
    "/me/trips/{key}/application/disclosure",
    response=ApplicationShape,
    operation_id="disclose",
    summary=later(_("Answer the questions about your trip")),
    **conflicts(roles(Role.STUDENT)),
)
@accepts()
def disclosure(request: HttpRequest, key: Key, asked: DisclosureQuestion) -> HttpResponse:
    """No return planned ends the application; a dangerous sport or job asks the agency."""
    said = asked.model_dump(exclude={"version"})

    def step(held: Application, seat: Seat, now: datetime) -> object:
        disclosed = Disclosure.of_json(said)
        return answer_application.disclose(held, disclosed, asked.version, seat.actor, now)

    return take_step(request, key, step)


@router.patch(
    "/me/trips/{key}/application/details",
    response=ApplicationShape,
    operation_id="confirm_details",
    summary=later(_("Correct and confirm your own details")),
    **conflicts(roles(Role.STUDENT)),
)
@accepts()
def details(request: HttpRequest, key: Key, asked: DetailsQuestion) -> HttpResponse:
    """What is sent replaces what was there; all of it is then taken as confirmed."""
    changes = asked.model_dump(exclude={"version"}, exclude_none=True)

    def step(held: Application, seat: Seat, now: datetime) -> object:
        return confirm_details.confirm_details(held, changes, asked.version, seat.actor, now)

    return take_step(request, key, step)


@router.post(
    "/me/trips/{key}/application/submit",
    response=ApplicationShape,
    operation_id="submit_application",
    summary=later(_("Fix the premium that you saw")),
    **conflicts(roles(Role.STUDENT)),
)
@accepts()
def submit(request: HttpRequest, key: Key, asked: SubmitQuestion) -> HttpResponse:
    """From here on only the payment is missing. Another amount than `seen_total` is refused."""
    seat, now = seat_of(request), timezone.now()
    held = find_application(seat, key)
    submit_application(held, asked.version, asked.seen_total, seat.actor, now)
    return answer(show_application(find_application(seat, key), now))


@router.post(
    "/me/trips/{key}/payment",
    response=PaymentAnswer,
    operation_id="start_payment",
    summary=later(_("Go and pay the premium by card")),
    **conflicts(roles(Role.STUDENT)),
)
@accepts(kind=NO_BODY)
def pay(
    request: HttpRequest,
    key: Key,
    idempotency_key: IdempotencyKey,
) -> HttpResponse:
    """The page of the card company; it sends the payer back to the page of the trip."""
    seat, now = seat_of(request), timezone.now()
    application = find_application(seat, key)
    here = request.build_absolute_uri(reverse("student:payment", args=[key]))
    language = "ja" if get_language() == "ja" else "en"

    def work() -> str:
        waits = application.state == ApplicationState.AWAITING_PAYMENT
        if waits and (unready := find_unready(application, now)):
            raise Refused(unready)
        payment = pay_application_premium(
            application, f"{here}?taken=1", here, language, seat.actor, now
        )
        told = PaymentAnswer(state=payment.state, amount=payment.amount, url=payment.url)
        return told.model_dump_json()

    call = Call(seat, idempotency_key, "start_payment", request.path, b"")
    return answer_bytes(answer_repeatable(call, work, now).encode())


def find_application(seat: Seat, key: object) -> Application:
    """The latest application of one of the caller's trips; Refused with 404 if there is none."""
    member = one(own_members(seat), key=key)
    applications = Application.objects.filter(member=member).select_related(
        "member__person", "member__university", "member__programme__master"
    )
    return applications.order_by("pk").last() or not_there()


def take_step(request: HttpRequest, key: object, step: Step) -> HttpResponse:
    """Take a step of the application and answer with it as it then stands.

    A payment that runs is called off first: it was for other answers.
    """
    seat, now = seat_of(request), timezone.now()
    held = find_application(seat, key)
    call_off(held, seat, now)
    step(held, seat, now)
    return answer(show_application(find_application(seat, key), now))


def call_off(held: Application, seat: Seat, now: datetime) -> None:
    """No payment runs any more; PaymentNotPossible if the payer was quicker."""
    if held.state != ApplicationState.AWAITING_PAYMENT:
        return
    if not call_off_application_payment(held, seat.actor, now):
        raise PaymentNotPossible(
            gettext("Your payment came first: the answers are final and were not changed.")
        )
