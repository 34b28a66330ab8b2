"""Plain and split bounds: what excludes each other is never added up; `tight` as ENGINE §5 says."""

from __future__ import annotations

from typing import Any

import pytest

from dosojin.adjudication.bounds import COMBINATIONS_MAX
from dosojin.adjudication.decide import Adjudication
from dosojin.facts.declaration import Check
from dosojin.facts.expressions import all_of, any_of, not_
from dosojin.terms.money_tree import (
    OCCURRENCE,
    Node,
    all_together,
    fixed,
    gate,
    highest_of,
    less,
    limit,
    lines,
    nights,
    pro_rata,
)
from dosojin.values.money import Span
from tests.unit.adjudication.small_edition import (
    CITED,
    SMALL,
    TEXT,
    Cause,
    Circumstance,
    Cost,
    admitted_on,
    bill,
    cause,
    circumstances,
    cited,
    days_lost,
    decided,
    died,
    discharged_on,
    edition_paying,
    estimate,
    figure,
    recovered,
    tour_days,
    worked,
    yen,
)

DEATH = {"died": True, "admitted_on": "2026-06-02", "discharged_on": "2026-06-05"}
CARE = lines(Cost.CARE)


def gated(id: str, test: Any, of: Node) -> Node:
    return gate(cited(id, test), of)


def one_of_two() -> Node:
    """100 if it was a death, 60 if it was none."""
    return all_together(
        gated("yes", died, fixed(yen(100), id="f.yes", **CITED)),
        gated("no", not_(died), fixed(yen(60), id="f.no", **CITED)),
        id="both",
    )


def work_of(tree: Node, checks: Any = (), **entries: Any) -> Adjudication:
    facts = {"delayed": True, "deductions": "none", **entries.pop("facts", {})}
    return worked(edition_paying(tree, checks=checks), facts=facts, **entries)


def plain_span(work: Adjudication) -> tuple[int, int]:
    roots = [unit.benefit.root for unit in work.units]
    return sum(work.run.lo[i] for i in roots), sum(work.run.hi[i] for i in roots)


def is_tight(work: Adjudication) -> bool:
    assert work.splitter is not None
    return work.splitter.is_tight()


def test_death_by_injury_or_by_illness_never_both() -> None:
    # 1,000 for an injury, 700 for an illness: plain adds them up, split knows better.
    cause_open = {**DEATH, "cause": {"one_of": ["injury", "illness"]}}
    assert plain_span(worked(SMALL, facts=cause_open)) == (0, 1700)
    decision = decided(SMALL, facts=cause_open)
    assert decision.payable == Span(700, 1000)
    assert decision.tight
    spans = {benefit.id: benefit.payable for benefit in decision.benefits}
    assert spans == {"injury_death": Span(0, 1000), "sickness_death": Span(0, 700)}


def test_a_cause_of_neither_kind_pays_nothing() -> None:
    decision = decided(SMALL, facts=DEATH)
    assert decision.payable == Span(0, 1000)


def test_a_flag_that_opens_one_gate_and_shuts_another_is_cut() -> None:
    work = work_of(one_of_two())
    assert plain_span(work) == (0, 160)
    assert work.total() == Span(60, 100)
    assert is_tight(work)


def test_a_fact_that_pushes_one_way_stays_uncut_and_is_tight() -> None:
    work = work_of(gated("g", died, CARE), expenses=[bill(Cost.CARE, 100)])
    assert work.splitter is not None
    assert work.splitter.axes == ()
    assert work.total() == Span(0, 100)
    assert is_tight(work)


def test_a_number_is_cut_where_a_test_changes() -> None:
    # Up to 3 days 100; from 10 days 60; in between nothing.
    tree = all_together(
        gated("few", days_lost <= figure(3, "days"), fixed(yen(100), id="a", **CITED)),
        gated("many", days_lost >= figure(10, "days"), fixed(yen(60), id="b", **CITED)),
        id="both",
    )
    work = work_of(tree)
    assert work.splitter is not None
    assert [axis.cells for axis in work.splitter.axes] == [((0, 3), (4, 9), (10, 30))]
    assert plain_span(work) == (0, 160)
    assert work.total() == Span(0, 100)
    assert is_tight(work)
    assert work_of(tree, facts={"days_lost": {"from": 5}}).total() == Span(0, 60)


