"""Every kind of money node as a kernel, on small receipts, by hand."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from dosojin.batch.decide_columns import decide_columns
from dosojin.facts.lines import line_abroad, line_refunded, line_repair_cost
from dosojin.terms.money_tree import (
    ITEM,
    OCCURRENCE,
    PERSON,
    Node,
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
    pro_rata,
    share,
    sieve,
)
from tests.properties.column_claims import with_shared_planes, without_absent_names
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
    grades,
    recovered,
    rescuers,
    sum_injury_death,
    sum_medical,
    tour_days,
    yen,
)
from tests.unit.batch.small_columns import amounts, bills, cases_of, columns, decided, plain

CARE = lines(Cost.CARE)
SAID: dict[str, Any] = {"ja": "あ", "en": "a"}
TWO = figure(2, "persons")
THREE_NIGHTS = figure(3, "nights")
PERCENTS = (100, 89, 78, 69, 59, 50, 42, 34, 26, 20, 15, 10, 7, 4)
TABLE = tuple(figure(value, "percent", f"grade.{g}") for g, value in enumerate(PERCENTS, 1))


def unnamed(money: Node, *claims: dict[str, Any]) -> list[tuple[int | None, int | None]]:
    """What a tree brings where no receipt bears a name, and both ends are one array."""
    edition = edition_paying(money)
    made = without_absent_names(columns(edition, *claims), cases_of(edition, *claims))
    return amounts(decide_columns(with_shared_planes(made), back_end="numpy"))


# receipts


def test_receipts_come_in_by_category_and_each_up_to_its_bound() -> None:
    claims = bills(bill(Cost.CARE, 100), bill(Cost.FARE, 50), estimate(Cost.CARE, 20))
    assert plain(CARE, claims, bills()) == [(100, 120), (0, 0)]
    repaired = lines(Cost.GOODS, amount=line_repair_cost)
    dear = bills(bill(Cost.GOODS, 100, repair_cost=30), bill(Cost.GOODS, 100))
    assert plain(repaired, dear) == [(30, 130)]


def test_claims_do_not_mix() -> None:
    claims = [bills(*[bill(Cost.CARE, 1)] * count) for count in (0, 3, 0, 1, 0)]
    assert plain(CARE, *claims) == [(0, 0), (3, 3), (0, 0), (1, 1), (0, 0)]


def test_a_sieve_drops_receipts_and_a_gate_everything() -> None:
    abroad = sieve(cited("s", line_abroad), CARE)
    claim = bills(
        bill(Cost.CARE, 1, abroad=True), bill(Cost.CARE, 2, abroad=False), bill(Cost.CARE, 4)
    )
    assert plain(abroad, claim) == [(1, 5)]
    closed = gate(cited("g", died), abroad)
    facts = [{"died": True}, {"died": False}, {}]
    claims = [{**claim, "facts": one} for one in facts]
    assert plain(closed, *claims) == [(1, 5), (0, 0), (0, 5)]


def test_a_sieve_that_reads_no_receipt_drops_all_or_none() -> None:
    tree = sieve(cited("s", died), all_together(CARE, lines(Cost.FARE)))
    claim = bills(bill(Cost.CARE, 3), bill(Cost.FARE, 4))
    claims = [{**claim, "facts": {"died": one}} for one in (True, False, "unknown")]
    assert plain(tree, *claims) == [(7, 7), (0, 0), (0, 7)]


def test_deductions_go_receipt_by_receipt() -> None:
    tree = less(line_refunded, of=CARE, id="less", **CITED)
    claim = {
        "facts": {"deductions": ["refund"]},
        "expenses": [bill(Cost.CARE, 10, refunded=4), bill(Cost.CARE, 3, refunded=9)],
    }
    assert plain(tree, claim) == [(6, 6)]


# persons, items, nights


def test_the_costliest_persons_are_paid() -> None:
    tree = first(TWO, lines(Cost.FARE), **SAID)
    one = [bill(Cost.FARE, yen_, person=who) for who, yen_ in (("a", 5), ("b", 9), ("c", 7))]
    assert plain(tree, bills(*one), bills(*one[:2])) == [(16, 16), (14, 14)]


def test_of_persons_who_cost_the_same_any_two_bring_the_same() -> None:
    tree = first(TWO, lines(Cost.FARE, Cost.ROOM), **SAID)
    same = [bill(Cost.ROOM, 5, person="a"), *(bill(Cost.FARE, 5, person=who) for who in "bc")]
    assert plain(tree, bills(*same)) == [(10, 10)]


def test_a_person_brings_all_their_receipts_and_nobodys_receipt_stands_alone() -> None:
    tree = first(TWO, lines(Cost.FARE), **SAID)
    claim = bills(
        bill(Cost.FARE, 3, person="a"), bill(Cost.FARE, 4), bill(Cost.FARE, 3, person="a"),
        bill(Cost.FARE, 5),
    )  # fmt: skip
    assert plain(tree, claim) == [(11, 11)]


def test_those_named_go_first_in_their_order() -> None:
    tree = first(TWO, lines(Cost.FARE), named=rescuers, **SAID)
    fares = [bill(Cost.FARE, yen_, person=who) for who, yen_ in (("a", 1), ("b", 9), ("c", 7))]
    named = (["a"], ["a", "c"], ["c", "a", "b"], ["zoe", "a"], "none")
    claims = [{"expenses": fares, "facts": {"rescuers": one}} for one in named]
    assert plain(tree, *claims) == [(10, 10), (8, 8), (8, 8), (10, 10), (16, 16)]


def test_whoever_has_no_receipt_left_takes_no_place() -> None:
    tree = first(
        figure(1, "persons"), sieve(cited("s", line_abroad), lines(Cost.FARE)), named=rescuers,
        **SAID,
    )  # fmt: skip
    dropped = bill(Cost.FARE, 9, person="a", abroad=False)
    kept = bill(Cost.FARE, 4, person="b", abroad=True)
    free = bill(Cost.FARE, 0, person="a", abroad=True)
    named = {"rescuers": ["zoe", "a"]}
    assert plain(tree, bills(dropped, kept, **named)) == [(4, 4)]
    assert plain(tree, bills(dropped, kept, free, **named)) == [(0, 0)]


def test_estimates_choose_persons_at_worst_and_at_best() -> None:
    tree = first(figure(1, "persons"), lines(Cost.FARE), **SAID)
    claim = bills(bill(Cost.FARE, 4, person="a"), estimate(Cost.FARE, 9, person="b"))
    assert plain(tree, claim) == [(4, 9)]


def test_limits_and_deductibles_by_person_and_item() -> None:
    goods = [
        bill(Cost.GOODS, 8, item="camera", person="a"),
        bill(Cost.GOODS, 8, item="camera", person="a"),
        bill(Cost.GOODS, 3, item="bag", person="a"),
        bill(Cost.GOODS, 12, person="b"),
    ]
    by_item = limit(yen(10), lines(Cost.GOODS), per=ITEM, id="limit", **CITED)
    assert plain(by_item, bills(*goods), bills()) == [(10 + 3 + 10, 23), (0, 0)]
    by_person = limit(yen(10), lines(Cost.GOODS), per=PERSON, id="limit", **CITED)
    assert plain(by_person, bills(*goods)) == [(20, 20)]
    first_four = deductible(yen(4), lines(Cost.GOODS), per=ITEM, id="off", **CITED)
    assert plain(first_four, bills(*goods)) == [(12 + 0 + 8, 20)]


def test_without_names_every_receipt_stands_alone() -> None:
    claim = bills(bill(Cost.GOODS, 8), bill(Cost.GOODS, 12))
    by_item = limit(yen(10), lines(Cost.GOODS), per=ITEM, id="limit", **CITED)
    assert unnamed(by_item, claim) == [(18, 18)]
    dearest = first(figure(1, "persons"), lines(Cost.GOODS), **SAID)
    assert unnamed(dearest, claim) == [(12, 12)]


def test_a_receipt_that_comes_twice_stands_alone_once() -> None:
    twice = all_together(lines(Cost.GOODS), lines(Cost.GOODS, amount=yen(5), id="capped"))
    claim = bills(bill(Cost.GOODS, 8, nights=5))
    by_item = limit(yen(10), twice, per=ITEM, id="limit", **CITED)
    assert unnamed(by_item, claim) == [(10, 10)]
    two_bills = nights(THREE_NIGHTS, twice, **SAID)
    assert unnamed(two_bills, claim) == plain_scalar(two_bills, claim)


def plain_scalar(money: Node, *claims: dict[str, Any]) -> list[tuple[int | None, int | None]]:
    """The same tree by the single evaluator."""
    edition = edition_paying(money)
    found = decided(edition, *claims)
    assert found.through_scalar.all()
    return amounts(found)


def test_nights_past_the_allowed_ones_are_not_paid() -> None:
    tree = nights(THREE_NIGHTS, lines(Cost.ROOM), **SAID)
    claims = [
        bills(bill(Cost.ROOM, 100, nights=4)), bills(bill(Cost.ROOM, 100, nights=2)),
        bills(bill(Cost.ROOM, 100, nights={"from": 2, "to": 5})),
        bills(bill(Cost.ROOM, 7, nights=3, person="a"), bill(Cost.ROOM, 8, nights=6, person="b")),
    ]  # fmt: skip
    assert plain(tree, *claims) == [(75, 75), (100, 100), (60, 100), (11, 11)]


def test_several_bills_of_one_person_are_left_to_the_single_evaluator() -> None:
    tree = nights(THREE_NIGHTS, lines(Cost.ROOM), **SAID)
    bill_of = [
        bill(Cost.ROOM, 20, nights=2, person="a", on="2026-06-02"),
        bill(Cost.ROOM, 20, nights=2, person="a", on="2026-06-04"),
    ]
    found = decided(edition_paying(tree), bills(*bill_of), bills(bill_of[0]))
    assert found.through_scalar.tolist() == [True, False]
    assert amounts(found) == [(30, 30), (20, 20)]


def test_many_doubtful_receipts_are_still_doubtful() -> None:
    tree = nights(THREE_NIGHTS, lines(Cost.ROOM), **SAID)
    many = bills(*[bill(Cost.ROOM, 1, person=f"p{n // 2}", nights=1) for n in range(512)])
    assert decided(edition_paying(tree), many).through_scalar.tolist() == [True]


# whole amounts


def test_what_is_fixed_is_the_least_of_its_figures() -> None:
    tree = fixed(sum_injury_death, assessed, id="fixed", **CITED)
    claims = [bills(assessed=one) for one in (300, 3000, {"from": 300, "to": 3000})]
    assert plain(tree, *claims) == [(300, 300), (1000, 1000), (300, 1000)]


def test_grades_combine_into_one_per_cent() -> None:
    tree = graded(
        sum_injury_death, grades, TABLE, worst_only=died, worst_grade=figure(3, "grade"),
        id="graded", **CITED,
    )  # fmt: skip
    claims = [
        bills(grades=[14], died=False), bills(grades=[13, 9], died=False),
        bills(grades=[5, 5], died=False), bills(grades=[5], died=True),
        bills(grades=[2], died=True), bills(died=False), bills(died=True), bills(grades=[5]),
    ]  # fmt: skip
    assert plain(tree, *claims) == [
        (40, 40), (330, 330), (890, 890), (0, 0), (890, 890), (40, 1000), (0, 1000), (0, 590),
    ]  # fmt: skip


def test_shares_ratios_and_parts_of_time_are_rounded_down() -> None:
    claim = bills(bill(Cost.CARE, 101))
    halved = share(earlier_share, CARE, id="share", **CITED)
    shares = [{**claim, "facts": {"earlier_share": one}} for one in (0, 33, {"from": 0, "to": 50})]
    assert plain(halved, *shares) == [(101, 101), (67, 67), (50, 101)]
    seventy = indemnity_ratio(figure(70, "percent"), CARE, id="ratio", **CITED)
    assert plain(seventy, claim) == [(70, 70)]
    by_days = pro_rata(days_lost, tour_days, CARE, id="pro_rata", **CITED)
    days = [
        {**claim, "facts": {"days_lost": lost, "tour_days": tour}}
        for lost, tour in (
            (1, 3),
            (3, 3),
            (5, 3),
            ({"from": 0, "to": 2}, 3),
            (2, {"from": 2, "to": 8}),
        )
    ]
    assert plain(by_days, *days) == [(33, 33), (101, 101), (101, 101), (0, 67), (25, 101)]


def test_the_highest_of_several_is_paid() -> None:
    tree = highest_of(CARE, lines(Cost.FARE), fixed(yen(5), id="five", **CITED), id="h", **CITED)
    claims = [
        bills(bill(Cost.CARE, 9), bill(Cost.FARE, 4)), bills(),
        bills(bill(Cost.CARE, 9), estimate(Cost.FARE, 20)),
    ]  # fmt: skip
    assert plain(tree, *claims) == [(9, 9), (5, 5), (9, 20)]


def test_limits_deductibles_and_deductions_of_the_whole() -> None:
    claim = bills(bill(Cost.CARE, 60), estimate(Cost.CARE, 60))
    capped = limit(yen(100), CARE, per=OCCURRENCE, id="limit", **CITED)
    assert plain(capped, claim) == [(60, 100)]
    off = deductible(yen(70), CARE, per=OCCURRENCE, id="off", **CITED)
    assert plain(off, claim, bills()) == [(0, 50), (0, 0)]
    reduced = less(recovered, of=CARE, id="less", **CITED)
    facts = [{"recovered": one} for one in (50, {"from": 10, "to": 200}, "unknown")]
    claims = [{**claim, "facts": one} for one in facts]
    assert plain(reduced, *claims) == [(10, 70), (0, 110), (0, 120)]


# amounts without a bound


def test_amounts_without_a_bound_stay_so_through_arithmetic() -> None:
    claim = bills(bill(Cost.CARE, 10), bill(Cost.CARE, "unknown"), days_lost=1, tour_days=3)
    off = deductible(yen(4), CARE, per=OCCURRENCE, id="off", **CITED)
    third = pro_rata(days_lost, tour_days, off, id="pro_rata", **CITED)
    most = indemnity_ratio(figure(1, "percent"), third, id="ratio", **CITED)
    assert plain(most, claim) == [(0, None)]
    assert plain(limit(yen(9), most, per=OCCURRENCE, id="limit", **CITED), claim) == [(0, 9)]
    assert plain(limit(sum_medical, CARE, per=OCCURRENCE, id="limit", **CITED), claim) == [
        (10, None)
    ]


def test_nothing_of_no_bound_is_nothing() -> None:
    claim = bills(bill(Cost.CARE, "unknown"))
    none = indemnity_ratio(figure(0, "percent"), CARE, id="ratio", **CITED)
    assert plain(none, claim) == [(0, 0)]


def test_no_bound_less_no_bound_is_left_to_the_single_evaluator() -> None:
    tree = less(recovered, of=fixed(sum_medical, id="fixed", **CITED), id="less", **CITED)
    claims = [bills(recovered=30), bills(recovered="unknown")]
    found = decided(edition_paying(tree), *claims)
    assert found.through_scalar.tolist() == [False, True]
    assert amounts(found) == [(None, None), (0, None)]


def test_a_part_of_time_too_fine_for_64_bits_is_left_to_the_single_evaluator() -> None:
    tree = pro_rata(assessed, recovered, CARE, id="pro_rata", **CITED)
    claim = bills(bill(Cost.CARE, 10**12), assessed=10**9, recovered=3 * 10**9)
    found = decided(edition_paying(tree), claim, bills(assessed=5, recovered=4))
    assert found.through_scalar.tolist() == [True, False]
    assert amounts(found) == [(333_333_333_333, 333_333_333_333), (0, 0)]


# compiled


def test_compiled_kernels_take_a_receipt_into_one_sum_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("numba")
    monkeypatch.setenv("DOSOJIN_CACHE", str(tmp_path))
    twice = all_together(CARE, lines(Cost.CARE, amount=yen(5), id="capped"))
    edition = edition_paying(less(line_repair_cost, of=twice, id="less", **CITED))
    claim = bills(bill(Cost.CARE, 100, repair_cost=1), bill(Cost.CARE, 3, repair_cost=2))
    made = with_shared_planes(columns(edition, claim))
    found = [amounts(decide_columns(made, back_end=back_end)) for back_end in ("numpy", "numba")]
    assert found == [[(105, 105)]] * 2


def test_compiled_receipts_read_what_is_known_of_their_claim(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("numba")
    monkeypatch.setenv("DOSOJIN_CACHE", str(tmp_path))
    tree = sieve(cited("s", line_repair_cost <= assessed), CARE)
    claims = [
        bills(bill(Cost.CARE, 100, repair_cost=5), bill(Cost.CARE, 30), assessed=one)
        for one in (4, 5)
    ]
    found = decided(edition_paying(tree), *claims, back_end="numba")
    assert amounts(found) == [(0, 30), (100, 130)]
