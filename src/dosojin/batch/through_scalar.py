"""Single rows of columns as cases, for what no kernel folds; and cases as columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from dosojin.adjudication.case import Case, Known, LineKnown
from dosojin.adjudication.program import Program
from dosojin.batch.columns import (
    NOT_NAMED,
    OFFSET_UNKNOWN,
    PLANE_TYPES,
    UNLIMITED,
    Array,
    Columns,
    Groups,
    Planes,
    Receipts,
    categories_of,
    in_plane,
    offsets_of,
    out_of_plane,
)
from dosojin.terms.lowered import Lowered


class RowReader:
    """Reads rows of columns as cases. What nobody stated has the domain of its row."""

    def __init__(self, program: Program, columns: Columns) -> None:
        self.program = program
        self.columns = columns
        self.lowered = columns.lowered
        self.categories = categories_of(self.lowered)
        self.line_variables = sorted(program.line_slot, key=program.line_slot.__getitem__)
        names = {v: self.lowered.variables[v].name for v in self.line_variables}
        self.on = next((v for v, name in names.items() if name == "on"), -1)
        amounts = [program.line_slot[v] for v, name in names.items() if name == "amount"]
        self.amount_slot = amounts[0] if amounts else -1

    def case(self, row: int, others: Mapping[int, tuple[int, int]]) -> Case:
        """The case of a row; others: what limits have been used by elsewhere, (least, most)."""
        columns = self.columns
        known: list[Known] = []
        stated: set[int] = set()
        named: dict[int, tuple[str, ...]] = {}
        for variable, spec in enumerate(self.lowered.variables):
            if spec.owner == "line":
                known.append(None)
                continue
            if spec.kind == "persons":
                named[variable] = self._named(variable, row)
                known.append(named[variable] or None)
            else:
                known.append(self._known(spec.kind, columns.known(variable), row))
            plane = columns.stated.get(variable)
            if plane is not None and plane[row]:
                stated.add(variable)
        offset = int(columns.place_offset[row])
        return Case(
            tuple(known), tuple(self._lines(row)), frozenset(stated), frozenset(), named,
            dict(others), None if offset == OFFSET_UNKNOWN else offset,
        )  # fmt: skip

    def _known(self, kind: str, planes: Planes, entry: int) -> Known:
        values = tuple(out_of_plane(int(plane[entry])) for plane in planes)
        if kind == "grades":
            return self.columns.grades[values[0]]
        return values[0] if kind in ("flag", "choice") else values

    def _lines(self, row: int) -> Sequence[LineKnown]:
        receipts = self.columns.receipts
        found = []
        for line in range(int(receipts.offsets[row]), int(receipts.offsets[row + 1])):
            known = tuple(
                self._known(self.lowered.variables[v].kind, self.columns.known(v), line)
                for v in self.line_variables
            )
            on = known[self.program.line_slot[self.on]] if self.on >= 0 else (0, 1)
            code = int(receipts.category[line])
            found.append(
                LineKnown(
                    self.categories[code] if code < len(self.categories) else "",
                    int(receipts.lo[line]), out_of_plane(int(receipts.hi[line])), known,
                    self._name(receipts.person, line), self._name(receipts.item, line),
                    on[0] if on[0] == on[1] else None,
                    receipts.estimated is not None and bool(receipts.estimated[line]),
                    self.amount_slot,
                )
            )  # fmt: skip
        return found

    def _name(self, groups: Groups | None, line: int) -> str | None:
        """A name that tells groups apart; which name it was does not matter any more."""
        return None if groups is None else f"#{int(groups.of_receipt[line])}"

    def _named(self, variable: int, row: int) -> tuple[str, ...]:
        groups = self.columns.receipts.person
        if groups is None or variable not in groups.rank:
            return ()
        within = range(int(groups.offsets[row]), int(groups.offsets[row + 1]))
        ranks = {group: int(groups.rank[variable][group]) for group in within}
        named = sorted((rank, group) for group, rank in ranks.items() if rank != NOT_NAMED)
        return tuple(f"#{group}" for _, group in named)


def columns_of(lowered: Lowered, program: Program, cases: Sequence[Case]) -> Columns:
    """Cases as columns, each a certificate of its own. Days of knowledge are not kept apart."""
    rows = len(cases)
    planes: dict[int, Planes] = {}
    stated: dict[int, Array] = {}
    grades: dict[tuple[int, ...] | None, int] = {None: 0}
    for variable, spec in enumerate(lowered.variables):
        if spec.owner == "line":
            continue
        known = [case.known[variable] for case in cases]
        if spec.kind == "grades":
            known = [grades.setdefault(each, len(grades)) for each in known]
        if spec.kind != "persons":
            planes[variable] = _planes(spec.kind, known)
        speaks = np.array([variable in case.stated for case in cases], np.bool_)
        if speaks.any():
            stated[variable] = speaks
    offsets = [
        OFFSET_UNKNOWN if case.place_offset is None else case.place_offset for case in cases
    ]
    used = {node for case in cases for node in case.others}
    usage = {
        node: _planes("yen", [case.others.get(node, (0, 0)) for case in cases]) for node in used
    }
    return Columns(
        lowered, rows, np.zeros(rows, np.int64), np.array(offsets, np.int32),
        np.arange(rows, dtype=np.int64), planes, stated, _receipts_of(lowered, program, cases),
        tuple(grades), usage,
    )  # fmt: skip


def _planes(kind: str, known: Sequence[Any]) -> Planes:
    types = PLANE_TYPES[kind]
    if len(types) == 1:
        return (np.array([in_plane(value) for value in known], types[0]),)
    return tuple(
        np.array([in_plane(value[end]) for value in known], kept) for end, kept in enumerate(types)
    )


def _receipts_of(lowered: Lowered, program: Program, cases: Sequence[Case]) -> Receipts:
    codes = {name: code for code, name in enumerate(categories_of(lowered))}
    lines = [line for case in cases for line in case.lines]
    planes = {
        variable: _planes(lowered.variables[variable].kind, [line.known[slot] for line in lines])
        for variable, slot in program.line_slot.items()
    }
    return Receipts(
        offsets_of(np.array([len(case.lines) for case in cases], np.int64)),
        np.array([codes.get(line.category, len(codes)) for line in lines], np.int16),
        np.array([in_plane(line.lo) for line in lines], np.int64),
        np.array([in_plane(line.hi) for line in lines], np.int64),
        planes,
        _groups_of(lowered, cases, "person"),
        _groups_of(lowered, cases, "item"),
        np.array([line.estimated for line in lines], np.bool_),
    )


def _groups_of(lowered: Lowered, cases: Sequence[Case], scope: str) -> Groups | None:
    of_receipt: list[int] = []
    lengths: list[int] = []
    persons = [v for v, spec in enumerate(lowered.variables) if spec.kind == "persons"]
    rank: dict[int, list[int]] = {variable: [] for variable in persons}
    start = 0
    for case in cases:
        groups: dict[str | int, int] = {}
        for number, line in enumerate(case.lines):
            name = getattr(line, scope)
            key = number if name is None else name
            of_receipt.append(start + groups.setdefault(key, len(groups)))
        for variable in persons:
            names = list(dict.fromkeys(case.named.get(variable, ())))
            places = {name: place for place, name in enumerate(names)}
            rank[variable] += [
                places.get(group, NOT_NAMED) if isinstance(group, str) else NOT_NAMED
                for group in groups
            ]
        lengths.append(len(groups))
        start += len(groups)
    return Groups(
        np.array(of_receipt, np.int64),
        offsets_of(np.array(lengths, np.int64)),
        {v: np.array(ranks, np.int64) for v, ranks in rank.items()} if scope == "person" else {},
    )


__all__ = ["RowReader", "UNLIMITED", "columns_of"]
