"""One type for a column that several files hold, so that their rows can stand in one table."""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow as pa
import pyarrow.compute as pc

from dosojin.batch.layout.tables import WORDS
from dosojin.values.problems import Problem
from dosojin.values.text import Text


def one_schema(schemas: Iterable[tuple[str, pa.Schema]]) -> pa.Schema:
    """The columns of all files, each with a type that holds what every file says in it.

    schemas: (name of the file, its columns). Whole numbers become int64; beside texts everything
    becomes text, flags yes and no. Problem for types that have nothing in common.
    """
    types: dict[str, pa.DataType] = {}
    for place, schema in schemas:
        for field in schema:
            known = types.get(field.name, pa.null())
            found = _joined(known, _plain(field.type))
            if found is None:
                raise Problem(
                    "column.type",
                    f"{place}: {field.name}",
                    Text(
                        f"この列は {field.type}、ほかのファイルでは {known} です。",
                        f"This column holds {field.type}, and {known} in another file.",
                    ),
                    Text("どのファイルでも同じ型にしてください。", "Give it one type in all."),
                )
            types[field.name] = found
    return pa.schema(list(types.items()))


def is_text(kind: pa.DataType) -> bool:
    """Whether cells are texts, plain or by dictionary."""
    if pa.types.is_dictionary(kind):
        return is_text(kind.value_type)
    return any(
        is_kind(kind)
        for is_kind in (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view)
    )


def _plain(kind: pa.DataType) -> pa.DataType:
    if pa.types.is_dictionary(kind):
        inner = _plain(kind.value_type)
        return WORDS if pa.types.is_string(inner) else inner
    if pa.types.is_integer(kind):
        return pa.int64()
    if pa.types.is_large_string(kind) or pa.types.is_string_view(kind):
        return pa.string()
    if pa.types.is_date(kind):
        return pa.date32()
    return kind


def _joined(one: pa.DataType, other: pa.DataType) -> pa.DataType | None:
    if one == other or pa.types.is_null(other):
        return one
    if pa.types.is_null(one):
        return other
    if is_text(one) and is_text(other):
        return pa.string()
    if not (is_text(one) or is_text(other)):
        return None
    some = other if is_text(one) else one
    simple = (pa.types.is_boolean, pa.types.is_int64, pa.types.is_date32)
    return pa.string() if any(is_kind(some) for is_kind in simple) else None


def in_schema(table: pa.Table, schema: pa.Schema) -> pa.Table:
    """The rows of a file in the columns and types of `one_schema`; words as plain texts.

    A dictionary belongs to its file; rows of many files are joined sooner without.
    """
    columns = {}
    for field in schema:
        kind = pa.string() if field.type == WORDS else field.type
        if field.name not in table.column_names:
            columns[field.name] = pa.chunked_array([pa.nulls(table.num_rows, kind)])
            continue
        column = table.column(field.name)
        if pa.types.is_boolean(column.type) and pa.types.is_string(kind):
            column = pc.if_else(column, "yes", "no")
        columns[field.name] = column if column.type == kind else column.cast(kind)
    return pa.table(columns)


def with_dictionaries(table: pa.Table, schema: pa.Schema) -> pa.Table:
    """Back in the types of the schema; the words of a dictionary in order of appearance."""
    columns = {}
    for field in schema:
        column = table.column(field.name).combine_chunks()
        if field.type == WORDS:
            column = pc.dictionary_encode(column)
        columns[field.name] = column
    return pa.table(columns)
