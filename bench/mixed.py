"""A wording made for the benchmark: facts that push the payout both ways, each on its own money.

Every mixed flag opens one part and closes another, so no two combinations bring the same and
nothing can be shared between them: the worst case for split bounds.
"""

from __future__ import annotations

from dosojin.adjudication.case import Case, LineKnown
from dosojin.adjudication.evaluation import Evaluator
from dosojin.adjudication.read_values import ValueReader
from dosojin.facts.declaration import Choice, Fact, Kind, Owner
from dosojin.facts.expressions import Constant, Figure, any_of, not_
from dosojin.facts.lines import LINE_FACTS
from dosojin.terms.clauses import clause
from dosojin.terms.editions import Benefit, Edition
from dosojin.terms.lower_edition import lower
from dosojin.terms.money_tree import OCCURRENCE, all_together, limit, lines, part
from dosojin.values.text import Text

WORDS = Text("計測用", "for the benchmark")


class Cost(Choice):
    """Two receipts for every flag: one paid if it holds, one if it does not."""

    PLUS = "plus"
    MINUS = "minus"


def flag(name: str) -> Fact:
    return Fact(name, Owner.OCCURRENCE, Kind.FLAG, WORDS, WORDS)


def said(id: str, test):  # type: ignore[no-untyped-def]
    return clause(id, test, ja="計測用", en="for the benchmark", source="none")


def mixed_case(mixed: int, others: int) -> tuple[Evaluator, Case]:
    """`mixed` mixed flags and `others` one-way flags, and a claim that knows none of them."""
    both = [flag(f"mixed_{i}") for i in range(mixed)]
    one_way = [flag(f"one_way_{i}") for i in range(others)]
    sum_insured = Fact("sums.all", Owner.POLICY, Kind.YEN, WORDS, WORDS, unit="yen")
    parts = []
    for i, fact in enumerate(both):
        for name, test in ((Cost.PLUS, fact), (Cost.MINUS, not_(fact))):
            category = f"{name}_{i}"
            excludes = [said(f"{category}.x", one_way[i % others])] if others else []
            parts.append(
                part(
                    category, ja="計測用", en="for the benchmark", source="none",
                    grants=[said(f"{category}.1", any_of(test))], excludes=excludes,
                    money=limit(
                        Figure(f"{category}.max", 10_000 << i, "yen", "none"), lines(category),
                        per=OCCURRENCE, ja="計測用", en="for the benchmark",
                    ),
                )
            )  # fmt: skip
    benefit = Benefit("all", WORDS, "none", sum_insured >= Constant(1, "yen"), all_together(*parts))
    edition = Edition(
        "bench", 1, WORDS, "bench", (sum_insured, *both, *one_way), LINE_FACTS, Cost, (benefit,),
        (), {}, Cost, {}, sum_insured, sum_insured, sum_insured,
    )  # fmt: skip
    lowered = lower(edition)
    evaluator = Evaluator(lowered)
    values = ValueReader(740_000, 0)
    known = [values.domain(v) if v.owner != "line" else None for v in lowered.variables]
    known[0] = (10**9, 10**9)
    on_line = tuple(values.domain(lowered.variables[i]) for i in evaluator.program.line_slot)
    receipts = tuple(
        LineKnown(f"{name}_{i}", 7_000 << i, 7_000 << i, on_line, None, None, None, False)
        for i in range(mixed)
        for name in (Cost.PLUS, Cost.MINUS)
    )
    return evaluator, Case(tuple(known), receipts, frozenset(), frozenset(), {}, {})
