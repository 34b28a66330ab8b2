"""The order in which money is worked out, and the same order written out as one function.

A claim of some shape (which categories are filed, which parts are open) always visits the same
nodes. The second time a shape comes, its visit is compiled: a node that takes nothing this time
costs three assignments, any other goes through its closure.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from dosojin.adjudication.run import Run, add_up
from dosojin.terms.lowered import LoweredNode

if TYPE_CHECKING:
    from dosojin.adjudication.payout import Payout

Visit = Callable[[Run], None]


class Plan:
    """The nodes to visit in a claim of one shape, each after those it draws on.

    reached: all nodes that money can reach; a plan of some of them still draws on the others.
    """

    __slots__ = ("_payout", "_times", "_visit", "nodes", "reached")

    def __init__(
        self, payout: Payout, nodes: Sequence[int], reached: frozenset[int] | None = None
    ) -> None:
        self.nodes = tuple(nodes)
        self.reached = frozenset(nodes) if reached is None else reached
        self._payout = payout
        self._visit: Visit | None = None
        self._times = 0

    def work_out(self, run: Run) -> None:
        """Visits every node of the plan."""
        if self._visit is not None:
            self._visit(run)
            return
        self._times += 1
        if self._times > 1:
            self._visit = write_visit(self._payout, self.nodes, self.reached)
        work_out(self._payout, self.nodes, run)

    def only(self, nodes: set[int]) -> Plan:
        """The same plan without the other nodes."""
        return Plan(self._payout, [node for node in self.nodes if node in nodes], self.reached)


def work_out(payout: Payout, nodes: Sequence[int], run: Run) -> None:
    """Visits nodes one by one."""
    memo, pays, lo, hi = run.memo, payout.pays, run.lo, run.hi
    for node in nodes:
        done = memo[node] = pays[node](run)
        if len(done) == 1:
            _, lo[node], hi[node] = done[0]
        else:
            add_up(lo, hi, node, done)


def write_visit(payout: Payout, nodes: Sequence[int], reached: frozenset[int]) -> Visit:
    """The function that visits these nodes."""
    body = ["memo, lo, hi, T, M = R.memo, R.lo, R.hi, R.truths, R.numbers"]
    for index in nodes:
        node = payout.lowered.nodes[index]
        reachable = [child for child in node.children if child in reached]
        body += _visit_of(payout, index, node, reachable)
    scope: dict[str, Any] = {f"p{index}": payout.pays[index] for index in nodes}
    scope["add_up"] = add_up
    source = "\n    ".join(body)
    exec(f"def visit(R):\n    {source}\n", scope)
    return scope["visit"]  # type: ignore[no-any-return]


def _visit_of(
    payout: Payout, index: int, node: LoweredNode, reachable: list[int]
) -> list[str]:
    general = [
        f"d = memo[{index}] = p{index}(R)",
        f"if len(d) == 1: _, lo[{index}], hi[{index}] = d[0]",
        f"else: add_up(lo, hi, {index}, d)",
    ]
    if node.kind == "all" and len(reachable) > 1:
        return _joined(index, reachable)
    if len(reachable) != 1:
        return general
    child = reachable[0]
    through = [
        f"memo[{index}] = memo[{child}]",
        f"lo[{index}] = lo[{child}]; hi[{index}] = hi[{child}]",
    ]
    if node.kind == "all":
        return through
    condition = _takes_nothing(payout, index, node, child)
    if not condition:
        return general
    return [
        f"if {condition}:",
        *(f"    {line}" for line in through),
        "else:",
        *(f"    {line}" for line in general),
    ]


def _joined(index: int, children: list[int]) -> list[str]:
    portions = ", ".join(f"*memo[{child}]" for child in children)
    lows = " + ".join(f"lo[{child}]" for child in children)
    highs = " + ".join(f"hi[{child}]" for child in children)
    return [f"memo[{index}] = [{portions}]", f"lo[{index}] = {lows}; hi[{index}] = {highs}"]


def _takes_nothing(payout: Payout, index: int, node: LoweredNode, child: int) -> str:
    """The condition under which everything comes through; empty if only the closure can tell."""
    if node.kind in ("part", "gate"):
        return f"T[{node.truth}] == 3"
    if node.kind == "limit" and node.scope == "occurrence":
        return f"hi[{child}] <= {_number(payout, node.numbers[0])}[0]"
    if node.kind == "share":
        return f"{_number(payout, node.numbers[0])}[1] == 0"
    guards = payout.guards[index]
    if node.kind == "less" and guards and len(guards) == len(node.numbers) and not node.paid:
        return f"not ({' or '.join(f'T[{guard}]' for guard in guards)})"
    return ""


def _number(payout: Payout, index: int) -> str:
    constant = payout.constants[index]
    return repr(constant) if constant is not None else f"(M.get({index}) or R.number({index}))"
