"""Every kind of money node on small receipts: both planes, floors, scopes and ties, by hand."""

from __future__ import annotations

from typing import Any

import pytest

from dosojin.adjudication.money_nodes import combined_percent
from dosojin.facts.lines import line_on, line_refunded, line_repair_cost
from dosojin.terms.money_tree import (
    ITEM,
    OCCURRENCE,
    PERSON,
    all_together,
    deductible,
    first,
    fixed,
    gate,
    graded,
    highest_of,
    indemnity_ratio,
    less,
    limit,
    lines,
    nights,
    paid,
    part,
    pro_rata,
    share,
    sieve,
)
from dosojin.values.money import is_unbounded
from tests.unit.adjudication.small_edition import (
    CITED,
    Cost,
    assessed,
    bill,
    cited,
    days_lost,
    died,
    earlier_share,
    edition_paying,
    estimate,
    figure,
    first_treated_on,
    grades,
    plain,
    recovered,
    rescuers,
    sum_injury_death,
    sum_medical,
    tour_days,
    worked,
    yen,
)

CARE = lines(Cost.CARE)
SAID: dict[str, Any] = {"ja": "あ", "en": "a"}
PERCENTS = (100, 89, 78, 69, 59, 50, 42, 34, 26, 20, 15, 10, 7, 4)
TABLE = tuple(figure(value, "percent", f"grade.{g}") for g, value in enumerate(PERCENTS, 1))


# Sources.


def test_receipts_come_in_by_category() -> None:
    expenses = [bill(Cost.CARE, 100), bill(Cost.FARE, 50), bill(Cost.CARE, 20)]
    assert plain(CARE, expenses=expenses) == (120, 120)
    assert plain(lines(Cost.CARE, Cost.FARE), expenses=expenses) == (170, 170)


def test_an_estimate_may_still_become_nothing() -> None:
    assert plain(CARE, expenses=[bill(Cost.CARE, 100), estimate(Cost.CARE, 50)]) == (100, 150)


def test_an_amount_nobody_knows_has_no_bound() -> None:
    lo, hi = plain(CARE, expenses=[bill(Cost.CARE, 100), bill(Cost.CARE, "unknown")])
    assert lo == 100
    assert is_unbounded(hi)


@pytest.mark.parametrize(
    ("repair", "brings"),
    [
        ({"repair_cost": 30}, (30, 30)),
        ({"repair_cost": 130}, (100, 100)),
        ({"repair_cost": "irreparable"}, (100, 100)),
        ({"repair_cost": "unknown"}, (0, 100)),
        ({}, (0, 100)),
    ],
)
def test_a_receipt_brings_at_most_its_amount_in_question(
    repair: dict[str, Any], brings: tuple[int, int]
) -> None:
    tree = lines(Cost.GOODS, amount=line_repair_cost)
    assert plain(tree, expenses=[bill(Cost.GOODS, 100, **repair)]) == brings


@pytest.mark.parametrize(
    ("stated", "brings"),
    [(400, (400, 400)), (1400, (1000, 1000)), ("unknown", (0, 1000)), ({"from": 300}, (300, 1000))],
)
def test_a_fixed_source_is_the_least_of_its_amounts(stated: Any, brings: tuple[int, int]) -> None:
    tree = fixed(yen(1000), assessed, id="f", **CITED)
    assert plain(tree, facts={"assessed": stated}) == brings


# Disability: the rules of DOMAIN §2.2.


