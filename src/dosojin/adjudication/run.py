"""One pass over the money trees of a claim, and what every node let through."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from dosojin.adjudication.case import Case, Known

if TYPE_CHECKING:
    from dosojin.adjudication.money_plan import Plan
    from dosojin.adjudication.payout import Payout

Portion = tuple[int, int, int]
Portions = Sequence[Portion]
EMPTY: Portions = ()


def add_up(lo: list[int], hi: list[int], node: int, portions: Portions) -> None:
    """Notes what a node let through in total."""
    least = most = 0
    for _, low, high in portions:
        least += low
        most += high
    lo[node] = least
    hi[node] = most


class Run:
    """The state of one pass. `lo` and `hi` are, by node, what it let through in total.

    memo: by node, the portions it let through; none where no money came. numbers: those of the
    occurrence that are worked out already. plan: the nodes that money could reach.
    """

    __slots__ = (
        "case", "hi", "known", "line_truths", "lo", "memo", "numbers", "open_parts", "payout",
        "plan", "truths",
    )  # fmt: skip

    def __init__(
        self,
        payout: Payout,
        case: Case,
        known: Sequence[Known],
        truths: Mapping[int, int],
        line_truths: Mapping[tuple[int, int], int] | None,
        open_parts: frozenset[int],
        numbers: dict[int, tuple[int, int]],
    ) -> None:
        self.payout = payout
        self.case = case
        self.known = known
        self.truths = truths
        self.line_truths = line_truths
        self.open_parts = open_parts
        self.numbers = numbers
        self.lo = payout.nothing.copy()
        self.hi = payout.nothing.copy()
        self.memo: list[Portions] = payout.empty.copy()
        self.plan: Plan | None = None

    def pay(self, plan: Plan) -> None:
        """Works out every node of the plan, children first."""
        self.plan = plan
        plan.work_out(self)

    def pay_again(self, earlier: Run, moving: Plan) -> None:
        """Works out only the nodes that may differ from an earlier run; the rest is taken over."""
        self.lo = earlier.lo.copy()
        self.hi = earlier.hi.copy()
        self.memo = earlier.memo.copy()
        moving.work_out(self)

    def paid(self, node: int) -> tuple[int, int]:
        """What the node brings once the gates above it have let it pass, as (lo, hi)."""
        lo, hi = self.lo[node], self.hi[node]
        for gate in self.payout.gates_of[node]:
            spec = self.payout.lowered.nodes[gate]
            if spec.kind == "part" and gate not in self.open_parts:
                return 0, 0
            truth = self.truths[spec.truth]
            if truth == 0:
                return 0, 0
            if truth == 2:
                lo = 0
        return lo, hi

    def number(self, index: int) -> tuple[int, int]:
        """A number of the occurrence, as (lo, hi)."""
        given = self.payout.constants[index] or self.numbers.get(index)
        if given is not None:
            return given
        found: tuple[int, int] = self.payout.number(index)(self.known, (), "", self)[0]
        self.numbers[index] = found
        return found

    def line_number(self, index: int, line: int) -> tuple[int, int]:
        """A number that may read the fields of a receipt, as (lo, hi)."""
        constant = self.payout.constants[index]
        if constant is not None:
            return constant
        state = self.case.lines[line]
        found: tuple[int, int] = self.payout.number(index)(
            self.known, state.known, state.category, self
        )[0]
        return found

    def line_truth(self, truth: int, line: int) -> int:
        """Whether a line passes; given from outside while completions are explored."""
        if self.line_truths is not None:
            found = self.line_truths.get((truth, line))
            if found is not None:
                return found
        return self._value(truth, line, self.known)

    def any_line(self, categories: tuple[str, ...], truth: int, known: Sequence[Known]) -> int:
        """Whether `truth` holds for at least one receipt of these categories."""
        value = 0
        for category in categories:
            for line in self.case.by_category.get(category, ()):
                value |= self._value(truth, line, known)
        return value

    def every_line(self, categories: tuple[str, ...], truth: int, known: Sequence[Known]) -> int:
        """Whether `truth` holds for every receipt of these categories."""
        value = 3
        for category in categories:
            for line in self.case.by_category.get(category, ()):
                value &= self._value(truth, line, known)
        return value

    def _value(self, truth: int, line: int, known: Sequence[Known]) -> int:
        state = self.case.lines[line]
        value: int = self.payout.truth(truth)(known, state.known, state.category, self)[0]
        return value
