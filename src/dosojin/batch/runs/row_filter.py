"""`--where`: which occurrences are reported. A small grammar over column names, nothing more.

A condition is NAME RELATION VALUE, with = != < <= > >=. NAME is a column of the policies or the
occurrences, or `benefit`. A row that does not say, or not exactly, meets no condition: what is
unknown is neither equal nor unequal. Nothing of it is ever evaluated as a program.

The claims of a certificate are always decided together, because they share limits; a condition
chooses among the decisions afterwards. So an amount never depends on what else was asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from dosojin.batch.layout.schema import Column, columns_of
from dosojin.terms.lowered import Lowered
from dosojin.values.periods import read_civil_date
from dosojin.values.problems import Problem
from dosojin.values.text import Text

BENEFIT = "benefit"
_GRAMMAR = re.compile(r"\s*([A-Za-z_][\w.]*)\s*(!=|<=|>=|=|<|>)\s*(.*?)\s*", re.DOTALL)
_RELATIONS = {
    "=": pc.equal, "!=": pc.not_equal, "<": pc.less, "<=": pc.less_equal,
    ">": pc.greater, ">=": pc.greater_equal,
}  # fmt: skip
_ALIKE = ("=", "!=")
_WHOLE = re.compile(r"-?[0-9](?:_?[0-9]){0,20}")
_DURATION = re.compile(r"([0-9]{1,6}):([0-5][0-9])")
_END = 1 << 63
_FLAGS = {"yes": True, "no": False}


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition: the table its column stands in ("" for the benefit), and its value.

    value: an int, a date, a bool or a text, as the column's form wants it; a text for an id.
    """

    table: str
    column: str
    relation: str
    value: Any
    text: str


def read_conditions(texts: Iterable[str], product: str, lowered: Lowered) -> tuple[Condition, ...]:
    """The conditions, all of which must hold; a Problem names the first that cannot be taken."""
    return tuple(_condition(text, product, lowered) for text in texts)


def _condition(text: str, product: str, lowered: Lowered) -> Condition:
    found = _GRAMMAR.fullmatch(text)
    if found is None:
        raise _refusal(
            "where.syntax",
            text,
            Text("条件として読めません。", "This is no condition."),
            Text(
                "plan=D のように書いてください。", "Write it like plan=D or inception>=2026-04-01."
            ),
        )
    name, relation, value = found.groups()
    if name == BENEFIT:
        words = tuple(benefit.id for benefit in lowered.benefits)
        _alike_only(text, relation)
        return Condition("", BENEFIT, relation, _word(text, value, words), text)
    columns = columns_of(product)
    plain = name.removeprefix("policy.")
    for table in ("occurrences", "policies"):
        if plain in columns[table] and (plain == name or table == "policies"):
            column = columns[table][plain]
            return Condition(table, plain, relation, _value(text, relation, value, column), text)
    known = [BENEFIT, *columns["policies"], *columns["occurrences"]]
    raise _refusal(
        "where.column",
        text,
        Text(f"「{name}」という列はありません。", f"There is no column {name!r}."),
        _near(name, known),
    )


def _value(text: str, relation: str, value: str, column: Column) -> Any:
    """The value as the column's form wants it."""
    if column.form == "id":
        return value
    if column.form == "date":
        try:
            return read_civil_date(value)
        except ValueError:
            raise _bad_value(text, value, "2026-04-01") from None
    if column.form == "whole":
        return _whole(text, value, column)
    _alike_only(text, relation)
    if column.form == "flag":
        if value not in _FLAGS:
            raise _bad_value(text, value, "yes, no")
        return _FLAGS[value]
    return _word(text, value, column.words if column.kind in ("word", "choice") else ())


def _whole(text: str, value: str, column: Column) -> int:
    if _WHOLE.fullmatch(value) and abs(int(value)) < _END:
        return int(value)
    hours = _DURATION.fullmatch(value)
    if hours and column.kind == "duration":
        return int(hours[1]) * 60 + int(hours[2])
    raise _bad_value(text, value, "6:30" if column.kind == "duration" else "30000")


def _word(text: str, value: str, words: Sequence[str]) -> str:
    if words and value not in words:
        raise _refusal(
            "where.value",
            text,
            Text(f"「{value}」という語はありません。", f"There is no {value!r} here."),
            _near(value, words),
        )
    return value


def _alike_only(text: str, relation: str) -> None:
    if relation not in _ALIKE:
        raise _refusal(
            "where.relation",
            text,
            Text("この列に大小はありません。", "This column has no order."),
            Text("= か != を使ってください。", "Use = or !=."),
        )


def _bad_value(text: str, value: str, example: str) -> Problem:
    return _refusal(
        "where.value",
        text,
        Text(
            f"「{value}」はこの列の値として読めません。", f"{value!r} is no value of this column."
        ),
        Text(f"{example} のように書いてください。", f"Write it like {example}."),
    )


def _near(name: str, known: Sequence[str]) -> Text:
    near = get_close_matches(name, known, n=1)
    if near:
        return Text(f"「{near[0]}」ではありませんか。", f"Did you mean {near[0]!r}?")
    few = ", ".join(known[:12])
    if len(known) <= 12:
        return Text(f"使えるのは {few} です。", f"There are {few}.")
    return Text(f"使えるのは {few} などです。", f"There are {few}, and more.")


def _refusal(code: str, text: str, message: Text, remedy: Text) -> Problem:
    return Problem(code, f"--where {text}", message, remedy)


def matching(conditions: Sequence[Condition], tables: Mapping[str, pa.Table]) -> pa.Array | None:
    """The ids of the occurrences that meet all conditions on tables, or None if there is none.

    tables: "policies" and "occurrences" as they were read.
    """
    mine = [condition for condition in conditions if condition.table]
    if not mine:
        return None
    occurrences, policies = tables["occurrences"], tables["policies"]
    kept = pa.chunked_array([pa.repeat(pa.scalar(True), occurrences.num_rows)])
    of_policy = pa.chunked_array([pa.repeat(pa.scalar(True), policies.num_rows)])
    for condition in mine:
        if condition.table == "policies":
            of_policy = pc.and_(of_policy, _holds(condition, policies))
        else:
            kept = pc.and_(kept, _holds(condition, occurrences))
    chosen = policies["policy"].filter(of_policy)
    kept = pc.and_(kept, pc.is_in(occurrences["policy"], value_set=chosen.combine_chunks()))
    return occurrences["occurrence"].filter(kept).combine_chunks()


def _holds(condition: Condition, table: pa.Table) -> pa.ChunkedArray:
    """Row by row, whether a condition certainly holds."""
    none = pa.chunked_array([pa.repeat(pa.scalar(False), table.num_rows)])
    if condition.column not in table.column_names:
        return none
    column, value = table[condition.column], condition.value
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
        if isinstance(value, bool):
            value = "yes" if value else "no"
    kind = column.type
    if pa.types.is_integer(kind) and isinstance(value, str):
        if not _WHOLE.fullmatch(value) or abs(int(value)) >= _END:
            raise _bad_value(condition.text, value, "1234")
        value = int(value)
    found = _RELATIONS[condition.relation](column, pa.scalar(value, kind))
    return pc.fill_null(found, False)


def of_benefits(conditions: Sequence[Condition], decisions: pa.Table) -> pa.Table:
    """The decisions on the benefits that the conditions ask for."""
    for condition in conditions:
        if not condition.table:
            words = decisions[BENEFIT].cast(pa.string())
            decisions = decisions.filter(_RELATIONS[condition.relation](words, condition.value))
    return decisions
