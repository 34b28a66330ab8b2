"""Arithmetic of a kernel that knows amounts without a bound.

UNLIMITED is a number; whatever descends from it must stay "no bound". Where an amount can never be
without one, which is worked out here while the kernel is written, nothing is paid for that.
"""

from __future__ import annotations

from dosojin.batch.columns import UNLIMITED, UNLIMITED_FROM
from dosojin.batch.kernels.steps import CLAIM, Steps

FACTOR_MAX = 1 << 13
"""What an amount may be multiplied by: 2^49 × 2^13 still fits into 63 bits."""


class AmountSteps:
    """Writes sums, differences and shares of amounts.

    doubts: steps by claim, above 0 where the kernel cannot answer and the single evaluator must.
    """

    def __init__(self, steps: Steps, unlimited: bool) -> None:
        """unlimited: whether any amount of the claims may be without a bound."""
        self.steps = steps
        self.unlimited = unlimited
        self.doubts: list[int] = []
        self._bounded: dict[int, bool] = {}

    def clipped(self, amount: int) -> int:
        """The amount, UNLIMITED where it has no bound: sums of several such come down to one."""
        if self.is_bounded(amount):
            return amount
        return self.steps.operate("min", amount, self.steps.constant(UNLIMITED))

    def is_bounded(self, step: int) -> bool:
        """Whether an amount can never be without a bound, whatever the claim."""
        if not self.unlimited:
            return True
        found = self._bounded.get(step)
        if found is None:
            found = self._bounded[step] = self._finds_bound(step)
        return found

    def _finds_bound(self, index: int) -> bool:
        step = self.steps.steps[index]
        inner = self.steps.refers_to(index)
        match step.operation:
            case "const":
                return bool(step.arguments[0] < UNLIMITED_FROM)
            case "load":
                return bool(step.arguments[0] == "lo")
            case "min":
                return any(self.is_bounded(each) for each in inner)
            case "keep" | "up" | "sub" | "mul" | "div" | "first":
                return self.is_bounded(inner[0])
            case "select":
                return all(self.is_bounded(each) for each in inner[1:])
            case "max" | "add" | "sum":
                return all(self.is_bounded(each) for each in inner)
        return False

    def without_bound(self, amount: int) -> int:
        """Whether an amount has no bound, as a yes-or-no."""
        return self.steps.operate("le", self.steps.constant(UNLIMITED_FROM), amount)

    def less(self, amount: int, off: int) -> int:
        """amount − off, not below 0."""
        if self.steps.value(off) == 0:
            return amount
        if not self.is_bounded(amount):
            endless = map(self.without_bound, (amount, off))
            self.doubt(self.steps.operate("both", *endless))
        return self.left(amount, off)

    def left(self, amount: int, off: int) -> int:
        """The same where no bound less no bound is no bound."""
        steps = self.steps
        plain = steps.operate("max", steps.operate("sub", amount, off), steps.constant(0))
        if self.is_bounded(amount):
            return plain
        endless = self.without_bound(amount)
        return steps.operate("select", endless, steps.constant(UNLIMITED), plain)

    def scaled(self, amount: int, part: int, whole: int) -> int:
        """amount × part ÷ whole, rounded down; part at most FACTOR_MAX, whole above 0."""
        steps = self.steps
        product = steps.operate("mul", amount, part)
        plain = steps.operate("div", product, whole)
        if self.is_bounded(amount):
            return plain
        some = steps.operate("lt", steps.constant(0), part)
        endless = steps.operate("both", self.without_bound(amount), some)
        return steps.operate("select", endless, steps.constant(UNLIMITED), plain)

    def doubt(self, is_doubtful: int) -> None:
        """Notes a yes-or-no at any level."""
        steps = self.steps
        one = steps.operate("select", is_doubtful, steps.constant(1), steps.constant(0))
        level = steps.steps[one].level
        if level not in (CLAIM, ""):
            one = steps.reduce("sum", CLAIM, ((None, one),))
        if steps.value(one) != 0:
            self.doubts.append(one)
