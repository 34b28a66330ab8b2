"""The compiled trees: what feeds a node, which parts gate it, what a claim of some shape visits."""

from __future__ import annotations

from typing import Any

from dosojin.adjudication.evaluation import evaluator
from dosojin.adjudication.payout import STATEFUL, Payout
from dosojin.terms.money_tree import all_together, fixed, less, lines, paid, part
from dosojin.values.money import Span
from tests.unit.adjudication.small_edition import (
    CITED,
    SMALL,
    Cost,
    benefit,
    bill,
    cited,
    decided,
    died,
    edition_of,
    edition_paying,
    lowered_of,
    worked,
    yen,
)

PAYOUT: Payout = evaluator(lowered_of(SMALL)).payout
NODES = {node.id: index for index, node in enumerate(lowered_of(SMALL).nodes)}


def visited(**entries: Any) -> set[str]:
    work = worked(SMALL, **entries)
    assert work.run.plan is not None
    return {work.lowered.nodes[index].id for index in work.run.plan.nodes}


def test_a_node_takes_the_receipts_of_all_below_it() -> None:
    assert PAYOUT.takes[NODES["medical_rescue.sum"]] == {"care", "fare", "room", "sundries"}
    assert PAYOUT.takes[NODES["medical.less"]] == {"care"}
    assert PAYOUT.takes[NODES["injury_death"]] == frozenset()


def test_a_node_knows_the_parts_that_its_money_still_has_to_pass() -> None:
    medical, rescue = NODES["medical"], NODES["rescue"]
    assert PAYOUT.part_of[NODES["medical.less"]] == (medical,)
    assert PAYOUT.part_of[NODES["rescue.sundries_max"]] == (rescue,)
    assert PAYOUT.part_of[NODES["medical_rescue.sum"]] == ()
    assert PAYOUT.part_of[medical] == ()


def test_only_what_money_can_reach_is_visited() -> None:
    reached = visited(expenses=[bill(Cost.CARE, 100)])
    assert {"medical_rescue.sum", "medical", "medical.window_days", "medical.less"} <= reached
    assert not {"rescue", "rescue.rescuers_max", "injury_death"} & reached


def test_a_death_opens_the_fixed_sums() -> None:
    reached = visited(facts={"died": True})
    assert {"injury_death.sum", "sickness_death.sum"} <= reached
    assert "medical_rescue.sum" not in reached


def test_limits_over_claims_are_the_stateful_ones() -> None:
    assert STATEFUL == ("policy_year", "policy_period")


def test_what_a_closed_part_would_bring_is_not_paid() -> None:
    earlier = part(
        "a", ja="", en="", source="", grants=[cited("a.1", died)], opens=[died],
        money=fixed(yen(400), id="earlier", **CITED),
    )  # fmt: skip
    rest = less(paid("earlier"), of=lines(Cost.CARE), id="rest", **CITED)
    edition = edition_paying(all_together(earlier, rest, id="all"))

    def rest_of(**facts: Any) -> tuple[int, int]:
        work = worked(edition, facts=facts, expenses=[bill(Cost.CARE, 1000)])
        index = next(i for i, node in enumerate(work.lowered.nodes) if node.id == "rest")
        return work.run.lo[index], work.run.hi[index]

    assert rest_of() == (1000, 1000)
    assert rest_of(died=False) == (1000, 1000)
    assert rest_of(died=True) == (600, 600)
    assert rest_of(died="unknown") == (600, 1000)


def test_what_an_unclaimed_benefit_would_bring_is_not_paid() -> None:
    earlier = benefit(
        fixed(yen(400), id="earlier", **CITED),
        id="a",
        grants=(cited("a.1", died),),
        opens=(died,),
    )
    rest = less(paid("earlier"), of=lines(Cost.CARE), id="rest", **CITED)
    edition = edition_of(earlier, benefit(rest, id="b"))
    assert decided(edition, expenses=[bill(Cost.CARE, 1000)]).payable == Span(1000, 1000)
