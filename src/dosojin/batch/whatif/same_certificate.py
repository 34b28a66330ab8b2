"""Claims of one edition in the words of another: the same certificate and the same story.

What a plan of the home edition insures is written out as sums and riders, so that only the wording
differs. A column that the other edition does not know is left out; a word it does not know leads
to a reject there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from dosojin.adjudication.catalogue import load_edition, plan_ids, plan_riders, plan_sums
from dosojin.batch.layout.schema import TableColumns, columns_of
from dosojin.batch.layout.tables import SUMS, TABLES, WORDS, Tables
from dosojin.values.money import is_unbounded

RIDERS = "riders"
_NONE = "none"


def under_other_edition(tables: Tables, other: str) -> Tables:
    """The tables as claims of the edition `other`; they were read as claims of their own."""
    columns = columns_of(other)
    policies = _with_certificate(tables.policies, tables.edition, other)
    found = {"policies": policies.drop_columns(["plan"]) if _has(policies, "plan") else policies}
    found = {**dict(tables), **found}
    kept = {table: _known(found[table], columns[table]) for table in TABLES}
    return replace(tables, edition=other, **kept, has_schema_types=False)


def _has(table: pa.Table, name: str) -> bool:
    return name in table.column_names


def _known(table: pa.Table, columns: TableColumns) -> pa.Table:
    """Only the columns that the other edition knows."""
    names = {*columns, *(column.said for column in columns.values() if column.has_companion)}
    return table.select([name for name in table.column_names if name in names])


def _with_certificate(policies: pa.Table, home: str, other: str) -> pa.Table:
    """The policies with riders and sums written out, each where the certificate is silent."""
    plans = _plans(policies)
    words = {choice.value for choice in load_edition(other).riders.choices or ()}
    riders = {
        plan: "|".join(rider for rider in plan_riders(home, plan) if rider in words) or _NONE
        for plan in plan_ids(home)
    }
    policies = _filled(policies, RIDERS, plans, riders, WORDS)
    sums = {plan: plan_sums(home, plan) for plan in plan_ids(home)}
    for id, column in _sum_columns(other):
        by_plan = {plan: own.get(id, 0) for plan, own in sums.items()}
        if column.form == "flag":
            flags = {plan: None if yen is None else bool(yen) for plan, yen in by_plan.items()}
            policies = _filled(policies, column.name, plans, flags, pa.bool_())
        else:
            policies = _with_sum(policies, column.name, column.said, plans, by_plan)
    return policies


def _sum_columns(product: str) -> Iterator[tuple[str, Any]]:
    for name, column in columns_of(product)["policies"].items():
        if name.startswith(SUMS):
            yield name.removeprefix(SUMS), column


def _plans(policies: pa.Table) -> Sequence[str | None]:
    if not _has(policies, "plan"):
        return [None] * policies.num_rows
    plans: list[str | None] = policies.column("plan").cast(pa.string()).to_pylist()
    return plans


def _with_sum(
    policies: pa.Table,
    name: str,
    said: str,
    plans: Sequence[str | None],
    by_plan: Mapping[str, int | None],
) -> pa.Table:
    """A sum in yen: what a plan leaves unlimited goes to the companion."""
    stated = None
    if _has(policies, name) or _has(policies, said):
        stated = _is_stated(policies, name, said)
    limited = {p: None if v is None or is_unbounded(v) else v for p, v in by_plan.items()}
    without = {p: "unlimited" for p, v in by_plan.items() if v is not None and is_unbounded(v)}
    policies = _filled(policies, name, plans, limited, pa.int64(), stated)
    return _filled(policies, said, plans, without, WORDS, stated)


def _is_stated(policies: pa.Table, *names: str) -> pa.ChunkedArray:
    found = [pc.is_valid(policies.column(name)) for name in names if _has(policies, name)]
    return found[0] if len(found) == 1 else pc.or_(found[0], found[1])


def _filled(
    policies: pa.Table,
    name: str,
    plans: Sequence[str | None],
    by_plan: Mapping[str, Any],
    kind: pa.DataType,
    stated: pa.ChunkedArray | None = None,
) -> pa.Table:
    """A column that says what the plan says, where the certificate does not say it itself."""
    values: pa.Array = pa.array(
        [None if plan is None else by_plan.get(plan) for plan in plans],
        pa.string() if kind == WORDS else kind,
    )
    if _has(policies, name):
        given = policies.column(name)
        if pa.types.is_dictionary(given.type):
            given = given.cast(pa.string())
        speaks = _is_stated(policies, name) if stated is None else stated
        if given.type == values.type:
            values = pc.if_else(speaks, given, values)
        else:  # a flag column of texts
            values = pc.if_else(speaks, given.cast(pa.string()), values.cast(pa.string()))
        place = policies.column_names.index(name)
        return policies.set_column(place, name, values)
    if stated is not None:
        values = pc.if_else(stated, pa.scalar(None, values.type), values)
    return policies.append_column(name, values)