def test_members_of_a_set_are_cut_one_by_one() -> None:
    war = circumstances.has(Circumstance.WAR)
    tree = all_together(
        gated("war", war, fixed(yen(100), id="a", **CITED)),
        gated("peace", not_(war), fixed(yen(60), id="b", **CITED)),
        gated("fight", circumstances.has(Circumstance.FIGHT), fixed(yen(7), id="c", **CITED)),
        id="all",
    )
    work = work_of(tree)
    assert work.splitter is not None
    assert len(work.splitter.axes) == 1
    assert work.total() == Span(60, 107)


def test_the_same_word_in_and_out_of_a_test_is_never_both() -> None:
    tree = all_together(
        gated("a", cause.is_(Cause.INJURY), fixed(yen(1), id="f.a", **CITED)),
        gated("b", cause.is_(Cause.ILLNESS), fixed(yen(10), id="f.b", **CITED)),
        gated("c", cause.is_(Cause.OTHER), fixed(yen(100), id="f.c", **CITED)),
        id="all",
    )
    work = work_of(tree)
    assert plain_span(work) == (0, 111)
    assert work.total() == Span(1, 100)


def test_inconsistent_combinations_do_not_count() -> None:
    # Death and injury together would bring 160: the check forbids just that pair.
    injury = cause.is_(Cause.INJURY)
    tree = all_together(
        gated("death", died, fixed(yen(100), id="a", **CITED)),
        gated("life", not_(died), fixed(yen(1), id="b", **CITED)),
        gated("injury", injury, fixed(yen(60), id="c", **CITED)),
        gated("none", not_(injury), fixed(yen(1), id="d", **CITED)),
        id="all",
    )
    assert work_of(tree).total() == Span(2, 160)
    work = work_of(tree, checks=(Check(not_(all_of(died, injury)), TEXT),))
    assert work.total() == Span(2, 101)


def test_a_fact_checked_against_another_open_one_is_not_tight() -> None:
    tree = gated("g", died, CARE)
    check = Check(not_(all_of(died, cause.is_(Cause.INJURY))), TEXT)
    expenses = [bill(Cost.CARE, 100)]
    assert not is_tight(work_of(tree, checks=(check,), expenses=expenses))
    known = {"cause": "illness"}
    assert is_tight(work_of(tree, checks=(check,), facts=known, expenses=expenses))


def test_only_one_of_two_that_exclude_each_other_counts_for_the_highest() -> None:
    tree = highest_of(
        gated("yes", died, fixed(yen(100), id="a", **CITED)),
        gated("no", not_(died), fixed(yen(60), id="b", **CITED)),
        id="h",
        **CITED,
    )
    assert work_of(tree).total() == Span(60, 100)


def test_an_exclusion_that_is_lifted_by_what_else_happened() -> None:
    facts = {"cause": "illness", "first_treated_on": "2026-06-02", "deductions": "none"}
    decision = decided(
        SMALL,
        facts={**facts, "admitted_on": "2026-06-02", "discharged_on": "2026-06-02"},
        expenses=[bill(Cost.CARE, 100, on="2026-06-02")],
    )
    assert decision.payable == Span(0, 100)
    assert decision.tight


# When split is given up, and what is not tight.


def mixed_flags(count: int) -> Node:
    """`count` facts each of which opens one gate and shuts another."""
    tests: list[Any] = []
    for word in Circumstance:
        tests.append(circumstances.has(word))
    tests.append(died.is_true)
    tests += [days_lost <= figure(limit, "days") for limit in range(0, 29, 2)]
    tests += [tour_days <= figure(limit, "days") for limit in range(2, 30, 2)]
    chosen = tests[:count]
    parts = []
    for place, test in enumerate(chosen):
        parts.append(gated(f"g{place}", test, fixed(yen(2), id=f"f{place}", **CITED)))
        parts.append(gated(f"n{place}", not_(test), fixed(yen(1), id=f"e{place}", **CITED)))
    return all_together(*parts, id="all")


