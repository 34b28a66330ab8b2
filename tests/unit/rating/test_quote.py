"""Quotes: length, band and premium, worked by hand from the flyer (seed 003)."""

from __future__ import annotations

from datetime import date

import pytest

from dosojin.rating import RatingProblem, load_tariff, quote, quotes

TARIFF = load_tariff("gakkensai-2026")
JUNE_1 = date(2026, 6, 1)


@pytest.mark.parametrize(
    ("plan", "start", "end", "days", "band", "premium"),
    [
        # The three examples of the flyer (003 l.125).
        ("A", JUNE_1, date(2026, 6, 8), 8, "8 days", 3_710),
        ("B", JUNE_1, date(2026, 7, 31), 61, "2 months", 23_370),
        ("B", JUNE_1, date(2026, 8, 1), 62, "3 months", 32_620),
        ("C", JUNE_1, date(2026, 6, 8), 8, "8 days", 4_730),
        ("C", JUNE_1, JUNE_1, 1, "1 day", 1_610),
        # Sixteen days have no row of their own.
        ("C", JUNE_1, date(2026, 6, 16), 16, "17 days", 7_480),
        ("A", JUNE_1, date(2026, 7, 1), 31, "31 days", 10_410),
        ("B", JUNE_1, date(2026, 7, 2), 32, "34 days", 11_610),
        ("D", JUNE_1, date(2026, 7, 2), 32, "34 days", 13_680),
        ("D", JUNE_1, date(2026, 7, 3), 33, "34 days", 13_680),
        ("E", JUNE_1, date(2026, 7, 4), 34, "34 days", 13_900),
        ("E", JUNE_1, JUNE_1, 1, "3 days", 2_700),
        ("E", JUNE_1, date(2026, 6, 2), 2, "3 days", 2_700),
        ("E", JUNE_1, date(2026, 6, 12), 12, "13 days", 6_720),
        # 59 days from 1 February are two months; 53 days or fewer are days.
        ("B", date(2026, 2, 1), date(2026, 3, 31), 59, "2 months", 23_370),
        ("B", date(2026, 2, 1), date(2026, 3, 25), 53, "53 days", 19_570),
        ("B", date(2026, 2, 1), date(2026, 3, 26), 54, "2 months", 23_370),
        ("B", date(2026, 2, 1), date(2026, 4, 1), 60, "3 months", 32_620),
        # Thirty-one days that are longer than a month still end by the day band.
        ("C", date(2026, 2, 1), date(2026, 3, 3), 31, "31 days", 12_430),
        ("E", JUNE_1, date(2026, 8, 31), 92, "3 months", 36_750),
        ("F", JUNE_1, date(2026, 9, 1), 93, "4 months", 53_520),
        # Ninety days that are more than three months: 1 February to 1 May is 90 days.
        ("F", date(2026, 2, 1), date(2026, 5, 1), 90, "4 months", 53_520),
        ("D", JUNE_1, date(2027, 5, 31), 365, "1 year", 173_340),
        ("F", JUNE_1, date(2027, 5, 31), 365, "1 year", 177_770),
        ("F", JUNE_1, date(2027, 6, 1), 366, "2 years", 355_510),
        ("F", JUNE_1, date(2028, 5, 31), 731, "2 years", 355_510),
        ("F", date(2028, 2, 29), date(2029, 2, 28), 366, "1 year", 177_770),
    ],
)
def test_a_trip_has_its_band_and_premium(
    plan: str, start: date, end: date, days: int, band: str, premium: int
) -> None:
    found = quote(TARIFF, plan, start, end)
    assert (found.days, found.band.name, found.premium) == (days, band, premium)
    assert (found.product, found.plan, found.currency) == ("gakkensai-2026", plan, "JPY")


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        (date(2026, 6, 8), {"A": 3_710, "C": 4_730, "E": 4_920}),
        (date(2026, 7, 1), {"A": 10_410, "C": 12_430, "E": 12_960}),
        (date(2026, 7, 2), {"B": 11_610, "D": 13_680, "E": 13_900}),
        (date(2026, 8, 31), {"B": 32_620, "D": 36_090, "E": 36_750}),
        (date(2026, 9, 1), {"B": 47_000, "D": 51_570, "F": 53_520}),
        (date(2027, 5, 31), {"B": 159_940, "D": 173_340, "F": 177_770}),
        (date(2027, 6, 1), {"F": 355_510}),
    ],
)
def test_without_a_plan_every_plan_that_fits_is_quoted(end: date, expected: dict[str, int]) -> None:
    found = quotes(TARIFF, JUNE_1, end)
    assert {each.plan: each.premium for each in found} == expected
    assert [each.plan for each in found] == list(expected)


