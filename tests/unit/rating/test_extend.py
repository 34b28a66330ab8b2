"""Extensions: tariff of the new total period less tariff of the present one (004 l.1288)."""

from __future__ import annotations

from datetime import date

import pytest

from dosojin.rating import RatingProblem, extend, load_tariff

TARIFF = load_tariff("gakkensai-2026")
JUNE_1 = date(2026, 6, 1)


@pytest.mark.parametrize(
    ("plan", "end", "new_end", "new_plan", "additional"),
    [
        # 10 days 5,400, then 14 days 6,770.
        ("C", date(2026, 6, 10), date(2026, 6, 14), "C", 1_370),
        # Inside one band nothing is due: 16 and 17 days are both "17 days".
        ("C", date(2026, 6, 16), date(2026, 6, 17), "C", 0),
        # Past 31 days A becomes B: 34 days 11,610 less 8 days 3,710.
        ("A", date(2026, 6, 8), date(2026, 7, 2), "B", 7_900),
        # C becomes D: 2 months 26,130 less 31 days 12,430.
        ("C", date(2026, 7, 1), date(2026, 7, 31), "D", 13_700),
        # E stays E to three months, then becomes F: 36,750 and 53,520, less 8 days 4,920.
        ("E", date(2026, 6, 8), date(2026, 8, 31), "E", 31_830),
        ("E", date(2026, 6, 8), date(2026, 9, 1), "F", 48_600),
        # F from one year to two: 355,510 less 177,770.
        ("F", date(2027, 5, 31), date(2028, 5, 31), "F", 177_740),
        ("B", date(2026, 7, 31), date(2026, 8, 1), "B", 9_250),
    ],
)
def test_an_extension_costs_the_difference(
    plan: str, end: date, new_end: date, new_plan: str, additional: int
) -> None:
    found = extend(TARIFF, plan, JUNE_1, end, new_end)
    assert (found.additional_premium, found.plan) == (additional, new_plan)
    assert (found.from_plan, found.complete_by) == (plan, end)
    assert (found.current.end, found.extended.end) == (end, new_end)


def refusal(plan: str, end: date, new_end: date, **more: date) -> RatingProblem:
    with pytest.raises(RatingProblem) as refused:
        extend(TARIFF, plan, JUNE_1, end, new_end, **more)
    return refused.value


def test_a_new_end_must_be_later() -> None:
    for new_end in (date(2026, 6, 8), date(2026, 6, 7), date(2026, 5, 1)):
        problem = refusal("C", date(2026, 6, 8), new_end)
        assert (problem.code, problem.place) == ("rating.new_end_not_later", "new_end")


def test_no_policy_is_extended_above_two_years() -> None:
    problem = refusal("F", date(2027, 5, 31), date(2028, 6, 1))
    assert (problem.code, problem.place) == ("rating.extension_too_long", "new_end")
    assert "2028-05-31" in problem.remedy.en


def test_a_pair_that_ends_at_a_year_names_the_plan_that_goes_on() -> None:
    for plan, end in (("A", date(2026, 6, 8)), ("B", date(2026, 8, 1))):
        problem = refusal(plan, end, date(2027, 6, 1))
        assert (problem.code, problem.place) == ("rating.pair_ends_here", "new_end")
        assert "Plan F" in problem.remedy.en
        assert "2027-05-31" in problem.remedy.ja


def test_the_present_period_must_fit_the_plan() -> None:
    assert refusal("C", date(2026, 7, 2), date(2026, 7, 9)).code == "rating.plan_does_not_fit"
    assert refusal("C", date(2026, 5, 2), date(2026, 7, 9)).code == "rating.end_before_start"


def test_an_extension_is_complete_before_the_policy_ends() -> None:
    end, new_end = date(2026, 6, 8), date(2026, 6, 12)
    assert extend(TARIFF, "C", JUNE_1, end, new_end, requested_on=end).plan == "C"
    problem = refusal("C", end, new_end, requested_on=date(2026, 6, 9))
    assert (problem.code, problem.place) == ("rating.extension_too_late", "requested_on")


def test_the_rider_for_earlier_illness_reaches_day_31_and_no_further() -> None:
    end = date(2026, 6, 8)
    within = extend(TARIFF, "E", JUNE_1, end, date(2026, 7, 1))
    assert within.riders_not_carried == ()
    beyond = extend(TARIFF, "E", JUNE_1, end, date(2026, 7, 2))
    [lost] = beyond.riders_not_carried
    assert (lost.rider, lost.is_held) == ("preexisting_emergency", None)
    assert lost.last_day == date(2026, 7, 1), "day 31 of the whole period (D13)"
    held = extend(TARIFF, "E", JUNE_1, end, date(2026, 7, 2), riders=["preexisting_emergency"])
    assert [each.is_held for each in held.riders_not_carried] == [True]
    others = extend(TARIFF, "E", JUNE_1, end, date(2026, 7, 2), riders=["special_hazard"])
    assert others.riders_not_carried == ()


def test_an_unknown_rider_is_not_passed_over() -> None:
    with pytest.raises(RatingProblem) as refused:
        extend(TARIFF, "C", JUNE_1, JUNE_1, date(2026, 6, 8), riders=["surfing"])
    assert (refused.value.code, refused.value.place) == ("rating.unknown_rider", "rider")
    assert "special_hazard" in refused.value.remedy.en


def test_an_edition_without_a_published_tariff_says_so() -> None:
    with pytest.raises(RatingProblem) as refused:
        extend(load_tariff("gakkensai-2025"), "C", JUNE_1, JUNE_1, date(2026, 6, 8))
    assert refused.value.code == "rating.no_published_tariff"


def test_json_has_the_names_that_programs_read() -> None:
    content = extend(TARIFF, "A", JUNE_1, date(2026, 6, 8), date(2026, 7, 2)).to_json()
    assert content["additional_premium"] == 7_900
    assert (content["plan"], content["from_plan"]) == ("B", "A")
    assert content["current"] == {
        "plan": "A",
        "end": "2026-06-08",
        "days": 8,
        "band": "8 days",
        "premium": 3_710,
        "source": "003 l.77",
    }
    assert content["riders_not_carried"] == [
        {
            "rider": "preexisting_emergency",
            "last_day": "2026-07-01",
            "held": "unknown",
            "source": "003 l.629",
        }
    ]
