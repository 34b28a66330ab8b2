"""Which question comes first; every worth was worked out by hand.

worth = width before − mean width after over the cells of the fact (a number: its two ends).
"""

from __future__ import annotations

from typing import Any

from dosojin.adjudication.decision import Question
from dosojin.facts.expressions import all_of, not_
from dosojin.facts.lines import line_abroad, line_on, line_refunded
from dosojin.terms.money_tree import (
    OCCURRENCE,
    Node,
    all_together,
    fixed,
    gate,
    less,
    limit,
    lines,
    sieve,
)
from tests.unit.adjudication.small_edition import (
    CITED,
    SMALL,
    Cause,
    Circumstance,
    Cost,
    accident_on,
    assessed,
    bill,
    cause,
    circumstances,
    cited,
    days_lost,
    decided,
    delayed,
    died,
    edition_paying,
    figure,
    recovered,
    sum_medical,
    yen,
)

CARE = lines(Cost.CARE)
BILLED = [bill(Cost.CARE, 100)]


def gated(id: str, test: Any, of: Node) -> Node:
    return gate(cited(id, test), of)


def asked(tree: Node, **entries: Any) -> tuple[Question, ...]:
    facts = {"delayed": True, "deductions": "none", **entries.pop("facts", {})}
    return decided(edition_paying(tree), facts=facts, **entries).questions


def worths(tree: Node, **entries: Any) -> list[tuple[str, int | None]]:
    return [(question.key, question.worth) for question in asked(tree, **entries)]


def test_one_gate_one_answer_closes_the_range() -> None:
    assert worths(gated("g", died, CARE), expenses=BILLED) == [("died", 100)]


def test_two_gates_in_a_row_are_worth_half_each() -> None:
    # Yes leaves 0…100, no leaves 0: 100 − (100 + 0) / 2 = 50, for either.
    tree = gated("g", all_of(died, cause.is_(Cause.INJURY)), CARE)
    assert worths(tree, expenses=BILLED) == [("cause", 50), ("died", 50)]


def test_the_one_with_most_yen_at_stake_comes_first() -> None:
    # Whole width 160: died leaves 60 (worth 100), the fight leaves 100 (worth 60).
    tree = all_together(
        gated("b", circumstances.has(Circumstance.FIGHT), fixed(yen(60), id="f.b", **CITED)),
        gated("a", died, fixed(yen(100), id="f.a", **CITED)),
        id="all",
    )
    assert worths(tree) == [("died", 100), ("circumstances", 60)]


def test_a_choice_has_a_cell_for_every_answer_that_matters() -> None:
    # Injury 90, illness 60, other 0. Each answer leaves nothing open: worth is the whole width.
    tree = all_together(
        gated("a", cause.is_(Cause.INJURY), fixed(yen(90), id="f.a", **CITED)),
        gated("b", cause.is_(Cause.ILLNESS), fixed(yen(60), id="f.b", **CITED)),
        id="all",
    )
    assert worths(tree) == [("cause", 90)]


def test_the_mean_is_taken_over_the_cells_and_floored() -> None:
    # Injury leads to a gate of 100, illness to one of 40, other to nothing: widths 100, 40, 0.
    # 100 − 140/3 = 53.33. Died: yes leaves 0…100, no leaves 0: 50.
    tree = all_together(
        gated("a", all_of(died, cause.is_(Cause.INJURY)), fixed(yen(100), id="f.a", **CITED)),
        gated("b", all_of(died, cause.is_(Cause.ILLNESS)), fixed(yen(40), id="f.b", **CITED)),
        id="all",
    )
    assert worths(tree) == [("cause", 53), ("died", 50)]


def test_a_number_is_taken_at_its_two_ends() -> None:
    # Ends 0 and 30 days decide the gate either way: nothing stays open.
    tree = gated("g", days_lost >= figure(3, "days"), CARE)
    assert worths(tree, expenses=BILLED) == [("days_lost", 100)]
    # A recovery of 0 leaves 100, one without bound leaves 0: each end is certain.
    taken = less(recovered, of=CARE, id="l", **CITED)
    assert worths(taken, expenses=BILLED) == [("recovered", 100)]


def test_none_of_a_set_settles_many_exclusions() -> None:
    # "None of these" leaves nothing open, neither does the worst answer: 100.
    test = all_of(
        not_(circumstances.has(Circumstance.WAR)), not_(circumstances.has(Circumstance.FIGHT))
    )
    questions = asked(gated("g", test, CARE), expenses=BILLED)
    assert [(question.key, question.worth) for question in questions] == [("circumstances", 100)]
    assert questions[0].members == ("war", "fight")


def test_only_the_words_that_still_matter_are_shown() -> None:
    test = all_of(
        not_(circumstances.has(Circumstance.WAR)), not_(circumstances.has(Circumstance.FIGHT))
    )
    facts = {"circumstances": {"not": ["war"]}}
    questions = asked(gated("g", test, CARE), facts=facts, expenses=BILLED)
    assert questions[0].members == ("fight",)


