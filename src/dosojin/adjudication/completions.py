"""What is still open, which way each open fact pushes the payout, and the cells it is cut into.

Only what can still turn a truth or an amount counts: the walk starts at the money nodes that are
alive in this claim and follows truths that are UNKNOWN.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from dosojin.adjudication.case import Case, Known
from dosojin.adjudication.evaluation import Evaluator, Unit
from dosojin.adjudication.payout import Run
from dosojin.terms.lowered import Step
from dosojin.values.moments import days_between

UP, DOWN, BOTH = 1, 2, 3
Key = tuple[int, int, int]
"""(line or −1, variable, bit of a set's member or −1): one thing that can be decided."""


def flipped(sign: int) -> int:
    """The sign seen through something that subtracts."""
    return (0, DOWN, UP, BOTH)[sign]


class OpenFact:
    """An undecided key, as it is collected: which way it pushes, what reads it.

    signs: UP, DOWN or both. tests: (test, line) that read it. masks: for a choice, the words each
    test looks for, with their sign. in_money: whether its amount flows into money.
    """

    __slots__ = ("in_money", "key", "masks", "signs", "tests")

    def __init__(self, key: Key) -> None:
        self.key = key
        self.signs = 0
        self.tests: set[tuple[int, int]] = set()
        self.masks: set[tuple[int, int]] = set()
        self.in_money = False


class OpenFacts:
    """Walks the live tree of one case and collects its open facts."""

    def __init__(self, evaluator: Evaluator, case: Case, run: Run, units: Iterable[Unit]) -> None:
        self.evaluator = evaluator
        self.lowered = evaluator.lowered
        self.program = evaluator.program
        self.case = case
        self.run = run
        self.found: dict[Key, OpenFact] = {}
        self.values: dict[tuple[int, int], int] = {}
        self.test_values: dict[tuple[int, int], int] = {}
        self.unknown_tests: set[tuple[int, int]] = set()
        self.gates: dict[tuple[int, int], int] = {}
        self.money_keys: set[Key] = set()
        self.node_signs: dict[int, int] = {}
        self._seen: set[tuple[int, int, int]] = set()
        for unit in units:
            self._node(unit.benefit.root, UP)

    # truths -------------------------------------------------------------------------------

    def test_value(self, test: int, line: int) -> int:
        """0, 2 or 3 for one test, on one line or on none (−1)."""
        place = (test, line if self.program.test_on_line[test] else -1)
        found = self.test_values.get(place)
        if found is None:
            state = self.case.lines[line] if place[1] >= 0 else None
            known = state.known if state else ()
            category = state.category if state else ""
            found = self.program.test(test)(self.case.known, known, category, self.run)[0]
            self.test_values[place] = found
        return found

    def value(self, truth: int, line: int) -> int:
        """0, 2 or 3 for one truth step."""
        place = (truth, line if self.program.truth_on_line[truth] else -1)
        found = self.values.get(place)
        if found is None:
            found = self.values[place] = self._evaluate(truth, place[1])
        return found

    def _evaluate(self, truth: int, line: int) -> int:
        step = self.lowered.truths[truth]
        kind = step[0]
        if kind == "test":
            return self.test_value(step[1], line)
        if kind == "not_test":
            return (3, 0, 2, 0)[self.test_value(step[1], line)]
        if kind in ("any_line", "every_line"):
            value = 0 if kind == "any_line" else 3
            for place in self.lines_of(step[1]):
                inner = self.value(step[2], place)
                value = value | inner if kind == "any_line" else value & inner
            return value
        value = 3 if kind == "all" else 0
        for part in step[1]:
            inner = self.value(part, line)
            value = value & inner if kind == "all" else value | inner
        return value

    def lines_of(self, categories: Iterable[str]) -> list[int]:
        return [i for name in categories for i in self.case.by_category.get(name, ())]

    def _truth(self, truth: int, line: int, sign: int) -> None:
        """Collects the keys that can still turn an UNKNOWN truth."""
        line = line if self.program.truth_on_line[truth] else -1
        if (truth, line, sign) in self._seen or self.value(truth, line) != 2:
            return
        self._seen.add((truth, line, sign))
        step = self.lowered.truths[truth]
        kind = step[0]
        if kind in ("test", "not_test"):
            self._test(step[1], line, sign if kind == "test" else flipped(sign))
        elif kind in ("any_line", "every_line"):
            for place in self.lines_of(step[1]):
                self._truth(step[2], place, sign)
        else:
            for part in step[1]:
                self._truth(part, line, sign)

    def _test(self, test: int, line: int, sign: int) -> None:
        line = line if self.program.test_on_line[test] else -1
        place = (test, line)
        self.unknown_tests.add(place)
        step = self.lowered.tests[test]
        kind = step[0]
        if kind == "compare":
            both = BOTH if step[1] in ("eq", "ne") else 0
            self._number(step[2], line, both or flipped(sign), place)
            self._number(step[3], line, both or sign, place)
        elif kind == "has":
            self._key(step[1], line, step[2], sign, place)
        elif kind == "choice":
            fact = self._key(step[1], line, -1, sign, place)
            if fact is not None:
                fact.masks.add((step[2] & self.known(step[1], line), sign))
        else:
            self._key(step[1], line, -1, sign, place)

    # numbers ------------------------------------------------------------------------------

    def _number(self, number: int, line: int, sign: int, test: tuple[int, int] | None) -> None:
        step = self.lowered.numbers[number]
        kind = step[0]
        if kind == "constant":
            return
        if kind in ("quantity", "day", "moment"):
            known = self.known(step[1], line)
            if kind != "day" or known[0] != known[1]:
                self._key(step[1], line, -1, sign, test)
        elif kind in ("least", "greatest"):
            for part in step[1]:
                self._number(part, line, sign, test)
        elif kind == "sum":
            self._number(step[1], line, sign, test)
            self._number(step[2], line, sign, test)
        elif kind == "difference":
            self._number(step[1], line, sign, test)
            self._number(step[2], line, flipped(sign), test)
        elif kind == "either":
            truth = self.value(step[1], line)
            if truth == 2:
                self._either(step, line, sign, test)
            if truth != 0:
                self._number(step[2], line, sign, test)
            if truth != 3:
                self._number(step[3], line, sign, test)
        else:
            self._number(step[1], line, sign, test)

    def _either(self, step: Step, line: int, sign: int, test: tuple[int, int] | None) -> None:
        """The keys of a truth that chooses between two numbers.

        They push one way if one number is surely not less than the other, else both ways.
        """
        then, otherwise = self._interval(step[2], line), self._interval(step[3], line)
        if then[0] >= otherwise[1]:
            towards = sign
        elif then[1] <= otherwise[0]:
            towards = flipped(sign)
        else:
            towards = BOTH
        self._truth(step[1], line, towards)
        for variable in self.program.truth_reads[step[1]]:
            for key in [key for key in self.found if key[1] == variable]:
                if test is None:
                    self.found[key].in_money = True
                    self.money_keys.add(key)
                else:
                    self.found[key].tests.add(test)

    def _interval(self, number: int, line: int) -> tuple[int, int]:
        on_line = self.program.number_on_line[number]
        state = self.case.lines[line] if on_line else None
        known, category = (state.known, state.category) if state else ((), "")
        found: tuple[int, int] = self.program.number(number)(
            self.case.known, known, category, self.run
        )[0]
        return found

    # keys ---------------------------------------------------------------------------------

    def known(self, variable: int, line: int) -> Known:
        """What is known of a variable, on its line or of the occurrence."""
        slot = self.program.line_slot.get(variable)
        if slot is None:
            return self.case.known[variable]
        return self.case.lines[line].known[slot]

    def _key(
        self, variable: int, line: int, bit: int, sign: int, test: tuple[int, int] | None
    ) -> OpenFact | None:
        on_line = variable in self.program.line_slot
        known = self.known(variable, line)
        if is_decided(self.lowered.variables[variable].kind, known, bit):
            return None
        key = (line if on_line else -1, variable, bit)
        fact = self.found.setdefault(key, OpenFact(key))
        fact.signs |= sign
        if test is None:
            fact.in_money = True
            self.money_keys.add(key)
        else:
            fact.tests.add(test)
        return fact

    # money --------------------------------------------------------------------------------

    def _node(self, index: int, sign: int) -> None:
        before = self.node_signs.get(index, 0)
        if before | sign == before:
            return
        self.node_signs[index] = before | sign
        node = self.lowered.nodes[index]
        if node.kind == "part" and index not in self.run.open_parts:
            return
        below = any(self.run.hi[child] for child in node.children)
        if node.kind not in ("part", "gate", "sieve") and not (self.run.hi[index] or below):
            return
        if node.truth >= 0 and node.kind != "limit":
            self._node_truth(index, node.truth, sign)
        self._node_numbers(index, sign)
        if node.kind == "part" and self.run.truths[node.truth] == 0:
            return
        for child in node.children:
            self._node(child, sign)
        for earlier in node.paid:
            if self.run.hi[earlier]:
                self._node(earlier, flipped(sign))
                for part in self.evaluator.payout.gates_of[earlier]:
                    self._node_truth(part, self.lowered.nodes[part].truth, flipped(sign))

    def _node_truth(self, index: int, truth: int, sign: int) -> None:
        if self.program.truth_on_line[truth]:
            for line in self.lines_of(self.evaluator.payout.takes[index]):
                self._gate(truth, line, sign)
        else:
            kind = self.lowered.nodes[index].kind
            self._gate(truth, -1, flipped(sign) if kind == "graded" else sign)

    def _gate(self, truth: int, line: int, sign: int) -> None:
        if self.value(truth, line) == 2:
            self.gates[truth, line] = self.gates.get((truth, line), 0) | sign
            self._truth(truth, line, sign)

    def _node_numbers(self, index: int, sign: int) -> None:
        node = self.lowered.nodes[index]
        signs = _NUMBER_SIGNS.get(node.kind, (UP,))
        for place, number in enumerate(node.numbers):
            direction = signs[min(place, len(signs) - 1)]
            towards = sign if direction == UP else flipped(sign)
            if self.program.number_on_line[number]:
                for line in self.lines_of(self.evaluator.payout.takes[index]):
                    self._number(number, line, towards, None)
            else:
                self._number(number, -1, towards, None)
        if node.kind == "graded":
            self._key(node.variable, -1, -1, sign, None)
        if node.kind == "nights":
            slot = self.evaluator.payout.nights_slot
            variable = next(v for v, s in self.program.line_slot.items() if s == slot)
            for line in self.lines_of(self.evaluator.payout.takes[index]):
                self._key(variable, line, -1, flipped(sign), None)

    def checks_tie(self) -> bool:
        """Whether an input check ties a fact found here to another that is open, or to a set.

        A check of one open fact alone has already narrowed it (`consistency`).
        """
        here = {key[1] for key in self.found if key[0] < 0}
        for check in self.lowered.checks:
            reads = self.program.truth_reads[check]
            if not reads & here or self.value(check, -1) != 2:
                continue
            kinds = [self.lowered.variables[v].kind for v in reads if self._is_open(v)]
            if len(kinds) > 1 or "choices" in kinds or "day" in kinds:
                return True
        return False

    def _is_open(self, variable: int) -> bool:
        spec = self.lowered.variables[variable]
        known = self.case.known[variable]
        if spec.kind == "choices":
            return bool((known[0] | known[1]) + 1 != 1 << len(spec.choices))
        return not is_decided(spec.kind, known, -1)

    def lines_pull_both_ways(self) -> bool:
        """Whether an uncertain amount, or use by others, is added here and taken off there."""
        for index, sign in self.node_signs.items():
            node = self.lowered.nodes[index]
            if sign != BOTH:
                continue
            lines = self.lines_of(node.categories)
            if any(self.case.lines[i].lo != self.case.lines[i].hi for i in lines):
                return True
            least, most = self.case.others.get(index, (0, 0))
            if least != most:
                return True
        return False


_NUMBER_SIGNS: dict[str, tuple[int, ...]] = {
    "less": (DOWN,),
    "share": (DOWN,),
    "deductible": (DOWN,),
    "pro_rata": (UP, DOWN),
    "graded": (UP, DOWN, UP),
}


def is_decided(kind: str, known: Known, bit: int) -> bool:
    """Whether nothing more can be learnt of a variable (of one member, for a set)."""
    if kind == "flag":
        return bool(known != 2)
    if kind == "choice":
        return bool(known & (known - 1) == 0)
    if kind == "choices":
        inside, outside = known
        return bool((inside | outside) >> bit & 1)
    if kind == "grades":
        return known is not None
    if kind == "day":
        return bool(known[0] == known[1] and known[2] == known[3])
    return bool(known[0] == known[1])


def narrowed(kind: str, known: Known, bit: int, cell: Any, offset: int | None) -> Known:
    """`known` with one cell chosen: a truth, a mask, a member in or out, or a range.

    The cell of a day is a range of days, or all four bounds of `When`.
    """
    if kind == "flag":
        return cell
    if kind == "choice":
        return cell
    if kind == "choices":
        inside, outside = known
        return (inside | 1 << bit, outside) if cell else (inside, outside | 1 << bit)
    if kind == "day":
        if len(cell) == 4:
            return cell
        first, last = max(cell[0], known[0]), min(cell[1], known[1])
        if first > last or (first, last) == known[:2]:
            return known
        when = days_between(first, last, offset)
        return (first, last, max(when.minute_first, known[2]), min(when.minute_last, known[3]))
    if kind == "grades":
        return cell
    low, high = max(cell[0], known[0]), min(cell[1], known[1])
    return known if low > high else (low, high)


Search = Callable[[int], int]


def breakpoints(value: Search, first: int, last: int) -> list[int]:
    """Where a monotone step function of integers changes, at most twice (0, 2, 3)."""
    found: list[int] = []

    def search(low: int, high: int, at_low: int, at_high: int) -> None:
        if at_low == at_high or high - low <= 0:
            return
        if high - low == 1:
            found.append(high)
            return
        middle = (low + high) // 2
        at_middle = value(middle)
        search(low, middle, at_low, at_middle)
        search(middle, high, at_middle, at_high)

    search(first, last, value(first), value(last))
    return found
