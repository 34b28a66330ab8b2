"""Decisions over columns: verdicts, deciding clauses, order of entries, totals, threads."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from dosojin.batch.decide_columns import decide_columns
from dosojin.terms.clauses import Clause
from dosojin.terms.editions import Benefit, Edition
from dosojin.terms.money_tree import POLICY_PERIOD as PERIOD
from dosojin.terms.money_tree import Node, Part, all_together, fixed, less, limit, lines, paid, part
from tests.unit.adjudication.small_edition import (
    CITED,
    SMALL,
    TEXT,
    Cause,
    Circumstance,
    Cost,
    benefit,
    bill,
    cause,
    circumstances,
    cited,
    delayed,
    died,
    edition_of,
    lowered_of,
    sum_injury_death,
    yen,
)
from tests.unit.batch.small_columns import amounts, bills, columns, decided

NOT_COVERED, DEPENDS, COVERED = 0, 2, 3
CARE = lines(Cost.CARE)
BY_INJURY = cited("grant.injury", cause.is_(Cause.INJURY))
BY_ILLNESS = cited("grant.illness", cause.is_(Cause.ILLNESS))
TERROR = cited("restore.terror", circumstances.has(Circumstance.TERRORISM))
WAR = cited("exclude.war", circumstances.has(Circumstance.WAR), restored_by=(TERROR,))
FIGHT = cited("exclude.fight", circumstances.has(Circumstance.FIGHT))
EXCLUDING = edition_of(
    benefit(
        CARE, grants=(BY_INJURY, BY_ILLNESS), excludes=(WAR, FIGHT),
        carried=sum_injury_death >= yen(1),
    )
)  # fmt: skip


def says(edition: Edition, **facts: Any) -> tuple[int, str]:
    """Verdict and deciding clause of one claim."""
    found = decided(edition, bills(bill(Cost.CARE, 5), **facts))
    (verdict,), (clause,) = found.verdict.tolist(), found.clause.tolist()
    return verdict, lowered_of(edition).clauses[clause].id


@pytest.mark.parametrize(
    ("facts", "verdict", "clause"),
    [
        ({"cause": "injury", "circumstances": "none"}, COVERED, "grant.injury"),
        ({"cause": "illness", "circumstances": "none"}, COVERED, "grant.illness"),
        ({"cause": "other", "circumstances": ["war"]}, NOT_COVERED, "grant.injury"),
        ({"cause": "injury", "circumstances": ["war"]}, NOT_COVERED, "exclude.war"),
        ({"cause": "injury", "circumstances": ["war", "fight"]}, NOT_COVERED, "exclude.war"),
        ({"cause": "injury", "circumstances": ["war", "terrorism"]}, COVERED, "grant.injury"),
        (
            {"cause": "injury", "circumstances": ["war", "terrorism", "fight"]},
            NOT_COVERED, "exclude.fight",
        ),
        ({"cause": "injury", "circumstances": {"has": ["war"]}}, DEPENDS, "exclude.war"),
        ({"cause": "injury", "circumstances": {"not": ["war"]}}, DEPENDS, "exclude.fight"),
        ({"circumstances": "none"}, DEPENDS, "grant.injury"),
        ({"cause": {"one_of": ["illness", "other"]}}, DEPENDS, "grant.illness"),
        ({}, DEPENDS, "grant.injury"),
    ],
)  # fmt: skip
def test_the_clause_that_decides(facts: dict[str, Any], verdict: int, clause: str) -> None:
    assert says(EXCLUDING, **facts) == (verdict, clause)


def test_a_benefit_that_is_not_carried_says_so() -> None:
    policy = {"inception": "2026-06-01", "expiry": "2026-08-31", "sums": {"injury_death": 0}}
    claim = {**bills(bill(Cost.CARE, 5), cause="injury", circumstances="none"), "policy": policy}
    unsure = {**claim, "policy": {**policy, "sums": {"injury_death": "unknown"}}}
    found = decided(EXCLUDING, claim, unsure)
    assert found.verdict.tolist() == [NOT_COVERED, DEPENDS]
    carried = [lowered_of(EXCLUDING).clauses[clause].id for clause in found.clause.tolist()]
    assert carried == ["benefit.carried"] * 2
    assert amounts(found) == [(0, 0), (0, 5)]


# parts and benefits


def part_of(name: str, grant: Clause, money: Node) -> Part:
    return part(f"{name}.part", ja="", en="", source="x", grants=[grant], money=money)


TWO_PARTS = edition_of(
    Benefit(
        "two", TEXT, "x", cause.is_(Cause.INJURY, Cause.ILLNESS, Cause.OTHER),
        all_together(
            part_of("care", cited("care", cause.is_(Cause.INJURY)), CARE),
            part_of("fare", cited("fare", cause.is_(Cause.INJURY, Cause.ILLNESS)),
                    lines(Cost.FARE)),
        ),
    )
)  # fmt: skip


def test_the_first_part_that_is_certain_decides_else_the_first_that_is_open() -> None:
    both = (bill(Cost.CARE, 5), bill(Cost.FARE, 7))
    claims = [
        bills(*both, cause="injury"), bills(*both, cause="illness"), bills(*both, cause="other"),
        bills(*both), bills(both[1], cause="other"), bills(*both, cause={"one_of": ["injury",
        "illness"]}),
    ]  # fmt: skip
    found = decided(TWO_PARTS, *claims)
    ids = [lowered_of(TWO_PARTS).clauses[clause].id for clause in found.clause.tolist()]
    assert ids == ["care", "fare", "care", "care", "fare", "fare"]
    assert found.verdict.tolist() == [COVERED, COVERED, NOT_COVERED, DEPENDS, NOT_COVERED, COVERED]
    assert amounts(found) == [(12, 12), (7, 7), (0, 0), (0, 12), (0, 0), (7, 12)]


def test_entries_go_by_row_then_by_benefit_and_only_claimed_ones_are_there() -> None:
    care = bill(Cost.CARE, 5)
    claims = [bills(care, died=True, cause="injury"), bills(), bills(care), bills(died=False)]
    found = decided(SMALL, *claims)
    assert found.row.tolist() == [0, 0, 0, 2]
    assert found.benefit.tolist() == [0, 1, 2, 2]


def test_what_another_benefit_paid_comes_off_even_if_it_is_not_claimed() -> None:
    edition = edition_of(
        benefit(limit(yen(4), CARE, per=PERIOD, id="period", **CITED), id="one", opens=()),
        benefit(
            less(paid("period"), of=fixed(yen(10), id="ten", **CITED), id="less", **CITED),
            id="two",
        ),
    )  # fmt: skip
    care = bill(Cost.CARE, 9)
    claims = [bills(), bills(care), bills(care)]
    found = decided(edition, *claims, certificates=[1, 1, 1])
    assert amounts(found) == [(10, 10), (4, 4), (6, 6), (0, 0), (10, 10)]
    assert not found.through_scalar.any()


def test_an_edition_that_covers_nothing_decides_nothing() -> None:
    found = decided(edition_of(), bills(bill(Cost.CARE, 5)))
    assert found.row.tolist() == []
    assert found.usage_entry.tolist() == []


@pytest.mark.parametrize("edition", [SMALL, EXCLUDING])
def test_no_claims_have_no_decisions(edition: Edition) -> None:
    none = columns(edition, bills()).take(np.zeros(0, np.int64))
    found = decide_columns(none, back_end="numpy")
    assert found.row.tolist() == []
    assert found.through_scalar.tolist() == []


# totals and threads


def test_totals_by_node_are_those_of_all_claims() -> None:
    period = limit(yen(8), CARE, per=PERIOD, id="period", **CITED)
    edition = edition_of(benefit(period, grants=(BY_INJURY,), opens=()))
    five = bill(Cost.CARE, 5)
    claims = [bills(five, cause="injury"), bills(five, five, cause="other"), bills(five)]
    found = decided(edition, *claims, certificates=[1, 1, 1], with_totals=True)
    nodes = [node.id for node in lowered_of(edition).nodes]
    totals = {nodes[index]: ends for index, ends in found.node_totals.items()}
    assert totals["period"] == (5, 8)
    assert totals["benefit.part"] == (5, 8)
    assert totals[nodes[0]] == (5, 10)


def test_totals_leave_out_what_has_no_bound() -> None:
    edition = edition_of(benefit(CARE, opens=()))
    claims = [bills(bill(Cost.CARE, 5)), bills(bill(Cost.CARE, "unknown"))]
    found = decided(edition, *claims, with_totals=True)
    assert set(found.node_totals.values()) == {(5, 5)}


def test_threads_share_the_work_and_change_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("numba")
    monkeypatch.setenv("DOSOJIN_CACHE", str(tmp_path))
    monkeypatch.setattr("dosojin.batch.kernels.numba_back_end.ROWS_A_THREAD", 1)
    grant = cited("grant", died)
    edition = edition_of(benefit(CARE, grants=(grant,), opens=(delayed,)))
    claims = [
        bills(*[bill(Cost.CARE, 10**row)] * (row % 3), died=row % 2 == 0, delayed=True)
        for row in range(7)
    ]
    found = [
        decided(edition, *claims, back_end=back_end, threads=threads)
        for back_end, threads in (("numpy", 1), ("numba", 1), ("numba", 3))
    ]
    for name in ("row", "benefit", "verdict", "lo", "hi", "clause"):
        planes = [getattr(one, name).tolist() for one in found]
        assert planes[0] == planes[1] == planes[2], name
