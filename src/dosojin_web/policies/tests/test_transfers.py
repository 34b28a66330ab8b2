"""Bank transfers: the premium of an extension comes in, return premium goes out."""

from datetime import date, datetime

import pytest

from dosojin_web.accounts.seats import Seat
from dosojin_web.audit.models import Event
from dosojin_web.ledger.balances import trial_balance
from dosojin_web.mail.models import OutgoingMail
from dosojin_web.policies.certificate_money import owed_back
from dosojin_web.policies.japan import JAPAN
from dosojin_web.policies.models import (
    Certificate,
    ChangeRequest,
    ChangeState,
    TransferDue,
    TransferState,
    VersionKind,
)
from dosojin_web.policies.operations.decide_change import lapse_change, review_extension
from dosojin_web.policies.operations.receive_transfer import may_be_received, receive_transfer
from dosojin_web.policies.operations.request_change import request_extension
from dosojin_web.policies.operations.send_certificate_again import send_certificate_again
from dosojin_web.policies.operations.send_refund import send_return_premium
from dosojin_web.policies.operations.transfer_return_premium import (
    Payee,
    prepare_transfer,
    settle_transfer,
)
from dosojin_web.policies.refusals import NotYours, Refused, Stale
from dosojin_web.policies.versions import latest_version

from .conftest import NOW, World
from .test_certificate_changes import (
    AUGUST_31,
    JULY_10,
    JUNE_20,
    PROXY,
    ask_to_extend,
    bring_to_payment,
    end_early,
    fields_of,
)

PAYEE = Payee("みずほ銀行", "本郷支店", "普通 1234567", "サトウ ハナコ")
DAY = date(2027, 7, 10)


def receive(  # type: ignore[no-untyped-def]
    world: World, change: ChangeRequest, amount: int = 9_960, on: date = DAY,
    reference: str = "A-77", now: datetime = JULY_10, by: Seat | None = None,
):  # fmt: skip
    change.refresh_from_db()
    actor = (by or world.agency).actor
    return receive_transfer(change, change.version, amount, on, reference, actor, now)


def test_the_exact_amount_in_time_extends(world: World, enrolled: Certificate) -> None:
    change = bring_to_payment(world, ask_to_extend(world, enrolled))
    version = receive(world, change)
    assert (version.kind, version.expiry) == (VersionKind.EXTENSION, AUGUST_31)
    assert trial_balance()["bank"] == 9_960
    assert change.entries.get(act="received").reason == "2027-07-10 A-77"
    assert Event.objects.filter(act="change.received").count() == 1


def test_recording_it_twice_is_once(world: World, enrolled: Certificate) -> None:
    change = bring_to_payment(world, ask_to_extend(world, enrolled))
    first = receive(world, change)
    again = receive_transfer(change, 1, 9_960, DAY, "A-77", world.agency.actor, JULY_10)
    assert again == first
    assert trial_balance()["bank"] == 9_960


@pytest.mark.parametrize(("amount", "said"), [(9_000, "960"), (10_000, "40")])
def test_another_amount_is_refused_and_says_what_to_do(
    world: World, enrolled: Certificate, amount: int, said: str
) -> None:
    change = bring_to_payment(world, ask_to_extend(world, enrolled))
    with pytest.raises(Refused) as refused:
        receive(world, change, amount)
    assert fields_of(refused) == ["amount"]
    assert said in str(refused.value)
    assert trial_balance().get("bank", 0) == 0


def test_money_after_the_last_day_of_cover_extends_nothing(
    world: World, enrolled: Certificate
) -> None:
    change = bring_to_payment(world, ask_to_extend(world, enrolled))
    august = datetime(2027, 8, 2, 9, tzinfo=JAPAN)
    with pytest.raises(Refused) as refused:
        receive(world, change, on=date(2027, 8, 1), now=august)
    assert fields_of(refused) == ["received_on"]
    with pytest.raises(Refused) as refused:
        receive(world, change, on=date(2027, 7, 11))
    assert fields_of(refused) == ["received_on"], "a day that is still to come"
    with pytest.raises(Refused) as refused:
        receive(world, change, on=date(2027, 7, 9), reference=" ")
    assert fields_of(refused) == ["received_on", "reference"], "before it was asked for"


def test_money_that_came_in_time_and_is_recorded_late_still_extends(
    world: World, enrolled: Certificate
) -> None:
    change = bring_to_payment(world, ask_to_extend(world, enrolled))
    august = datetime(2027, 8, 1, 9, tzinfo=JAPAN)
    lapse_change(change, world.agency.actor, august)
    change.refresh_from_db()
    assert may_be_received(change)
    last = date(2027, 7, 31)
    for _ in range(2):
        assert receive(world, change, on=last, now=august) is None, "one alone, however often"
    assert latest_version(enrolled).number == 1
    other = receive(world, change, on=last, now=august, by=world.second_agency, reference="A-78")
    assert other is None, "another transfer than the first one"
    second = receive(world, change, on=last, now=august, by=world.second_agency)
    assert second.expiry == AUGUST_31
    assert list(change.entries.values_list("act", flat=True))[-5:] == [
        "transfer_taken_down", "transfer_taken_down", "reopened", "received", "done",
    ]  # fmt: skip


