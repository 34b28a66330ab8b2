"""Cases worked by hand from the flyer, the guide and the brochure, from enrolment to money back.

Each amount was written down from the printed tables before the program was asked. Premiums are
those of 003 l.70-339; an extension costs tariff(whole new length) − tariff(present length)
(004 l.1288), and what ends early gives back tariff(present length) − tariff(time covered) (D14).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from dosojin_web.ledger.balances import trial_balance
from dosojin_web.policies.disclosure import Disclosure, Hazard
from dosojin_web.policies.japan import JAPAN
from dosojin_web.policies.mapping import plan_limits, quote_plans
from dosojin_web.policies.models import Certificate, ChangeState, VersionKind
from dosojin_web.policies.operations.answer_referral import check_loading, quote_loading
from dosojin_web.policies.operations.approve_programme import (
    ProgrammeForm,
    approve_programme,
    draft_programme,
)
from dosojin_web.policies.operations.complete_change import complete_change
from dosojin_web.policies.operations.decide_change import confirm_change, review_extension
from dosojin_web.policies.operations.enrol_student import enrol_student
from dosojin_web.policies.operations.record_delay import Delay, record_delay
from dosojin_web.policies.refusals import Refused
from dosojin_web.policies.sheets import certificate_sheet
from dosojin_web.policies.versions import latest_version

from .conftest import NOW, RETURNS, World, add_member, fill_in, submit
from .test_certificate_changes import ask_to_extend, end_early, fields_of

PRODUCT = "gakkensai-2026"
JUNE_1 = date(2027, 6, 1)
BEFORE_DEPARTURE = datetime(2027, 5, 20, 9, 0, tzinfo=JAPAN)
ON_THE_TRIP = datetime(2027, 6, 5, 9, 0, tzinfo=JAPAN)


def enrol(world: World, plan: str, last_day: date, premium: int) -> Certificate:
    """From 1 June 2027 to ``last_day``, on a study trip of just these days, paid by card."""
    office, university = world.office, world.programme.university
    form = ProgrammeForm("語学研修", "Charles River College", "US", JUNE_1, last_day)
    drafted = draft_programme(world.scheme.master, university, form, office.actor, NOW)
    programme = approve_programme(drafted, 1, world.approver.actor, NOW)
    member = add_member(programme, 2, JUNE_1, last_day)
    there = replace(world, programme=programme, member=member)
    filled = fill_in(there, plan=plan, departs=JUNE_1, returns=last_day)
    return enrol_student(submit(there, filled, premium), "receipt-2", "card-clearing", NOW)


def extend(world: World, certificate: Certificate, new_end: date, loading: int = 0) -> int:
    """Asked for, checked, confirmed, and paid where something is due; the yen that were due."""
    change = ask_to_extend(world, certificate, new_end, ON_THE_TRIP)
    reason = "worked out for the longer stay"
    change = review_extension(
        change, change.version, loading, reason, world.agency.actor, ON_THE_TRIP
    )
    change = confirm_change(change, change.version, world.policyholder.actor, ON_THE_TRIP)
    if change.premium_change:
        complete_change(change, f"to-{new_end}", "bank", world.agency.actor, ON_THE_TRIP)
    return change.premium_change


def owed_to_insurers() -> dict[str, int]:
    return {
        account.removeprefix("premium-due:"): -amount
        for account, amount in trial_balance().items()
        if account.startswith("premium-due:")
    }


# --- counting the days (003 l.125; D2) ---


@pytest.mark.parametrize(
    ("first", "last", "premiums"),
    [
        # There is no 31 February: two months from 31 December end on 28 February.
        (date(2026, 12, 31), date(2027, 2, 28), {"B": 23_370, "D": 26_130, "E": 26_570}),
        # Two months from 28 December end on 27 February; one day more is the third month.
        (date(2026, 12, 28), date(2027, 2, 28), {"B": 32_620, "D": 36_090, "E": 36_750}),
        # E has no line of 16 or 20 days: the next longer one counts.
        (JUNE_1, date(2027, 6, 16), {"A": 6_120, "C": 7_480, "E": 8_470}),
        (JUNE_1, date(2027, 6, 20), {"A": 7_210, "C": 8_760, "E": 9_880}),
    ],
)
def test_the_plans_that_take_a_trip_and_their_premiums(
    first: date, last: date, premiums: dict[str, int]
) -> None:
    offers = quote_plans(PRODUCT, first, last)
    assert {offer.plan: offer.premium for offer in offers} == premiums


# --- longer (003 l.820-848, 004 l.1280-1289) ---


def test_the_32nd_day_makes_b_of_a_and_costs_the_difference_of_the_two_tables(
    world: World,
) -> None:
    """A to 31 days 10,410 (l.92); B to 34 days 11,610 (l.104)."""
    certificate = enrol(world, "A", date(2027, 7, 1), 10_410)
    assert extend(world, certificate, date(2027, 7, 2)) == 1_200
    version = latest_version(certificate)
    assert (version.plan, version.premium) == ("B", 11_610)
    assert version.effective_from == date(2027, 7, 2), "the first 31 days stay in plan A"


def test_the_day_after_three_months_makes_f_of_e(world: World) -> None:
    """E to 3 months 36,750 (l.327); F to 4 months 53,520 (l.330): 16,770.

    53,520 × 50 / 20 / 17.5 / 12.5 % = 26,760 + 10,704 + 9,366 + 6,690, without a rest.
    """
    certificate = enrol(world, "E", date(2027, 8, 31), 36_750)
    assert extend(world, certificate, date(2027, 9, 1)) == 16_770
    assert latest_version(certificate).plan == "F"
    assert owed_to_insurers() == {
        "tokiomarine": 26_760,
        "aioi": 10_704,
        "sompo": 9_366,
        "mitsui": 6_690,
    }
    before, after = ({each.benefit for each in plan_limits(PRODUCT, p).sums} for p in "EF")
    assert before - after == {"trip_alteration", "liability"}
    assert after - before == {"temporary_return", "student_liability"}


def test_within_three_months_e_stays_e_beyond_31_days(world: World) -> None:
    """E to 31 days 12,960 (l.321), to 34 days 13,900 (l.322)."""
    certificate = enrol(world, "E", date(2027, 7, 1), 12_960)
    assert extend(world, certificate, date(2027, 7, 2)) == 940
    assert latest_version(certificate).plan == "E"


def test_a_day_more_in_the_same_line_costs_nothing_and_waits_for_no_money(world: World) -> None:
    """16 and 17 days are both "up to 17 days", 7,480 in C (l.207)."""
    certificate = enrol(world, "C", date(2027, 6, 16), 7_480)
    owed = owed_to_insurers()
    assert extend(world, certificate, date(2027, 6, 17)) == 0
    version = latest_version(certificate)
    assert (version.kind, version.expiry) == (VersionKind.EXTENSION, date(2027, 6, 17))
    assert certificate.changes.get().state == ChangeState.DONE
    assert owed_to_insurers() == owed


def test_two_extensions_cost_what_one_would(world: World) -> None:
    """A 8 days 3,710 → 20 days 7,210 → B two months 23,370: 3,500 + 16,160 = 19,660."""
    certificate = enrol(world, "A", date(2027, 6, 8), 3_710)
    first = extend(world, certificate, date(2027, 6, 20))
    second = extend(world, certificate, RETURNS)
    assert (first, second) == (3_500, 16_160)
    assert latest_version(certificate).premium == 3_710 + 19_660


def test_beyond_a_year_f_has_one_line_to_two_years(world: World) -> None:
    """One year 177,770 (l.338), everything longer 355,510 (l.339): 177,740 for six months."""
    certificate = enrol(world, "F", date(2028, 5, 31), 177_770)
    assert extend(world, certificate, date(2028, 11, 30)) == 177_740
    assert extend(world, certificate, date(2029, 5, 31)) == 0, "the rest of the two years is paid"


@pytest.mark.parametrize(
    ("plan", "last_day", "premium", "new_end"),
    [
        # Two years are counted from the first day, not from the day of the extension (l.1286).
        ("F", date(2028, 5, 31), 177_770, date(2029, 6, 1)),
        ("F", date(2029, 5, 31), 355_510, date(2029, 6, 1)),
        # B and D end after a year; F is another cover, which no extension slips in.
        ("B", date(2028, 5, 31), 159_940, date(2028, 6, 1)),
        ("D", date(2028, 5, 31), 173_340, date(2028, 6, 1)),
    ],
)
def test_no_extension_beyond_two_years_nor_out_of_the_pair(
    world: World, plan: str, last_day: date, premium: int, new_end: date
) -> None:
    certificate = enrol(world, plan, last_day, premium)
    with pytest.raises(Refused) as refused:
        ask_to_extend(world, certificate, new_end, ON_THE_TRIP)
    assert fields_of(refused) == ["new_end"]


def test_the_72_hours_that_come_by_themselves_open_no_way_to_extend(
    world: World, enrolled: Certificate
) -> None:
    """They move the end of liability (l.844); the period has ended, and with it the way (l.848)."""
    next_morning = datetime(2027, 8, 1, 9, 0, tzinfo=JAPAN)
    planned = datetime(2027, 7, 31, 20, 0, tzinfo=JAPAN)
    late = Delay("transport", planned, planned + timedelta(hours=30))
    record_delay(enrolled, late, 1, world.actor, next_morning)
    with pytest.raises(Refused):
        ask_to_extend(world, enrolled, date(2027, 8, 3), next_morning)
    assert latest_version(enrolled).expiry == RETURNS


# --- shorter, and money back (D14; 004 l.1291, l.1300) ---


@pytest.mark.parametrize(
    ("plan", "last_day", "paid", "home_on", "back"),
    [
        # 30 + 23 = 53 days: 23,370 − 19,570 (l.107-108).
        ("B", RETURNS, 23_370, date(2027, 7, 23), 3_800),
        # 54 days are still "up to 2 months".
        ("B", RETURNS, 23_370, date(2027, 7, 24), 0),
        # 20 days are too short for B: A, up to 21 days, 7,210 (l.87).
        ("B", RETURNS, 23_370, date(2027, 6, 20), 16_160),
        # 30 of 31 days: the same line of A.
        ("A", date(2027, 7, 1), 10_410, date(2027, 6, 30), 0),
        # E has no line of 20 days: up to 23 days, 9,880 (l.319).
        ("E", date(2027, 8, 31), 36_750, date(2027, 6, 20), 26_870),
        # 60 days are too short for F: E, up to 2 months, 26,570 (l.326).
        ("F", date(2028, 5, 31), 177_770, date(2027, 7, 30), 151_200),
        # Ten months of F: 146,990 (l.336).
        ("F", date(2028, 5, 31), 177_770, date(2028, 3, 31), 30_780),
        # Home after exactly one of two years; a day later nothing would come back.
        ("F", date(2029, 5, 31), 355_510, date(2028, 5, 31), 177_740),
        ("F", date(2029, 5, 31), 355_510, date(2028, 6, 1), 0),
    ],
)
def test_home_early_gives_back_what_the_shorter_trip_would_not_have_cost(
    world: World, plan: str, last_day: date, paid: int, home_on: date, back: int
) -> None:
    version = end_early(world, enrol(world, plan, last_day, paid), home_on, ON_THE_TRIP)
    assert (version.kind, version.expiry) == (VersionKind.SHORTENING, home_on)
    assert (version.premium, version.premium_change) == (paid - back, -back)


def test_cancelled_on_the_first_day_one_day_is_kept(world: World) -> None:
    """A: 10,410 − 1,010 (l.92, l.70) = 9,400."""
    first_day = datetime(2027, 6, 1, 0, 0, tzinfo=JAPAN)
    version = end_early(world, enrol(world, "A", date(2027, 7, 1), 10_410), None, first_day)
    assert (version.expiry, version.premium_change) == (JUNE_1, -9_400)


def test_cancelled_on_the_eve_everything_comes_back(world: World) -> None:
    eve = datetime(2027, 5, 31, 23, 59, tzinfo=JAPAN)
    version = end_early(world, enrol(world, "A", date(2027, 7, 1), 10_410), None, eve)
    assert (version.cancelled, version.premium_change) == (True, -10_410)
    assert owed_to_insurers() == {"tokiomarine": 0, "aioi": 0, "sompo": 0, "mitsui": 0}


def test_shortened_before_departure_the_new_length_is_what_counts(world: World) -> None:
    """Nothing is covered yet: D two months 26,130, 20 days in C 8,760 (l.209, l.221)."""
    certificate = enrol(world, "D", RETURNS, 26_130)
    version = end_early(world, certificate, date(2027, 6, 20), BEFORE_DEPARTURE)
    assert (version.premium, version.premium_change) == (8_760, -17_370)


def test_an_extension_that_is_given_up_gives_back_what_it_cost(
    world: World, enrolled: Certificate
) -> None:
    """D two months 26,130, three months 36,090: 9,960 there and back.

    26,130 × 50 / 20 / 17.5 / 12.5 % = 13,065 + 5,226 + 4,572.75 + 3,266.25: one yen is left over
    and goes to the largest share (D28), as if there had been no extension.
    """
    before = owed_to_insurers()
    assert before == {"tokiomarine": 13_066, "aioi": 5_226, "sompo": 4_572, "mitsui": 3_266}
    assert extend(world, enrolled, date(2027, 8, 31)) == 9_960
    version = end_early(world, enrolled, RETURNS, ON_THE_TRIP)
    assert (version.premium, version.premium_change) == (26_130, -9_960)
    assert owed_to_insurers() == before


def test_a_loading_grows_with_an_extension_and_comes_back_with_the_whole(world: World) -> None:
    """8,000 and 3,000 more by hand are 11,000 of loading on 36,090 of tariff.

    Home on 10 July, 40 days, 18,620 (l.219): 17,470 of the tariff come back, and of the loading
    11,000 × 17,470 ÷ 36,090 = 5,324.7, the fraction dropped.
    """
    jumps = Disclosure(return_planned=True, sports=(Hazard.SKYDIVING,), sports_note="two jumps")
    filled = fill_in(world, disclosure=jumps)
    referral = filled.referrals.get()
    quote_loading(referral, 8_000, "two jumps", world.agency.user, world.agency.actor, NOW)
    check_loading(referral, world.second_agency.user, world.second_agency.actor, NOW)
    filled.refresh_from_db()
    certificate = enrol_student(submit(world, filled, 34_130), "receipt-3", "card-clearing", NOW)
    assert extend(world, certificate, date(2027, 8, 31), loading=3_000) == 9_960 + 3_000
    longer = latest_version(certificate)
    assert (longer.premium, longer.loading) == (36_090 + 11_000, 11_000)
    assert longer.riders == ["special_hazard"], "the rider goes with the extension"
    version = end_early(world, certificate, date(2027, 7, 10), ON_THE_TRIP)
    assert version.premium_change == -(17_470 + 5_324)
    assert (version.premium, version.loading) == (18_620 + 5_676, 5_676)


# --- what is carried abroad (003 l.145-165) ---


def test_the_certificate_has_the_numbers_of_the_flyer(enrolled: Certificate) -> None:
    sheet = certificate_sheet(enrolled, latest_version(enrolled), "ja", NOW.date())
    assert (sheet.agency.phone, sheet.agency.fax) == ("019-623-2291", "019-624-0662")
    assert (sheet.branch.phone, sheet.branch.fax) == ("019-654-8121", "050-3385-5876")
    abroad = certificate_sheet(enrolled, latest_version(enrolled), "en", NOW.date())
    assert (abroad.agency.phone, abroad.branch.phone) == ("+81-19-623-2291", "+81-19-654-8121")
    assert abroad.desk.number == "+81-3-6758-2460"
