"""What is settled, over or quoted for something else opens no way to a certificate."""

from datetime import date, datetime, timedelta

import pytest

from dosojin_web.policies.disclosure import Disclosure, Hazard
from dosojin_web.policies.japan import JAPAN
from dosojin_web.policies.models import (
    Application,
    ApplicationState,
    Certificate,
    ChangeKind,
    ChangeRequest,
    Member,
)
from dosojin_web.policies.operations.answer_application import choose_plan, disclose
from dosojin_web.policies.operations.answer_referral import (
    check_loading,
    quote_loading,
    refuse_referral,
)
from dosojin_web.policies.operations.complete_change import complete_change
from dosojin_web.policies.operations.decide_change import confirm_change, review_extension
from dosojin_web.policies.operations.enrol_student import enrol_student
from dosojin_web.policies.operations.open_application import (
    open_application,
    withdraw_application,
)
from dosojin_web.policies.operations.pay_premium import PaymentNotPossible, pay_application_premium
from dosojin_web.policies.operations.request_change import request_early_end, request_extension
from dosojin_web.policies.operations.submit_application import submit_application
from dosojin_web.policies.proxies import Proxy
from dosojin_web.policies.refusals import Refused, Stale
from dosojin_web.policies.standing import Standing, with_standing
from dosojin_web.policies.tariff_plan import extend_in_pair
from dosojin_web.policies.versions import latest_version

from .conftest import NOW, PREMIUM_D_2_MONTHS, World, fill_in, submit

PROXY = Proxy("佐藤一郎", "父", "+81311112222", "father@example.jp")
SKYDIVING = Disclosure(return_planned=True, sports=(Hazard.SKYDIVING,), sports_note="1回")
FIFTH_OF_JUNE = datetime(2027, 6, 5, 9, tzinfo=JAPAN)


def latest() -> Application:
    return Application.objects.latest("pk")


def refuse_to_submit(world: World) -> None:
    before = latest().state
    again = latest()
    with pytest.raises(Refused):
        submit_application(again, again.version, PREMIUM_D_2_MONTHS, world.actor, NOW)
    assert latest().state == before


def test_who_plans_no_return_cannot_submit(world: World) -> None:
    filled = fill_in(world)
    disclose(filled, Disclosure(return_planned=False), filled.version, world.actor, NOW)
    refuse_to_submit(world)


def test_what_the_agency_refused_cannot_be_submitted(world: World) -> None:
    referral = fill_in(world, disclosure=SKYDIVING).referrals.get()
    refuse_referral(referral, "不可", world.agency.user, world.agency.actor, NOW)
    refuse_to_submit(world)


def test_what_was_given_up_cannot_be_submitted(world: World) -> None:
    withdraw_application(fill_in(world), world.actor, NOW)
    refuse_to_submit(world)


def test_who_is_enrolled_is_not_charged_again(world: World, enrolled: Certificate) -> None:
    refuse_to_submit(world)


def test_no_card_page_opens_after_the_window(world: World) -> None:
    """Submitted in April, and paid on the day after the trip: that would cover nothing."""
    submitted = submit(world, fill_in(world), PREMIUM_D_2_MONTHS)
    late = datetime(2027, 8, 1, 9, tzinfo=JAPAN)
    with pytest.raises(PaymentNotPossible):
        pay_application_premium(submitted, "http://a/", "http://b/", "en", world.actor, late)


def quoted(world: World, loading: int, plan: str) -> Application:
    """The agency has quoted ``loading`` yen, a second person has agreed where that is needed."""
    referral = fill_in(world, plan=plan, disclosure=SKYDIVING).referrals.get()
    held = quote_loading(referral, loading, "料率", world.agency.user, world.agency.actor, NOW)
    if held.state == "proposed":
        check_loading(held, world.second_agency.user, world.second_agency.actor, NOW)
    return latest()


def test_another_plan_takes_back_what_was_quoted_for_the_first(world: World) -> None:
    held = quoted(world, 8_000, "B")
    assert (held.state, held.loading) == (ApplicationState.DRAFT, 8_000)
    held = choose_plan(held, "B", held.version, world.actor, NOW)
    assert held.loading == 8_000, "the same plan once more"
    held = choose_plan(held, "D", held.version, world.actor, NOW)
    assert (held.state, held.loading) == (ApplicationState.REFERRED, 0)


def test_the_agency_does_not_quote_for_a_plan_that_is_gone(world: World) -> None:
    filled = fill_in(world, plan="B", disclosure=SKYDIVING)
    seen = filled.referrals.get()
    choose_plan(filled, "D", filled.version, world.actor, NOW)
    agency = world.agency
    with pytest.raises((Stale, Refused)):
        quote_loading(seen, 8_000, "料率", agency.user, agency.actor, NOW, version=seen.version)
    assert latest().loading == 0


@pytest.mark.parametrize(("loading", "riders"), [(0, []), (8_000, ["special_hazard"])])
def test_the_rider_comes_with_its_loading(world: World, loading: int, riders: list[str]) -> None:
    held = quoted(world, loading, "D")
    submitted = submit(world, held, PREMIUM_D_2_MONTHS + loading)
    certificate = enrol_student(submitted, "receipt", "card-clearing", NOW)
    assert latest_version(certificate).riders == riders