@pytest.mark.parametrize(
    ("found", "percent"),
    [
        ([1], 100),
        ([14], 4),
        ([7, 7], 59),  # two of 1–8: two above 7 is 5
        ([8, 6, 12], 69),  # two of 1–8: two above 6 is 4
        ([4, 5], 100),  # two of 1–5: three above 4 is 1
        ([5, 5], 89),  # three above 5 is 2
        ([3, 5], 100),  # three above 3 would be 0: 1 is the ceiling
        ([2, 8], 100),  # two of 1–8: two above 2 is the ceiling too
        ([8, 8], 50),  # two above 8 is 6
        ([6, 9], 59),  # one of 1–8, two of 1–13: one above 6 is 5; the sum, 76, is more
        ([12, 13], 15),  # one above 12 is 11: 15; the sum, 17, is more
        ([9, 13], 33),  # one above 9 is 8: 34; the sum, 26 + 7, is less
        ([8, 13], 41),  # one above 8 is 7: 42; the sum, 34 + 7, is less
        ([13, 13], 10),  # one above 13 is 12: 10; the sum, 14, is more
        ([13, 13, 13], 10),
        ([14, 14], 4),  # grade 14 never raises anything
        ([13, 14], 7),
        ([5, 14], 59),
        ([1, 1], 100),
    ],
)
def test_impairments_of_one_accident_combine(found: list[int], percent: int) -> None:
    assert combined_percent(found, PERCENTS) == percent
    assert combined_percent(found[::-1], PERCENTS) == percent


def graded_tree() -> Any:
    return graded(
        sum_injury_death, grades, TABLE, worst_only=died.is_true, worst_grade=figure(3, "grade"),
        id="g", **CITED,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("stated", "only", "brings"),
    [
        ([7, 7], False, (590, 590)),
        ("unknown", False, (40, 1000)),
        ([3], True, (780, 780)),
        ([4], True, (0, 0)),  # 69 is below the 78 of grade 3
        ([4, 5], True, (1000, 1000)),  # what counts is the combination
        ([4], "unknown", (0, 690)),
        ([2], "unknown", (890, 890)),
        ("unknown", True, (0, 1000)),
    ],
)
def test_grades_bring_per_cent_of_the_sum(stated: Any, only: Any, brings: tuple[int, int]) -> None:
    assert plain(graded_tree(), facts={"grades": stated, "died": only}) == brings


def test_per_cent_of_an_odd_sum_is_floored() -> None:
    # 59 % of 1,001 is 590.59.
    policy = {
        "inception": "2026-06-01",
        "expiry": "2026-08-31",
        "sums": {"injury_death": 1001},
    }
    assert plain(graded_tree(), policy=policy, facts={"grades": [5], "died": False}) == (590, 590)


# Gates.


@pytest.mark.parametrize(("stated", "brings"), [(True, 100), (False, 0)])
def test_a_gate_lets_all_through_or_nothing(stated: bool, brings: int) -> None:
    tree = gate(cited("g", died), CARE)
    found = plain(tree, facts={"died": stated}, expenses=[bill(Cost.CARE, 100)])
    assert found == (brings, brings)


def test_an_unknown_gate_may_let_all_through() -> None:
    tree = gate(cited("g", died), CARE)
    assert plain(tree, expenses=[bill(Cost.CARE, 100), estimate(Cost.CARE, 50)]) == (0, 150)


def test_a_part_without_a_claim_of_its_own_brings_nothing() -> None:
    closed = part(
        "closed", ja="", en="", source="", grants=[cited("c.1", died)], opens=[died],
        money=fixed(yen(700), id="f", **CITED),
    )  # fmt: skip
    tree = all_together(closed, CARE, id="all")
    expenses = [bill(Cost.CARE, 100)]
    assert plain(tree, expenses=expenses) == (100, 100)
    assert plain(tree, facts={"died": False}, expenses=expenses) == (100, 100)
    assert plain(tree, facts={"died": "unknown"}, expenses=expenses) == (100, 800)
    assert plain(tree, facts={"died": True}, expenses=expenses) == (800, 800)


