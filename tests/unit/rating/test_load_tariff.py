"""The tariff as it is read: check sums, rows typed by hand from the flyer, and faulty files."""

from __future__ import annotations

import dataclasses

import pytest

from dosojin.rating import Band, BandUnit, Discount, RatingProblem, RefundStrategy, load_tariff
from dosojin.rating.load_tariff import TariffError, check_plans, read_rows

# Rows and the sum of all premiums for each plan, added up independently of this repository.
CHECK_SUMS = {
    "A": (23, 119_060),
    "B": (15, 1_047_730),
    "C": (23, 147_460),
    "D": (15, 1_143_770),
    "E": (21, 231_210),
    "F": (10, 1_395_710),
}
# Typed by hand from the flyer (003 l.70-339).
SPOTS = [
    ("A", "1 day", 1_010, "003 l.70"),
    ("A", "10 days", 4_290, "003 l.79"),
    ("A", "15 days", 5_750, "003 l.84"),
    ("A", "17 days", 6_120, "003 l.85"),
    ("A", "31 days", 10_410, "003 l.92"),
    ("B", "34 days", 11_610, "003 l.104"),
    ("B", "53 days", 19_570, "003 l.107"),
    ("B", "2 months", 23_370, "003 l.108"),
    ("B", "11 months", 145_670, "003 l.117"),
    ("B", "1 year", 159_940, "003 l.118"),
    ("C", "1 day", 1_610, "003 l.192"),
    ("C", "8 days", 4_730, "003 l.199"),
    ("C", "21 days", 8_760, "003 l.209"),
    ("C", "31 days", 12_430, "003 l.214"),
    ("D", "34 days", 13_680, "003 l.217"),
    ("D", "46 days", 18_620, "003 l.219"),
    ("D", "3 months", 36_090, "003 l.222"),
    ("D", "1 year", 173_340, "003 l.231"),
    ("E", "3 days", 2_700, "003 l.307"),
    ("E", "11 days", 5_990, "003 l.315"),
    ("E", "13 days", 6_720, "003 l.316"),
    ("E", "31 days", 12_960, "003 l.321"),
    ("E", "53 days", 22_420, "003 l.325"),
    ("E", "3 months", 36_750, "003 l.327"),
    ("F", "4 months", 53_520, "003 l.330"),
    ("F", "9 months", 131_310, "003 l.335"),
    ("F", "1 year", 177_770, "003 l.338"),
    ("F", "2 years", 355_510, "003 l.339"),
]
HEADER = "plan,band_unit,band_length,premium,source\n"


def test_the_tables_have_every_row_of_the_flyer() -> None:
    plans = load_tariff("gakkensai-2026").plans
    found = {
        name: (len(plan.rows), sum(row.premium for row in plan.rows))
        for name, plan in plans.items()
    }
    assert found == CHECK_SUMS
    assert sum(rows for rows, _ in found.values()) == 107


@pytest.mark.parametrize(("plan", "band", "premium", "source"), SPOTS)
def test_a_row_is_what_the_flyer_prints(plan: str, band: str, premium: int, source: str) -> None:
    rows = load_tariff("gakkensai-2026").plans[plan].rows
    [row] = [row for row in rows if row.band.name == band]
    assert (row.premium, row.source) == (premium, source)


@pytest.mark.parametrize(
    ("plan", "days"),
    [
        ("A", [*range(1, 16), 17, 19, 21, 23, 25, 27, 29, 31]),
        ("B", [34, 39, 46, 53]),
        ("C", [*range(1, 16), 17, 19, 21, 23, 25, 27, 29, 31]),
        ("D", [34, 39, 46, 53]),
        ("E", [*range(3, 12), 13, 15, 19, 23, 27, 31, 34, 39, 46, 53]),
        ("F", []),
    ],
)
def test_day_bands_stand_before_the_others(plan: str, days: list[int]) -> None:
    bands = [row.band for row in load_tariff("gakkensai-2026").plans[plan].rows]
    assert bands[: len(days)] == [Band(BandUnit.DAY, length) for length in days]
    assert all(band.unit is not BandUnit.DAY for band in bands[len(days) :])


def test_discounts_are_those_of_the_two_editions() -> None:
    latest, earlier = (load_tariff(f"gakkensai-{year}").discount for year in (2026, 2025))
    assert (latest.percent, latest.is_about, latest.source) == ("37.1", True, "003 l.9")
    # 1 − (1 − 0.15)(1 − 0.25) = 0.3625
    assert (earlier.percent, earlier.is_about, earlier.parts) == ("36.25", False, (1500, 2500))
    with pytest.raises(ValueError, match="do not combine"):
        Discount(4000, False, (1500, 2500), "by hand")


def test_the_edition_of_2025_has_plans_and_no_premiums() -> None:
    tariff = load_tariff("gakkensai-2025")
    assert not tariff.is_published
    assert list(tariff.plans) == ["A", "B", "C", "D", "E", "F"]
    assert not any(plan.rows for plan in tariff.plans.values())


def test_the_refund_strategy_of_the_edition_is_the_tariff_difference() -> None:
    terms = load_tariff("gakkensai-2026").refund
    assert terms is not None
    assert terms.strategies[0] is RefundStrategy.TARIFF_DIFFERENCE
    assert set(terms.strategies) == set(RefundStrategy)


def test_an_unknown_product_is_answered_with_the_known_ones() -> None:
    with pytest.raises(RatingProblem) as refused:
        load_tariff("gakkensai-1999")
    assert (refused.value.code, refused.value.place) == ("rating.unknown_product", "product")
    assert "gakkensai-2026" in refused.value.remedy.en
    assert "gakkensai-2025" in refused.value.remedy.ja


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("plan,band,premium\n", "columns"),
        (HEADER + "A,day,1,1010,003 l.70\nA,day,two,1460,003 l.71\n", "line 3"),
        (HEADER + "A,week,1,1010,003 l.70\n", "line 2"),
        (HEADER + "A,day,1,0,003 l.70\n", "line 2"),
        (HEADER + "A,day,1,1010,\n", "line 2"),
        (HEADER + "A,day,0,1010,003 l.70\n", "line 2"),
        (HEADER + "A,day,1,1010,003 l.70\nA,day,1,1460,003 l.71\n", "plan A, 1 day"),
        (HEADER + "A,day,1,1460,003 l.70\nA,day,2,1010,003 l.71\n", "plan A, 2 days"),
    ],
)
def test_a_faulty_table_names_its_place(text: str, says: str) -> None:
    with pytest.raises(TariffError, match=r"premiums\.csv") as refused:
        read_rows(text, "premiums.csv")
    assert says in str(refused.value)


def test_pairs_must_be_mutual_and_meet() -> None:
    tariff = load_tariff("gakkensai-2026")
    for change, says in (
        ({"pair": "D"}, "not mutual"),
        ({"at_most": Band(BandUnit.DAY, 30)}, "do not meet"),
        ({"rows": tariff.plans["A"].rows[:-1]}, "end elsewhere"),
    ):
        faulty = {**tariff.plans, "A": dataclasses.replace(tariff.plans["A"], **change)}
        with pytest.raises(TariffError, match=says):
            check_plans(dataclasses.replace(tariff, plans=faulty), "plans.toml")
