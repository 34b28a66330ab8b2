"""The lowered steps of an edition, compiled to Python functions.

A truth is 0 (NO), 2 (UNKNOWN) or 3 (YES): bit 0 must, bit 1 may, so Kleene's AND and OR are `&`
and `|`, for one claim and, with wider integers, for thousands of completions at once (`bounds`).
What is known of a variable is a plain value:
flag 0|2|3 · choice: mask of the words still possible · choices: (mask in, mask out) ·
count, duration, yen: (lo, hi) · day: (first day, last day, first minute, last minute).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from functools import cache
from typing import Any

from dosojin.terms.lowered import Lowered, Step
from dosojin.values.moments import day_in_japan, day_start_in_japan
from dosojin.values.periods import last_day_of_months

Known = Any
Compiled = Callable[[Sequence[Known], Sequence[Known], str, Any], tuple[Any, ...]]
NEGATED = (3, 0, 2, 0)


def _months(day: int, months: int) -> int:
    return last_day_of_months(date.fromordinal(day), months).toordinal()


class Program:
    """Steps of one edition with their dependencies, compiled where they are needed."""

    def __init__(self, lowered: Lowered) -> None:
        self.lowered = lowered
        self.line_slot: dict[int, int] = {}
        for index, variable in enumerate(lowered.variables):
            if variable.owner == "line":
                self.line_slot[index] = len(self.line_slot)
        self.number_reads: list[frozenset[int]] = []
        self.test_reads: list[frozenset[int]] = []
        self.truth_reads: list[frozenset[int]] = []
        self._find_reads()
        line = frozenset(self.line_slot)
        category_tests = {i for i, test in enumerate(lowered.tests) if test[0] == "category"}
        self.number_on_line = [bool(reads & line) for reads in self.number_reads]
        self.test_on_line = [
            bool(reads & line) or i in category_tests for i, reads in enumerate(self.test_reads)
        ]
        self.truth_on_line: list[bool] = []
        for step in lowered.truths:
            self.truth_on_line.append(self._is_on_line(step))
        self._compiled: dict[tuple[str, tuple[int, ...]], Compiled] = {}

    def _is_on_line(self, step: Step) -> bool:
        if step[0] in ("test", "not_test"):
            return self.test_on_line[step[1]]
        if step[0] in ("all", "any"):
            return any(self.truth_on_line[i] for i in step[1])
        return False

    def _find_reads(self) -> None:
        """Fills number_reads, test_reads, truth_reads; steps may refer across the three lists."""
        lowered = self.lowered

        @cache
        def of_number(index: int) -> frozenset[int]:
            step = lowered.numbers[index]
            kind = step[0]
            if kind == "constant":
                return frozenset()
            if kind in ("quantity", "day", "moment"):
                return frozenset((step[1],))
            if kind in ("least", "greatest"):
                return frozenset().union(*(of_number(i) for i in step[1]))
            if kind == "either":
                return of_truth(step[1]) | of_number(step[2]) | of_number(step[3])
            if kind in ("sum", "difference"):
                return of_number(step[1]) | of_number(step[2])
            return of_number(step[1])

        @cache
        def of_test(index: int) -> frozenset[int]:
            step = lowered.tests[index]
            if step[0] == "category":
                return frozenset()
            if step[0] == "compare":
                return of_number(step[2]) | of_number(step[3])
            return frozenset((step[1],))

        @cache
        def of_truth(index: int) -> frozenset[int]:
            step = lowered.truths[index]
            if step[0] in ("test", "not_test"):
                return of_test(step[1])
            if step[0] in ("any_line", "every_line"):
                return of_truth(step[2])
            return frozenset().union(*(of_truth(i) for i in step[1]))

        self.number_reads = [of_number(i) for i in range(len(lowered.numbers))]
        self.test_reads = [of_test(i) for i in range(len(lowered.tests))]
        self.truth_reads = [of_truth(i) for i in range(len(lowered.truths))]

    def truths(self, roots: tuple[int, ...]) -> Compiled:
        """f(V, L, category, lines) → the truths of the steps `roots`."""
        return self._function("truth", roots)

    def values(self, truths: tuple[int, ...], numbers: tuple[int, ...]) -> Compiled:
        """f(V, L, category, lines) → ({step: truth}, {step: (lo, hi)}) of many steps in one go."""
        writer = _Writer(self)
        return writer.made(
            f"{{{', '.join(f'{i}: {writer.truth(i)}' for i in truths)}}}",
            f"{{{', '.join(f'{i}: {writer.number(i)}' for i in numbers)}}}",
        )

    def number(self, root: int) -> Compiled:
        """f(V, L, category, lines) → ((lo, hi),) of a number step."""
        return self._function("number", (root,))

    def numbers(self, roots: tuple[int, ...]) -> Compiled:
        return self._function("number", roots)

    def test(self, root: int) -> Compiled:
        """f(V, L, category, lines) → (truth,) of one test."""
        return self._function("test", (root,))

    def _function(self, kind: str, roots: tuple[int, ...]) -> Compiled:
        key = (kind, roots)
        found = self._compiled.get(key)
        if found is None:
            found = self._compiled[key] = _Writer(self).function(kind, roots)
        return found


class _Writer:
    """Writes the straight-line source of some steps; every step once, in order of need."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.source: list[str] = []
        self.done: set[str] = set()

    def function(self, kind: str, roots: Iterable[int]) -> Compiled:
        write = {"truth": self.truth, "number": self.number, "test": self._test}[kind]
        return self.made(*(write(root) for root in roots))

    def truth(self, index: int) -> str:
        """The name that holds a truth."""
        return self._truth(index)

    def number(self, index: int) -> str:
        """The pair that holds a number's two ends."""
        name = self._number(index)
        return f"(a{name[1:]}, b{name[1:]})"

    def made(self, *results: str) -> Compiled:
        """The function that returns these expressions, after all the steps written so far."""
        body = "\n    ".join([*self.source, f"return ({', '.join(results)},)"])
        scope: dict[str, Any] = {
            "N": NEGATED,
            "start": day_start_in_japan,
            "day": day_in_japan,
            "months": _months,
        }
        exec(f"def f(V, L, C, X):\n    {body}\n", scope)
        return scope["f"]  # type: ignore[no-any-return]

    def _once(self, name: str, *lines: str) -> str:
        if name not in self.done:
            self.done.add(name)
            self.source.extend(lines)
        return name

    def _variable(self, index: int) -> str:
        slot = self.program.line_slot.get(index)
        return f"V[{index}]" if slot is None else f"L[{slot}]"

    def _number(self, index: int) -> str:
        name = f"n{index}"
        if name in self.done:
            return name
        step = self.program.lowered.numbers[index]
        self._once(name, *self._number_lines(index, step))
        return name

    def _number_lines(self, i: int, step: Step) -> list[str]:
        kind = step[0]
        if kind == "constant":
            return [f"a{i} = b{i} = {step[1]}"]
        if kind == "quantity":
            return [f"a{i}, b{i} = {self._variable(step[1])}"]
        if kind == "day":
            return [f"a{i}, b{i}, _, _ = {self._variable(step[1])}"]
        if kind == "moment":
            return [f"_, _, a{i}, b{i} = {self._variable(step[1])}"]
        if kind in ("start_in_japan", "day_in_japan"):
            self._number(step[1])
            call = "start" if kind == "start_in_japan" else "day"
            return [f"a{i} = {call}(a{step[1]}); b{i} = {call}(b{step[1]})"]
        if kind == "months_on":
            self._number(step[1])
            return [f"a{i} = months(a{step[1]}, {step[2]}); b{i} = months(b{step[1]}, {step[2]})"]
        if kind == "sum":
            x, y = self._number(step[1])[1:], self._number(step[2])[1:]
            return [f"a{i} = a{x} + a{y}; b{i} = b{x} + b{y}"]
        if kind == "difference":
            x, y = self._number(step[1])[1:], self._number(step[2])[1:]
            return [f"a{i} = a{x} - b{y}; b{i} = b{x} - a{y}"]
        if kind in ("least", "greatest"):
            inner = [self._number(part)[1:] for part in step[1]]
            call = "min" if kind == "least" else "max"
            lows = ", ".join(f"a{x}" for x in inner)
            highs = ", ".join(f"b{x}" for x in inner)
            if len(inner) == 1:
                return [f"a{i} = {lows}; b{i} = {highs}"]
            return [f"a{i} = {call}({lows}); b{i} = {call}({highs})"]
        test = self._truth(step[1])
        x, y = self._number(step[2])[1:], self._number(step[3])[1:]
        return [
            f"if {test} == 3: a{i} = a{x}; b{i} = b{x}",
            f"elif {test} == 0: a{i} = a{y}; b{i} = b{y}",
            f"else: a{i} = min(a{x}, a{y}); b{i} = max(b{x}, b{y})",
        ]

    def _test(self, index: int) -> str:
        name = f"t{index}"
        if name in self.done:
            return name
        step = self.program.lowered.tests[index]
        return self._once(name, *self._test_lines(name, step))

    def _test_lines(self, name: str, step: Step) -> list[str]:
        kind = step[0]
        if kind == "flag":
            return [f"{name} = {self._variable(step[1])}"]
        if kind == "choice":
            known = self._once(f"c{step[1]}", f"c{step[1]} = {self._variable(step[1])}")
            return [
                f"{name} = 0 if not {known} & {step[2]} else 3 if not {known} & ~{step[2]} else 2"
            ]
        if kind == "has":
            variable, bit = step[1], 1 << step[2]
            self._once(f"i{variable}", f"i{variable}, o{variable} = {self._variable(variable)}")
            return [f"{name} = 3 if i{variable} & {bit} else 0 if o{variable} & {bit} else 2"]
        if kind == "category":
            return [f"{name} = 3 if C in {tuple(step[1])!r} else 0"]
        x, y = self._number(step[2])[1:], self._number(step[3])[1:]
        if step[1] == "le":
            return [f"{name} = 3 if b{x} <= a{y} else 2 if a{x} <= b{y} else 0"]
        if step[1] == "lt":
            return [f"{name} = 3 if b{x} < a{y} else 2 if a{x} < b{y} else 0"]
        equal = f"3 if a{x} == b{x} == a{y} == b{y} else 2 if a{x} <= b{y} and a{y} <= b{x} else 0"
        return [f"{name} = {equal}" if step[1] == "eq" else f"{name} = N[{equal}]"]

    def _truth(self, index: int) -> str:
        name = f"u{index}"
        if name in self.done:
            return name
        step = self.program.lowered.truths[index]
        kind = step[0]
        if kind == "test":
            return self._test(step[1])
        if kind == "not_test":
            line = f"{name} = N[{self._test(step[1])}]"
        elif kind in ("all", "any"):
            sign, empty = (" & ", "3") if kind == "all" else (" | ", "0")
            line = f"{name} = {sign.join(self._truth(i) for i in step[1]) or empty}"
        else:
            line = f"{name} = X.{kind}({step[1]!r}, {step[2]}, V)"
        return self._once(name, line)
