"""The columns of the three tables of an edition, as an Arrow schema and as JSON.

Names are those of a claim file; what a policy says stands in `policies` without its prefix. A
number or a day may have a companion `NAME_said`: a text for what is not one exact plain value.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import pyarrow as pa

from dosojin.adjudication.catalogue import load_edition, load_lowered, plan_ids
from dosojin.adjudication.read_claim import STATUSES
from dosojin.batch.layout.tables import SAID, SUMS, TABLES, WORDS
from dosojin.terms.editions import Edition
from dosojin.terms.lowered import Lowered, Variable
from dosojin.values.text import Text

TYPES: Mapping[str, pa.DataType] = {
    "id": pa.int64(),
    "flag": pa.bool_(),
    "text": WORDS,
    "whole": pa.int64(),
    "date": pa.date32(),
}
"""By form: the type a column has once it was read. An id may be a string instead."""
_FORMS = {
    "flag": "flag", "choice": "text", "choices": "text", "grades": "text", "persons": "text",
    "count": "whole", "yen": "whole", "duration": "whole", "day": "date",
}  # fmt: skip
_WITH_COMPANION = ("count", "yen", "duration", "day")
AMOUNT = Variable("amount", "line", "yen", "yen", (), 0, None, False, None, False, -1)
"""The amount of a receipt, for an edition whose clauses do not read it."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name in its table, the form of its cells, and what it says.

    form: a key of TYPES. kind: the fact's, or "key", "word", "name", "json" for what is no fact.
    variable: what it makes known, an index into the lowered form; −1: no fact. words: those of a
    choice list. has_companion: whether NAME_said may stand beside it.
    """

    name: str
    form: str
    kind: str
    title: Text
    required: bool = False
    unit: str = ""
    words: tuple[str, ...] = ()
    variable: int = -1
    medical: bool = False
    has_companion: bool = False

    @property
    def said(self) -> str:
        return f"{self.name}{SAID}"

    @property
    def type(self) -> pa.DataType:
        return TYPES[self.form]


TableColumns = Mapping[str, Column]
"""The columns of one table by name."""


def columns_of(product: str, lowered: Lowered | None = None) -> Mapping[str, TableColumns]:
    """By table, the columns that claims of an edition may have; `lowered`: of a kept revision."""
    if lowered is None:
        return _current_columns(product)
    return _columns_of(product, lowered)


@cache
def _current_columns(product: str) -> Mapping[str, TableColumns]:
    return _columns_of(product, load_lowered(product))


def _columns_of(product: str, lowered: Lowered) -> Mapping[str, TableColumns]:
    edition = load_edition(product)
    found = {
        "policies": (*_policy_keys(product), *_policy_facts(edition, lowered), _PREMIUM),
        "occurrences": (*_OCCURRENCE_KEYS, *_occurrence_facts(edition, lowered), *_OCCURRENCE_MORE),
        "receipts": (*_receipt_keys(edition), *_line_facts(edition, lowered)),
    }
    return {table: {column.name: column for column in found[table]} for table in TABLES}


def column_schemas(product: str) -> dict[str, pa.Schema]:
    """By table, the Arrow schema; ids are given as int64, strings do as well."""
    return {
        table: pa.schema([field for column in columns.values() for field in _fields(column)])
        for table, columns in columns_of(product).items()
    }


def columns_json(product: str) -> dict[str, list[dict[str, Any]]]:
    """By table, the columns as plain data: what `column_schemas` says, for people and programs."""
    return {
        table: [_column_json(column) for column in columns.values()]
        for table, columns in columns_of(product).items()
    }


def _column_json(column: Column) -> dict[str, Any]:
    return {
        "name": column.name,
        "type": _type_name(column),
        "required": column.required,
        "kind": column.kind,
        "unit": column.unit,
        "words": list(column.words),
        "title": {"ja": column.title.ja, "en": column.title.en},
        "medical": column.medical,
        "said": column.said if column.has_companion else None,
    }


def _type_name(column: Column) -> str:
    if column.form == "id":
        return "int64 or string"
    if column.form == "flag":
        return "bool or string"
    return "string" if column.form == "text" else str(column.type).split("[")[0]


def _fields(column: Column) -> Iterator[pa.Field]:
    metadata = {
        "kind": column.kind,
        "unit": column.unit,
        "words": "|".join(column.words),
        "title_ja": column.title.ja,
        "title_en": column.title.en,
        "required": "yes" if column.required else "no",
        "medical": "yes" if column.medical else "no",
    }
    # an amount may be null where its companion speaks
    nullable = not column.required or column.has_companion
    yield pa.field(column.name, column.type, nullable, metadata)
    if column.has_companion:
        told = {**metadata, "kind": "said", "said_of": column.name, "required": "no"}
        yield pa.field(column.said, WORDS, True, told)


# facts ----------------------------------------------------------------------------------------


def _fact_column(
    edition: Edition, lowered: Lowered, index: int, name: str, required: bool = False
) -> Column:
    spec = lowered.variables[index]
    facts = {fact.name: fact for fact in (*edition.facts, *edition.line_facts)}
    fact = facts.get(spec.name)
    return Column(
        name,
        _FORMS[spec.kind],
        spec.kind,
        fact.title if fact else Text(spec.name, spec.name),
        required,
        spec.unit or {"yen": "yen", "duration": "minutes"}.get(spec.kind, ""),
        spec.choices,
        index,
        spec.medical,
        spec.kind in _WITH_COMPANION,
    )


def _policy_facts(edition: Edition, lowered: Lowered) -> Iterator[Column]:
    names = {variable.name: index for index, variable in enumerate(lowered.variables)}
    needed = (edition.policy_start.name, edition.policy_end.name)
    for name, index in names.items():
        if lowered.variables[index].owner == "policy" and not name.startswith(SUMS):
            plain = name.removeprefix("policy_")
            yield _fact_column(edition, lowered, index, plain, name in needed)
    for id, fact in edition.sums.items():
        if fact.name in names:
            yield _fact_column(edition, lowered, names[fact.name], f"{SUMS}{id}")


def _occurrence_facts(edition: Edition, lowered: Lowered) -> Iterator[Column]:
    for index, variable in enumerate(lowered.variables):
        if variable.owner not in ("policy", "line"):
            yield _fact_column(edition, lowered, index, variable.name)


def _line_facts(edition: Edition, lowered: Lowered) -> Iterator[Column]:
    for index, variable in enumerate(lowered.variables):
        if variable.owner == "line" and variable.name != AMOUNT.name:
            yield _fact_column(edition, lowered, index, variable.name)


# what is no fact ------------------------------------------------------------------------------


def _policy_keys(product: str) -> tuple[Column, ...]:
    return (
        Column("policy", "id", "key", Text("契約", "Policy"), required=True),
        Column("plan", "text", "word", Text("プラン", "Plan"), words=plan_ids(product)),
    )


_PREMIUM = Column(
    "premium", "whole", "yen", Text("保険料（実績の集計だけに使います）", "Premium"), unit="yen"
)
_OCCURRENCE_KEYS = (
    Column("policy", "id", "key", Text("契約", "Policy"), required=True),
    Column("occurrence", "id", "key", Text("事故", "Occurrence"), required=True),
    Column(
        "seq",
        "whole",
        "key",
        Text("契約の中での計上の順", "Order of posting within the policy"),
        required=True,
    ),
    Column(
        "as_of",
        "date",
        "day",
        Text("いつ現在の情報か", "The day on which all this is known"),
        required=True,
    ),
    Column(
        "place_offset",
        "text",
        "offset",
        Text("その場所の時差（-04:00 など）", "UTC offset of the place, such as -04:00"),
    ),
)
_OCCURRENCE_MORE = (
    Column(
        "usage",
        "text",
        "json",
        Text(
            "ほかの事故が使った額（事案ファイルの usage）",
            "What other occurrences used: the list `usage` of a claim file, as JSON",
        ),
    ),
    Column(
        "source",
        "text",
        "json",
        Text(
            "書かれたままの事案（判定には使いません）",
            "The claim as written; never read to decide",
        ),
    ),
)


def _receipt_keys(edition: Edition) -> tuple[Column, ...]:
    return (
        Column("occurrence", "id", "key", Text("事故", "Occurrence"), required=True),
        Column(
            "category",
            "text",
            "word",
            Text("費用の種類", "What the cost was for"),
            required=True,
            words=tuple(choice.value for choice in edition.categories),
        ),
        Column("amount", "whole", "yen", Text("金額", "Amount"), True, "yen", has_companion=True),
        Column(
            "status",
            "text",
            "word",
            Text("支払済・請求・見込み", "Paid, billed or estimated"),
            words=STATUSES,
        ),
        Column("person", "text", "name", Text("人", "Person")),
        Column("item", "text", "name", Text("物", "Item")),
    )