def test_a_window_of_days_keeps_what_falls_within() -> None:
    # Ten days from 2 June, that day counted, end on 11 June.
    tree = sieve(cited("w", line_on.within(figure(10, "days"), of=first_treated_on)), of=CARE)
    facts = {"first_treated_on": "2026-06-02"}
    bills = {"2026-06-01": 1, "2026-06-02": 10, "2026-06-11": 100, "2026-06-12": 1000}
    expenses = [bill(Cost.CARE, amount, on=day) for day, amount in bills.items()]
    assert plain(tree, facts=facts, expenses=expenses) == (110, 110)
    undated = [*expenses, bill(Cost.CARE, 10_000)]
    assert plain(tree, facts=facts, expenses=undated) == (110, 10_110)
    across = bill(Cost.CARE, 10_000, on={"from": "2026-06-11", "to": "2026-06-12"})
    assert plain(tree, facts=facts, expenses=[*expenses, across]) == (110, 10_110)


# Persons and nights.


FARES = [
    bill(Cost.FARE, 150, person="uncle"),
    bill(Cost.FARE, 210, person="mother"),
    bill(Cost.FARE, 180, person="sister"),
    bill(Cost.FARE, 200, person="father"),
    bill(Cost.FARE, 5, person="uncle"),
]


def test_the_costliest_persons_are_paid() -> None:
    tree = first(figure(3, "persons"), lines(Cost.FARE), ja="", en="")
    assert plain(tree, expenses=FARES) == (590, 590)
    assert plain(tree, expenses=FARES[:3]) == (540, 540)


def test_a_person_is_all_their_receipts_together() -> None:
    # Uncle: 150 + 5 + 60 = 215, now the costliest.
    more = [*FARES, bill(Cost.FARE, 60, person="uncle")]
    tree = first(figure(1, "persons"), lines(Cost.FARE), ja="", en="")
    assert plain(tree, expenses=more) == (215, 215)


def test_the_named_come_before_the_costliest() -> None:
    tree = first(figure(3, "persons"), lines(Cost.FARE), named=rescuers, ja="", en="")
    named = {"rescuers": ["uncle", "sister"]}
    assert plain(tree, facts=named, expenses=FARES) == (155 + 180 + 210, 545)
    assert plain(tree, facts={"rescuers": "none"}, expenses=FARES) == (590, 590)


def test_receipts_without_a_name_are_persons_of_their_own() -> None:
    tree = first(figure(2, "persons"), lines(Cost.FARE), ja="", en="")
    expenses = [bill(Cost.FARE, amount) for amount in (10, 30, 20)]
    assert plain(tree, expenses=expenses) == (50, 50)


def test_an_estimate_may_make_another_person_the_costliest() -> None:
    tree = first(figure(1, "persons"), lines(Cost.FARE), ja="", en="")
    expenses = [bill(Cost.FARE, 100, person="a"), estimate(Cost.FARE, 150, person="b")]
    assert plain(tree, expenses=expenses) == (100, 150)


def test_of_equal_persons_the_first_filed_is_paid() -> None:
    tree = first(figure(1, "persons"), lines(Cost.FARE), ja="", en="")
    expenses = [bill(Cost.FARE, 100, person="b"), bill(Cost.FARE, 100, person="a")]
    work = worked(edition_paying(tree), facts={"delayed": True}, expenses=expenses)
    kept = work.run.memo[work.units[0].benefit.root]
    assert [tuple(portion) for portion in kept] == [(0, 100, 100)]


ROOM = lines(Cost.ROOM)
NIGHTS_14 = nights(figure(14, "nights"), ROOM, ja="", en="")


def test_nights_past_the_last_are_not_paid() -> None:
    assert plain(NIGHTS_14, expenses=[bill(Cost.ROOM, 300_000, nights=20)]) == (210_000, 210_000)
    assert plain(NIGHTS_14, expenses=[bill(Cost.ROOM, 300_000, nights=14)]) == (300_000, 300_000)


