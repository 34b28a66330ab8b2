"""Three small tables that can be taken as they are, and ways to spoil or to write them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq

from dosojin.batch.layout.ingest import Ingested, ingest
from dosojin.batch.layout.tables import Tables

PRODUCT = "gakkensai-2026"


def words(*values: str | None) -> pa.Array:
    return pa.array(values, pa.string()).dictionary_encode()


def days(*values: str | None) -> pa.Array:
    return pa.array([value and date.fromisoformat(value) for value in values], pa.date32())


def policies(**columns: Any) -> pa.Table:
    """Two policies; a column that is given replaces that of the name, None drops it."""
    return _table(
        {
            "policy": pa.array([10, 20]),
            "plan": words("D", None),
            "inception": days("2026-06-01", "2026-06-01"),
            "expiry": days("2027-05-31", "2026-06-30"),
        },
        columns,
    )


def occurrences(**columns: Any) -> pa.Table:
    """Two occurrences of policy 10, one of policy 20."""
    return _table(
        {
            "policy": pa.array([10, 10, 20]),
            "occurrence": pa.array([1, 2, 3]),
            "seq": pa.array([1, 2, 1]),
            "as_of": days("2026-08-01", "2026-09-01", "2026-08-01"),
        },
        columns,
    )


def receipts(**columns: Any) -> pa.Table:
    """Two receipts of occurrence 1, none of 2, one of 3."""
    return _table(
        {
            "occurrence": pa.array([1, 1, 3]),
            "category": words("physician_and_hospital", "rescuer_fare", "physician_and_hospital"),
            "amount": pa.array([1000, 200, 30]),
        },
        columns,
    )


def _table(base: dict[str, Any], changed: dict[str, Any]) -> pa.Table:
    named = {name.replace("__", "."): column for name, column in changed.items()}
    whole = {**base, **named}
    return pa.table({name: column for name, column in whole.items() if column is not None})


def tables(
    policy: pa.Table | None = None,
    occurrence: pa.Table | None = None,
    receipt: pa.Table | None = None,
    edition: str = PRODUCT,
) -> Tables:
    return Tables(
        edition,
        policies() if policy is None else policy,
        occurrences() if occurrence is None else occurrence,
        receipts() if receipt is None else receipt,
    )


def taken(**given: pa.Table) -> Ingested:
    """What ingest makes of the small tables, those given replaced."""
    return ingest(tables(**given))


def reasons(found: Ingested) -> list[tuple[str, Any, str, str]]:
    """Of every reject: table, occurrence, column, code."""
    return [
        (row["table"], row["occurrence"], row["column"], row["code"])
        for row in found.rejects.to_pylist()
    ]


def write(folder: Path, given: Tables, kind: str) -> Path:
    """The tables as files of a partition."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("policies", "occurrences", "receipts"):
        table = getattr(given, name)
        path = folder / f"{name}.{kind}"
        if kind == "parquet":
            pq.write_table(table, path)
        elif kind == "arrow":
            with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
                writer.write_table(table)
        else:
            plain = [
                column.cast(pa.string()) if pa.types.is_dictionary(column.type) else column
                for column in table.columns
            ]
            pyarrow.csv.write_csv(pa.table(plain, names=table.column_names), path)
    return folder
