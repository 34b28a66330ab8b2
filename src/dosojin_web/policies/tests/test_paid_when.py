"""What counts is when the card was charged, or paying was begun, not when that was noticed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from dosojin_web.deadlines.operations.run_due import run_due
from dosojin_web.ledger.balances import trial_balance
from dosojin_web.mail.models import OutgoingMail
from dosojin_web.payments.fake.cards import CARDS
from dosojin_web.payments.fake.postman import sign
from dosojin_web.payments.fake.server import Fake, run_fake
from dosojin_web.payments.models import CardRefund, Payment
from dosojin_web.payments.operations.read_payment_event import read_payment_event
from dosojin_web.payments.operations.reconcile import reconcile
from dosojin_web.payments.operations.start_payment import start_payment
from dosojin_web.payments.tests.trial import KEY, SECRET, letters
from dosojin_web.policies.japan import JAPAN, end_of_day
from dosojin_web.policies.models import (
    Application,
    ApplicationState,
    Certificate,
    ChangeRequest,
    ChangeState,
)
from dosojin_web.policies.operations.approve_programme import withdraw_programme
from dosojin_web.policies.operations.pay_premium import (
    PaymentNotPossible,
    find_change_payment,
    pay_application_premium,
    pay_change_premium,
)
from dosojin_web.policies.operations.request_change import withdraw_change
from dosojin_web.policies.operations.submit_application import payment_reference
from dosojin_web.policies.operations.withdraw_member import put_member_back, withdraw_member
from dosojin_web.policies.paying import APPLICATION
from dosojin_web.policies.versions import latest_version

from .conftest import DEPARTS, PREMIUM_D_2_MONTHS, World, fill_in, submit
from .test_certificate_changes import AUGUST_31, ask_to_extend, bring_to_payment

PAGE = "http://127.0.0.1:8000/my/"
LAST_DAY = date(2027, 7, 31)
MIDNIGHT = end_of_day(LAST_DAY)
BEFORE, AFTER = MIDNIGHT - timedelta(minutes=10), MIDNIGHT + timedelta(minutes=1)
DAY_9 = datetime(2027, 5, 23, 23, 50, tzinfo=JAPAN)
MORE = 9_960


@pytest.fixture
def fake(settings: Any) -> Iterator[Fake]:
    """A stand-in for the card company that keeps its events until a test brings them."""
    with run_fake(KEY, SECRET) as running:
        settings.STRIPE_API_BASE = running.base
        settings.STRIPE_API_KEY = KEY
        settings.STRIPE_WEBHOOK_SECRET = SECRET
        yield running


def charge(fake: Fake, at: datetime) -> None:
    """The payer's card is taken at the last payment's page."""
    fake.till.clock = at.timestamp
    fake.till.pay(Payment.objects.latest("pk").session_id or "", CARDS["success"])


def hear(fake: Fake, kind: str, at: datetime) -> None:
    (letter,) = letters(fake, kind)
    read_payment_event(letter.body, sign(letter.body, SECRET), at)


def by_webhook(fake: Fake, at: datetime) -> None:
    hear(fake, "checkout.session.completed", at)


def by_another_event(fake: Fake, at: datetime) -> None:
    hear(fake, "payment_intent.succeeded", at)


def by_page(fake: Fake, at: datetime) -> None:
    find_change_payment(ChangeRequest.objects.get(), at)


def by_round(fake: Fake, at: datetime) -> None:
    assert reconcile(at, waited=timedelta(0)).faults == 0


WAYS = [by_webhook, by_another_event, by_page, by_round]
Notice = Callable[[Fake, datetime], None]
noticed = pytest.mark.parametrize("notice", WAYS)


@pytest.fixture
def change(world: World, enrolled: Certificate, fake: Fake) -> ChangeRequest:
    """An extension to 31 August; its card page is open ten minutes before the end of cover."""
    change = bring_to_payment(world, ask_to_extend(world, enrolled))
    fake.till.clock = BEFORE.timestamp
    pay_change_premium(change, PAGE, PAGE, "en", world.actor, BEFORE)
    return change


def state_of(change: ChangeRequest) -> ChangeState:
    change.refresh_from_db()
    return ChangeState(change.state)


def acts(change: ChangeRequest) -> list[str]:
    return list(change.entries.values_list("act", flat=True))


def goes_back(fake: Fake, at: datetime) -> int:
    """The yen that are sent back to the card."""
    run_due(at)
    return sum(CardRefund.objects.values_list("amount", flat=True))


@noticed
def test_a_card_charged_on_the_last_day_extends_when_it_is_noticed_the_next(
    change: ChangeRequest, fake: Fake, notice: Notice
) -> None:
    charge(fake, BEFORE)
    fake.till.clock = AFTER.timestamp
    notice(fake, AFTER)
    assert state_of(change) == ChangeState.DONE
    assert latest_version(change.certificate).expiry == AUGUST_31
    assert Payment.objects.get().paid_at == BEFORE
    assert trial_balance()["card-clearing"] == PREMIUM_D_2_MONTHS + MORE
    assert goes_back(fake, AFTER) == 0


@noticed
def test_a_request_that_lapsed_in_between_is_taken_up_again(
    change: ChangeRequest, fake: Fake, notice: Notice
) -> None:
    charge(fake, BEFORE)
    run_due(MIDNIGHT)
    assert state_of(change) == ChangeState.LAPSED
    version = change.version
    notice(fake, AFTER)
    assert state_of(change) == ChangeState.DONE
    assert change.version == version + 2, "a form that shows it as lapsed is stale"
    assert latest_version(change.certificate).expiry == AUGUST_31
    assert acts(change)[-3:] == ["lapsed", "reopened", "done"]
    assert goes_back(fake, AFTER) == 0
    assert OutgoingMail.objects.filter(template="policies/mail/change_done").exists()


@noticed
@pytest.mark.parametrize("lapses", [True, False])
def test_a_card_charged_after_the_last_day_extends_nothing(
    change: ChangeRequest, fake: Fake, notice: Notice, lapses: bool
) -> None:
    if lapses:
        run_due(MIDNIGHT)
    charge(fake, AFTER)
    notice(fake, AFTER + timedelta(minutes=1))
    assert state_of(change) == (ChangeState.LAPSED if lapses else ChangeState.AWAITING_PREMIUM)
    assert latest_version(change.certificate).expiry == LAST_DAY
    assert "reopened" not in acts(change)
    assert goes_back(fake, AFTER + timedelta(minutes=2)) == MORE


def test_the_last_second_of_the_last_day_counts_and_midnight_does_not(
    change: ChangeRequest, fake: Fake
) -> None:
    charge(fake, MIDNIGHT - timedelta(seconds=1))
    by_page(fake, AFTER)
    assert state_of(change) == ChangeState.DONE


def test_midnight_is_the_next_day(change: ChangeRequest, fake: Fake) -> None:
    charge(fake, MIDNIGHT)
    by_page(fake, AFTER)
    assert goes_back(fake, AFTER) == MORE


def test_events_that_come_late_twice_and_in_another_order_extend_once(
    change: ChangeRequest, fake: Fake
) -> None:
    fake.till.pay(Payment.objects.get().session_id or "", CARDS["declined"])
    charge(fake, BEFORE)
    run_due(MIDNIGHT)
    for letter in [*reversed(fake.postman.written), *fake.postman.written]:
        read_payment_event(letter.body, sign(letter.body, SECRET), AFTER)
    assert acts(change)[-3:] == ["lapsed", "reopened", "done"]
    assert change.certificate.versions.count() == 2
    assert trial_balance()["card-clearing"] == PREMIUM_D_2_MONTHS + MORE
    assert goes_back(fake, AFTER) == 0


def test_what_was_taken_back_is_not_taken_up_again(
    change: ChangeRequest, fake: Fake, world: World
) -> None:
    charge(fake, BEFORE)
    withdraw_change(change, world.actor, BEFORE)
    by_webhook(fake, AFTER)
    assert state_of(change) == ChangeState.WITHDRAWN
    assert goes_back(fake, AFTER) == MORE


def test_one_of_two_lapsed_requests_is_paid_for_and_the_other_is_open(
    change: ChangeRequest, fake: Fake, world: World, enrolled: Certificate
) -> None:
    """Whoever asked anew has said what they want; the older wish is not carried out beside it."""
    charge(fake, BEFORE)
    ChangeRequest.objects.filter(pk=change.pk).update(state=ChangeState.LAPSED)
    other = ask_to_extend(world, enrolled, date(2027, 9, 10))
    by_webhook(fake, BEFORE + timedelta(minutes=1))
    assert (state_of(change), state_of(other)) == (ChangeState.LAPSED, ChangeState.REQUESTED)
    assert goes_back(fake, AFTER) == MORE


# The premium of an application.


def submitted(world: World, at: datetime) -> Application:
    """Everything answered and sent in, early enough."""
    return submit(world, fill_in(world, now=at), PREMIUM_D_2_MONTHS, at)


def open_card_page(world: World, application: Application, fake: Fake, at: datetime) -> Payment:
    fake.till.clock = at.timestamp
    return pay_application_premium(application, PAGE, PAGE, "en", world.actor, at)


def application_of(world: World) -> Application:
    return Application.objects.get(member=world.member)


@pytest.mark.parametrize("notice", [by_webhook, by_another_event, by_round])
def test_begun_on_day_9_and_paid_on_day_8_enrols(world: World, fake: Fake, notice: Notice) -> None:
    open_card_page(world, submitted(world, DAY_9), fake, DAY_9)
    later = DAY_9 + timedelta(minutes=30)
    charge(fake, later)
    notice(fake, later + timedelta(minutes=5))
    assert application_of(world).state == ApplicationState.ENROLLED
    assert goes_back(fake, later + timedelta(minutes=6)) == 0


def test_paying_is_not_begun_on_day_8(world: World, fake: Fake) -> None:
    application = submitted(world, DAY_9)
    with pytest.raises(PaymentNotPossible):
        open_card_page(world, application, fake, DAY_9 + timedelta(minutes=10))
    assert not Payment.objects.exists()


@pytest.mark.parametrize(
    ("days", "state"),
    [
        (10, ApplicationState.ENROLLED),
        (9, ApplicationState.ENROLLED),
        (8, ApplicationState.AWAITING_PAYMENT),
        (0, ApplicationState.AWAITING_PAYMENT),
    ],
)
def test_the_window_holds_for_money_that_comes_past_the_page(
    world: World, fake: Fake, days: int, state: ApplicationState
) -> None:
    """A payment that was begun, by whatever way, too late."""
    application = submitted(world, DAY_9)
    begun = datetime.combine(DEPARTS - timedelta(days=days), DAY_9.timetz())
    reference = payment_reference(application)
    fake.till.clock = begun.timestamp
    start_payment(
        purpose=APPLICATION, reference=reference, key=reference, amount=application.total,
        description="x", email="", return_url=PAGE, cancel_url=PAGE, language="en",
        actor=world.actor, now=begun,
    )  # fmt: skip
    charge(fake, begun)
    by_webhook(fake, begun)
    assert application_of(world).state == state
    back = 0 if state == ApplicationState.ENROLLED else PREMIUM_D_2_MONTHS
    assert goes_back(fake, begun) == back


def leave_roster(world: World, at: datetime) -> None:
    withdraw_member(world.member, world.office.actor, at)


def end_programme(world: World, at: datetime) -> None:
    withdraw_programme(world.programme, "cancelled", world.office.actor, at)


@pytest.mark.parametrize("change_mind", [leave_roster, end_programme])
@pytest.mark.parametrize("notice", [by_webhook, by_round])
def test_money_for_a_place_that_is_no_more_goes_back(
    world: World, fake: Fake, notice: Notice, change_mind: Callable[[World, datetime], None]
) -> None:
    open_card_page(world, submitted(world, DAY_9), fake, DAY_9)
    change_mind(world, DAY_9)
    charge(fake, DAY_9 + timedelta(minutes=5))
    notice(fake, DAY_9 + timedelta(minutes=5))
    assert not Certificate.objects.exists()
    assert goes_back(fake, DAY_9 + timedelta(minutes=6)) == PREMIUM_D_2_MONTHS
    assert trial_balance().get("premium-due:tokiomarine", 0) == 0


def test_back_on_the_roster_one_pays_anew(world: World, fake: Fake) -> None:
    """The payment that went back does not stand for the next one."""
    application = submitted(world, DAY_9)
    open_card_page(world, application, fake, DAY_9)
    leave_roster(world, DAY_9)
    charge(fake, DAY_9)
    by_webhook(fake, DAY_9)
    put_member_back(world.member, world.office.actor, DAY_9)
    again = open_card_page(world, application_of(world), fake, DAY_9)
    assert again.is_live
    charge(fake, DAY_9)
    by_round(fake, DAY_9)
    assert application_of(world).state == ApplicationState.ENROLLED
    assert goes_back(fake, DAY_9) == PREMIUM_D_2_MONTHS
    assert Certificate.objects.count() == 1
