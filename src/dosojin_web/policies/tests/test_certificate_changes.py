"""Extension, shortening, cancellation: who may, what it costs, what comes back."""

from datetime import date, datetime, timedelta

import pytest

from dosojin_web.deadlines.models import Deadline
from dosojin_web.ledger.balances import trial_balance
from dosojin_web.policies.deadline_kinds import lapse
from dosojin_web.policies.disclosure import Disclosure, Hazard
from dosojin_web.policies.japan import JAPAN
from dosojin_web.policies.models import (
    Certificate,
    CertificateVersion,
    ChangeRequest,
    ChangeState,
    VersionKind,
)
from dosojin_web.policies.operations.answer_referral import check_loading, quote_loading
from dosojin_web.policies.operations.complete_change import complete_change
from dosojin_web.policies.operations.decide_change import (
    confirm_change,
    refuse_change,
    review_extension,
)
from dosojin_web.policies.operations.enrol_student import enrol_student
from dosojin_web.policies.operations.request_change import (
    request_early_end,
    request_extension,
    withdraw_change,
)
from dosojin_web.policies.proxies import Proxy
from dosojin_web.policies.refusals import NotYours, Refused, Stale
from dosojin_web.policies.versions import CertificateState, latest_version, state_of

from .conftest import NOW, World, fill_in, submit

PROXY = Proxy("佐藤一郎", "父", "+81311112222", "father@example.jp")
JULY_10 = datetime(2027, 7, 10, 9, 0, tzinfo=JAPAN)
JUNE_20 = datetime(2027, 6, 20, 9, 0, tzinfo=JAPAN)
AUGUST_31 = date(2027, 8, 31)


def ask_to_extend(
    world: World, certificate: Certificate, new_end: date = AUGUST_31, now: datetime = JULY_10
) -> ChangeRequest:
    number = latest_version(certificate).number
    return request_extension(
        certificate, new_end, PROXY, "thesis", number, world.student.actor, now
    )


def bring_to_payment(world: World, change: ChangeRequest, now: datetime = JULY_10) -> ChangeRequest:
    change = review_extension(change, change.version, 0, "", world.agency.actor, now)
    return confirm_change(change, change.version, world.policyholder.actor, now)


def end_early(
    world: World, certificate: Certificate, last_day: date | None, now: datetime
) -> CertificateVersion:
    number = latest_version(certificate).number
    change = request_early_end(certificate, last_day, "", number, world.student.actor, now)
    confirm_change(change, change.version, world.policyholder.actor, now)
    return latest_version(certificate)


def enrol_for_20_days(world: World) -> Certificate:
    """1 to 20 June 2027 in plan C: up to 21 days, 8,760 yen (003 l.209)."""
    return enrol_in_c(world, date(2027, 6, 20), 8_760)


def enrol_in_c(world: World, until: date, premium: int) -> Certificate:
    filled = fill_in(world, plan="C", departs=date(2027, 6, 1), returns=until)
    return enrol_student(submit(world, filled, premium), "receipt-1", "card-clearing", NOW)


