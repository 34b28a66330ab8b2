"""A page of the engine's explanation as the templates show it, its clauses as links."""

from dataclasses import dataclass
from typing import Any

from dosojin_web.components.shapes import Citation
from dosojin_web.workbench.mapping import Page
from dosojin_web.workbench.wording_links import cite


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence and the clauses it rests on."""

    text: str
    clauses: tuple[Citation, ...]
    strong: bool


def show_page(page: Page, product: str) -> list[dict[str, Any]]:
    """The blocks of a page, top to bottom, each with its kind."""
    return [_block(block, product) for block in page.to_json()["blocks"]]


def _said(sentence: dict[str, Any], product: str) -> Said:
    clauses = tuple(cite(product, id) for id in sentence["clauses"])
    return Said(sentence["text"], clauses, sentence["strong"])


def _block(block: dict[str, Any], product: str) -> dict[str, Any]:
    if block["kind"] == "sentence":
        return {"kind": "sentence", "said": _said(block, product)}
    if block["kind"] == "list":
        return {**block, "items": [_said(item, product) for item in block["items"]]}
    if block["kind"] == "table":
        rows = [
            {**row, "citation": cite(product, row["clause"]) if row["clause"] else None}
            for row in block["rows"]
        ]
        return {**block, "rows": rows, "first": block["columns"][0], "others": block["columns"][1:]}
    return block
