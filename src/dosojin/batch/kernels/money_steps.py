"""Money trees as steps of a kernel.

While something above a node still asks which receipt money comes from, it flows in streams,
receipt by receipt; otherwise it is added up at once. A stream is (categories, lo, hi, may): what
receipts of these categories bring, and whether they may come this far at all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dosojin.adjudication.money_nodes import PER_CENT, STATEFUL
from dosojin.adjudication.payout import Payout
from dosojin.batch.columns import UNLIMITED
from dosojin.batch.kernels.amount_steps import FACTOR_MAX, AmountSteps
from dosojin.batch.kernels.steps import (
    CLAIM,
    ITEM,
    PERSON,
    RECEIPT,
    TRUTH,
    YES_OR_NO,
    Branch,
)
from dosojin.batch.kernels.truth_steps import Ends, TruthSteps
from dosojin.terms.lowered import LoweredNode

GROUP_LEVELS = {"person": PERSON, "item": ITEM}


class Unfoldable(Exception):
    """A node that no kernel folds; says which and why."""


@dataclass(frozen=True, slots=True)
class Stream:
    """Receipts of some categories: what each brings (two steps), whether it may come (0 | 1)."""

    categories: tuple[str, ...]
    lo: int
    hi: int
    may: int


Money = Ends | list[Stream]
"""Added up, or in streams. An `Ends` is a pair of steps by claim."""


@dataclass(frozen=True, slots=True)
class Shape:
    """What a kernel is written for.

    person, item: whether receipts bear names. unlimited: whether any amount has no bound. is_exact:
    whether every receipt's amount is certain. is_small: whether what all receipts of any claim
    bring stays below 2 to the 31. exact: the variables of which nothing is open in any claim.
    """

    person: bool
    item: bool
    unlimited: bool
    is_exact: bool = False
    is_small: bool = False
    exact: frozenset[int] = frozenset()


def open_name(part: int) -> str:
    """How a kernel calls the plane that says whether a part is claimed."""
    return f"open{part}"


def used_name(node: int, end: int) -> str:
    """How a kernel calls what other occurrences used of a limit, least (0) and most (1)."""
    return f"used{node}_{end}"


def grade_name(node: int, end: int) -> str:
    """How a kernel calls the per cent of a grade table."""
    return f"grade{node}_{end}"


def rank_name(variable: int) -> str:
    """How a kernel calls the place of each person in a list of persons."""
    return f"rank{variable}"


class MoneySteps:
    """Writes the money of the nodes that a kernel needs; every node once."""

    def __init__(self, payout: Payout, truths: TruthSteps, shape: Shape) -> None:
        self.payout = payout
        self.lowered = payout.lowered
        self.truths = truths
        self.steps = truths.steps
        self.shape = shape
        self.amounts = AmountSteps(self.steps, shape.unlimited)
        self._money: dict[int, Money] = {}

    # truths as 0 | 1 ----------------------------------------------------------------------

    def _must(self, truth: int) -> int:
        return self.steps.operate("must", truth)

    def _may(self, truth: int) -> int:
        return self.steps.operate("may", truth)

    def _keep(self, amount: int, bit: int) -> int:
        return self.steps.operate("keep", amount, bit)

    # nodes --------------------------------------------------------------------------------

    def money(self, index: int) -> Money:
        """What a node lets through."""
        found = self._money.get(index)
        if found is None:
            node = self.lowered.nodes[index]
            found = _MAKERS[node.kind](self, index, node)
            if not self.payout.is_told_apart[index]:
                found = self._in_all(found)
            self._money[index] = found
        return found

    def in_all(self, index: int) -> Ends:
        """What a node lets through in total, by claim."""
        return self._in_all(self.money(index))

    def paid(self, index: int) -> Ends:
        """The same once the gates above it have let it pass."""
        lo, hi = self.in_all(index)
        for gate in self.payout.gates_of[index]:
            truth = self.passes(gate)
            lo, hi = self._keep(lo, self._must(truth)), self._keep(hi, self._may(truth))
        return lo, hi

    def passes(self, gate: int) -> int:
        """The truth of a gate; of a part, NO unless it is claimed."""
        node = self.lowered.nodes[gate]
        truth = self.truths.truth(node.truth)
        if node.kind != "part":
            return truth
        is_open = self.steps.load(open_name(gate), CLAIM, YES_OR_NO)
        return self.steps.operate("select", is_open, truth, self.steps.constant(0, TRUTH))

    def _in_all(self, money: Money) -> Ends:
        if not isinstance(money, list):
            return money
        return self._sum(CLAIM, money, 0), self._sum(CLAIM, money, 1)

    def _sum(self, to: str, streams: list[Stream], end: int) -> int:
        """The streams added up at a level; categories that bring the same step together."""
        together: dict[int, list[str]] = {}
        apart: list[Branch] = []
        for stream in streams:
            step = stream.hi if end else stream.lo
            names = together.setdefault(step, [])
            if set(names) & set(stream.categories):
                apart.append((stream.categories, step))
            else:
                names.extend(stream.categories)
        branches = [(tuple(names), step) for step, names in together.items()]
        return self.amounts.clipped(self.steps.reduce("sum", to, (*branches, *apart)))

    def _streams(self, index: int, why: str) -> list[Stream]:
        money = self.money(index)
        if not isinstance(money, list):
            raise Unfoldable(f"{self.lowered.nodes[index].id}: {why}")
        return money

    def _ends(self, node: LoweredNode) -> Ends:
        return self.in_all(node.children[0])

    def _lines(self, index: int, node: LoweredNode) -> Money:
        lo = self.steps.load("lo", RECEIPT)
        hi = lo if self.shape.is_exact else self.steps.load("hi", RECEIPT)
        for number in node.numbers:
            least, most = self.truths.number(number)
            lo = self.steps.operate("min", lo, least)
            hi = self.steps.operate("min", hi, most)
        names = tuple(dict.fromkeys(node.categories))
        if len(names) != len(node.categories):
            raise Unfoldable(f"{node.id}: takes a category twice")
        return [Stream(names, lo, hi, self.steps.constant(1))]

    def _fixed(self, index: int, node: LoweredNode) -> Money:
        steps = self.steps
        lo = hi = steps.constant(UNLIMITED)
        for number in node.numbers:
            least, most = self.truths.number(number)
            lo, hi = steps.operate("min", lo, least), steps.operate("min", hi, most)
        nothing = steps.constant(0)
        return steps.operate("max", lo, nothing), steps.operate("max", hi, nothing)

    def _graded(self, index: int, node: LoweredNode) -> Money:
        steps = self.steps
        constants = [self.payout.constants[number] for number in node.numbers[1:]]
        if None in constants:
            raise Unfoldable(f"{node.id}: its per cents depend on facts")
        sum_lo, sum_hi = self.truths.number(node.numbers[0])
        worst = self.truths.number(node.numbers[1])[0]
        lo, hi = (steps.load(grade_name(index, end), CLAIM) for end in (0, 1))
        only = self.truths.truth(node.truth)
        nothing = steps.constant(0)
        one = steps.constant(1)
        for end, bit in ((lo, self._may(only)), (hi, self._must(only))):
            below = steps.operate("lt", end, worst)
            fails = steps.operate("both", below, steps.operate("eq", bit, one))
            kept = steps.operate("select", fails, nothing, end)
            lo, hi = (kept, hi) if end == lo else (lo, kept)
        whole = steps.constant(PER_CENT)
        return self.amounts.scaled(sum_lo, lo, whole), self.amounts.scaled(sum_hi, hi, whole)

    def _gate(self, index: int, node: LoweredNode) -> Money:
        return self._gated(self.money(node.children[0]), self.passes(index))

    def _gated(self, money: Money, truth: int) -> Money:
        must, may = self._must(truth), self._may(truth)
        if not isinstance(money, list):
            return self._keep(money[0], must), self._keep(money[1], may)
        return [
            Stream(
                stream.categories,
                self._keep(stream.lo, must),
                self._keep(stream.hi, may),
                self._keep(stream.may, may),
            )
            for stream in money
        ]

    def _sieve(self, index: int, node: LoweredNode) -> Money:
        streams = self._streams(node.children[0], "money that is told apart no more is sieved")
        return self._gated(streams, self.truths.truth(node.truth))

    def _first(self, index: int, node: LoweredNode) -> Money:
        if self.payout.is_told_apart[index]:
            raise Unfoldable(f"{node.id}: something above it asks for receipts")
        streams = self._streams(node.children[0], "money that is told apart no more has no person")
        steps = self.steps
        count = self.truths.number(node.numbers[0])[0]
        rank = steps.constant(-1)
        if node.variable >= 0:
            rank = steps.load(rank_name(node.variable), PERSON)
        branches = tuple((stream.categories, stream.may) for stream in streams)
        present = steps.reduce("sum", PERSON, branches)
        lo, hi = (
            self.amounts.clipped(steps.first(self._sum(PERSON, streams, end), present, rank, count))
            for end in (0, 1)
        )
        return lo, hi

    def _nights(self, index: int, node: LoweredNode) -> Money:
        slot = self.payout.nights_slot
        if slot < 0:
            raise Unfoldable(f"{node.id}: no receipt says its nights")
        streams = self._streams(node.children[0], "money that is told apart no more has no nights")
        variable = next(v for v, s in self.payout.program.line_slot.items() if s == slot)
        steps = self.steps
        one = steps.constant(1)
        allowed = self.truths.number(node.numbers[0])[0]
        planes = (self.truths.plane(variable, 0), self.truths.plane(variable, 1))
        least, most = (steps.operate("max", plane, one) for plane in planes)
        if self.shape.person or _overlap(streams):
            branches = tuple((stream.categories, stream.may) for stream in streams)
            bills = steps.reduce("sum", PERSON, branches)
            self.amounts.doubt(steps.operate("lt", one, bills))
        worst, best = (steps.operate("min", nights, allowed) for nights in (most, least))
        return [
            Stream(
                stream.categories,
                self.amounts.scaled(stream.lo, worst, most),
                self.amounts.scaled(stream.hi, best, least),
                stream.may,
            )
            for stream in streams
        ]

    def _limit(self, index: int, node: LoweredNode) -> Money:
        cap_lo, cap_hi = self.truths.number(node.numbers[0])
        steps = self.steps
        if node.scope in GROUP_LEVELS:
            return self._by_group(
                index,
                node,
                lambda lo: steps.operate("min", lo, cap_lo),
                lambda hi: steps.operate("min", hi, cap_hi),
            )
        lo, hi = self._ends(node)
        if node.scope in STATEFUL:
            used_least, used_most = (steps.load(used_name(index, end), CLAIM) for end in (0, 1))
            cap_lo = self.amounts.left(cap_lo, used_most)
            cap_hi = self.amounts.left(cap_hi, used_least)
        return steps.operate("min", lo, cap_lo), steps.operate("min", hi, cap_hi)

    def _by_group(
        self, index: int, node: LoweredNode, low: Callable[[int], int], high: Callable[[int], int]
    ) -> Money:
        if self.payout.is_told_apart[index]:
            raise Unfoldable(f"{node.id}: something above it asks for receipts")
        streams = self._streams(node.children[0], "money that is told apart no more has no name")
        level = GROUP_LEVELS[node.scope]
        if not getattr(self.shape, node.scope) and not _overlap(streams):
            each = [
                Stream(stream.categories, low(stream.lo), high(stream.hi), stream.may)
                for stream in streams
            ]
            return self._sum(CLAIM, each, 0), self._sum(CLAIM, each, 1)
        lo, hi = low(self._sum(level, streams, 0)), high(self._sum(level, streams, 1))
        return (
            self.amounts.clipped(self.steps.reduce("sum", CLAIM, ((None, lo),))),
            self.amounts.clipped(self.steps.reduce("sum", CLAIM, ((None, hi),))),
        )

    def _deductible(self, index: int, node: LoweredNode) -> Money:
        off_lo, off_hi = self.truths.number(node.numbers[0])
        if node.scope in GROUP_LEVELS:
            return self._by_group(
                index,
                node,
                lambda lo: self.amounts.less(lo, off_hi),
                lambda hi: self.amounts.less(hi, off_lo),
            )
        lo, hi = self._ends(node)
        return self.amounts.less(lo, off_hi), self.amounts.less(hi, off_lo)

    def _share(self, index: int, node: LoweredNode) -> Money:
        off_lo, off_hi = self.truths.number(node.numbers[0])
        lo, hi = self._ends(node)
        whole = self.steps.constant(PER_CENT)
        worst, best = (self.steps.operate("sub", whole, off) for off in (off_hi, off_lo))
        return self.amounts.scaled(lo, worst, whole), self.amounts.scaled(hi, best, whole)

    def _ratio(self, index: int, node: LoweredNode) -> Money:
        whole = self.steps.constant(PER_CENT)
        ends = self.truths.number(node.numbers[0])
        least, most = (self.steps.operate("min", end, whole) for end in ends)
        lo, hi = self._ends(node)
        return self.amounts.scaled(lo, least, whole), self.amounts.scaled(hi, most, whole)

    def _pro_rata(self, index: int, node: LoweredNode) -> Money:
        steps = self.steps
        (part_lo, part_hi), (whole_lo, whole_hi) = map(self.truths.number, node.numbers)
        nothing, one = steps.constant(0), steps.constant(1)
        lo, hi = self._ends(node)
        whole_lo, whole_hi = (steps.operate("max", end, one) for end in (whole_lo, whole_hi))
        part_lo, part_hi = (steps.operate("max", end, nothing) for end in (part_lo, part_hi))
        lo_all = steps.operate("le", whole_hi, part_lo)
        hi_all = steps.operate("le", whole_lo, part_hi)
        most = steps.constant(FACTOR_MAX)
        for everything, part in ((lo_all, part_lo), (hi_all, part_hi)):
            some = steps.operate("eq", self._bit(everything), nothing)
            self.amounts.doubt(steps.operate("both", some, steps.operate("lt", most, part)))
        worst = self.amounts.scaled(lo, steps.operate("min", part_lo, most), whole_hi)
        best = self.amounts.scaled(hi, steps.operate("min", part_hi, most), whole_lo)
        return (
            steps.operate("select", lo_all, lo, worst),
            steps.operate("select", hi_all, hi, best),
        )

    def _bit(self, condition: int) -> int:
        return self.steps.operate(
            "select", condition, self.steps.constant(1), self.steps.constant(0)
        )

    def _less_node(self, index: int, node: LoweredNode) -> Money:
        on_line = [n for n in node.numbers if self.payout.program.number_on_line[n]]
        money = self.money(node.children[0])
        if on_line:
            streams = self._streams(node.children[0], "money that is told apart no more is reduced")
            money = [self._less_by_line(stream, on_line) for stream in streams]
        whole = [n for n in node.numbers if n not in on_line]
        if not (whole or node.paid):
            return money
        off_lo = off_hi = self.steps.constant(0)
        for least, most in (
            *(self.truths.number(number) for number in whole),
            *(self.paid(earlier) for earlier in node.paid),
        ):
            off_lo = self.steps.operate("add", off_lo, least)
            off_hi = self.steps.operate("add", off_hi, most)
        if self.payout.is_told_apart[index]:
            raise Unfoldable(f"{node.id}: something above it asks for receipts")
        lo, hi = self._in_all(money)
        return self.amounts.less(lo, off_hi), self.amounts.less(hi, off_lo)

    def _less_by_line(self, stream: Stream, numbers: list[int]) -> Stream:
        lo, hi = stream.lo, stream.hi
        for number in numbers:
            least, most = self.truths.number(number)
            lo, hi = self.amounts.less(lo, most), self.amounts.less(hi, least)
        return Stream(stream.categories, lo, hi, stream.may)

    def _highest(self, index: int, node: LoweredNode) -> Money:
        if self.payout.is_told_apart[index]:
            raise Unfoldable(f"{node.id}: something above it asks for receipts")
        lo, hi = self.in_all(node.children[0])
        for child in node.children[1:]:
            least, most = self.in_all(child)
            lo, hi = self.steps.operate("max", lo, least), self.steps.operate("max", hi, most)
        return lo, hi

    def _all(self, index: int, node: LoweredNode) -> Money:
        if self.payout.is_told_apart[index]:
            why = "something above it asks for receipts"
            return [stream for child in node.children for stream in self._streams(child, why)]
        lo = hi = self.steps.constant(0)
        for child in node.children:
            least, most = self.in_all(child)
            lo, hi = self.steps.operate("add", lo, least), self.steps.operate("add", hi, most)
        return self.amounts.clipped(lo), self.amounts.clipped(hi)


def _overlap(streams: list[Stream]) -> bool:
    """Whether one receipt may come in two streams."""
    names = [name for stream in streams for name in stream.categories]
    return len(set(names)) < len(names)


_MAKERS: dict[str, Callable[[MoneySteps, int, LoweredNode], Money]] = {
    "lines": MoneySteps._lines, "fixed": MoneySteps._fixed, "graded": MoneySteps._graded,
    "part": MoneySteps._gate, "gate": MoneySteps._gate, "sieve": MoneySteps._sieve,
    "first": MoneySteps._first, "nights": MoneySteps._nights, "limit": MoneySteps._limit,
    "deductible": MoneySteps._deductible, "share": MoneySteps._share,
    "ratio": MoneySteps._ratio, "pro_rata": MoneySteps._pro_rata,
    "less": MoneySteps._less_node, "highest": MoneySteps._highest, "all": MoneySteps._all,
}  # fmt: skip