def test_over_4096_combinations_the_plain_bounds_stand() -> None:
    # 4 truths are 16 combinations, 15 cuts of the first number make 16 cells: 256 in all.
    within = work_of(mixed_flags(4 + 15))
    assert within.splitter is not None
    assert (within.splitter.count, within.splitter.is_split) == (256, True)
    assert within.total() == Span(19, 38)
    # 14 cuts of the second number make 15 cells: 3,840 combinations, still split.
    many = work_of(mixed_flags(4 + 15 + 14))
    assert many.splitter is not None
    assert (many.splitter.count, many.splitter.is_split) == (3840, True)
    assert COMBINATIONS_MAX == 4096
    extra = gated("x", cause.is_(Cause.INJURY), fixed(yen(2), id="f.x", **CITED))
    other = gated("y", cause.is_(Cause.ILLNESS), fixed(yen(1), id="f.y", **CITED))
    over = work_of(all_together(mixed_flags(4 + 15 + 14), extra, other, id="more"))
    assert over.splitter is not None
    assert (over.splitter.count, over.splitter.is_split) == (1, False)
    assert over.total() == Span(0, 33 * 3 + 3)
    assert not is_tight(over)


def test_a_date_tested_against_another_open_date_is_not_tight() -> None:
    tree = gated("g", admitted_on.day <= discharged_on.day, CARE)
    expenses = [bill(Cost.CARE, 100)]
    assert not is_tight(work_of(tree, expenses=expenses))
    known = {"admitted_on": "2026-06-02"}
    assert is_tight(work_of(tree, facts=known, expenses=expenses))


def test_a_mixed_number_that_flows_into_money_is_not_tight() -> None:
    tree = all_together(
        less(recovered, of=CARE, id="l", **CITED),
        gated("g", recovered >= yen(50), fixed(yen(10), id="f", **CITED)),
        id="both",
    )
    assert not is_tight(work_of(tree, expenses=[bill(Cost.CARE, 100)]))


def test_an_amount_that_pushes_one_way_is_tight() -> None:
    tree = less(recovered, of=CARE, id="l", **CITED)
    work = work_of(tree, expenses=[bill(Cost.CARE, 100)])
    assert work.total() == Span(0, 100)
    assert is_tight(work)


def test_bills_of_one_person_without_dates_are_not_tight() -> None:
    tree = nights(figure(14, "nights"), lines(Cost.ROOM), ja="", en="")
    two = [bill(Cost.ROOM, amount, nights=10, person="mother") for amount in (100, 50)]
    assert not is_tight(work_of(tree, expenses=two))
    one = [bill(Cost.ROOM, 100, person="mother")]
    assert is_tight(work_of(tree, expenses=one))


@pytest.mark.parametrize(
    ("expenses", "tight"),
    [([bill(Cost.CARE, 100)], True), ([estimate(Cost.CARE, 100)], True)],
)
def test_what_is_certain_or_only_estimated_is_tight(expenses: list[Any], tight: bool) -> None:
    tree = limit(yen(80), CARE, per=OCCURRENCE, ja="", en="")
    decision = decided(
        edition_paying(tree), facts={"delayed": True, "deductions": "none"}, expenses=expenses
    )
    assert decision.tight is tight
    assert decision.payable.hi == 80


def test_part_of_time_and_whole_are_worst_and_best_at_opposite_ends() -> None:
    tree = pro_rata(days_lost, tour_days, CARE, id="r", **CITED)
    facts = {"days_lost": {"from": 2, "to": 4}, "tour_days": {"from": 8, "to": 10}}
    work = work_of(tree, facts=facts, expenses=[bill(Cost.CARE, 1000)])
    assert work.total() == Span(200, 500)
    assert is_tight(work)


def test_any_of_a_thing_and_its_opposite_always_holds() -> None:
    tree = gated("g", any_of(died, not_(died)), CARE)
    work = work_of(tree, expenses=[bill(Cost.CARE, 100)])
    assert plain_span(work) == (0, 100)
    assert work.total() == Span(100, 100)
    tree = gated("g", all_of(died, not_(died)), CARE)
    assert work_of(tree, expenses=[bill(Cost.CARE, 100)]).total() == Span(0, 0)
