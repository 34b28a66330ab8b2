"""Changes facts of a case until a test holds: the directed search for a witness."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from dosojin.adjudication.case import Case, Known
from dosojin.adjudication.evaluation import Evaluator
from dosojin.adjudication.run import Run
from dosojin.values.moments import days_between
from dosojin.values.money import is_unbounded

YES = 3
NEAR = (-1, 0, 1)
Line = int
NO_LINE: Line = -1


class Exhausted(Exception):
    """The search has looked at as many changes as it may."""


class CaseChanger:
    """Yields changed cases in which a truth step is YES; `frozen` variables stay as they are."""

    def __init__(self, evaluator: Evaluator, frozen: frozenset[int], budget: int) -> None:
        self.evaluator = evaluator
        self.lowered = evaluator.lowered
        self.program = evaluator.program
        self.frozen = frozen
        self.left = budget

    def until(self, truth: int, case: Case, line: Line = NO_LINE) -> Iterator[Case]:
        """Cases in which `truth` holds (on receipt `line`), nearest changes first."""
        if self.value(truth, case, line) == YES:
            yield case
            return
        step = self.lowered.truths[truth]
        if step[0] == "any":
            for part in step[1]:
                yield from self.until(part, case, line)
        elif step[0] == "all":
            for changed in self._one_by_one(step[1], case, line):
                # What was changed last may have undone what held first: once more.
                for again in self._one_by_one(step[1], changed, line):
                    if self.value(truth, again, line) == YES:
                        yield again
        elif step[0] == "any_line":
            for index in range(len(case.lines)):
                for category in step[1]:
                    changed = _refiled(case, index, category)
                    yield from self.until(step[2], changed, index)
        elif step[0] == "every_line":
            yield from self._without_lines(step[1], case)
        elif step[0] in ("test", "not_test"):
            for changed in self._changes(step[1], case, line):
                if self.value(truth, changed, line) == YES:
                    yield changed

    def _without_lines(self, categories: tuple[str, ...], case: Case) -> Iterator[Case]:
        """No receipt of these categories: they are of another one, or were never filed."""
        others = {c for node in self.lowered.nodes for c in node.categories} - set(categories)
        for other in sorted(others):
            lines = tuple(
                replace(line, category=other) if line.category in categories else line
                for line in case.lines
            )
            yield replace(case, lines=lines, by_category={})
        kept = tuple(line for line in case.lines if line.category not in categories)
        yield replace(case, lines=kept, by_category={})

    def any_change(self, truth: int, case: Case, line: Line = NO_LINE) -> Iterator[Case]:
        """Cases in which one fact that `truth` reads is changed, whatever comes of it."""
        for test in sorted(self._tests(truth)):
            yield from self._changes(test, case, line)

    def _tests(self, truth: int) -> set[int]:
        step = self.lowered.truths[truth]
        if step[0] in ("test", "not_test"):
            return {step[1]}
        if step[0] in ("any_line", "every_line"):
            return self._tests(step[2])
        return set().union(*(self._tests(part) for part in step[1]))

    def value(self, truth: int, case: Case, line: Line) -> int:
        """The truth in a case; Exhausted once the budget is used up."""
        self.left -= 1
        if self.left < 0:
            raise Exhausted
        run = Run(self.evaluator.payout, case, case.known, {}, None, frozenset(), {})
        known, category = (
            ((), "") if line < 0 else (case.lines[line].known, case.lines[line].category)
        )
        found: int = self.program.truths((truth,))(case.known, known, category, run)[0]
        return found

    def _one_by_one(self, truths: tuple[int, ...], case: Case, line: Line) -> Iterator[Case]:
        if not truths:
            yield case
            return
        for changed in self.until(truths[0], case, line):
            yield from self._one_by_one(truths[1:], changed, line)

    def _changes(self, test: int, case: Case, line: Line) -> Iterator[Case]:
        """The case with one fact of the test changed, in every way that may matter."""
        for variable in sorted(self.program.test_reads[test] - self.frozen):
            slot = self.program.line_slot.get(variable)
            if slot is None:
                for known in self._values(test, variable, case):
                    yield self._stated(case, variable, known)
            elif line >= 0:
                for known in self._values(test, variable, case):
                    values = list(case.lines[line].known)
                    values[slot] = known
                    yield case.with_line(line, replace(case.lines[line], known=tuple(values)))

    def _stated(self, case: Case, variable: int, known: Known) -> Case:
        changed = case.with_known(variable, known)
        return replace(changed, stated=changed.stated | {variable})

    def _values(self, test: int, variable: int, case: Case) -> Iterator[Known]:
        spec = self.lowered.variables[variable]
        if spec.kind == "flag":
            yield from (3, 0)
        elif spec.kind == "choice":
            yield from (1 << bit for bit in range(len(spec.choices)))
        elif spec.kind == "choices":
            inside, outside = case.known[variable]
            bit = 1 << self.lowered.tests[test][2]
            yield inside | bit, outside & ~bit
            yield inside & ~bit, outside | bit
        elif spec.kind == "day":
            yield from self._days(test, variable, case)
        elif spec.kind in ("count", "duration", "yen"):
            least = spec.least or 0
            for constant in sorted(self._constants(test)):
                for value in (constant + near for near in NEAR):
                    if least <= value and (spec.most is None or value <= spec.most):
                        yield value, value

    def _days(self, test: int, variable: int, case: Case) -> Iterator[Known]:
        spec = self.lowered.variables[variable]
        offset = case.place_offset if spec.utc_offset is None else spec.utc_offset
        shifts = sorted({0, *self._constants(test)}, key=abs)
        anchors = {
            known[0]
            for other, known in zip(self.lowered.variables, case.known, strict=True)
            if other.kind == "day" and other.owner != "line" and known[0] == known[1]
        }
        for anchor in sorted(anchors):
            for shift in (*shifts, *(-shift for shift in shifts)):
                for near in NEAR:
                    day = anchor + shift + near
                    when = days_between(day, day, offset)
                    yield day, day, when.minute_first, when.minute_last

    def _constants(self, test: int) -> set[int]:
        """The small integers that a comparison reads, directly or through sums."""
        step = self.lowered.tests[test]
        waiting = list(step[2:4]) if step[0] == "compare" else []
        found: set[int] = set()
        while waiting:
            number = self.lowered.numbers[waiting.pop()]
            if number[0] == "constant":
                if not is_unbounded(number[1]):
                    found.add(number[1])
            elif number[0] in ("least", "greatest"):
                waiting += number[1]
            elif number[0] == "either":
                waiting += number[2:4]
            elif number[0] in ("sum", "difference"):
                waiting += number[1:3]
            elif number[0] in ("start_in_japan", "day_in_japan", "months_on"):
                waiting.append(number[1])
        return found


def _refiled(case: Case, line: Line, category: str) -> Case:
    """The receipt, filed as one of another category."""
    lines = list(case.lines)
    lines[line] = replace(lines[line], category=category)
    return replace(case, lines=tuple(lines), by_category={})
