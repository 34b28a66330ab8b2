"""Decisions as a table: one row for every claim and claimed benefit, and how it is written.

The same decisions give the same bytes: no times, no paths, and dictionaries that hold every word
of the edition in its order, whatever words occur.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from dosojin.adjudication.decide import lowered_digest
from dosojin.adjudication.money_nodes import STATEFUL
from dosojin.batch.columns import UNLIMITED_FROM, Array, Decided, offsets_of
from dosojin.terms.lowered import Lowered

VERDICTS = ("not_covered", "depends", "covered")
"""In the order of `verdict_index`."""
_VERDICT_INDEX = np.array([0, 0, 1, 2], np.int8)
WORD = pa.dictionary(pa.int16(), pa.string())
USAGE = pa.list_(
    pa.field(
        "element",
        pa.struct(
            [
                pa.field("node", WORD, nullable=False),
                pa.field("year", pa.int16()),
                pa.field("lo", pa.int64(), nullable=False),
                pa.field("hi", pa.int64()),
            ]
        ),
        nullable=False,
    )
)
ROW_GROUP_ROWS = 1 << 20
# Measured on 3 million rows: packed differences without compression are the smallest and take
# the least time, to write (0.5 s) and to read (0.13 s); Snappy on plain pages takes twice as long.
_DELTA = "DELTA_BINARY_PACKED"
_DELTA_TEXT = "DELTA_BYTE_ARRAY"
_WORDS = ("benefit", "verdict", "clause", "usage.list.element.node")
_NUMBERS = ("lo", "hi", "usage.list.element.year", "usage.list.element.lo", "usage.list.element.hi")
_KEYS = ("policy", "occurrence")


def decision_schema(lowered: Lowered, policy: pa.DataType, occurrence: pa.DataType) -> pa.Schema:
    """The columns of the decisions of an edition; keys have the type they came with."""
    fields = [
        pa.field("policy", policy, nullable=False),
        pa.field("occurrence", occurrence, nullable=False),
        pa.field("benefit", WORD, nullable=False),
        pa.field("verdict", WORD, nullable=False),
        pa.field("lo", pa.int64()),
        pa.field("hi", pa.int64()),
        pa.field("clause", WORD, nullable=False),
        pa.field("usage", USAGE, nullable=False),
    ]
    return pa.schema(fields, metadata=identity_of(lowered))


def identity_of(lowered: Lowered) -> dict[str, str]:
    """What a file of decisions says of the terms they were made with."""
    return {
        "dosojin.edition": lowered.edition,
        "dosojin.revision": str(lowered.revision),
        "dosojin.semantics": str(lowered.semantics),
        "dosojin.lowered": lowered_digest(lowered),
    }


def decision_table(
    decided: Decided, lowered: Lowered, policy: pa.Array, occurrence: pa.Array
) -> pa.Table:
    """The decisions as a table; policy and occurrence are the keys of the rows of the columns."""
    rows = pa.array(decided.row)
    arrays = [
        policy.take(rows),
        occurrence.take(rows),
        _words(decided.benefit, [benefit.id for benefit in lowered.benefits]),
        _words(_VERDICT_INDEX[decided.verdict], VERDICTS),
        _yen(decided.lo),
        _yen(decided.hi),
        _words(decided.clause, [clause.id for clause in lowered.clauses]),
        _usage(decided, lowered),
    ]
    schema = decision_schema(lowered, policy.type, occurrence.type)
    return pa.Table.from_arrays(arrays, schema=schema)


def _words(indices: Array, words: Sequence[str]) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(
        pa.array(indices.astype(np.int16, copy=False)), pa.array(words, pa.string())
    )


def _yen(amounts: Array) -> pa.Array:
    """Yen; null where there is no bound."""
    unbounded = amounts >= UNLIMITED_FROM
    return pa.array(amounts, mask=unbounded if unbounded.any() else None)


def _usage(decided: Decided, lowered: Lowered) -> pa.ListArray:
    stateful = [i for i, node in enumerate(lowered.nodes) if node.scope in STATEFUL]
    place = np.zeros(len(lowered.nodes), np.int16)
    place[stateful] = np.arange(len(stateful))
    entry = decided.usage_entry
    assert not (np.diff(entry) < 0).any(), "use is listed in the order of the decisions"
    year = decided.usage_year.astype(np.int16, copy=False)
    open_year = year == 0
    values = pa.StructArray.from_arrays(
        [
            _words(place[decided.usage_node], [lowered.nodes[i].id for i in stateful]),
            pa.array(year, mask=open_year),
            pa.array(decided.usage_lo),
            _yen(decided.usage_hi),
        ],
        fields=list(USAGE.value_type),
    )
    offsets = offsets_of(np.bincount(entry, minlength=len(decided.row))).astype(np.int32)
    return pa.ListArray.from_arrays(pa.array(offsets), values, type=USAGE)


def writing_options(schema: pa.Schema) -> dict[str, Any]:
    """How files of decisions are encoded; measured, see above."""
    encoding: Mapping[str, str] = {
        name: _DELTA if pa.types.is_integer(schema.field(name).type) else _DELTA_TEXT
        for name in _KEYS
    }
    return {
        "compression": "none",
        "use_dictionary": list(_WORDS),
        "column_encoding": {**encoding, **dict.fromkeys(_NUMBERS, _DELTA)},
        "write_statistics": list(_KEYS),
    }


def write_decisions(table: pa.Table, path: Path) -> None:
    """One file of decisions."""
    options = writing_options(table.schema)
    pq.write_table(table, path, row_group_size=ROW_GROUP_ROWS, **options)


def is_open(table: pa.Table) -> pa.Array:
    """By row, whether anything about it is still open: the verdict, or the amount."""
    depends = pc.equal(table["verdict"].cast(pa.string()), "depends")
    differs = pc.coalesce(pc.not_equal(table["lo"], table["hi"]), pc.is_valid(table["lo"]))
    return pc.or_(depends, differs).combine_chunks()
