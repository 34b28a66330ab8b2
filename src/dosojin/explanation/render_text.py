"""A page as plain text: wrapped in both scripts, tables aligned by the width of characters."""

from __future__ import annotations

from collections.abc import Iterable
from unicodedata import east_asian_width

from dosojin.explanation.document import Block, Heading, Listing, Page, Row, Sentence, Table

WIDTH = 80
LABEL_LEAST = 16
NOT_AT_LINE_START = "、。，．）」』】〉》〕・ー％：；？！々ぁぃぅぇぉっゃゅょァィゥェォッャュョ〜"
NOT_AT_LINE_END = "（「『【〈《〔"
BULLETS = ("- ", "+ ", "− ")
STRONG, FAINT, PLAIN = "\033[1m", "\033[2m", "\033[0m"


def places(text: str) -> int:
    """Columns that a text takes in a terminal; full-width characters take two."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def render_text(page: Page, *, width: int = WIDTH, is_styled: bool = False) -> str:
    """The page as text; `is_styled` adds bold and faint for a terminal."""
    lines: list[str] = [*_wrapped(page.title, width), ""]
    for block in page.blocks:
        if isinstance(block, Heading) and lines[-1]:
            lines.append("")
        lines += _block_lines(block, width, is_styled)
    while lines and not lines[-1]:
        lines.pop()
    return "\n".join(lines)


def fold_text(text: str, width: int = WIDTH) -> str:
    """Text whose lines stand indented, each folded to the width below its own beginning."""
    return "\n".join(folded for line in text.split("\n") for folded in _folded(line, width))


def _folded(line: str, width: int) -> list[str]:
    words = line.lstrip(" ")
    first = " " * (len(line) - len(words))
    hanging = first + ("  " if words[:2] in BULLETS else "")
    lines = _wrapped(words, width - len(hanging))
    return [first + lines[0], *(hanging + rest for rest in lines[1:])]


def _block_lines(block: Block, width: int, is_styled: bool) -> Iterable[str]:
    match block:
        case Heading(text=text):
            yield from _styled(_wrapped(text, width), STRONG, is_styled)
            yield ("─" if places("─") == 1 else "-") * min(places(text), width)
        case Sentence():
            yield from _sentence_lines(block, width, is_styled)
        case Listing(lead=lead, items=items):
            yield from _wrapped(lead + (":" if lead.isascii() else "："), width)
            for item in items:
                lines = list(_sentence_lines(item, width - 4, is_styled))
                yield "  - " + lines[0]
                yield from ("    " + line for line in lines[1:])
        case Table():
            yield from _table_lines(block, width, is_styled)


def _sentence_lines(sentence: Sentence, width: int, is_styled: bool) -> list[str]:
    text = sentence.text
    if sentence.clauses:
        text += " · " + ", ".join(sentence.clauses)
    lines = _wrapped(text, width)
    return _styled(lines, STRONG, is_styled and sentence.is_strong)


def _styled(lines: list[str], style: str, is_styled: bool) -> list[str]:
    return [f"{style}{line}{PLAIN}" for line in lines] if is_styled else lines


def _pieces(text: str) -> list[str]:
    """The text cut where a line may end: after spaces and between full-width characters."""
    pieces: list[str] = []
    for letter in text:
        last = pieces[-1][-1] if pieces else ""
        may_end = (
            last == " "
            or (places(letter) == 2 and letter not in NOT_AT_LINE_START)
            or (last != "" and places(last) == 2)
        )
        if letter in NOT_AT_LINE_START or letter == " " or last in NOT_AT_LINE_END:
            may_end = False
        if pieces and not may_end:
            pieces[-1] += letter
        else:
            pieces.append(letter)
    return pieces


def _wrapped(text: str, width: int) -> list[str]:
    lines = [""]
    for piece in _pieces(text):
        if lines[-1] and places((lines[-1] + piece).rstrip()) > width:
            lines[-1] = lines[-1].rstrip()
            lines.append("")
        lines[-1] += piece
    return [line.rstrip() for line in lines]


def _table_lines(table: Table, width: int, is_styled: bool) -> Iterable[str]:
    count = len(table.columns) - 1
    amounts = [
        max([places(table.columns[i + 1]), *(places(row.amounts[i]) for row in table.rows)])
        for i in range(count)
    ]
    label = max(width - sum(amounts) - 2 * count, LABEL_LEAST)
    label = min(label, max(_row_width(row) for row in table.rows))
    if count > 1:
        yield " " * label + _cells(table.columns[1:], amounts)
    for row in table.rows:
        if row.is_total:
            yield "-" * (label + sum(amounts) + 2 * count)
        yield from _row_lines(row, label, amounts, is_styled)


def _row_width(row: Row) -> int:
    return places(row.label) + (places(row.clause) + 3 if row.clause else 0)


def _row_lines(row: Row, label: int, amounts: list[int], is_styled: bool) -> Iterable[str]:
    text = row.label + (f" · {row.clause}" if row.clause else "")
    lines = _wrapped(text, label)
    padded = lines[-1] + " " * (label - places(lines[-1]))
    whole = [*lines[:-1], padded + _cells(row.amounts, amounts)]
    yield from _styled(whole, STRONG, is_styled and row.is_total)


def _cells(cells: Iterable[str], amounts: list[int]) -> str:
    return "".join(
        "  " + " " * (amount - places(cell)) + cell
        for cell, amount in zip(cells, amounts, strict=True)
    )
