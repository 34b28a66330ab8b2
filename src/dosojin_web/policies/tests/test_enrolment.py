"""From the answers to the certificate: premium, booking, mail, and what is refused."""

from datetime import date, timedelta

import pytest

from dosojin_web.deadlines.models import Deadline
from dosojin_web.ledger.balances import balance, trial_balance
from dosojin_web.mail.models import OutgoingMail
from dosojin_web.policies.certificate_numbers import check_digit, is_valid_number
from dosojin_web.policies.disclosure import Disclosure, Hazard
from dosojin_web.policies.models import (
    Application,
    ApplicationState,
    Certificate,
    Member,
    Programme,
    ProgrammeState,
    ReferralState,
)
from dosojin_web.policies.operations.answer_application import (
    answer_trip,
    choose_plan,
    disclose,
)
from dosojin_web.policies.operations.answer_referral import (
    check_loading,
    quote_loading,
    refuse_referral,
)
from dosojin_web.policies.operations.enrol_student import enrol_student
from dosojin_web.policies.operations.open_application import (
    open_application,
    withdraw_application,
)
from dosojin_web.policies.refusals import NotYours, Refused, Stale

from .conftest import (
    DEPARTS,
    NOTHING_SPECIAL,
    NOW,
    PREMIUM_D_2_MONTHS,
    RETURNS,
    World,
    fill_in,
    submit,
)