@pytest.mark.parametrize(
    ("plan", "end", "named"),
    [
        ("A", date(2026, 7, 2), ["B", "D", "E"]),
        ("B", date(2026, 7, 1), ["A", "C", "E"]),
        ("C", date(2026, 7, 2), ["D", "B", "E"]),
        ("D", date(2026, 6, 8), ["C", "A", "E"]),
        ("E", date(2026, 9, 1), ["F", "B", "D"]),
        ("F", date(2026, 8, 31), ["E", "B", "D"]),
        ("B", date(2027, 6, 1), ["F"]),
    ],
)
def test_a_plan_that_does_not_fit_names_those_that_do(
    plan: str, end: date, named: list[str]
) -> None:
    with pytest.raises(RatingProblem) as refused:
        quote(TARIFF, plan, JUNE_1, end)
    problem = refused.value
    assert (problem.code, problem.place) == ("rating.plan_does_not_fit", "plan")
    places = [problem.remedy.en.index(f"Plan {name} (") for name in named]
    assert places == sorted(places)
    assert [problem.remedy.ja.index(f"{name}プラン（") for name in named] == sorted(
        problem.remedy.ja.index(f"{name}プラン（") for name in named
    )
    absent = set("ABCDEF") - set(named)
    assert not any(f"Plan {name} (" in problem.remedy.en for name in absent)


def test_a_trip_longer_than_any_band_says_how_long_it_may_be() -> None:
    for refuse in (
        lambda: quote(TARIFF, "F", JUNE_1, date(2028, 6, 1)),
        lambda: quote(TARIFF, "A", JUNE_1, date(2028, 6, 1)),
        lambda: quotes(TARIFF, JUNE_1, date(2028, 6, 1)),
    ):
        with pytest.raises(RatingProblem) as refused:
            refuse()
        assert (refused.value.code, refused.value.place) == ("rating.period_too_long", "end")
        assert "2028-05-31" in refused.value.remedy.en
        assert "2028-05-31" in refused.value.remedy.ja


def test_the_end_of_the_calendar_is_no_accident() -> None:
    assert quote(TARIFF, "A", date.max, date.max).premium == 1_010
    with pytest.raises(RatingProblem, match="longer than any plan"):
        quotes(TARIFF, date.min, date.max)


def test_an_end_before_the_start_is_refused() -> None:
    for refuse in (
        lambda: quote(TARIFF, "C", JUNE_1, date(2026, 5, 31)),
        lambda: quotes(TARIFF, JUNE_1, date(2026, 5, 31)),
    ):
        with pytest.raises(RatingProblem) as refused:
            refuse()
        assert (refused.value.code, refused.value.place) == ("rating.end_before_start", "end")


def test_an_unknown_plan_is_answered_with_the_plans() -> None:
    for plan in ("Z", "", "c", "ＣＣ"):
        with pytest.raises(RatingProblem) as refused:
            quote(TARIFF, plan, JUNE_1, JUNE_1)
        assert refused.value.code == "rating.unknown_plan"
        assert "A, B, C, D, E, F" in refused.value.remedy.en


def test_an_edition_without_a_published_tariff_says_so() -> None:
    earlier = load_tariff("gakkensai-2025")
    for refuse in (
        lambda: quote(earlier, "C", JUNE_1, JUNE_1),
        lambda: quotes(earlier, JUNE_1, JUNE_1),
    ):
        with pytest.raises(RatingProblem, match="no published tariff") as refused:
            refuse()
        assert refused.value.code == "rating.no_published_tariff"


def test_json_has_the_names_that_programs_read() -> None:
    assert quote(TARIFF, "C", JUNE_1, date(2026, 6, 8)).to_json() == {
        "product": "gakkensai-2026",
        "plan": "C",
        "start": "2026-06-01",
        "end": "2026-06-08",
        "days": 8,
        "band": "8 days",
        "band_unit": "day",
        "band_length": 8,
        "premium": 4_730,
        "currency": "JPY",
        "discount": {"percent": "37.1", "about": True, "included": True, "source": "003 l.9"},
        "source": "003 l.199",
    }
