"""Claims in one table: a row an occurrence, its policy beside it, its receipts inside it.

Occurrence columns by name, policy columns with the prefix `policy.`, `receipts` as a list of
structs. A policy that several rows tell of is the same in all of them, or stands twice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from dosojin.batch.layout.cells import one_array
from dosojin.batch.layout.conform import require_columns
from dosojin.batch.layout.match_ids import ids_of
from dosojin.batch.layout.schema import TableColumns
from dosojin.batch.layout.tables import POLICY_PREFIX, RECEIPTS, TABLES, Tables
from dosojin.values.problems import Problem
from dosojin.values.text import Text

Array = NDArray[Any]
NESTED = "claims"


def nested_names(schema: pa.Schema) -> dict[str, list[str]]:
    """By table, the names of the columns that a nested table holds for it."""
    own = [name for name in schema.names if name != RECEIPTS]
    policies = [name for name in own if name.startswith(POLICY_PREFIX)]
    found = {
        "policies": ["policy", *(name.removeprefix(POLICY_PREFIX) for name in policies)],
        "occurrences": [name for name in own if name not in policies],
        "receipts": ["occurrence"],
    }
    if "policy" not in own:
        found["policies"].remove("policy")
    if RECEIPTS in schema.names:
        kind = schema.field(RECEIPTS).type
        is_list = pa.types.is_list(kind) or pa.types.is_large_list(kind)
        if is_list and pa.types.is_struct(kind.value_type):
            found["receipts"] += [field.name for field in kind.value_type]
            return found
    del found["receipts"]
    return found


def require_nested_columns(
    names: Mapping[str, Sequence[str]], columns: Mapping[str, TableColumns], place: str
) -> None:
    """Refuses a nested table with a column that nobody knows, or one short."""
    if RECEIPTS not in names:
        raise Problem(
            "column.missing",
            f"{place}: {RECEIPTS}",
            Text(
                "領収書の列（構造体の一覧）がありません。",
                "The column of receipts, a list of structs, is missing.",
            ),
            Text(
                "入れ子の Parquet か、三つの表のフォルダーを渡してください。",
                "Give a nested Parquet file, or a folder of three tables.",
            ),
        )
    prefixes = {"policies": POLICY_PREFIX, "occurrences": "", "receipts": f"{RECEIPTS}."}
    for table in TABLES:
        require_columns(names[table], columns[table], f"{place}: {prefixes[table]}".rstrip(": "))


def flat_tables(table: pa.Table, place: str, edition: str = "") -> Tables:
    """The three tables in a nested one; its columns are those of `require_nested_columns`."""
    prefixed = [name for name in table.column_names if name.startswith(POLICY_PREFIX)]
    policies = table.select(["policy", *prefixed]).rename_columns(
        ["policy", *(name.removeprefix(POLICY_PREFIX) for name in prefixed)]
    )
    occurrences = table.select(
        [name for name in table.column_names if name not in (*prefixed, RECEIPTS)]
    )
    lines = _policy_rows(policies)
    receipts = _receipts(one_array(table.column(RECEIPTS)), table.column("occurrence"))
    return Tables(
        edition,
        policies if len(lines) == policies.num_rows else policies.take(pa.array(lines)),
        occurrences,
        receipts,
        dict.fromkeys(TABLES, place),
        policy_lines=lines,
    )


def _receipts(lists: pa.Array, occurrence: pa.ChunkedArray) -> pa.Table:
    inner = lists.flatten()
    of = one_array(occurrence).take(pc.list_parent_indices(lists))
    names = [field.name for field in inner.type]
    # flatten, not field: a struct that is a slice keeps its offset there
    columns = inner.flatten()
    return pa.table([of, *columns], names=["occurrence", *names])


def _policy_rows(policies: pa.Table) -> Array:
    """The rows that tell of a policy something the rows before do not."""
    if not policies.num_rows:
        return np.zeros(0, np.int64)
    ids = _comparable_ids(policies.column("policy"))
    changes = np.zeros(policies.num_rows, bool)
    for name in policies.column_names:
        changes[1:] |= _changes(one_array(policies.column(name)))
    changes[0] = True
    rows = np.flatnonzero(changes)
    told = ids_of(ids.take(pa.array(rows)))
    if told.valid is None and told.ascend():
        return rows
    return _told_once(policies, rows)


def _told_once(policies: pa.Table, rows: Array) -> Array:
    """Of rows that may tell the same, the first of each."""
    told = policies.take(pa.array(rows))
    codes = np.zeros(len(rows), np.int64)
    for name in told.column_names:
        column = one_array(told.column(name))
        if not pa.types.is_dictionary(column.type):
            column = column.dictionary_encode(null_encoding="encode")
        indices = column.indices.cast(pa.int64()).fill_null(-1).to_numpy(zero_copy_only=False) + 1
        _, codes = np.unique(codes * (int(indices.max()) + 1) + indices, return_inverse=True)
    _, first = np.unique(codes, return_index=True)
    return rows[np.sort(first)]


def _comparable_ids(ids: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_integer(ids.type):
        return ids.cast(pa.int64())
    return ids.cast(pa.string())


def _changes(values: pa.Array) -> Array:
    """For each row but the first, whether it says other than the row before."""
    if pa.types.is_dictionary(values.type):
        values = values.indices
    before, now = values[:-1], values[1:]
    differs = pc.fill_null(pc.not_equal(now, before), False)
    if values.null_count:
        differs = pc.or_(differs, pc.xor(now.is_null(), before.is_null()))
    found: Array = differs.to_numpy(zero_copy_only=False)
    return found
