"""A page as plain values: what is said, before anybody chooses how it looks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of what follows."""

    text: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence or two; `clauses` are the ids it rests on."""

    text: str
    clauses: tuple[str, ...] = ()
    is_strong: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """Sentences of equal rank under a lead ("Documents still missing:")."""

    lead: str
    items: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A label with amounts to its right; `clause` says why, `is_total` that it sums up."""

    label: str
    amounts: tuple[str, ...]
    clause: str = ""
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of amounts under column titles; the first title is that of the labels."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


Block = Heading | Sentence | Listing | Table


@dataclass(frozen=True, slots=True)
class Page:
    """A whole page, top to bottom."""

    title: str
    blocks: tuple[Block, ...]

    def to_json(self) -> dict[str, Any]:
        """Plain data, each block with its kind."""
        return {"title": self.title, "blocks": [_block_json(block) for block in self.blocks]}


def _sentence_json(sentence: Sentence) -> dict[str, Any]:
    return {
        "text": sentence.text,
        "clauses": list(sentence.clauses),
        "strong": sentence.is_strong,
    }


def _block_json(block: Block) -> dict[str, Any]:
    match block:
        case Heading(text=text):
            return {"kind": "heading", "text": text}
        case Sentence():
            return {"kind": "sentence", **_sentence_json(block)}
        case Listing(lead=lead, items=items):
            return {"kind": "list", "lead": lead, "items": [_sentence_json(item) for item in items]}
        case Table(columns=columns, rows=rows):
            return {
                "kind": "table",
                "columns": list(columns),
                "rows": [
                    {
                        "label": row.label,
                        "amounts": list(row.amounts),
                        "clause": row.clause,
                        "total": row.is_total,
                    }
                    for row in rows
                ],
            }
