"""From the three tables back to claims as people write them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from dosojin.adjudication.catalogue import load_lowered
from dosojin.adjudication.read_values import UNKNOWN
from dosojin.batch.layout.claim_text import claim_of_text
from dosojin.batch.layout.pack import Filed, placed
from dosojin.batch.layout.schema import AMOUNT, Column, columns_of
from dosojin.batch.layout.tables import SUMS, TABLES, Tables
from dosojin.batch.layout.words import raw_of_text
from dosojin.terms.lowered import Variable
from dosojin.values.problems import Problem
from dosojin.values.text import Text

ROWS_AT_ONCE = 4096
RECEIPT_WORDS = ("category", "status", "person", "item")
Row = Mapping[str, Any]
FLAG_WORDS = {0: False, 1: True, "0": False, "1": True, "included": True}
"""What a sum that is only there or not may hold besides yes and no."""


def unpack_claims(tables: Tables, *, with_source: bool = True) -> Iterator[Filed]:
    """The claims of tables, in the order of the occurrences.

    With `source` a claim is exactly what was packed; without, or where a row has none, it is
    built from the columns alone and decides the same. Problem, its place led by the occurrence,
    for a row that no claim can say.
    """
    certificates = {row["policy"]: row for row in _rows(tables.policies)}
    receipts: dict[Any, list[Row]] = {}
    for receipt in _rows(tables.receipts):
        receipts.setdefault(receipt["occurrence"], []).append(receipt)
    for row in _rows(tables.occurrences):
        lines = receipts.get(row["occurrence"], ())
        yield Filed(
            _claim(tables.edition, certificates.get(row["policy"]), row, lines, with_source),
            row["occurrence"],
            row["policy"],
            int(row["seq"]),
        )


def claim_of_row(tables: Tables, row: int, *, with_source: bool = False) -> dict[str, Any]:
    """The claim of one row of `tables.occurrences`, ready for `read_claim`.

    From the columns alone, because these may have been changed since they were packed;
    with_source: the claim as it was written, with its documents and notes, if the row has it.
    Tables need not be sorted. Problem for a row that no claim can say.
    """
    occurrence = tables.occurrences.slice(row, 1).to_pylist()[0]
    policies = _where(tables.policies, "policy", occurrence["policy"])
    receipts = _where(tables.receipts, "occurrence", occurrence["occurrence"])
    certificate = policies[0] if policies else None
    return _claim(tables.edition, certificate, occurrence, receipts, with_source)


def _where(table: pa.Table, column: str, value: Any) -> list[Row]:
    cells = table.column(column)
    found: list[Row] = table.filter(pc.equal(cells, pa.scalar(value, cells.type))).to_pylist()
    return found


def _rows(table: pa.Table) -> Iterator[Row]:
    for start in range(0, table.num_rows, ROWS_AT_ONCE):
        yield from table.slice(start, ROWS_AT_ONCE).to_pylist()


Fact = tuple[Column, Variable]


@dataclass(frozen=True, slots=True)
class _Facts:
    """The columns of an edition that state facts, by table."""

    policy: Sequence[Fact]
    occurrence: Sequence[Fact]
    receipt: Sequence[Fact]


@cache
def _facts_of(product: str) -> _Facts:
    if not product:
        raise Problem(
            "edition.missing",
            "source",
            Text(
                "書かれたままの事案がなく、商品の版も分かりません。",
                "The claim as written is not there, and the edition is not known.",
            ),
            Text("--product で商品の版を指定してください。", "Name the edition with --product."),
        )
    variables = load_lowered(product).variables
    known = columns_of(product)
    policy, occurrence, receipt = (
        [(each, variables[each.variable]) for each in known[table].values() if each.variable >= 0]
        for table in TABLES
    )
    # the amount is said as if it were a fact, whether or not a clause reads it
    return _Facts(policy, occurrence, [(known["receipts"]["amount"], AMOUNT), *receipt])


def _claim(
    product: str, policy: Row | None, row: Row, receipts: Sequence[Row], with_source: bool
) -> dict[str, Any]:
    try:
        if with_source and row.get("source"):
            found: dict[str, Any] = claim_of_text(row["source"], "source")
            return found
        return _built(product, policy or {}, row, receipts)
    except Problem as problem:
        raise placed(problem, str(row["occurrence"])) from None


def _built(product: str, policy: Row, row: Row, receipts: Sequence[Row]) -> dict[str, Any]:
    facts = _facts_of(product)
    claim: dict[str, Any] = {"product": product}
    if policy.get("plan") is not None:
        claim["plan"] = policy["plan"]
    claim["as_of"] = _day_text(row["as_of"])
    if row.get("place_offset") is not None:
        claim["place_offset"] = row["place_offset"]
    claim["policy"] = _policy(facts, policy)
    claim["facts"] = _said(facts.occurrence, row)
    if row.get("usage") is not None:
        claim["usage"] = claim_of_text(row["usage"], "usage")
    claim["expenses"] = [
        _receipt(facts, receipt, f"expenses[{number}]") for number, receipt in enumerate(receipts)
    ]
    return claim


def _policy(facts: _Facts, policy: Row) -> dict[str, Any]:
    said = _said(facts.policy, policy, "policy.")
    names = [name for name in said if name.startswith(SUMS)]
    sums = {name.removeprefix(SUMS): said.pop(name) for name in names}
    return {**said, "sums": sums} if sums else said


def _receipt(facts: _Facts, row: Row, place: str) -> dict[str, Any]:
    found = {name: row[name] for name in RECEIPT_WORDS if row.get(name) is not None}
    return {**found, "amount": UNKNOWN, **_said(facts.receipt, row, f"{place}.")}


def _said(facts: Sequence[Fact], row: Row, prefix: str = "") -> dict[str, Any]:
    """What the cells of a row state, by the name in claim files."""
    found: dict[str, Any] = {}
    for column, variable in facts:
        plain, said = row.get(column.name), row.get(column.said)
        try:
            if said is not None:
                found[column.name] = raw_of_text(variable, said)
            elif plain is not None:
                found[column.name] = raw_of_plain(variable, plain)
        except Problem as problem:
            raise problem.within(f"{prefix}{column.name}") from None
    return found


def raw_of_plain(variable: Variable, plain: Any) -> Any:
    """What a claim file says for the plain value of a cell, or for its text."""
    if variable.kind == "flag" and plain in FLAG_WORDS:
        return FLAG_WORDS[plain]
    if isinstance(plain, str):
        return raw_of_text(variable, plain)
    if isinstance(plain, date):
        return _day_text(plain)
    if variable.kind == "duration":
        return f"{plain // 60}:{plain % 60:02}"
    return plain


def _day_text(day: Any) -> str:
    if isinstance(day, datetime):
        day = day.date()  # a column of timestamps without an offset tells of days
    return day.isoformat() if isinstance(day, date) else str(day)