def test_nights_are_counted_by_date_over_all_bills_with_a_floor_each() -> None:
    # Ten nights, then four of ten: 99,999 × 4 / 10 = 39,999.6.
    late = bill(Cost.ROOM, 99_999, nights=10, on="2026-06-14", person="mother")
    early = bill(Cost.ROOM, 100_000, nights=10, on="2026-06-04", person="mother")
    assert plain(NIGHTS_14, expenses=[late, early]) == (139_999, 139_999)
    assert plain(NIGHTS_14, expenses=[early, late]) == (139_999, 139_999)


def test_each_person_has_their_own_nights() -> None:
    expenses = [
        bill(Cost.ROOM, 1000, nights=20, on="2026-06-04", person="mother"),
        bill(Cost.ROOM, 1000, nights=14, on="2026-06-04", person="father"),
    ]
    assert plain(NIGHTS_14, expenses=expenses) == (1700, 1700)


def test_nights_not_told_are_anywhere_from_one_to_ten_years() -> None:
    # 300,000 × 14 / 3,650 = 1,150.68 at worst.
    assert plain(NIGHTS_14, expenses=[bill(Cost.ROOM, 300_000)]) == (1150, 300_000)
    ranged = bill(Cost.ROOM, 300_000, nights={"from": 10, "to": 20})
    assert plain(NIGHTS_14, expenses=[ranged]) == (210_000, 300_000)


def test_bills_without_dates_may_stand_in_any_order() -> None:
    # 100 first: 100 + 50 × 4/10 = 120. 50 first: 50 + 100 × 4/10 = 90.
    expenses = [bill(Cost.ROOM, 100, nights=10), bill(Cost.ROOM, 50, nights=10)]
    together = [{**entry, "person": "mother"} for entry in expenses]
    lo, hi = plain(NIGHTS_14, expenses=together)
    assert lo <= 90 and hi >= 120
    assert plain(NIGHTS_14, expenses=expenses) == (150, 150)


# Limits and deductibles.


def goods(*amounts: tuple[int, str]) -> list[Any]:
    return [bill(Cost.GOODS, amount, item=item) for amount, item in amounts]


def test_a_limit_per_item_counts_a_set_as_one() -> None:
    tree = limit(yen(100), lines(Cost.GOODS), per=ITEM, **SAID)
    expenses = [*goods((120, "camera"), (30, "camera"), (60, "coat")), bill(Cost.GOODS, 130)]
    assert plain(tree, expenses=expenses) == (260, 260)


def test_a_limit_per_person() -> None:
    tree = limit(yen(170), lines(Cost.FARE), per=PERSON, **SAID)
    assert plain(tree, expenses=FARES) == (155 + 170 + 170 + 170, 665)


def test_a_limit_per_occurrence_takes_the_excess_of_all() -> None:
    tree = limit(yen(100), CARE, per=OCCURRENCE, **SAID)
    assert plain(tree, expenses=[bill(Cost.CARE, 70), bill(Cost.CARE, 40)]) == (100, 100)
    assert plain(tree, expenses=[bill(Cost.CARE, 70), bill(Cost.CARE, 30)]) == (100, 100)
    assert plain(tree, expenses=[bill(Cost.CARE, 70), estimate(Cost.CARE, 40)]) == (70, 100)


def test_costs_on_top_are_siblings_of_the_limit() -> None:
    capped = limit(yen(100), CARE, per=OCCURRENCE, **SAID)
    tree = all_together(capped, lines(Cost.FARE), id="all")
    expenses = [bill(Cost.CARE, 500), bill(Cost.FARE, 30)]
    assert plain(tree, expenses=expenses) == (130, 130)


def test_no_limit_is_not_a_limit_of_nothing() -> None:
    tree = limit(sum_medical, CARE, per=OCCURRENCE, id="sum", **CITED)
    expenses = [bill(Cost.CARE, 10**12)]
    assert plain(tree, expenses=expenses) == (10**12, 10**12)
    policy = {"inception": "2026-06-01", "expiry": "2026-08-31", "sums": {"medical": 0}}
    assert plain(tree, expenses=expenses, policy=policy) == (0, 0)
    open_sum = {**policy, "sums": {"medical": {"from": 50, "to": 80}}}
    assert plain(tree, expenses=expenses, policy=open_sum) == (50, 80)


