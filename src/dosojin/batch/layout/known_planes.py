"""From the cells of a fact to planes, with the very reader of single claims.

Every distinct text is read once; plain numbers and days are compared as whole columns. What that
finds wanting is read once more as a claim would say it, so that the refusal is the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache, partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dosojin.adjudication.case import Known
from dosojin.adjudication.read_values import UNKNOWN, ValueReader, shown, unknown_word
from dosojin.batch.columns import (
    AMOUNT_MAX,
    OFFSET_UNKNOWN,
    PLANE_TYPES,
    UNLIMITED,
    Planes,
    day_planes,
    in_plane,
)
from dosojin.batch.layout.cells import Cells
from dosojin.batch.layout.fact_rows import FactRows
from dosojin.batch.layout.rejects import Refusal
from dosojin.batch.layout.words import NONE, REST_OPEN, raw_of_text
from dosojin.terms.lowered import Variable
from dosojin.values.moments import EARLIEST_DAY, LATEST_DAY, MINUTES_A_DAY, offset_minutes
from dosojin.values.money import UNBOUNDED
from dosojin.values.problems import Problem
from dosojin.values.text import Text

Array = NDArray[Any]
TWICE = Problem(
    "value.twice",
    "",
    Text("値と _said の両方が書かれています。", "Both the column and its companion speak."),
    Text("どちらか一つにしてください。", "Keep one of the two."),
)
NEAR_WORDS_MAX = 1000
"""For so many bad words of a column a near one is looked for."""
_ANYTIME = ValueReader(LATEST_DAY, None)
"""Reads what depends neither on the day of knowledge nor on the place."""


def too_much(amount: int) -> Problem:
    """An amount that a column cannot hold."""
    return Problem(
        "money.range",
        "",
        Text(f"「{amount}」円は扱えません。", f"{amount} yen cannot be taken."),
        Text(
            f"0円から{AMOUNT_MAX:,}円までの金額を書いてください。",
            f"Write an amount from 0 to {AMOUNT_MAX:,} yen.",
        ),
    )


class Lists:
    """Lists of disability grades that occur, numbered; entry 0 is "not known"."""

    def __init__(self) -> None:
        self.grades: list[tuple[int, ...] | None] = [None]
        self._number: dict[tuple[int, ...] | None, int] = {None: 0}

    def number(self, grades: tuple[int, ...] | None) -> int:
        """The place of a list in `grades`."""
        found = self._number.get(grades)
        if found is None:
            found = self._number[grades] = len(self.grades)
            self.grades.append(grades)
        return found


def planes_of(
    variable: Variable, column: str, cells: Cells, rows: FactRows, lists: Lists
) -> Planes:
    """What the cells of a column make known of a variable; what cannot be read is rejected."""
    if variable.kind == "day":
        return _day_planes(variable, column, cells, rows)
    if variable.kind == "flag":
        return _flag_planes(variable, column, cells, rows)
    if variable.kind in ("count", "yen", "duration"):
        return _range_planes(variable, column, cells, rows)
    knowns = read_entries(variable, column, cells, rows)
    if variable.kind == "grades":
        knowns = [lists.number(known) for known in knowns]
    return _spread(variable.kind, knowns, cells)


def read_entries(variable: Variable, column: str, cells: Cells, rows: FactRows) -> list[Known]:
    """What each entry makes known, and at the end what silence does; bad ones are rejected."""
    domain = _ANYTIME.domain(variable)
    refused: dict[int, Problem] = {}
    knowns: list[Known] = []
    for code, entry in enumerate(cells.entries):
        strange = _strange_word(variable, entry) if len(refused) >= NEAR_WORDS_MAX else None
        try:
            if strange is not None:
                raise _stranger(strange)
            knowns.append(_read_text(variable, entry, _ANYTIME))
        except Problem as problem:
            refused[code] = problem.with_traceback(None)
            knowns.append(domain)
    refuse_entries(column, refused, cells, rows)
    return [*knowns, domain]


def _read_text(variable: Variable, text: str, reader: ValueReader) -> Known:
    known = reader.read(variable, raw_of_text(variable, text), "")
    if variable.kind == "yen":
        for end in known:
            if AMOUNT_MAX < end < UNBOUNDED:
                raise too_much(end)
    return known


def refuse_entries(
    column: str, refused: Mapping[int, Problem], cells: Cells, rows: FactRows
) -> None:
    """Rejects the rows that say one of these entries."""
    if not refused or cells.codes is None:
        return
    number = np.full(len(cells.entries) + 1, -1, np.int64)
    number[list(refused)] = np.arange(len(refused))
    which = number[cells.codes]
    bad = np.flatnonzero(which >= 0)
    refusals = [Refusal(problem, cells.entries[code]) for code, problem in refused.items()]
    rows.refuse_each(column, refusals, which[bad], bad)


def refuse_strangers(
    column: str, words: Sequence[str], cells: Cells, rows: FactRows
) -> frozenset[int]:
    """Rejects the rows whose word is none of these; their codes."""
    refused: dict[int, Problem] = {}
    for code, entry in enumerate(cells.entries):
        if entry not in words:
            # in a column of quite other things looking for near words takes long and helps nobody
            is_search = len(refused) < NEAR_WORDS_MAX
            refused[code] = unknown_word("", entry, words) if is_search else _stranger(entry)
    refuse_entries(column, refused, cells, rows)
    return frozenset(refused)


def _stranger(word: str) -> Problem:
    return Problem(
        "value.word",
        "",
        Text(f"「{shown(word)}」は選べません。", f"{shown(word)!r} is not one of the choices."),
        Text(
            "dosojin schema --columns で語の一覧を確かめてください。",
            "See `dosojin schema --columns` for the words.",
        ),
    )


def _strange_word(variable: Variable, text: str) -> str | None:
    """A word of a choice list that is none of its words."""
    if variable.kind not in ("choice", "choices"):
        return None
    allowed = (*variable.choices, UNKNOWN, NONE, REST_OPEN)
    said = (word.strip().removeprefix("~").strip() for word in text.split("|"))
    return next((word for word in said if word not in allowed), None)


def _spread(kind: str, knowns: Sequence[Known], cells: Cells) -> Planes:
    """The planes of entries, row by row; a row that says nothing takes the last one."""
    types = PLANE_TYPES[kind]
    tables = (
        [np.array(knowns, types[0])]
        if len(types) == 1
        else [
            np.array([in_plane(known[i]) for known in knowns], plane_type)
            for i, plane_type in enumerate(types)
        ]
    )
    if cells.codes is None:
        return tuple(np.full(cells.count, table[-1], table.dtype) for table in tables)
    return tuple(table[cells.codes] for table in tables)


def _flag_planes(variable: Variable, column: str, cells: Cells, rows: FactRows) -> Planes:
    if cells.values is None:
        return _spread("flag", read_entries(variable, column, cells, rows), cells)
    is_set = cells.values.view(np.int8)
    if cells.valid is None:
        return (is_set * np.int8(3),)
    # 3 where set, 0 where not, 2 where null: faster as arithmetic than by choosing
    is_known = cells.valid.view(np.int8)
    planes = (is_set & is_known) * np.int8(3)
    planes += (is_known ^ np.int8(1)) << np.int8(1)
    return (planes,)


# numbers --------------------------------------------------------------------------------------


def _range_planes(variable: Variable, column: str, cells: Cells, rows: FactRows) -> Planes:
    domain = _ANYTIME.domain(variable)
    lo, hi = domain[0], in_plane(domain[1])
    said = None
    if cells.codes is not None:
        said = _spread(variable.kind, read_entries(variable, column, cells, rows), cells)
    if cells.values is None:
        assert said is not None
        return said
    values = cells.values
    refuse_twice(column, cells, rows)
    most = AMOUNT_MAX if hi >= UNLIMITED and variable.kind == "yen" else hi
    _refuse_out_of_range(variable, column, cells, rows, (lo, most))
    if cells.valid is None:
        return values, values
    values = _wide_enough(values, hi)
    if said is None:
        return np.where(cells.valid, values, lo), np.where(cells.valid, values, hi)
    return np.where(cells.valid, values, said[0]), np.where(cells.valid, values, said[1])


def _wide_enough(values: Array, most: int) -> Array:
    """The same numbers, in a type that holds `most` too."""
    kinds = [kind for kind in (np.int8, np.int16, np.int32, np.int64) if np.iinfo(kind).max >= most]
    return values.astype(np.promote_types(values.dtype, kinds[0]), copy=False)


def refuse_twice(column: str, cells: Cells, rows: FactRows) -> None:
    """Rejects rows in which the column and its companion both speak."""
    if cells.codes is None or cells.values is None:
        return
    twice = np.flatnonzero(cells.has_value() & cells.has_text())
    rows.refuse(column, TWICE, twice, [cells.entries[code] for code in cells.codes[twice]])


def _refuse_out_of_range(
    variable: Variable, column: str, cells: Cells, rows: FactRows, ends: tuple[int, int]
) -> None:
    values = cells.values
    assert values is not None
    if not len(values) or (values.min() >= ends[0] and values.max() <= ends[1]):
        return
    is_bad = (values < ends[0]) | (values > ends[1])
    if cells.valid is not None:
        is_bad &= cells.valid
    bad = np.flatnonzero(is_bad)
    distinct, which = np.unique(values[bad], return_inverse=True)
    refusals = [
        Refusal(_number_problem(variable, value), str(value)) for value in distinct.tolist()
    ]
    rows.refuse_each(column, refusals, which, bad)


def _number_problem(variable: Variable, value: int) -> Problem:
    """Why a claim could not say this number."""
    if variable.kind == "duration":
        # said in minutes here, so refused in minutes
        variable = replace(variable, kind="count")
    if variable.kind == "yen":
        return too_much(value)
    problem = refusal(partial(_ANYTIME.read, variable, value, ""))
    assert problem is not None, "the column's own bounds are those of the claim"
    return problem


def refusal(read: Callable[[], Any]) -> Problem | None:
    """The problem that reading ends in, if it does."""
    try:
        read()
    except Problem as problem:
        # its traceback would keep every frame, and there may be millions
        return problem.with_traceback(None)
    return None


# days -----------------------------------------------------------------------------------------


def _day_planes(variable: Variable, column: str, cells: Cells, rows: FactRows) -> Planes:
    runs_on = variable.may_run or variable.owner == "policy"
    last_day: Any = LATEST_DAY if runs_on else rows.as_of()
    if cells.values is None:
        first = np.full(cells.count, EARLIEST_DAY, np.int32)
        last = np.full(cells.count, last_day, np.int32)
    else:
        refuse_twice(column, cells, rows)
        values = cells.values
        is_bad = (values < EARLIEST_DAY) | (values > last_day)
        if cells.valid is not None:
            is_bad &= cells.valid
        _refuse_days(variable, column, cells, rows, np.flatnonzero(is_bad))
        if is_bad.any():
            values = np.where(is_bad, EARLIEST_DAY, values)
        first = last = values.astype(np.int32)
        if cells.valid is not None:
            first = np.where(cells.valid, first, np.int32(EARLIEST_DAY))
            last = np.where(cells.valid, last, last_day).astype(np.int32)
    planes = day_planes(first, last, variable, rows.place_offset())
    if cells.codes is not None:
        where = np.flatnonzero(cells.codes >= 0)
        texts = _TextDays(variable, column, cells.take(where), rows, where).planes()
        for plane, text in zip(planes, texts, strict=True):
            plane[where] = text
    return planes


def _refuse_days(variable: Variable, column: str, cells: Cells, rows: FactRows, bad: Array) -> None:
    if not len(bad):
        return
    assert cells.values is not None
    days = np.clip(cells.values[bad], 0, date.max.toordinal() + 1)
    said = np.stack((days, rows.as_of(bad)))
    distinct, which = np.unique(said, axis=1, return_inverse=True)
    refusals = []
    for day, known_on in distinct.T.tolist():
        # a day outside the calendar is told as its first or last one
        told = date.fromordinal(min(max(day, 1), date.max.toordinal()))
        problem = refusal(partial(ValueReader(known_on, None).read, variable, told, ""))
        assert problem is not None, told
        refusals.append(Refusal(problem, told.isoformat()))
    rows.refuse_each(column, refusals, which.reshape(-1), bad)


class _TextDays:
    """Days and moments said as text, `where` in a table; read by distinct text and offset."""

    def __init__(
        self, variable: Variable, column: str, cells: Cells, rows: FactRows, where: Array
    ) -> None:
        self.variable = variable
        self.column = column
        self.cells = cells
        self.rows = rows
        self.where = where
        self.as_of = rows.as_of(where)
        self.offset = rows.place_offset(where)

    def planes(self) -> Planes:
        """Planes for these rows alone; those that cannot be read are rejected."""
        spec = self.variable
        count = len(self.where)
        runs_on = spec.may_run or spec.owner == "policy"
        last_day = np.full(count, LATEST_DAY, np.int32) if runs_on else self.as_of
        open_ended = day_planes(np.full(count, EARLIEST_DAY, np.int32), last_day, spec, self.offset)
        knowns, is_open, is_refused, keys = self._read()
        found = [plane[keys] for plane in knowns]
        found[1] = np.where(is_open[keys], open_ended[1], found[1])
        found[3] = np.where(is_open[keys], open_ended[3], found[3])
        is_bad = is_refused[keys] | (found[1] > last_day)
        is_bad |= (found[0] > found[1]) | (found[2] > found[3])
        self._refuse(np.flatnonzero(is_bad))
        return tuple(np.where(is_bad, open_ended[i], found[i]) for i in range(4))

    def _read(self) -> tuple[list[Array], Array, Array, Array]:
        """By distinct text and offset the planes, whether it ends with as_of, whether it is bad;
        and for each row which of these it says."""
        spec = self.variable
        assert self.cells.codes is not None
        offset = np.zeros_like(self.offset) if spec.utc_offset is not None else self.offset
        both = self.cells.codes.astype(np.int64) * (1 << 32) + (offset - OFFSET_UNKNOWN)
        distinct, keys = np.unique(both, return_inverse=True)
        knowns = np.zeros((4, len(distinct)), np.int32)
        is_open = np.zeros(len(distinct), bool)
        is_refused = np.zeros(len(distinct), bool)
        for number, key in enumerate(distinct.tolist()):
            minutes = (key & 0xFFFFFFFF) + OFFSET_UNKNOWN
            exact = exact_moment(self.cells.entries[key >> 32])
            if exact is not None:
                knowns[:, number] = exact
                continue
            reader = ValueReader(LATEST_DAY, None if minutes == OFFSET_UNKNOWN else minutes)
            try:
                raw = raw_of_text(spec, self.cells.entries[key >> 32])
                knowns[:, number] = reader.read(spec, raw, "")
                is_open[number] = raw == UNKNOWN or (isinstance(raw, Mapping) and "to" not in raw)
            except Problem:
                is_refused[number] = True
        return list(knowns), is_open, is_refused, keys

    def _refuse(self, bad: Array) -> None:
        if not len(bad):
            return
        assert self.cells.codes is not None
        said = np.stack((self.cells.codes[bad], self.as_of[bad], self.offset[bad]))
        distinct, which = np.unique(said, axis=1, return_inverse=True)
        refusals = []
        for code, known_on, minutes in distinct.T.tolist():
            text = self.cells.entries[code]
            reader = ValueReader(known_on, None if minutes == OFFSET_UNKNOWN else minutes)
            problem = refusal(partial(_read_text, self.variable, text, reader))
            assert problem is not None, text
            refusals.append(Refusal(problem, text))
        self.rows.refuse_each(self.column, refusals, which.reshape(-1), self.where[bad])


_EXACT = re.compile(r"(\d{4}-\d\d-\d\d)[T ]([01]\d|2[0-3]):([0-5]\d)([+-]\d\d:\d\d)")


def exact_moment(text: str) -> tuple[int, int, int, int] | None:
    """What a moment in its usual writing makes known; None: anything else, to be read with care.

    Moments are hardly ever the same twice, so that reading one must be quick.
    """
    found = _EXACT.fullmatch(text)
    if found is None:
        return None
    day, offset = _day_of(found[1]), _offset_of(found[4])
    if day is None or offset is None or not EARLIEST_DAY <= day <= LATEST_DAY:
        return None
    minute = day * MINUTES_A_DAY + int(found[2]) * 60 + int(found[3]) - offset
    return day, day, minute, minute


@lru_cache(maxsize=1 << 16)
def _day_of(text: str) -> int | None:
    try:
        return date.fromisoformat(text).toordinal()
    except ValueError:
        return None


@lru_cache(maxsize=1 << 10)
def _offset_of(text: str) -> int | None:
    try:
        return offset_minutes(text)
    except ValueError:
        return None
