"""`dosojin whynot`: which unproven facts would turn the verdict, and what other plans would say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from dosojin.cli.arguments import Command
from dosojin.cli.claim_file import (
    CLAIM_HELP,
    is_styled,
    open_claim,
    print_json,
    read_claim_arguments,
)
from dosojin.values.problems import Problem
from dosojin.values.text import Text

if TYPE_CHECKING:
    from dosojin.adjudication.decision import Decision
    from dosojin.adjudication.read_claim import Claim
    from dosojin.adjudication.what_if import Turn
    from dosojin.explanation.explain_alternatives import Alternative

SUMMARY = Text(
    "なぜその結果か、何が違えば変わるかを示します", "what would turn the verdict; other plans"
)

COMMAND = Command("whynot", "CLAIM", CLAIM_HELP, ())


def run(argv: list[str]) -> int:
    """Print what would turn each verdict; Problem for input that cannot be taken."""
    arguments = read_claim_arguments(COMMAND, argv)
    if arguments.has("--help"):
        print(COMMAND.help_text(arguments.language))
        return 0
    from dosojin.adjudication.decide import decide
    from dosojin.adjudication.what_if import turning_facts
    from dosojin.explanation.explain_alternatives import explain_why_not
    from dosojin.explanation.render_text import render_text

    claim = open_claim(arguments.text("CLAIM"))
    decision = decide(claim, with_questions=False)
    turns = [turn for b in decision.benefits for turn in turning_facts(claim, b.id)]
    others = list(_alternatives(claim))
    if arguments.has("--json"):
        print_json(_json(claim, decision, turns, others))
        return 0
    page = explain_why_not(decision, claim, claim.edition, turns, others, arguments.language)
    print(render_text(page, is_styled=is_styled()))
    return 0


def _alternatives(claim: Claim) -> Iterator[Alternative]:
    """Every other plan of the edition, then the same plan in the family's other editions."""
    from dosojin.adjudication.catalogue import edition_files, plan_ids
    from dosojin.adjudication.what_if import what_if
    from dosojin.explanation.explain_alternatives import Alternative
    from dosojin.products import editions

    family = edition_files(claim.product).family
    changes: list[tuple[str, str | None]] = [
        (claim.product, plan) for plan in plan_ids(claim.product) if plan != claim.plan
    ]
    changes += [
        (files.id, claim.plan)
        for files in editions().values()
        if files.family == family and files.id != claim.product
    ]
    for product, plan in changes:
        other = None if product == claim.product else product
        try:
            yield Alternative(product, plan, what_if(claim, other, plan))
        except Problem as problem:
            yield Alternative(product, plan, None, problem)


def _json(
    claim: Claim, decision: Decision, turns: list[Turn], others: list[Alternative]
) -> dict[str, Any]:
    days = {fact.name for fact in claim.edition.facts if fact.kind.value == "day"}
    return {
        "edition": decision.edition,
        "plan": decision.plan,
        "verdict": decision.verdict.value,
        "payable": decision.payable.to_json(),
        "benefits": [
            {
                "id": benefit.id,
                "verdict": benefit.verdict.value,
                "deciding_clause": benefit.deciding_clause,
                "turns": [_turn_json(turn, days) for turn in turns if turn.benefit == benefit.id],
            }
            for benefit in decision.benefits
        ],
        "alternatives": [_alternative_json(other) for other in others],
    }


def _turn_json(turn: Turn, days: set[str]) -> dict[str, Any]:
    return {
        "verdict": turn.verdict.value,
        "facts": [
            {
                "fact": answer.fact,
                "words": list(answer.words),
                "range": None
                if answer.span is None
                else _range_json(answer.span, answer.fact in days),
                "applies": answer.is_in,
                "stated_otherwise": answer.is_stated,
            }
            for answer in turn.answers
        ],
    }


def _range_json(span: tuple[int, int], is_day: bool) -> dict[str, Any]:
    from datetime import date

    from dosojin.values.money import bounded

    if is_day:
        first, last = (date.fromordinal(day).isoformat() for day in span)
        return {"from": first, "to": last}
    return {"from": span[0], "to": bounded(span[1])}


def _alternative_json(other: Alternative) -> dict[str, Any]:
    found: dict[str, Any] = {"product": other.product, "plan": other.plan}
    if other.decision is not None:
        found["verdict"] = other.decision.verdict.value
        found["payable"] = other.decision.payable.to_json()
    elif other.problem is not None:
        found["problem"] = {"code": other.problem.code, "message": other.problem.message.en}
    return found
