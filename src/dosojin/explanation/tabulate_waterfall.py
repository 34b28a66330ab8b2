"""The waterfall as a table: asked, each loss with its clause, payable; one plane if they agree."""

from __future__ import annotations

from dosojin.adjudication.decision import Decision
from dosojin.adjudication.read_claim import Claim
from dosojin.explanation.document import Row, Table
from dosojin.explanation.trace_money import Step, waterfall
from dosojin.terms.editions import Edition
from dosojin.values.text import Language, Text

MINUS = "−"
CERTAIN = Text("確実（円）", "certain (yen)")
POSSIBLE = Text("最大（円）", "possible (yen)")


def waterfall_table(
    decision: Decision, claim: Claim, edition: Edition, language: Language
) -> Table | None:
    """The table; None if no money is in play."""
    steps = waterfall(decision, claim, edition)
    if len(steps) < 2:
        return None
    is_one_plane = all(step.lo == step.hi for step in steps)
    titles = [Text("円", "yen")] if is_one_plane else [CERTAIN, POSSIBLE]
    columns = ("", *(title.in_(language) for title in titles))
    return Table(columns, tuple(_row(step, is_one_plane, language) for step in steps))


def _row(step: Step, is_one_plane: bool, language: Language) -> Row:
    is_loss = step.kind == "loss"
    amounts: list[int | None] = [step.hi] if is_one_plane else [step.lo, step.hi]
    cells = tuple(_cell(amount, is_loss, language) for amount in amounts)
    title = step.title.in_(language)
    if language == "en":
        title = title[:1].upper() + title[1:]
    return Row(title, cells, step.clause, step.kind == "payable")


def _cell(amount: int | None, is_loss: bool, language: Language) -> str:
    if amount is None:
        return Text("未定", "open").in_(language)
    if is_loss:
        return f"{MINUS}{amount:,}" if amount else "0"
    return f"{amount:,}"
