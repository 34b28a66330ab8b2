"""Brings tables to the types of the schema: columns by name, and every cell kept or refused.

Text where a number or a day is due is cut in two: what is exact and plain goes to the column, all
else to its companion. A whole column of another type is refused by name.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from difflib import get_close_matches

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from dosojin.adjudication.read_values import shown
from dosojin.batch.layout.cells import one_array
from dosojin.batch.layout.id_types import two_types
from dosojin.batch.layout.one_type import is_text
from dosojin.batch.layout.schema import Column, TableColumns, columns_of
from dosojin.batch.layout.tables import IDS, SUMS, TABLES, WORDS, Tables
from dosojin.terms.lowered import Lowered
from dosojin.values.problems import Problem
from dosojin.values.text import Text

_WHOLE = re.compile(r"-?[0-9]{1,18}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_UNIX_DAY = date(1970, 1, 1).toordinal()


def conform_tables(tables: Tables, lowered: Lowered | None = None) -> Tables:
    """The same tables in the types of the schema; those that have them already are not copied.

    Problem for a column that is not known, is missing, or holds another kind of thing.
    """
    if tables.has_schema_types:
        return tables
    found = dict(tables)
    columns = columns_of(tables.edition, lowered)
    for table in TABLES:
        require_columns(found[table].column_names, columns[table], tables.places[table])
    _same_ids(found, columns, tables.places)
    cast = {table: _conform(found[table], columns[table], tables.places[table]) for table in TABLES}
    return replace(tables, **cast, has_schema_types=True)


def require_columns(names: Collection[str], columns: TableColumns, place: str) -> None:
    """Refuses a table with a column nobody knows, one that stands twice, or one short."""
    known = [*columns, *(column.said for column in columns.values() if column.has_companion)]
    listed = list(names)
    for name in listed:
        if listed.count(name) > 1:
            raise Problem(
                "column.twice",
                f"{place}: {shown(name)}",
                Text("同じ列が二つあります。", "This column stands twice."),
                Text("どちらか一つにしてください。", "Keep one of the two."),
            )
        if name not in known:
            raise _unknown_column(name, known, place)
    for column in columns.values():
        is_there = column.name in listed or (column.has_companion and column.said in listed)
        if column.required and not is_there:
            raise Problem(
                "column.missing",
                f"{place}: {column.name}",
                Text("必要な列がありません。", "This column is missing, and needed."),
                Text(
                    f"「{column.name}」（{column.title.ja}）の列を加えてください。",
                    f"Add the column {column.name} ({column.title.en}).",
                ),
            )


def _unknown_column(name: str, known: Collection[str], place: str) -> Problem:
    near = get_close_matches(name, known, n=1)
    return Problem(
        "column.unknown",
        f"{place}: {shown(name)}",
        Text("この列はありません。", "There is no such column."),
        Text(
            f"「{near[0]}」ではありませんか。"
            if near
            else "dosojin schema --columns で列の一覧を確かめてください。",
            f"Did you mean {near[0]!r}?"
            if near
            else "See `dosojin schema --columns` for the list.",
        ),
    )


def _conform(table: pa.Table, columns: TableColumns, place: str) -> pa.Table:
    arrays: dict[str, pa.ChunkedArray] = {}
    for column in columns.values():
        spoken = column.said in table.column_names and column.has_companion
        said = _as_text(table.column(column.said), column, place) if spoken else None
        if column.name in table.column_names:
            plain, rest = _cast(table.column(column.name), column, place)
            if plain is not None:
                arrays[column.name] = plain
            said = rest if said is None else _both(arrays, column, rest, said)
        if said is not None:
            arrays[column.said] = said
    return pa.table(arrays) if arrays else table.select([])


def _both(
    arrays: dict[str, pa.ChunkedArray],
    column: Column,
    rest: pa.ChunkedArray | None,
    said: pa.ChunkedArray,
) -> pa.ChunkedArray:
    """Texts from the column itself and from its companion; a row with both is refused later."""
    if rest is None:
        return said
    twice = pc.and_(pc.is_valid(rest), pc.is_valid(said))
    if pc.any(twice).as_py():
        # value and text in one row are refused as said twice: make the first one a value
        plain = arrays.get(column.name, pa.chunked_array([pa.nulls(len(said), column.type)]))
        arrays[column.name] = pc.if_else(twice, _any_value(column.type), plain)
    texts = pc.coalesce(said.cast(pa.string()), rest.cast(pa.string()))
    return _encoded(texts)


def _any_value(kind: pa.DataType) -> pa.Scalar:
    return pa.array([0], pa.int32() if pa.types.is_date(kind) else kind).cast(kind)[0]


def _cast(
    values: pa.ChunkedArray, column: Column, place: str
) -> tuple[pa.ChunkedArray | None, pa.ChunkedArray | None]:
    """The column as the schema has it, and the texts that are no plain value."""
    kind = values.type
    if pa.types.is_null(kind) or column.form == "id":
        return values.cast(column.type) if pa.types.is_null(kind) else values, None
    if is_text(kind):
        texts = _as_text(values, column, place)
        if column.form in ("whole", "date"):
            return _split(texts, column, place)
        return texts, None
    if column.form == "text" and not (column.kind == "grades" and pa.types.is_integer(kind)):
        raise _wrong_type(values, column, place)
    if column.form == "text" or (column.name.startswith(SUMS) and column.form == "flag"):
        return _encoded(values.cast(pa.string())), None
    if not _may_become(kind, column.form):
        raise _wrong_type(values, column, place)
    if column.form == "whole" and pa.types.is_signed_integer(kind):
        return values, None  # as narrow as it was written: less to read for whoever decides
    try:
        return values.cast(column.type), None
    except pa.ArrowException:
        raise _wrong_type(values, column, place) from None


def _may_become(kind: pa.DataType, form: str) -> bool:
    if form == "flag":
        return bool(pa.types.is_boolean(kind))
    if form == "date":
        is_naive = pa.types.is_timestamp(kind) and kind.tz is None
        return bool(pa.types.is_date(kind) or is_naive)
    return any(
        is_kind(kind)
        for is_kind in (pa.types.is_integer, pa.types.is_decimal, pa.types.is_floating)
    )


def _as_text(values: pa.ChunkedArray, column: Column, place: str) -> pa.ChunkedArray:
    if values.type == WORDS:
        return values
    if pa.types.is_null(values.type):
        return values.cast(pa.string()).dictionary_encode()
    if not is_text(values.type):
        raise _wrong_type(values, column, place)
    return _encoded(values.cast(pa.string()))


def _encoded(texts: pa.ChunkedArray) -> pa.ChunkedArray:
    found = texts.dictionary_encode()
    return found if found.type == WORDS else found.cast(WORDS)


def _split(
    texts: pa.ChunkedArray, column: Column, place: str
) -> tuple[pa.ChunkedArray, pa.ChunkedArray | None]:
    """Exact plain values, and the texts that are none; every distinct text is looked at once."""
    array = one_array(texts)
    entries = array.dictionary.to_pylist()
    plain = [_plain(entry, column.form) for entry in entries]
    values = pa.array(plain, pa.int64())
    if column.form == "date":
        values = values.cast(pa.int32()).cast(pa.date32())
    found = pa.chunked_array([values.take(array.indices)])
    is_other = [
        entry is not None and value is None for entry, value in zip(entries, plain, strict=True)
    ]
    if not any(is_other):
        return found, None
    if not column.has_companion and column.name == "premium":
        raise _wrong_type(pa.chunked_array([pa.array(entries).filter(is_other)]), column, place)
    others = pa.array(np.flatnonzero(is_other), pa.int32())
    new_index = pa.array(np.where(is_other, np.cumsum(is_other) - 1, -1), pa.int32())
    new_index = pc.if_else(pc.less(new_index, 0), None, new_index)
    indices = new_index.take(array.indices)
    said = pa.DictionaryArray.from_arrays(indices, array.dictionary.take(others))
    return found, pa.chunked_array([said])


def _plain(text: str | None, form: str) -> int | None:
    """A number, or days since 1970; None if the text is something else."""
    stripped = "" if text is None else text.strip()
    if form == "whole":
        return int(stripped) if _WHOLE.fullmatch(stripped) else None
    if not _DATE.fullmatch(stripped):
        return None
    try:
        return date.fromisoformat(stripped).toordinal() - _UNIX_DAY
    except ValueError:
        return None


_WANTED = {
    "id": Text("整数か文字列", "whole numbers or texts"),
    "flag": Text("真偽値か文字列（yes, no）", "truths or texts (yes, no)"),
    "text": Text("文字列", "texts"),
    "whole": Text("整数", "whole numbers"),
    "date": Text("日付（date32）", "days (date32)"),
}


def _wrong_type(values: pa.ChunkedArray, column: Column, place: str) -> Problem:
    wanted = _WANTED[column.form]
    some = values.drop_null()
    shown_value = shown(some[0].as_py()) if len(some) else ""
    return Problem(
        "column.type",
        f"{place}: {column.name}",
        Text(
            f"この列は {values.type}（「{shown_value}」など）で、読み取れません。",
            f"This column holds {values.type} (such as {shown_value!r}), which cannot be read.",
        ),
        Text(f"{wanted.ja}の列にしてください。", f"Make it a column of {wanted.en}."),
    )


# ids ------------------------------------------------------------------------------------------


def _same_ids(
    tables: dict[str, pa.Table], columns: Mapping[str, TableColumns], places: Mapping[str, str]
) -> None:
    """Ids of one kind get one type in all tables: int64, or string."""
    for name in IDS:
        holders = [table for table in TABLES if name in columns[table]]
        kinds = {table: _id_kind(tables[table].column(name).type) for table in holders}
        for table in holders:
            if kinds[table] is None:
                values = tables[table].column(name)
                raise _wrong_type(values, columns[table][name], places[table])
        some = {kind for table, kind in kinds.items() if not _is_void(tables[table].column(name))}
        if len(some) > 1:
            raise two_types(name, [places[table] for table in holders])
        kind = some.pop() if some else pa.int64()
        for table in holders:
            values = tables[table].column(name)
            try:
                values = values.cast(kind)
            except pa.ArrowException:
                raise _wrong_type(values, columns[table][name], places[table]) from None
            at = tables[table].column_names.index(name)
            tables[table] = tables[table].set_column(at, name, values)


def _is_void(values: pa.ChunkedArray) -> bool:
    return bool(len(values) == values.null_count)


def _id_kind(kind: pa.DataType) -> pa.DataType | None:
    if is_text(kind):
        return pa.string()
    return pa.int64() if pa.types.is_integer(kind) or pa.types.is_null(kind) else None
