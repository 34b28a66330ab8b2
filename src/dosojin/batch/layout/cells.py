"""One column as NumPy sees it: exact plain values, and texts as codes into their entries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from dosojin.batch.layout.tables import SAID

Array = NDArray[Any]
EPOCH = 719163
"""The ordinal of 1970-01-01, from which date32 counts."""
ENTRIES_FEW = 1000


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of a column, row by row.

    values: exact plain values (whole numbers, ordinals of days, or whether a flag is set), any
    value where `valid` is False; valid None: every row has one. codes: int32, which of `entries`
    a row says as text; −1: none. Without such a column at all, `values` or `codes` is None.
    """

    count: int
    values: Array | None = None
    valid: Array | None = None
    codes: Array | None = None
    entries: tuple[str, ...] = ()

    def has_value(self) -> Array:
        """Whether a row has an exact plain value."""
        if self.values is None:
            return np.zeros(self.count, bool)
        return np.ones(self.count, bool) if self.valid is None else self.valid

    def has_text(self) -> Array:
        """Whether a row says something as text."""
        return np.zeros(self.count, bool) if self.codes is None else self.codes >= 0

    def is_stated(self) -> Array:
        """Whether a row says anything."""
        return self.has_value() | self.has_text()

    def take(self, rows: Array) -> Cells:
        """The cells of these rows."""
        return Cells(
            len(rows),
            None if self.values is None else self.values[rows],
            None if self.valid is None else self.valid[rows],
            None if self.codes is None else self.codes[rows],
            self.entries,
        )


def cells_of(table: pa.Table, name: str) -> Cells | None:
    """The cells of a column and its companion, or None where no row says anything."""
    names = [each for each in (name, f"{name}{SAID}") if each in table.column_names]
    values = valid = codes = None
    entries: tuple[str, ...] = ()
    for each in names:
        column = table.column(each)
        if column.null_count == len(column):
            continue
        if pa.types.is_dictionary(column.type):
            codes, entries = text_codes(column)
        else:
            values, valid = plain_values(column)
    if values is None and codes is None:
        return None
    return Cells(table.num_rows, values, valid, codes, entries)


def plain_values(column: pa.ChunkedArray) -> tuple[Array, Array | None]:
    """Values and which of them count (None: all).

    Numbers as wide as they are written; days become ordinals, int64.
    """
    array = one_array(column)
    valid = None if not array.null_count else _bits(array.buffers()[0], array)
    if pa.types.is_boolean(array.type):
        return _bits(array.buffers()[1], array), valid
    if not len(array):
        return np.zeros(0, np.int64), valid
    is_day = pa.types.is_date32(array.type)
    kind = np.dtype(np.int32 if is_day else array.type.to_pandas_dtype())
    values = np.frombuffer(array.buffers()[1], kind, len(array), array.offset * kind.itemsize)
    if is_day:
        values = values.astype(np.int64) + EPOCH
    return values, valid


def one_array(column: pa.ChunkedArray) -> pa.Array:
    """A column in one piece, without a copy if it is one already."""
    if column.num_chunks == 1:
        return column.chunk(0)
    if pa.types.is_dictionary(column.type):
        column = column.unify_dictionaries()
    joined = column.combine_chunks()
    return joined.chunk(0) if isinstance(joined, pa.ChunkedArray) else joined


def _bits(buffer: pa.Buffer, array: pa.Array) -> Array:
    """Bits of an Arrow buffer as truths, one for every row of the array."""
    first, last = array.offset, array.offset + len(array)
    octets = np.frombuffer(buffer, np.uint8)[first // 8 : (last + 7) // 8]
    bits = np.unpackbits(octets, bitorder="little")
    return bits[first % 8 : first % 8 + len(array)].view(bool)


def text_codes(column: pa.ChunkedArray) -> tuple[Array, tuple[str, ...]]:
    """Codes (−1: nothing) and entries of a dictionary column.

    Of a long dictionary only the entries that occur, for a slice carries all those of its file.
    """
    array = one_array(column)
    entries = array.dictionary
    codes, valid = plain_values(pa.chunked_array([array.indices.cast(pa.int32())]))
    codes = codes.astype(np.int32, copy=False)
    if valid is not None:
        codes = np.where(valid, codes, np.int32(-1))
    if len(entries) <= ENTRIES_FEW and not entries.null_count:
        return codes, tuple(entries.to_pylist())
    counted = np.bincount(codes[codes >= 0], minlength=len(entries)) > 0
    if entries.null_count:
        counted &= entries.is_valid().to_numpy(zero_copy_only=False)
    used = np.flatnonzero(counted)
    moved = np.full(len(entries) + 1, -1, np.int32)
    moved[used] = np.arange(len(used), dtype=np.int32)
    return moved[codes], tuple(entries.take(pa.array(used)).to_pylist())
