"""Writes the tables of a partition, or one nested table.

The same rows give the same bytes. CSV holds nothing but text: an empty cell is null, flags are
yes and no.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.ipc
import pyarrow.parquet as pq

from dosojin.batch.layout.cells import one_array
from dosojin.batch.layout.table_files import ARROW, BATCH_ROWS, CSV
from dosojin.batch.layout.tables import JSON_COLUMNS, POLICY_PREFIX, RECEIPTS, Tables


def write_partition(folder: Path, tables: Tables, suffix: str) -> None:
    """Three files in a folder that is made for them; `suffix` is one of SUFFIXES."""
    folder.mkdir(parents=True)
    for name, table in tables:
        write_table(folder / f"{name}{suffix}", table)


def write_table(path: Path, table: pa.Table) -> None:
    """One file, Parquet unless it ends otherwise; the time and the place leave no trace in it."""
    table = pa.table({name: one_array(table.column(name)) for name in table.column_names})
    if path.suffix == CSV:
        options = pa.csv.WriteOptions(include_header=True, quoting_style="needed")
        pa.csv.write_csv(_for_csv(table), path, options)
    elif path.suffix == ARROW:
        with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
            writer.write_table(table, max_chunksize=BATCH_ROWS)
    else:
        shared = [name for name in table.column_names if name not in JSON_COLUMNS]
        has_lists = RECEIPTS in shared
        pq.write_table(table, path, use_dictionary=True if has_lists else shared)


def _for_csv(table: pa.Table) -> pa.Table:
    columns = {}
    for name in table.column_names:
        column = table.column(name)
        if pa.types.is_boolean(column.type):
            column = pc.if_else(column, "yes", "no")
        elif pa.types.is_dictionary(column.type):
            column = column.cast(pa.string())
        columns[name] = column
    return pa.table(columns)


def nested(tables: Tables) -> pa.Table:
    """One row an occurrence, its certificate beside it and its receipts inside; tables sorted."""
    occurrences, receipts = tables.occurrences, tables.receipts
    rows = pc.index_in(occurrences.column("policy"), value_set=tables.policies.column("policy"))
    columns = {name: occurrences.column(name) for name in occurrences.column_names}
    for name in tables.policies.column_names:
        if name != "policy":
            columns[f"{POLICY_PREFIX}{name}"] = tables.policies.column(name).take(rows)
    of = pc.index_in(receipts.column("occurrence"), value_set=occurrences.column("occurrence"))
    counts = np.bincount(of.to_numpy(), minlength=occurrences.num_rows)
    offsets = np.concatenate([np.zeros(1, np.int64), np.cumsum(counts)]).astype(np.int32)
    inner = receipts.drop_columns(["occurrence"]).combine_chunks()
    struct = pa.StructArray.from_arrays(
        [one_array(inner.column(name)) for name in inner.column_names], inner.column_names
    )
    columns[RECEIPTS] = pa.ListArray.from_arrays(pa.array(offsets), struct)
    return pa.table(columns)
