"""Truths and numbers of the lowered form as steps of a kernel."""

from __future__ import annotations

from dosojin.adjudication.program import Program
from dosojin.batch.columns import in_plane
from dosojin.batch.kernels.steps import CLAIM, NUMBER, RECEIPT, TRUTH, Steps
from dosojin.terms.lowered import Step as LoweredStep

Ends = tuple[int, int]
"""Two steps: at worst and at best, or first and last."""


def plane_name(variable: int, plane: int) -> str:
    """How a kernel calls a plane of a variable."""
    return f"v{variable}_{plane}"


class TruthSteps:
    """Writes the truths and numbers that a kernel needs; every lowered step once."""

    def __init__(
        self, program: Program, steps: Steps, exact: frozenset[int] = frozenset()
    ) -> None:
        """exact: the variables whose two planes (of a day: first and second pair) are the same."""
        self.program = program
        self.lowered = program.lowered
        self.steps = steps
        self.exact = exact
        self._numbers: dict[int, Ends] = {}
        self._tests: dict[int, int] = {}
        self._truths: dict[int, int] = {}

    def plane(self, variable: int, plane: int, result: str = NUMBER) -> int:
        """A plane of a variable, as it comes in."""
        if variable in self.exact:
            plane &= ~1
        level = RECEIPT if variable in self.program.line_slot else CLAIM
        return self.steps.load(plane_name(variable, plane), level, result)

    def truth(self, index: int) -> int:
        """The step that holds a truth."""
        found = self._truths.get(index)
        if found is None:
            found = self._truths[index] = self._truth(self.lowered.truths[index])
        return found

    def _truth(self, step: LoweredStep) -> int:
        kind = step[0]
        if kind == "test":
            return self._test(step[1])
        if kind == "not_test":
            return self.steps.operate("negate", self._test(step[1]))
        if kind in ("all", "any"):
            found = self.steps.constant(3 if kind == "all" else 0, TRUTH)
            for inner in step[1]:
                operation = "both" if kind == "all" else "either"
                found = self.steps.operate(operation, found, self.truth(inner))
            return found
        inner = self.truth(step[2])
        return self.steps.reduce("any" if kind == "any_line" else "all", CLAIM, ((step[1], inner),))

    def _test(self, index: int) -> int:
        found = self._tests.get(index)
        if found is None:
            found = self._tests[index] = self._tested(self.lowered.tests[index])
        return found

    def _tested(self, step: LoweredStep) -> int:
        kind = step[0]
        if kind == "flag":
            return self.plane(step[1], 0, TRUTH)
        if kind == "choice":
            others = ((1 << len(self.lowered.variables[step[1]].choices)) - 1) & ~step[2]
            masks = self.steps.constant(step[2]), self.steps.constant(others)
            return self.steps.operate("word", self.plane(step[1], 0), *masks)
        if kind == "has":
            bit = self.steps.constant(1 << step[2])
            inside, outside = self.plane(step[1], 0), self.plane(step[1], 1)
            return self.steps.operate("member", inside, outside, bit)
        if kind == "category":
            return self.steps.category_in(step[1])
        return self._compared(step[1], self.number(step[2]), self.number(step[3]))

    def _compared(self, relation: str, left: Ends, right: Ends) -> int:
        operate = self.steps.operate
        (a_lo, a_hi), (b_lo, b_hi) = left, right
        if relation in ("le", "lt"):
            return operate("pack", operate(relation, a_hi, b_lo), operate(relation, a_lo, b_hi))
        exact = operate("both", operate("eq", a_lo, a_hi), operate("eq", b_lo, b_hi))
        must = operate("both", exact, operate("eq", a_lo, b_lo))
        may = operate("both", operate("le", a_lo, b_hi), operate("le", b_lo, a_hi))
        equal = operate("pack", must, may)
        return equal if relation == "eq" else operate("negate", equal)

    def number(self, index: int) -> Ends:
        """The two steps that hold a number's ends."""
        found = self._numbers.get(index)
        if found is None:
            found = self._numbers[index] = self._number(self.lowered.numbers[index])
        return found

    def _number(self, step: LoweredStep) -> Ends:
        kind, steps = step[0], self.steps
        if kind == "constant":
            value = steps.constant(in_plane(step[1]))
            return value, value
        if kind in ("quantity", "day"):
            return self.plane(step[1], 0), self.plane(step[1], 1)
        if kind == "moment":
            return self.plane(step[1], 2), self.plane(step[1], 3)
        if kind in ("start_in_japan", "day_in_japan"):
            lo, hi = self.number(step[1])
            return steps.operate(kind, lo), steps.operate(kind, hi)
        if kind == "months_on":
            lo, hi = self.number(step[1])
            months = steps.constant(step[2])
            return steps.operate(kind, lo, months), steps.operate(kind, hi, months)
        if kind in ("least", "greatest"):
            return self._extreme("min" if kind == "least" else "max", step[1])
        if kind == "either":
            return self._either(step)
        (a_lo, a_hi), (b_lo, b_hi) = self.number(step[1]), self.number(step[2])
        if kind == "sum":
            return steps.operate("add", a_lo, b_lo), steps.operate("add", a_hi, b_hi)
        return steps.operate("sub", a_lo, b_hi), steps.operate("sub", a_hi, b_lo)

    def _extreme(self, operation: str, parts: tuple[int, ...]) -> Ends:
        lo, hi = self.number(parts[0])
        for part in parts[1:]:
            least, most = self.number(part)
            lo = self.steps.operate(operation, lo, least)
            hi = self.steps.operate(operation, hi, most)
        return lo, hi

    def _either(self, step: LoweredStep) -> Ends:
        """The one number where the truth is YES, the other where NO; else both are possible."""
        operate = self.steps.operate
        test = self.truth(step[1])
        (a_lo, a_hi), (b_lo, b_hi) = self.number(step[2]), self.number(step[3])
        is_yes = operate("eq", test, self.steps.constant(3, TRUTH))
        is_no = operate("eq", test, self.steps.constant(0, TRUTH))
        lo = operate("select", is_no, b_lo, operate("min", a_lo, b_lo))
        hi = operate("select", is_no, b_hi, operate("max", a_hi, b_hi))
        return operate("select", is_yes, a_lo, lo), operate("select", is_yes, a_hi, hi)
