"""A lowered edition keeps wording order, and a wording that contradicts itself is refused."""

from __future__ import annotations

import pytest

from dosojin.terms.lower_edition import EditionError, lower
from dosojin.terms.lowered import Lowered, LoweredNode
from dosojin.terms.money_tree import (
    OCCURRENCE,
    POLICY_YEAR,
    all_together,
    deductible,
    fixed,
    gate,
    graded,
    highest_of,
    less,
    limit,
    lines,
    paid,
    part,
    sieve,
)
from dosojin.values.money import UNBOUNDED
from tests.unit.adjudication.small_edition import (
    CITED,
    SMALL,
    Cost,
    accident_on,
    assessed,
    benefit,
    cited,
    delayed,
    died,
    edition_of,
    edition_paying,
    figure,
    grades,
    loss_on,
    sum_medical,
    yen,
)

LOWERED = lower(SMALL)


def node(lowered: Lowered, id: str) -> LoweredNode:
    return next(node for node in lowered.nodes if node.id == id)


def number(lowered: Lowered, index: int) -> object:
    return lowered.numbers[index][1]


def test_benefits_stand_in_wording_order_each_with_its_own_nodes() -> None:
    assert [one.id for one in LOWERED.benefits] == [
        "injury_death",
        "sickness_death",
        "medical_rescue",
    ]
    roots = [LOWERED.nodes[one.root].id for one in LOWERED.benefits]
    assert roots == ["injury_death", "sickness_death", "medical_rescue.sum"]


def test_parts_stand_in_wording_order() -> None:
    parts = [LOWERED.nodes[index].id for index in LOWERED.benefits[2].parts]
    assert parts == ["medical", "rescue"]


def test_children_stand_before_the_nodes_they_pay_into() -> None:
    for index, entry in enumerate(LOWERED.nodes):
        assert all(child < index for child in entry.children)


def test_restores_know_their_exclusion() -> None:
    by_id = {entry.id: entry for entry in LOWERED.clauses}
    war, fight = by_id["medical.x.war"], by_id["medical.x.fight"]
    assert [LOWERED.clauses[index].id for index in war.restores] == ["medical.r.terrorism"]
    assert fight.restores == ()
    assert by_id["medical.r.terrorism"].role == "restores"
    # Lifted: the exclusion fails, or the restore holds. Without a restore it is the failure alone.
    assert LOWERED.truths[war.lifted][0] == "any"
    assert by_id["medical.r.terrorism"].truth in LOWERED.truths[war.lifted][1]
    assert LOWERED.truths[fight.lifted][0] == "not_test"


def test_every_benefit_is_carried_by_its_sum() -> None:
    carried = [entry.id for entry in LOWERED.clauses if entry.id.endswith(".carried")]
    assert carried == ["injury_death.carried", "sickness_death.carried", "medical_rescue.carried"]


def test_facts_stand_in_order_of_declaration() -> None:
    names = [variable.name for variable in LOWERED.variables]
    assert names[: len(SMALL.facts)] == [fact.name for fact in SMALL.facts]


def test_checks_are_truths_in_order() -> None:
    assert len(LOWERED.checks) == 2
    assert LOWERED.truths[LOWERED.checks[0]][0] == "test"


def test_an_opening_fact_is_kept_with_its_part() -> None:
    opens = node(LOWERED, "injury_death").opens
    assert [LOWERED.variables[index].name for index in opens] == ["died"]


def test_two_nodes_of_one_name_are_refused() -> None:
    cap = yen(5, "cap")
    tree = all_together(
        limit(cap, lines(Cost.CARE), per=OCCURRENCE, ja="", en=""),
        limit(cap, lines(Cost.FARE), per=OCCURRENCE, ja="", en=""),
        id="both",
    )
    with pytest.raises(EditionError, match="two nodes are called cap"):
        lower(edition_paying(tree))


def test_paid_of_nothing_is_refused() -> None:
    tree = less(paid("nowhere"), of=lines(Cost.CARE), id="less", **CITED)
    with pytest.raises(EditionError, match=r"less: paid.*nowhere.* names no node"):
        lower(edition_paying(tree))