def test_what_bounds_an_unbounded_payout_comes_first_and_has_no_worth() -> None:
    tree = all_together(
        gated("a", died, fixed(yen(10**9), id="f", **CITED)),
        limit(sum_medical, CARE, per=OCCURRENCE, id="sum", **CITED),
        id="all",
    )
    questions = asked(tree, expenses=[bill(Cost.CARE, "unknown")])
    assert [(question.key, question.worth) for question in questions] == [
        ("expenses[0].amount", None),
        ("died", 0),
    ]
    assert "見積もり" in questions[0].ask.ja and "estimate" in questions[0].ask.en


def test_an_answer_that_shuts_an_unbounded_payout_has_no_worth_either() -> None:
    # No death, no payment: one of its cells is bounded.
    tree = gated("g", died, CARE)
    assert worths(tree, expenses=[bill(Cost.CARE, "unknown")]) == [
        ("expenses[0].amount", None),
        ("died", None),
    ]


def test_worth_nothing_comes_last_and_is_not_dropped() -> None:
    # Two ways in: neither answer alone narrows 0…100 … yet the first does by half.
    tree = all_together(
        gated("a", died, fixed(yen(100), id="f.a", **CITED)),
        limit(yen(0, "zero"), fixed(assessed, id="f.b", **CITED), per=OCCURRENCE, ja="", en=""),
        id="all",
    )
    found = worths(tree)
    assert found[0] == ("died", 100)
    assert all(worth == 0 for _, worth in found[1:])


def test_equal_worth_asks_what_is_not_medical_first_then_by_declaration() -> None:
    # cause is declared before died and is not medical; died is.
    tree = gated("g", all_of(died, cause.is_(Cause.INJURY), days_lost >= figure(1, "days")), CARE)
    questions = asked(tree, expenses=BILLED)
    assert {question.worth for question in questions} == {50}
    assert [question.key for question in questions] == ["cause", "days_lost", "died"]
    assert [question.medical for question in questions] == [False, False, True]


def test_what_nobody_knows_is_not_asked_again() -> None:
    tree = gated("g", all_of(died, cause.is_(Cause.INJURY)), CARE)
    found = worths(tree, facts={"cause": "unknown"}, expenses=BILLED)
    assert found == [("died", 50)]


def test_what_is_narrowed_is_still_asked() -> None:
    tree = gated("g", cause.is_(Cause.INJURY), CARE)
    facts = {"cause": {"one_of": ["injury", "other"]}}
    assert worths(tree, facts=facts, expenses=BILLED) == [("cause", 100)]


def test_a_settled_branch_asks_nothing() -> None:
    tree = gated("g", all_of(died, cause.is_(Cause.INJURY)), CARE)
    assert worths(tree, facts={"cause": "illness"}, expenses=BILLED) == []
    assert worths(tree, facts={"cause": "injury", "died": True}, expenses=BILLED) == []


def test_what_does_not_apply_yet_is_not_asked_yet() -> None:
    # accident_on applies to an injury only: first the cause is asked.
    tree = sieve(cited("w", line_on.within(figure(10, "days"), of=accident_on)), of=CARE)
    expenses = [bill(Cost.CARE, 100, on="2026-06-03")]
    assert worths(tree, expenses=expenses) == [("cause", 50)]
    injured = {"cause": "injury"}
    assert [key for key, _ in worths(tree, facts=injured, expenses=expenses)] == ["accident_on"]


def test_the_field_of_a_receipt_is_asked_at_its_receipt() -> None:
    tree = sieve(cited("s", line_abroad), of=CARE)
    expenses = [bill(Cost.CARE, 30), bill(Cost.CARE, 100), bill(Cost.CARE, 7, abroad=True)]
    questions = asked(tree, expenses=expenses)
    assert [(question.key, question.worth) for question in questions] == [
        ("expenses[1].abroad", 100),
        ("expenses[0].abroad", 30),
    ]
    assert questions[0].line == 1
    assert questions[0].ask == line_abroad.ask


def test_a_deduction_is_asked_by_the_set_first_and_then_by_receipt() -> None:
    tree = less(line_refunded, of=CARE, id="l", **CITED)
    by_set = asked(tree, facts={"deductions": {"not": ["public_scheme"]}}, expenses=BILLED)
    assert [question.key for question in by_set] == ["deductions"]
    refunded = worths(tree, facts={"deductions": ["refund"]}, expenses=BILLED)
    assert refunded == [("expenses[0].refunded", 100)]


def test_a_certain_answer_asks_nothing() -> None:
    assert worths(CARE, expenses=BILLED) == []


def test_what_was_not_claimed_asks_nothing() -> None:
    decision = decided(SMALL, expenses=[bill(Cost.CARE, 100)])
    assert [benefit.id for benefit in decision.benefits] == ["medical_rescue"]
    assert "died" not in [question.key for question in decision.questions]


def test_questions_carry_the_words_of_their_declaration() -> None:
    questions = asked(gated("g", died, CARE), expenses=BILLED)
    assert questions[0].ask == died.ask
    assert delayed.name not in [question.key for question in questions]