def fields_of(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [fault.field for fault in refused.value.faults]


def test_a_student_enrols(enrolled: Certificate) -> None:
    version = enrolled.versions.get()
    assert (version.inception, version.expiry) == (DEPARTS, RETURNS)
    assert (version.plan, version.premium, version.premium_change) == ("D", 26_130, 26_130)
    assert enrolled.number.startswith("G26-000001-") and is_valid_number(enrolled.number)
    assert enrolled.application.state == ApplicationState.ENROLLED


def test_the_premium_is_split_and_the_yen_left_over_goes_to_the_largest_share(
    enrolled: Certificate,
) -> None:
    """26,130 × 50 / 20 / 17.5 / 12.5 % = 13,065 + 5,226 + 4,572 + 3,266, one yen left over."""
    assert trial_balance() == {
        "card-clearing": 26_130,
        "premium-due:tokiomarine": -13_066,
        "premium-due:aioi": -5_226,
        "premium-due:sompo": -4_572,
        "premium-due:mitsui": -3_266,
    }


def test_the_mail_comes_at_once_and_the_certificate_later(enrolled: Certificate) -> None:
    assert OutgoingMail.objects.filter(queue_key=f"enrolment:{enrolled.number}").exists()
    later = Deadline.objects.get(kind="certificate.send", key=enrolled.number)
    assert later.due_at > NOW + timedelta(hours=12)


def test_paying_twice_makes_one_certificate(world: World) -> None:
    application = submit(world, fill_in(world), PREMIUM_D_2_MONTHS)
    first = enrol_student(application, "receipt-1", "card-clearing", NOW)
    assert enrol_student(application, "receipt-1", "card-clearing", NOW) == first
    assert balance("card-clearing") == 26_130


def test_another_amount_than_the_one_shown_is_not_charged(world: World) -> None:
    with pytest.raises(Refused):
        submit(world, fill_in(world), PREMIUM_D_2_MONTHS - 10)


def test_submitting_twice_is_one_submission(world: World) -> None:
    application = submit(world, fill_in(world), PREMIUM_D_2_MONTHS)
    again = submit(world, application, PREMIUM_D_2_MONTHS)
    assert again.attempt == application.attempt == 1


def test_changed_answers_take_the_price_back(world: World) -> None:
    application = submit(world, fill_in(world), PREMIUM_D_2_MONTHS)
    changed = choose_plan(application, "B", application.version, world.actor, NOW)
    assert (changed.state, changed.premium) == (ApplicationState.DRAFT, None)


def test_a_form_of_yesterday_is_stale(world: World) -> None:
    application = fill_in(world)
    with pytest.raises(Stale):
        choose_plan(application, "B", application.version - 1, world.actor, NOW)


def test_a_plan_that_does_not_take_the_trip_is_refused(world: World) -> None:
    application = fill_in(world)
    with pytest.raises(Refused) as refused:
        choose_plan(application, "C", application.version, world.actor, NOW)
    assert fields_of(refused) == ["plan"]


def test_a_trip_of_another_length_drops_a_plan_that_does_not_fit(world: World) -> None:
    application = fill_in(world)
    changed = answer_trip(
        application, DEPARTS, date(2027, 6, 25), "US", application.version, world.actor, NOW
    )
    assert changed.plan == ""


@pytest.mark.parametrize(
    ("days_before", "taken"), [(60, True), (10, True), (9, True), (8, False), (0, False)]
)
def test_online_enrolment_closes_nine_days_before(
    world: World, days_before: int, taken: bool
) -> None:
    now = NOW.replace(year=2027, month=6, day=1) - timedelta(days=days_before)
    if taken:
        assert fill_in(world, now=now).plan == "D"
    else:
        with pytest.raises(Refused) as refused:
            fill_in(world, now=now)
        assert fields_of(refused) == ["departs_on"]


def test_nobody_enrols_without_an_approved_programme(world: World) -> None:
    Programme.objects.update(state=ProgrammeState.DRAFT)
    member = Member.objects.get()
    with pytest.raises(Refused):
        open_application(member, world.actor, NOW)


@pytest.mark.parametrize("lacking", ["in_gakkensai", "has_adopted"])
def test_the_university_takes_part_in_both(world: World, lacking: str) -> None:
    university = world.scheme.universities[0]
    setattr(university, lacking, False)
    university.save()
    with pytest.raises(Refused):
        open_application(Member.objects.get(), world.actor, NOW)


def test_credits_do_not_matter(world: World) -> None:
    assert not world.programme.earns_credits
    assert open_application(world.member, world.actor, NOW).state == ApplicationState.DRAFT


def test_who_does_not_plan_to_return_is_refused(world: World) -> None:
    refused = fill_in(world, disclosure=Disclosure(return_planned=False))
    assert refused.state == ApplicationState.REFUSED


def hazardous(world: World) -> Application:
    sports = Disclosure(
        return_planned=True, sports=(Hazard.SKYDIVING,), sports_note="two jumps in July"
    )
    return fill_in(world, disclosure=sports)


def test_a_dangerous_sport_asks_the_agency_which_quotes_by_hand(world: World) -> None:
    application = hazardous(world)
    assert application.state == ApplicationState.REFERRED
    with pytest.raises(Refused):
        submit(world, application, PREMIUM_D_2_MONTHS)
    referral = application.referrals.get()
    quote_loading(
        referral, 8_000, "two jumps with a licensed school", world.agency.user,
        world.agency.actor, NOW,
    )  # fmt: skip
    referral.refresh_from_db()
    # Nobody may decide any amount alone without a profile.
    assert referral.state == ReferralState.PROPOSED
    with pytest.raises(NotYours):
        check_loading(referral, world.agency.user, world.agency.actor, NOW)
    check_loading(referral, world.second_agency.user, world.second_agency.actor, NOW)
    application.refresh_from_db()
    application = submit(world, application, PREMIUM_D_2_MONTHS + 8_000)
    certificate = enrol_student(application, "receipt-1", "card-clearing", NOW)
    version = certificate.versions.get()
    assert (version.premium, version.loading) == (34_130, 8_000)
    assert version.riders == ["special_hazard"]


def test_other_answers_ask_the_agency_again(world: World) -> None:
    application = hazardous(world)
    calm = disclose(application, NOTHING_SPECIAL, application.version, world.actor, NOW)
    assert calm.state == ApplicationState.DRAFT
    assert calm.referrals.get().state == ReferralState.REFUSED


def test_the_agency_can_refuse(world: World) -> None:
    referral = hazardous(world).referrals.get()
    with pytest.raises(Refused) as refused:
        refuse_referral(referral, " ", world.agency.user, world.agency.actor, NOW)
    assert fields_of(refused) == ["reason"]
    refuse_referral(referral, "not insurable", world.agency.user, world.agency.actor, NOW)
    assert Application.objects.get().state == ApplicationState.REFUSED


def test_seventy_at_departure_limits_the_grades_of_disability(world: World) -> None:
    person = world.member.person
    person.birth_date = date(1957, 6, 1)
    person.save()
    world.member.refresh_from_db()
    application = submit(world, fill_in(world), PREMIUM_D_2_MONTHS)
    version = enrol_student(application, "r", "card-clearing", NOW).versions.get()
    assert version.riders == ["disability_grade_limit"]


def test_a_withdrawn_application_makes_room_for_another(world: World) -> None:
    application = fill_in(world)
    withdraw_application(application, world.actor, NOW)
    assert open_application(world.member, world.actor, NOW) != application


def test_the_check_digit_catches_one_wrong_digit_and_neighbours() -> None:
    stem = "G26-000417"
    number = f"{stem}-{check_digit(stem)}"
    assert is_valid_number(number)
    assert not is_valid_number(number.replace("417", "418"))
    assert not is_valid_number(number.replace("417", "471"))


def quoted(world: World, loading: int = 0) -> Application:
    """An application with a dangerous sport that the agency has accepted."""
    referral = hazardous(world).referrals.get()
    quote_loading(referral, loading, "one jump", world.agency.user, world.agency.actor, NOW)
    referral.refresh_from_db()
    if referral.state == ReferralState.PROPOSED:
        check_loading(referral, world.second_agency.user, world.second_agency.actor, NOW)
    return Application.objects.get()


def test_another_trip_takes_back_what_the_agency_quoted(world: World) -> None:
    application = quoted(world, 8_000)
    changed = answer_trip(
        application, DEPARTS, date(2027, 8, 20), "US", application.version, world.actor, NOW
    )
    assert (changed.state, changed.loading) == (ApplicationState.REFERRED, 0)
    assert changed.referrals.filter(state=ReferralState.OPEN).count() == 1


def test_the_same_trip_said_again_asks_nobody(world: World) -> None:
    application = quoted(world, 8_000)
    same = answer_trip(application, DEPARTS, RETURNS, "US", application.version, world.actor, NOW)
    assert (same.state, same.loading) == (ApplicationState.DRAFT, 8_000)


def test_the_agency_is_not_asked_about_what_was_given_up(world: World) -> None:
    """An answer to it would open the application again."""
    application = hazardous(world)
    withdraw_application(application, world.actor, NOW)
    referral = application.referrals.get()
    with pytest.raises(Refused):
        quote_loading(referral, 0, "none", world.agency.user, world.agency.actor, NOW)
    assert Application.objects.get().state == ApplicationState.WITHDRAWN


def test_no_return_takes_the_question_back_from_the_agency(world: World) -> None:
    application = hazardous(world)
    ended = disclose(
        application, Disclosure(return_planned=False), application.version, world.actor, NOW
    )
    assert ended.state == ApplicationState.REFUSED
    assert ended.referrals.get().state == ReferralState.REFUSED


def test_the_student_is_told_what_the_agency_answered(world: World) -> None:
    referral = quoted(world, 8_000).referrals.get()
    mail = OutgoingMail.objects.get(queue_key=f"referral:{referral.key}")
    assert mail.template == "policies/mail/referral"


def test_the_student_is_told_that_the_agency_refused(world: World) -> None:
    referral = hazardous(world).referrals.get()
    refuse_referral(referral, "not insurable", world.agency.user, world.agency.actor, NOW)
    assert OutgoingMail.objects.filter(queue_key=f"referral:{referral.key}").exists()