def test_what_lapsed_unconfirmed_stays_so(world: World, enrolled: Certificate) -> None:
    change = ask_to_extend(world, enrolled)
    lapse_change(change, world.agency.actor, JULY_10)
    change.refresh_from_db()
    assert not may_be_received(change)
    with pytest.raises(Refused):
        receive(world, change)


def test_one_transfer_pays_one_extension(world: World, enrolled: Certificate) -> None:
    change = bring_to_payment(world, ask_to_extend(world, enrolled))
    receive(world, change)
    later = bring_to_payment(world, ask_to_extend(world, enrolled, date(2027, 9, 10)))
    with pytest.raises(Refused) as refused:
        receive(world, later, later.premium_change)
    assert fields_of(refused) == ["reference"]


def test_a_form_that_was_open_meanwhile_is_stale(world: World, enrolled: Certificate) -> None:
    change = bring_to_payment(world, ask_to_extend(world, enrolled))
    with pytest.raises(Stale):
        receive_transfer(change, 1, 9_960, DAY, "A-77", world.agency.actor, JULY_10)


def test_who_entered_an_extension_does_not_check_it(world: World, enrolled: Certificate) -> None:
    change = request_extension(enrolled, AUGUST_31, PROXY, "thesis", 1, world.agency.actor, JULY_10)
    with pytest.raises(NotYours):
        review_extension(change, change.version, 0, "", world.agency.actor, JULY_10)
    checked = review_extension(change, change.version, 0, "", world.second_agency.actor, JULY_10)
    assert checked.state == ChangeState.REVIEWED


@pytest.fixture
def due(world: World, enrolled: Certificate) -> TransferDue:
    """17,370 yen of a certificate that no card payment stands behind."""
    end_early(world, enrolled, None, JUNE_20)
    change = enrolled.changes.get()
    assert send_return_premium(change, JUNE_20) == 17_370
    assert send_return_premium(change, JUNE_20) == 17_370
    return TransferDue.objects.get()


def test_what_no_card_is_left_for_is_noted_once(due: TransferDue) -> None:
    assert (due.amount, due.state) == (17_370, TransferState.WAITING)
    assert due.entries.count() == 1


def test_one_writes_down_the_account_and_another_pays(world: World, due: TransferDue) -> None:
    agency, second = world.agency, world.second_agency
    due = prepare_transfer(due, due.version, PAYEE, agency.user, agency.actor, JUNE_20)
    assert Payee.of(due) == PAYEE
    arguments = (due, due.version, "B-1", JUNE_20.date())
    with pytest.raises(NotYours):
        settle_transfer(*arguments, agency.user, agency.actor, JUNE_20)
    paid = settle_transfer(*arguments, second.user, second.actor, JUNE_20)
    assert settle_transfer(*arguments, second.user, second.actor, JUNE_20) == paid
    assert paid.state == TransferState.PAID
    assert trial_balance()["bank"] == -17_370
    assert owed_back(due.change.certificate) == 0
    with pytest.raises(Stale):
        prepare_transfer(due, due.version, PAYEE, second.user, second.actor, JUNE_20)


def test_what_is_missing_is_said_beside_it(world: World, due: TransferDue) -> None:
    agency, second = world.agency, world.second_agency
    with pytest.raises(Refused) as refused:
        prepare_transfer(due, 1, Payee("", "", " ", "x" * 101), agency.user, agency.actor, NOW)
    assert fields_of(refused) == ["bank", "branch", "account", "holder"]
    with pytest.raises(Refused):
        settle_transfer(due, 1, "B-1", JUNE_20.date(), second.user, second.actor, JUNE_20)
    due = prepare_transfer(due, 1, PAYEE, agency.user, agency.actor, JUNE_20)
    with pytest.raises(Refused) as refused:
        settle_transfer(due, due.version, "", date(2027, 6, 19), second.user, second.actor, JUNE_20)
    assert fields_of(refused) == ["reference", "paid_on"]


def test_the_mail_with_the_certificate_goes_out_again_once_a_form(
    world: World, enrolled: Certificate, settings, tmp_path
) -> None:  # type: ignore[no-untyped-def]
    settings.VAR = tmp_path
    assert send_certificate_again(enrolled, "t1", world.agency.actor, NOW)
    assert not send_certificate_again(enrolled, "t1", world.agency.actor, NOW)
    assert send_certificate_again(enrolled, "t2", world.agency.actor, NOW)
    keys = set(
        OutgoingMail.objects.filter(template="policies/mail/certificate").values_list(
            "queue_key", flat=True
        )
    )
    stem = f"certificate:{enrolled.number}:{latest_version(enrolled).number}"
    assert keys == {stem, f"{stem}:t1", f"{stem}:t2"}