@pytest.mark.parametrize(
    ("stated", "brings"), [(True, (100, 100)), (False, (300, 300)), ("unknown", (100, 300))]
)
def test_a_conditional_limit(stated: Any, brings: tuple[int, int]) -> None:
    tree = limit(yen(100), CARE, per=OCCURRENCE, when=cited("when", died), **SAID)
    found = plain(tree, facts={"died": stated}, expenses=[bill(Cost.CARE, 300)])
    assert found == brings


def test_a_deductible_takes_the_first_yen() -> None:
    tree = deductible(yen(30), CARE, per=OCCURRENCE, **SAID)
    assert plain(tree, expenses=[bill(Cost.CARE, 20), bill(Cost.CARE, 40)]) == (30, 30)
    assert plain(tree, expenses=[bill(Cost.CARE, 30)]) == (0, 0)
    assert plain(tree, expenses=[bill(Cost.CARE, 20), estimate(Cost.CARE, 40)]) == (0, 30)


def test_a_deductible_per_item_is_taken_from_each() -> None:
    tree = deductible(yen(30), lines(Cost.GOODS), per=ITEM, **SAID)
    expenses = goods((20, "coat"), (50, "camera"), (10, "camera"))
    assert plain(tree, expenses=expenses) == (30, 30)


# Ratios: each floors at its own node.


@pytest.mark.parametrize(
    ("stated", "brings"),
    [(30, (700, 700)), (0, (1001, 1001)), (100, (0, 0)), ("unknown", (0, 1001))],
)
def test_what_an_earlier_impairment_caused_is_not_paid(
    stated: Any, brings: tuple[int, int]
) -> None:
    # 1,001 × 70 % = 700.7
    tree = share(earlier_share, CARE, id="s", **CITED)
    assert plain(tree, facts={"earlier_share": stated}, expenses=[bill(Cost.CARE, 1001)]) == brings


def test_an_indemnity_ratio_pays_its_per_cent() -> None:
    tree = indemnity_ratio(figure(80, "percent"), CARE, **SAID)
    assert plain(tree, expenses=[bill(Cost.CARE, 1001)]) == (800, 800)
    assert plain(tree, expenses=[bill(Cost.CARE, 999), bill(Cost.CARE, 2)]) == (800, 800)


@pytest.mark.parametrize(
    ("lost", "whole", "brings"),
    [
        (3, 7, (42_857, 42_857)),
        (0, 7, (0, 0)),
        (7, 7, (100_000, 100_000)),
        (9, 7, (100_000, 100_000)),
        (3, {"from": 5, "to": 10}, (30_000, 60_000)),
        ("unknown", 10, (0, 100_000)),
        ({"from": 2, "to": 4}, 10, (20_000, 40_000)),
        (3, "unknown", (10_000, 100_000)),
    ],
)
def test_time_is_paid_in_proportion(lost: Any, whole: Any, brings: tuple[int, int]) -> None:
    tree = pro_rata(days_lost, tour_days, CARE, id="r", **CITED)
    facts = {"days_lost": lost, "tour_days": whole}
    assert plain(tree, facts=facts, expenses=[bill(Cost.CARE, 100_000)]) == brings


# What is taken off.

REFUNDS = less(line_refunded, of=CARE, id="l", **CITED)


def test_a_refund_is_taken_off_its_own_receipt_and_no_other() -> None:
    expenses = [bill(Cost.CARE, 100, refunded=150), bill(Cost.CARE, 50, refunded=20)]
    assert plain(REFUNDS, facts={"deductions": ["refund"]}, expenses=expenses) == (30, 30)


