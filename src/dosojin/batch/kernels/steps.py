"""The steps a kernel is made of: numbered operations on planes, each distinct one once.

A step has a level: what one entry of its plane stands for (a claim, a receipt, or the receipts of
one person or item). Operations on planes of one level work entry by entry; a claim's entry is
carried to its receipts by `up`; receipts come together again in the reductions `sum`, `any`, `all`
and `first`. Truths are 0, 2 or 3 as everywhere: bit 0 must, bit 1 may.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

CLAIM, RECEIPT, PERSON, ITEM, ANYWHERE = "claim", "receipt", "person", "item", ""
NO, UNKNOWN, YES = 0, 2, 3
NUMBER, TRUTH, YES_OR_NO = "number", "truth", "yes_or_no"
Branch = tuple[tuple[str, ...] | None, int]
"""Receipts of these categories (None: every entry of the level below) bring this step."""


@dataclass(frozen=True, slots=True)
class Step:
    """operation, arguments (steps; for `const` and `load` a value or name), level, result.

    result: NUMBER (int64), TRUTH (0 | 2 | 3) or YES_OR_NO.
    """

    operation: str
    arguments: tuple[Any, ...]
    level: str
    result: str


FOLDED: dict[str, Callable[..., int]] = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "div": lambda a, b: a // b,
    "min": min,
    "max": max,
    "lt": lambda a, b: a < b,
    "le": lambda a, b: a <= b,
    "eq": lambda a, b: a == b,
    "both": lambda a, b: a & b,
    "either": lambda a, b: a | b,
    "negate": lambda a: (3, 0, 2, 0)[a],
    "must": lambda a: a & 1,
    "may": lambda a: a >> 1,
    "pack": lambda must, may: int(must) | int(may) << 1,
}
"""What an operation gives on constants."""
RESULTS = {
    "lt": YES_OR_NO, "le": YES_OR_NO, "eq": YES_OR_NO, "negate": TRUTH, "pack": TRUTH,
    "must": NUMBER, "may": NUMBER, "word": TRUTH, "member": TRUTH,
}  # fmt: skip


class Steps:
    """A graph under construction; steps refer to earlier ones only."""

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self._known: dict[Step, int] = {}

    def _add(self, step: Step) -> int:
        found = self._known.get(step)
        if found is None:
            found = self._known[step] = len(self.steps)
            self.steps.append(step)
        return found

    def constant(self, value: int | bool, result: str = NUMBER) -> int:
        return self._add(Step("const", (value, type(value).__name__), ANYWHERE, result))

    def load(self, name: str, level: str, result: str = NUMBER) -> int:
        """A plane that comes from outside, by name."""
        return self._add(Step("load", (name,), level, result))

    def value(self, step: int) -> int | None:
        """The value of a constant step, else None."""
        found = self.steps[step]
        return found.arguments[0] if found.operation == "const" else None

    def operate(self, operation: str, *arguments: int) -> int:
        """An operation entry by entry; a claim's entries are carried to the level of the others."""
        constants = [self.value(argument) for argument in arguments]
        if operation in FOLDED and None not in constants:
            result = RESULTS.get(operation, self.steps[arguments[0]].result)
            return self.constant(FOLDED[operation](*constants), result)
        simpler = self._simpler(operation, arguments, constants)
        if simpler is not None:
            return simpler
        levels = {self.steps[argument].level for argument in arguments} - {ANYWHERE}
        below = levels - {CLAIM}
        assert len(below) <= 1, f"{operation} of {sorted(below)}"
        level = next(iter(below), CLAIM)
        carried = tuple(self.up(argument, level) for argument in arguments)
        kept = arguments[1] if operation == "select" else arguments[0]
        result = RESULTS.get(operation, self.steps[kept].result)
        return self._add(Step(operation, carried, level, result))

    def _simpler(
        self, operation: str, arguments: tuple[int, ...], constants: list[int | None]
    ) -> int | None:
        """The step that an operation comes down to when one side is a constant."""
        if operation == "select":
            _, then, otherwise = arguments
            if constants[0] is not None:
                return then if constants[0] else otherwise
            return then if then == otherwise else None
        if operation in ("both", "either"):
            return self._simpler_truth(operation, arguments, constants)
        if operation == "keep":
            return self._simpler_keep(arguments, constants)
        if operation in ("add", "sub") and constants[1] == 0:
            return arguments[0]
        if operation == "add" and constants[0] == 0:
            return arguments[1]
        if operation in ("min", "max") and arguments[0] == arguments[1]:
            return arguments[0]
        return None

    def _simpler_truth(
        self, operation: str, arguments: tuple[int, ...], constants: list[int | None]
    ) -> int | None:
        first, second = arguments
        if first == second:
            return first
        is_truth = self.steps[first].result == TRUTH
        neutral = (YES if is_truth else True) if operation == "both" else 0
        absorbing = 0 if operation == "both" else (YES if is_truth else True)
        for own, other in ((0, second), (1, first)):
            if constants[own] is not None and constants[own] == neutral:
                return other
            if constants[own] is not None and constants[own] == absorbing:
                return arguments[own]
        return None

    def _simpler_keep(
        self, arguments: tuple[int, ...], constants: list[int | None]
    ) -> int | None:
        if constants[0] == 0 or constants[1] == 1:
            return arguments[0]
        return self.constant(0) if constants[1] == 0 else None

    def up(self, step: int, level: str) -> int:
        """A claim's entry, repeated for each entry of the level below."""
        own = self.steps[step]
        if own.level in (level, ANYWHERE):
            return step
        assert own.level == CLAIM, f"{own.operation} of a {own.level} at a {level}"
        return self._add(Step("up", (step,), level, own.result))

    def reduce(self, kind: str, to: str, branches: tuple[Branch, ...]) -> int:
        """`sum` of numbers, or `any` or `all` of truths, over the receipts in some categories."""
        result = NUMBER if kind == "sum" else TRUTH
        neutral = YES if kind == "all" else 0
        kept = tuple(branch for branch in branches if self.value(branch[1]) != neutral)
        if not kept:
            return self.constant(neutral, result)
        below = {self.steps[step].level for _, step in kept} - {ANYWHERE, CLAIM}
        source = next(iter(below), RECEIPT)
        carried = tuple((names, self._filled(step, source)) for names, step in kept)
        return self._add(Step(kind, (to, source, carried), to, result))

    def _filled(self, step: int, level: str) -> int:
        return step if self.steps[step].level in (level, ANYWHERE) else self.up(step, level)

    def category_in(self, names: tuple[str, ...]) -> int:
        """Whether a receipt is of one of these categories, as a truth."""
        return self._add(Step("category", (names,), RECEIPT, TRUTH))

    def first(self, amount: int, present: int, rank: int, count: int) -> int:
        """What persons bring: those named in order, else the costliest, `count` at most.

        amount, present, rank by person; count by claim.
        """
        return self._add(Step("first", (amount, present, rank, count), CLAIM, NUMBER))

    def needed(self, outputs: list[int]) -> list[int]:
        """The steps that these rest on, each after those it refers to."""
        wanted: set[int] = set()
        waiting = list(outputs)
        while waiting:
            step = waiting.pop()
            if step not in wanted:
                wanted.add(step)
                waiting.extend(self.refers_to(step))
        return sorted(wanted)

    def refers_to(self, index: int) -> list[int]:
        step = self.steps[index]
        if step.operation in ("const", "load", "category"):
            return []
        if step.operation in ("sum", "any", "all"):
            return [inner for _, inner in step.arguments[2]]
        return list(step.arguments)