def fields_of(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [fault.field for fault in refused.value.faults]


def test_an_extension_costs_the_difference_of_the_tariff(
    world: World, enrolled: Certificate
) -> None:
    """1 June to 31 August is three months: 36,090 − 26,130 = 9,960 (003 l.221-222)."""
    change = bring_to_payment(world, ask_to_extend(world, enrolled))
    assert (change.state, change.premium_change) == (ChangeState.AWAITING_PREMIUM, 9_960)
    assert latest_version(enrolled).number == 1, "no cover before the premium is received"
    version = complete_change(change, "transfer-7", "bank", world.agency.actor, JULY_10)
    assert version.kind == VersionKind.EXTENSION
    assert (version.expiry, version.premium) == (AUGUST_31, 36_090)
    assert version.effective_from == date(2027, 8, 1)
    # 36,090 × 50 / 20 / 17.5 / 12.5 % = 18,045 + 7,218 + 6,315 + 4,511, one yen left over.
    assert trial_balance() == {
        "bank": 9_960,
        "card-clearing": 26_130,
        "premium-due:tokiomarine": -18_046,
        "premium-due:aioi": -7_218,
        "premium-due:sompo": -6_315,
        "premium-due:mitsui": -4_511,
    }


def test_carrying_out_twice_is_once(world: World, enrolled: Certificate) -> None:
    change = bring_to_payment(world, ask_to_extend(world, enrolled))
    first = complete_change(change, "transfer-7", "bank", world.agency.actor, JULY_10)
    assert complete_change(change, "transfer-7", "bank", world.agency.actor, JULY_10) == first
    assert trial_balance()["bank"] == 9_960


def test_an_extension_beyond_31_days_changes_the_plan(world: World) -> None:
    """40 days are in D, up to 46 days, 18,620 (003 l.219): 9,860 more than 8,760."""
    change = ask_to_extend(world, enrol_for_20_days(world), date(2027, 7, 10), JUNE_20)
    assert (change.plan, change.premium_change) == ("D", 9_860)


@pytest.mark.parametrize(
    ("until", "premium", "new_end", "left"),
    [
        # It goes on to day 31, as its clause says (D13): the certificate still shows it.
        (date(2027, 6, 20), 8_760, date(2027, 7, 10), ["preexisting_emergency"]),
        # Day 31 is the last of the present cover: nothing of it reaches into the extension.
        (date(2027, 7, 1), 12_430, date(2027, 7, 20), []),
    ],
)
def test_a_rider_that_ends_early_is_named_and_dropped_once_over(
    world: World, until: date, premium: int, new_end: date, left: list[str]
) -> None:
    certificate = enrol_in_c(world, until, premium)
    first = certificate.versions.get()
    CertificateVersion.objects.create(
        certificate=certificate,
        number=2,
        kind=VersionKind.CORRECTION,
        recorded_at=NOW,
        effective_from=first.inception,
        plan="C",
        inception=first.inception,
        expiry=first.expiry,
        riders=["preexisting_emergency"],
        premium=first.premium,
        premium_change=0,
        actor="user:1",
    )
    change = ask_to_extend(world, certificate, new_end, JUNE_20)
    assert change.riders_lost == ["preexisting_emergency"]
    waiting = bring_to_payment(world, change, JUNE_20)
    version = complete_change(waiting, "t", "bank", world.agency.actor, JUNE_20)
    assert version.riders == left


def test_a_year_is_the_end_of_plan_d(world: World, enrolled: Certificate) -> None:
    with pytest.raises(Refused) as refused:
        ask_to_extend(world, enrolled, date(2028, 6, 30))
    assert fields_of(refused) == ["new_end"]


def test_nothing_is_extended_after_expiry(world: World, enrolled: Certificate) -> None:
    with pytest.raises(Refused):
        ask_to_extend(world, enrolled, now=datetime(2027, 8, 1, 0, 0, tzinfo=JAPAN))
    last_minute = datetime(2027, 7, 31, 23, 59, tzinfo=JAPAN)
    assert ask_to_extend(world, enrolled, now=last_minute).state == ChangeState.REQUESTED


def test_an_extension_that_is_not_complete_in_time_lapses(
    world: World, enrolled: Certificate
) -> None:
    change = bring_to_payment(world, ask_to_extend(world, enrolled))
    deadline = Deadline.objects.get(kind="change.lapse")
    assert deadline.due_at == datetime(2027, 8, 1, 0, 0, tzinfo=JAPAN)
    lapse(deadline.payload, deadline.due_at)
    change.refresh_from_db()
    assert change.state == ChangeState.LAPSED
    with pytest.raises(ValueError, match="cannot be carried out"):
        complete_change(change, "late", "bank", world.agency.actor, deadline.due_at)


def test_the_proxy_is_named(world: World, enrolled: Certificate) -> None:
    nobody = Proxy("", "", "", "")
    with pytest.raises(Refused) as refused:
        request_extension(enrolled, AUGUST_31, nobody, "", 1, world.student.actor, JULY_10)
    assert fields_of(refused) == ["proxy_name", "proxy_relation", "proxy_phone"]


def test_the_policyholder_confirms_only_what_the_agency_checked(
    world: World, enrolled: Certificate
) -> None:
    change = ask_to_extend(world, enrolled)
    with pytest.raises(Refused):
        confirm_change(change, change.version, world.policyholder.actor, JULY_10)


def test_nobody_confirms_what_he_asked_for(world: World, enrolled: Certificate) -> None:
    change = request_early_end(enrolled, None, "", 1, world.policyholder.actor, NOW)
    with pytest.raises(NotYours):
        confirm_change(change, change.version, world.policyholder.actor, NOW)


def test_cancelled_before_it_began_everything_comes_back(
    world: World, enrolled: Certificate
) -> None:
    version = end_early(world, enrolled, None, NOW)
    assert (version.cancelled, version.premium, version.premium_change) == (True, 0, -26_130)
    assert state_of(version, date(2027, 6, 2)) == CertificateState.CANCELLED
    left = {account: amount for account, amount in trial_balance().items() if amount}
    assert left == {"card-clearing": 26_130, "refund-payable": -26_130}


def test_cancelled_on_the_trip_the_tariff_of_the_time_gone_by_is_kept(
    world: World, enrolled: Certificate
) -> None:
    """1 to 20 June are 20 days: up to 21 days in plan C, 8,760; 26,130 − 8,760 = 17,370."""
    version = end_early(world, enrolled, None, JUNE_20)
    assert version.expiry == date(2027, 6, 20)
    assert (version.premium, version.premium_change) == (8_760, -17_370)
    assert state_of(version, date(2027, 6, 20)) == CertificateState.IN_FORCE
    assert state_of(version, date(2027, 6, 21)) == CertificateState.CANCELLED
    assert trial_balance() == {
        "card-clearing": 26_130,
        "refund-payable": -17_370,
        "premium-due:tokiomarine": -4_380,
        "premium-due:aioi": -1_752,
        "premium-due:sompo": -1_533,
        "premium-due:mitsui": -1_095,
    }


def test_shortened_to_40_days(world: World, enrolled: Certificate) -> None:
    """1 June to 10 July are 40 days: up to 46 days in D, 18,620; 7,510 come back."""
    version = end_early(world, enrolled, date(2027, 7, 10), JUNE_20)
    assert (version.kind, version.premium_change) == (VersionKind.SHORTENING, -7_510)


def test_a_confirmation_days_later_counts_the_days_between(
    world: World, enrolled: Certificate
) -> None:
    """Asked on 20 June, confirmed on 24 June: 24 days, up to 25 days in C, 10,200."""
    change = request_early_end(enrolled, None, "", 1, world.student.actor, JUNE_20)
    later = JUNE_20 + timedelta(days=4)
    confirm_change(change, change.version, world.policyholder.actor, later)
    version = latest_version(enrolled)
    assert (version.expiry, version.premium) == (date(2027, 6, 24), 10_200)


def test_a_loading_comes_back_in_proportion(world: World) -> None:
    """8,000 × 17,370 ÷ 26,130 = 5,318, the fraction dropped."""
    sports = Disclosure(return_planned=True, sports=(Hazard.SKYDIVING,), sports_note="twice")
    application = fill_in(world, disclosure=sports)
    referral = application.referrals.get()
    quote_loading(referral, 8_000, "two jumps", world.agency.user, world.agency.actor, NOW)
    check_loading(referral, world.second_agency.user, world.second_agency.actor, NOW)
    application.refresh_from_db()
    application = submit(world, application, 34_130)
    certificate = enrol_student(application, "receipt-1", "card-clearing", NOW)
    version = end_early(world, certificate, None, JUNE_20)
    assert version.premium_change == -(17_370 + 5_318)
    assert (version.premium, version.loading) == (8_760 + 2_682, 2_682)


@pytest.mark.parametrize("last_day", [date(2027, 6, 19), date(2027, 7, 31), date(2027, 8, 5)])
def test_cover_ends_neither_in_the_past_nor_as_planned(
    world: World, enrolled: Certificate, last_day: date
) -> None:
    with pytest.raises(Refused) as refused:
        request_early_end(enrolled, last_day, "", 1, world.student.actor, JUNE_20)
    assert fields_of(refused) == ["last_day"]


def test_one_request_at_a_time(world: World, enrolled: Certificate) -> None:
    ask_to_extend(world, enrolled)
    with pytest.raises(Refused):
        request_early_end(enrolled, None, "", 1, world.student.actor, JULY_10)


def test_a_request_on_an_old_version_is_stale(world: World, enrolled: Certificate) -> None:
    end_early(world, enrolled, date(2027, 7, 10), JUNE_20)
    with pytest.raises(Stale):
        request_extension(enrolled, AUGUST_31, PROXY, "", 1, world.student.actor, JUNE_20)


def test_a_refusal_says_why(world: World, enrolled: Certificate) -> None:
    change = ask_to_extend(world, enrolled)
    with pytest.raises(Refused):
        refuse_change(change, change.version, "", world.agency.actor, JULY_10)
    refuse_change(change, change.version, "several claims", world.agency.actor, JULY_10)
    change.refresh_from_db()
    assert change.state == ChangeState.REFUSED
    assert change.entries.get(act="refused").reason == "several claims"


def test_a_request_can_be_taken_back(world: World, enrolled: Certificate) -> None:
    change = ask_to_extend(world, enrolled)
    assert withdraw_change(change, world.student.actor, JULY_10).state == ChangeState.WITHDRAWN
    assert ask_to_extend(world, enrolled).state == ChangeState.REQUESTED


def test_the_same_request_twice_is_one(world: World, enrolled: Certificate) -> None:
    first = ask_to_extend(world, enrolled)
    assert ask_to_extend(world, enrolled) == first
    with pytest.raises(Refused):
        ask_to_extend(world, enrolled, date(2027, 8, 30))
    withdraw_change(first, world.student.actor, JULY_10)
    actor = world.student.actor
    early = request_early_end(enrolled, date(2027, 7, 20), "home", 1, actor, JULY_10)
    assert request_early_end(enrolled, date(2027, 7, 20), "home", 1, actor, JULY_10) == early
    assert enrolled.changes.count() == 2
    assert early.entries.count() == 1
