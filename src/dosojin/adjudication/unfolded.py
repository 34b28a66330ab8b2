"""Lowered steps without their numbers, so that two editions can be compared step by step."""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256
from typing import Any

from dosojin.terms.lowered import Lowered, LoweredNode


class Unfolded:
    """Fingerprints of the steps of one edition that mean the same in every edition.

    without_figures: every constant counts as the same, so that only the shape is compared.
    """

    def __init__(self, lowered: Lowered, *, without_figures: bool) -> None:
        self.lowered = lowered
        self.without_figures = without_figures
        self.truth = lru_cache(maxsize=None)(self._truth)
        self.number = lru_cache(maxsize=None)(self._number)

    def _truth(self, index: int) -> str:
        step = self.lowered.truths[index]
        match step[0]:
            case "all" | "any":
                return _print(step[0], *sorted(self.truth(part) for part in step[1]))
            case "any_line" | "every_line":
                return _print(step[0], *sorted(step[1]), self.truth(step[2]))
        return _print(step[0], self._test(step[1]))

    def _test(self, index: int) -> str:
        step = self.lowered.tests[index]
        match step[0]:
            case "compare":
                return _print(step[1], self.number(step[2]), self.number(step[3]))
            case "category":
                return _print(*sorted(step[1]))
            case "flag":
                return _print(self.name(step[1]))
        words = self.lowered.variables[step[1]].choices
        if step[0] == "has":
            return _print("has", self.name(step[1]), words[step[2]])
        chosen = (word for bit, word in enumerate(words) if step[2] >> bit & 1)
        return _print("choice", self.name(step[1]), *chosen)

    def _number(self, index: int) -> str:
        step = self.lowered.numbers[index]
        match step[0]:
            case "constant":
                return self._figure(step[1])
            case "quantity" | "day" | "moment":
                return _print(step[0], self.name(step[1]))
            case "months_on":
                return _print(step[0], self.number(step[1]), self._figure(step[2]))
            case "least" | "greatest":
                return _print(step[0], *(self.number(part) for part in step[1]))
            case "either":
                ways = (self.number(part) for part in step[2:])
                return _print(step[0], self.truth(step[1]), *ways)
        return _print(step[0], *(self.number(part) for part in step[1:]))

    def _figure(self, value: int) -> str:
        return "#" if self.without_figures else _print("constant", value)

    def name(self, variable: int) -> str:
        spec = self.lowered.variables[variable]
        return f"{spec.owner}.{spec.name}"

    def node(self, node: LoweredNode) -> str:
        """What a node does by itself: kind, scope, amounts, receipts; not what stands below it."""
        opens = sorted(self.name(variable) for variable in node.opens)
        named = self.name(node.variable) if node.variable >= 0 else ""
        paid = [self.lowered.nodes[index].id for index in node.paid]
        numbers = [self.number(index) for index in node.numbers]
        table = self.truth(node.truth) if node.kind == "graded" else ""
        return _print(
            node.kind, node.scope, named, table, *sorted(node.categories), *opens, *paid, *numbers
        )


def _print(*parts: Any) -> str:
    return sha256(repr(parts).encode()).hexdigest()[:24]