@pytest.mark.parametrize(
    ("deductions", "brings"),
    [("none", (150, 150)), (["refund"], (50, 150)), ("unknown", (50, 150))],
)
def test_a_refund_nobody_told_is_all_or_nothing_of_its_receipt(
    deductions: Any, brings: tuple[int, int]
) -> None:
    expenses = [bill(Cost.CARE, 100), bill(Cost.CARE, 50, refunded=0)]
    assert plain(REFUNDS, facts={"deductions": deductions}, expenses=expenses) == brings


@pytest.mark.parametrize(
    ("stated", "brings"), [(120, (30, 30)), (400, (0, 0)), ("unknown", (0, 150)), (0, (150, 150))]
)
def test_a_recovery_is_taken_off_the_whole(stated: Any, brings: tuple[int, int]) -> None:
    tree = less(recovered, of=CARE, id="l", **CITED)
    expenses = [bill(Cost.CARE, 100), bill(Cost.CARE, 50)]
    assert plain(tree, facts={"recovered": stated}, expenses=expenses) == brings


@pytest.mark.parametrize(
    ("stated", "brings"), [(True, (600, 600)), (False, (1000, 1000)), ("unknown", (600, 1000))]
)
def test_paid_takes_the_opposite_bound_of_what_an_earlier_node_brings(
    stated: Any, brings: tuple[int, int]
) -> None:
    earlier = gate(cited("g", died), fixed(yen(400), id="earlier", **CITED))
    rest = less(paid("g"), of=fixed(yen(1000), id="sum", **CITED), id="rest", **CITED)
    tree = all_together(limit(yen(0), earlier, per=OCCURRENCE, **SAID), rest, id="all")
    assert plain(tree, facts={"died": stated}) == brings


# Choosing and adding.


def highest() -> Any:
    return highest_of(CARE, lines(Cost.FARE), id="h", **CITED)


def test_only_the_highest_is_paid() -> None:
    expenses = [bill(Cost.CARE, 100), bill(Cost.FARE, 120), bill(Cost.CARE, 10)]
    assert plain(highest(), expenses=expenses) == (120, 120)


def test_open_amounts_may_change_which_is_highest() -> None:
    expenses = [bill(Cost.CARE, 100), estimate(Cost.FARE, 150)]
    assert plain(highest(), expenses=expenses) == (100, 150)
    both = [estimate(Cost.CARE, 100), estimate(Cost.FARE, 150)]
    assert plain(highest(), expenses=both) == (0, 150)


def test_of_equal_children_the_first_is_paid() -> None:
    expenses = [bill(Cost.FARE, 100), bill(Cost.CARE, 100)]
    work = worked(edition_paying(highest()), facts={"delayed": True}, expenses=expenses)
    kept = work.run.memo[work.units[0].benefit.root]
    assert [tuple(portion) for portion in kept] == [(1, 100, 100)]


def test_all_together_takes_nothing() -> None:
    tree = all_together(CARE, lines(Cost.FARE), fixed(yen(7), id="f", **CITED), id="all")
    expenses = [bill(Cost.CARE, 100), estimate(Cost.FARE, 50)]
    assert plain(tree, expenses=expenses) == (107, 157)
    assert plain(tree) == (7, 7)


def test_the_order_of_calculation_is_the_nesting() -> None:
    # Ratio then limit: 80 % of 1,000 = 800, capped at 500. Limit then ratio: 80 % of 500 = 400.
    ratio_inside = limit(
        yen(500), indemnity_ratio(figure(80, "percent"), CARE, **SAID), per=OCCURRENCE, **SAID
    )
    ratio_outside = indemnity_ratio(
        figure(80, "percent"), limit(yen(500), CARE, per=OCCURRENCE, **SAID), **SAID
    )
    expenses = [bill(Cost.CARE, 1000)]
    assert plain(ratio_inside, expenses=expenses) == (500, 500)
    assert plain(ratio_outside, expenses=expenses) == (400, 400)