def test_paid_finds_a_node_of_another_benefit() -> None:
    earlier = benefit(fixed(yen(5), id="earlier.sum", **CITED), id="a")
    rest = less(paid("earlier.sum"), of=fixed(yen(9), id="f", **CITED), id="l", **CITED)
    lowered = lower(edition_of(earlier, benefit(rest, id="b")))
    assert [lowered.nodes[index].id for index in node(lowered, "l").paid] == ["earlier.sum"]


def test_a_node_that_nothing_names_is_refused() -> None:
    tree = highest_of(lines(Cost.CARE), lines(Cost.FARE), id="", ja="", en="", source="")
    with pytest.raises(EditionError, match="HighestOf needs an id"):
        lower(edition_paying(tree))


def test_sources_are_named_after_what_they_take() -> None:
    lowered = lower(edition_paying(lines(Cost.CARE, Cost.FARE)))
    assert lowered.nodes[0].id == "benefit.part.lines_care_fare"
    assert lowered.nodes[0].categories == ("care", "fare")


def test_a_gate_and_a_sieve_hold_the_truth_of_their_clause() -> None:
    tree = gate(cited("g", died), sieve(cited("s", delayed), of=lines(Cost.CARE)))
    lowered = lower(edition_paying(tree))
    by_id = {entry.id: entry for entry in lowered.clauses}
    assert (node(lowered, "g").kind, node(lowered, "s").kind) == ("gate", "sieve")
    assert node(lowered, "g").truth == by_id["g"].truth
    assert node(lowered, "s").truth == by_id["s"].truth
    assert (by_id["g"].role, by_id["g"].part) == ("limits", -1)


def test_a_limit_keeps_scope_date_and_condition() -> None:
    tree = limit(
        yen(5, "cap"), lines(Cost.CARE), per=POLICY_YEAR, dated=loss_on, when=cited("when", died),
        ja="", en="",
    )  # fmt: skip
    lowered = lower(edition_paying(tree))
    cap = node(lowered, "cap")
    assert cap.scope == "policy_year"
    assert lowered.variables[cap.variable].name == "loss_on"
    assert cap.truth == next(one.truth for one in lowered.clauses if one.id == "when")
    kind, _, then, otherwise = lowered.numbers[cap.numbers[0]]
    assert (kind, number(lowered, then), number(lowered, otherwise)) == ("either", 5, UNBOUNDED)


def test_a_graded_source_keeps_the_per_cent_of_its_worst_grade() -> None:
    table = tuple(figure(value, "percent", f"g.{value}") for value in range(100, 86, -1))
    tree = graded(
        sum_medical, grades, table, worst_only=died.is_true, worst_grade=figure(3, "grade"),
        id="graded", **CITED,
    )  # fmt: skip
    lowered = lower(edition_paying(tree))
    numbers = node(lowered, "graded").numbers
    assert number(lowered, numbers[1]) == 98
    assert [number(lowered, index) for index in numbers[2:]] == list(range(100, 86, -1))


def test_amounts_that_do_not_apply_deduct_nothing_and_bound_nothing() -> None:
    guarded = accident_on.day - accident_on.day
    off = deductible(yen(5), lines(Cost.CARE), per=OCCURRENCE, id="d", source="x", ja="", en="")
    lowered = lower(edition_paying(off))
    assert number(lowered, node(lowered, "d").numbers[0]) == 5
    bound = fixed(assessed, guarded, id="f", **CITED)
    lowered = lower(edition_paying(bound))
    kind, _, _, otherwise = lowered.numbers[node(lowered, "f").numbers[1]]
    assert (kind, number(lowered, otherwise)) == ("either", UNBOUNDED)


def test_a_part_inside_a_benefit_is_found_wherever_it_stands() -> None:
    said = {"ja": "", "en": ""}
    inner = part("inner", source="", grants=[cited("i", died)], money=lines(Cost.CARE), **said)
    other = part("other", source="", grants=[cited("o", died)], money=lines(Cost.FARE), **said)
    both = all_together(inner, other, id="all")
    lowered = lower(edition_paying(limit(yen(5, "cap"), both, per=OCCURRENCE, **said)))
    assert {lowered.nodes[index].id for index in lowered.benefits[0].parts} == {
        "inner", "other", "benefit.part",
    }  # fmt: skip