def ask_for_one_day_more(world: World) -> tuple[Certificate, ChangeRequest, datetime]:
    """Sixteen days in C, a seventeenth wished for on the last evening: 7,480 yen either way."""
    filled = fill_in(world, plan="C", departs=date(2027, 6, 1), returns=date(2027, 6, 16))
    certificate = enrol_student(submit(world, filled, 7_480), "receipt", "card-clearing", NOW)
    evening = datetime(2027, 6, 16, 20, tzinfo=JAPAN)
    change = request_extension(
        certificate, date(2027, 6, 17), PROXY, "", 1, world.student.actor, evening
    )
    assert change.premium_change == 0
    return certificate, change, evening


def test_nothing_is_extended_after_the_end_even_free_of_charge(world: World) -> None:
    certificate, change, evening = ask_for_one_day_more(world)
    after = evening + timedelta(hours=5)
    with pytest.raises(Refused):
        review_extension(change, change.version, 0, "", world.agency.actor, after)
    change = review_extension(change, change.version, 0, "", world.agency.actor, evening)
    with pytest.raises(Refused):
        confirm_change(change, change.version, world.policyholder.actor, after)
    assert latest_version(certificate).expiry == date(2027, 6, 16)


def test_in_time_it_is_extended_free_of_charge(world: World) -> None:
    certificate, change, evening = ask_for_one_day_more(world)
    change = review_extension(change, change.version, 0, "", world.agency.actor, evening)
    confirm_change(change, change.version, world.policyholder.actor, evening)
    assert latest_version(certificate).expiry == date(2027, 6, 17)


def cancel(world: World, certificate: Certificate) -> None:
    change = request_early_end(certificate, None, "", 1, world.student.actor, NOW)
    confirm_change(change, change.version, world.policyholder.actor, NOW)


def stands(world: World) -> str:
    return with_standing(Member.objects.all(), NOW.date()).get().standing  # type: ignore[attr-defined]


def test_a_journey_put_off_can_be_insured_anew(world: World, enrolled: Certificate) -> None:
    with pytest.raises(Refused):
        open_application(world.member, world.actor, NOW)
    cancel(world, enrolled)
    assert stands(world) == Standing.CANCELLED
    anew = fill_in(world)
    assert anew.pk != enrolled.application_id and stands(world) == Standing.APPLYING
    certificate = enrol_student(
        submit(world, anew, PREMIUM_D_2_MONTHS), "receipt-2", "card-clearing", NOW
    )
    assert certificate.number != enrolled.number and stands(world) == Standing.ENROLLED


def shorten(world: World, certificate: Certificate) -> None:
    """D for two months becomes twenty days, and stays D."""
    change = request_early_end(
        certificate, date(2027, 6, 20), "", 1, world.student.actor, FIFTH_OF_JUNE
    )
    assert change.kind == ChangeKind.SHORTENING
    confirm_change(change, change.version, world.policyholder.actor, FIFTH_OF_JUNE)


@pytest.mark.parametrize(
    ("new_end", "more"),
    [
        # C up to 21 days 8,760, up to 25 days 10,200 (003 l.209, l.211).
        (date(2027, 6, 25), 1_440),
        # D up to 46 days 18,620 (003 l.219).
        (date(2027, 7, 10), 9_860),
    ],
)
def test_a_shortened_certificate_keeps_its_plan_when_it_grows_again(
    world: World, enrolled: Certificate, new_end: date, more: int
) -> None:
    shorten(world, enrolled)
    offer = extend_in_pair("gakkensai-2026", latest_version(enrolled), new_end)
    assert (offer.from_plan, offer.plan, offer.changes_plan) == ("D", "D", False)
    assert offer.additional_premium == more
    change = request_extension(enrolled, new_end, PROXY, "", 2, world.student.actor, FIFTH_OF_JUNE)
    assert (change.plan, change.premium_change) == ("D", more)


def test_a_plan_that_an_extension_brought_is_given_up_with_it(world: World) -> None:
    """C for 20 days, extended into D, and shortened to a day before D would have begun."""
    filled = fill_in(world, plan="C", departs=date(2027, 6, 1), returns=date(2027, 6, 20))
    certificate = enrol_student(submit(world, filled, 8_760), "receipt", "card-clearing", NOW)
    change = request_extension(
        certificate, date(2027, 7, 10), PROXY, "", 1, world.student.actor, FIFTH_OF_JUNE
    )
    change = review_extension(change, change.version, 0, "", world.agency.actor, FIFTH_OF_JUNE)
    change = confirm_change(change, change.version, world.policyholder.actor, FIFTH_OF_JUNE)
    complete_change(change, "transfer", "bank", world.agency.actor, FIFTH_OF_JUNE)
    assert latest_version(certificate).plan == "D"
    back = request_early_end(
        certificate, date(2027, 6, 15), "", 2, world.student.actor, FIFTH_OF_JUNE
    )
    confirm_change(back, back.version, world.policyholder.actor, FIFTH_OF_JUNE)
    version = latest_version(certificate)
    # C up to 15 days: 7,050 (003 l.206).
    assert (version.plan, version.premium) == ("C", 7_050)
