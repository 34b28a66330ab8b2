"""Input checks over columns: the same narrowing as `adjudication.consistency`, claim by claim.

A check is a truth that must not be NO. Where it is UNKNOWN, open facts are narrowed to what it
leaves; where nothing is left, the claim contradicts itself. Few claims come so near to a check that
it can bite: a cheap lower bound (the tests in question counted as failing) finds them first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

import numpy as np

from dosojin.adjudication.consistency import ROUNDS_MAX
from dosojin.adjudication.evaluation import evaluator
from dosojin.adjudication.program import Program
from dosojin.batch.columns import Array, Columns, Planes, Receipts, day_planes
from dosojin.batch.kernels.numpy_back_end import NumpyRun
from dosojin.batch.kernels.steps import TRUTH, Steps
from dosojin.batch.kernels.truth_steps import TruthSteps
from dosojin.terms.lowered import Lowered
from dosojin.terms.lowered import Step as LoweredStep

LEFT_ALONE = ("choices", "grades", "persons")
"""Kinds that checks never narrow."""


class _Bound(TruthSteps):
    """Truths with some tests, and all comparisons, counted as failing."""

    def __init__(self, program: Program, steps: Steps, variable: int) -> None:
        super().__init__(program, steps)
        self.variable = variable

    def _truth(self, step: LoweredStep) -> int:
        if step[0] in ("test", "not_test"):
            compares = self.lowered.tests[step[1]][0] == "compare"
            if compares or self.variable in self.program.test_reads[step[1]]:
                return self.steps.constant(0, TRUTH)
        return super()._truth(step)


class _Truth:
    """One truth, ready to be worked out over planes."""

    def __init__(self, truths: TruthSteps, index: int) -> None:
        root = truths.truth(index)
        steps = truths.steps
        order = steps.needed([root])
        place = {step: number for number, step in enumerate(order)}
        self.steps = tuple(
            replace(steps.steps[i], arguments=tuple(place[a] for a in steps.steps[i].arguments))
            if steps.steps[i].operation not in ("const", "load")
            else steps.steps[i]
            for i in order
        )
        self.loads = tuple(s.arguments[0] for s in self.steps if s.operation == "load")
        self.results = (place[root],)

    def value(self, planes: Callable[[str], Array], rows: int) -> Array:
        nothing = np.zeros(0, np.int64)
        receipts = Receipts(np.zeros(rows + 1, np.int64), nothing, nothing, nothing)
        run = NumpyRun(receipts, (), {name: planes(name) for name in self.loads})
        return run.worked_out(self.steps, self.results)[0]


class _Check:
    """A check: itself, and by variable the bound under which it can bite on it."""

    def __init__(self, program: Program, number: int) -> None:
        index = program.lowered.checks[number]
        self.number = number
        self.truth = _Truth(TruthSteps(program, Steps()), index)
        reads = sorted(program.truth_reads[index])
        kinds = {v: program.lowered.variables[v].kind for v in reads}
        self.variables = [v for v in reads if kinds[v] not in LEFT_ALONE]
        self.bounds = {v: _Truth(_Bound(program, Steps(), v), index) for v in (-1, *self.variables)}


_CHECKS: dict[int, tuple[Lowered, list[_Check]]] = {}


def _checks(lowered: Lowered) -> list[_Check]:
    found = _CHECKS.get(id(lowered))
    if found is None or found[0] is not lowered:
        program = evaluator(lowered).program
        made = [_Check(program, number) for number in range(len(lowered.checks))]
        found = _CHECKS[id(lowered)] = (lowered, made)
    return found[1]


def narrow(columns: Columns) -> tuple[Columns, dict[int, int]]:
    """The same claims, open facts narrowed to what the checks allow.

    Also, by row, the number of the check that a claim contradicts; its planes mean nothing then.
    """
    work = _Narrowing(columns)
    active = np.arange(columns.rows)
    for _ in range(ROUNDS_MAX):
        work.changed[:] = False
        for check in _checks(columns.lowered):
            work.apply(check, active)
        active = np.flatnonzero(work.changed & ~work.is_bad)
        if not len(active):
            break
    return work.narrowed(), work.bad


class _Narrowing:
    """Columns under narrowing; planes are copied when they are first changed."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self.lowered = columns.lowered
        self.planes: dict[int, Planes] = {}
        self.bad: dict[int, int] = {}
        self.is_bad = np.zeros(columns.rows, np.bool_)
        self.changed = np.zeros(columns.rows, np.bool_)

    def known(self, variable: int) -> Planes:
        return self.planes.get(variable) or self.columns.known(variable)

    def narrowed(self) -> Columns:
        if not self.planes:
            return self.columns
        planes = {**self.columns.planes, **self.planes}
        return replace(self.columns, planes=planes, _filled=dict(self.columns._filled))

    def _value(
        self, truth: _Truth, rows: Array, tried: Mapping[int, Planes] | None = None
    ) -> Array:
        whole = len(rows) == self.columns.rows

        def plane(name: str) -> Array:
            variable, _, end = name[1:].partition("_")
            if tried is not None and int(variable) in tried:
                return tried[int(variable)][int(end)]
            own = self.known(int(variable))[int(end)]
            return own if whole else own[rows]

        return truth.value(plane, len(rows))

    def apply(self, check: _Check, active: Array) -> None:
        """One check on some rows, variable by variable."""
        near = active[self._value(check.bounds[-1], active) == 0]
        self._refuse(check, near[self._value(check.truth, near) == 0])
        for variable in check.variables:
            bound = self._value(check.bounds[variable], active) == 0
            rows = active[bound & ~self.is_bad[active]]
            rows = rows[self._is_open(variable, rows)]
            rows = rows[self._value(check.truth, rows) != 3] if len(rows) else rows
            if len(rows):
                self._narrow(check, variable, rows)

    def _refuse(self, check: _Check, rows: Array) -> None:
        for row in rows.tolist():
            self.bad.setdefault(row, check.number)
        self.is_bad[rows] = True

    def _is_open(self, variable: int, rows: Array) -> Array:
        planes = [plane[rows] for plane in self.known(variable)]
        kind = self.lowered.variables[variable].kind
        if kind == "flag":
            return np.asarray(planes[0] == 2)
        if kind == "choice":
            return np.asarray((planes[0] & (planes[0] - 1)) != 0)
        is_open = planes[0] != planes[1]
        return np.asarray(is_open | (planes[2] != planes[3]) if kind == "day" else is_open)

    def _narrow(self, check: _Check, variable: int, rows: Array) -> None:
        kind = self.lowered.variables[variable].kind
        if kind in ("flag", "choice"):
            kept, fits = self._kept_words(check, variable, rows)
        else:
            kept, fits = self._kept_range(check, variable, rows)
        self._refuse(check, rows[~fits])
        before = self.known(variable)
        moved = fits & np.logical_or.reduce(
            [new != old[rows] for new, old in zip(kept, before, strict=True)]
        )
        if not moved.any():
            return
        planes = self.planes.get(variable) or tuple(plane.copy() for plane in before)
        for plane, new in zip(planes, kept, strict=True):
            plane[rows[moved]] = new[moved]
        self.planes[variable] = planes
        self.changed[rows[moved]] = True

    def _passes(self, check: _Check, variable: int, rows: Array, planes: Planes) -> Array:
        return np.asarray(self._value(check.truth, rows, {variable: planes}) != 0)

    def _kept_words(self, check: _Check, variable: int, rows: Array) -> tuple[Planes, Array]:
        """What is left of a flag or choice, and whether anything is."""
        known = self.known(variable)[0][rows]
        spec = self.lowered.variables[variable]
        is_flag = spec.kind == "flag"
        words: Iterable[int] = (0, 3) if is_flag else [1 << i for i in range(len(spec.choices))]
        passing = []
        for word in words:
            has = np.ones(len(rows), np.bool_) if is_flag else (known & word) != 0
            tried = np.full(len(rows), word, known.dtype)
            passing.append(has & self._passes(check, variable, rows, (tried,)))
        if is_flag:
            kept = np.where(passing[0] & passing[1], 2, np.where(passing[1], 3, 0))
            return (kept.astype(np.int8),), passing[0] | passing[1]
        mask = np.zeros(len(rows), known.dtype)
        for word, passes in zip(words, passing, strict=True):
            mask |= np.where(passes, word, 0).astype(known.dtype)
        return (mask,), mask != 0

    def _kept_range(self, check: _Check, variable: int, rows: Array) -> tuple[Planes, Array]:
        """What is left of a number or day, and whether anything is."""
        known = tuple(plane[rows] for plane in self.known(variable))
        fits = self._passes(check, variable, rows, known)
        first, last = known[0].astype(np.int64), known[1].astype(np.int64)
        start = self._edge(check, variable, rows, known, first, last, is_start=True)
        end = self._edge(check, variable, rows, known, start, last, is_start=False)
        same = (start == first) & (end == last)
        cell = self._cell(variable, rows, known, start, end)
        kept = tuple(
            np.where(same, old, new).astype(old.dtype)
            for old, new in zip(known, cell, strict=True)
        )
        return kept, fits

    def _edge(
        self,
        check: _Check,
        variable: int,
        rows: Array,
        known: Planes,
        first: Array,
        last: Array,
        *,
        is_start: bool,
    ) -> Array:
        """By halving: the first value with which the check can hold, or the last."""
        low, high = first.copy(), last.copy()
        near = first if is_start else last
        at_once = self._passes(
            check, variable, rows, self._cell(variable, rows, known, near, near)
        )
        low, high = np.where(at_once, near, low), np.where(at_once, near, high)
        waiting = np.flatnonzero(low < high)
        while len(waiting):
            below, above = low[waiting], high[waiting]
            middle = (below + above + (0 if is_start else 1)) // 2
            own = rows[waiting]
            of = tuple(plane[waiting] for plane in known)
            ends = (first[waiting], middle) if is_start else (middle, last[waiting])
            passes = self._passes(check, variable, own, self._cell(variable, own, of, *ends))
            if is_start:
                low[waiting] = np.where(passes, below, middle + 1)
                high[waiting] = np.where(passes, middle, above)
            else:
                low[waiting] = np.where(passes, middle, below)
                high[waiting] = np.where(passes, above, middle - 1)
            waiting = waiting[low[waiting] < high[waiting]]
        return low

    def _cell(
        self, variable: int, rows: Array, known: Planes, first: Array, last: Array
    ) -> Planes:
        spec = self.lowered.variables[variable]
        if spec.kind != "day":
            return first, last
        when = day_planes(first, last, spec, self.columns.place_offset[rows])
        return (
            when[0], when[1], np.maximum(when[2], known[2]), np.minimum(when[3], known[3]),
        )  # fmt: skip
