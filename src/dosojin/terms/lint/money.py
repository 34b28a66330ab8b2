"""Money trees: scopes in order, nothing told apart after it was merged, `paid` without a circle."""

from __future__ import annotations

from collections.abc import Iterator

from dosojin.terms.editions import Edition
from dosojin.terms.lint.contents import nodes_below, nodes_in, reads_a_receipt
from dosojin.terms.lint.findings import Finding
from dosojin.terms.lower_edition import EditionError, lower
from dosojin.terms.money_tree import (
    Deductible,
    First,
    Fixed,
    Graded,
    HighestOf,
    IndemnityRatio,
    Less,
    Limit,
    Nights,
    Node,
    Paid,
    ProRata,
    Scope,
    Share,
    Sieve,
    below,
)
from dosojin.values.text import Text

NARROW = (Scope.ITEM, Scope.PERSON)
OF_DEDUCTIBLES = (*NARROW, Scope.OCCURRENCE)
WIDTH = {scope: width for width, scope in enumerate(Scope)}


def money_findings(edition: Edition) -> Iterator[Finding]:
    """What is wrong with the trees of an edition."""
    for benefit in edition.benefits:
        yield from _scopes(edition.id, benefit.money, None)
    for _, node in nodes_in(edition):
        place = f"{edition.id}: {node.id}"
        yield from _told_apart(node, place)
        yield from _deductible(node, place)
    paid = tuple(_paid(edition))
    yield from paid
    if paid:
        return
    try:
        lower(edition)
    except EditionError as fault:
        yield Finding(
            "edition.lowering",
            edition.id,
            Text(f"計算できる形になりません（{fault}）。", f"It cannot be lowered: {fault}."),
            Text("その箇所を直してください。", "Correct that place."),
        )


def scope_of(node: Node) -> Scope | None:
    return node.per if isinstance(node, (Limit, Deductible)) else None


def _scopes(edition: str, node: Node, above: Node | None) -> Iterator[Finding]:
    """`above` is the narrowest limit or deductible over the node."""
    scope = scope_of(node)
    over = None if above is None else scope_of(above)
    if scope is not None:
        if above is not None and over is not None and WIDTH[over] < WIDTH[scope]:
            yield Finding(
                "scope.wider_below",
                f"{edition}: {node.id}",
                Text(
                    f"{scope.value} の限度が、より狭い {above.id}（{over.value}）の中にあります。",
                    f"Its scope ({scope.value}) stands under the narrower {above.id} "
                    f"({over.value}), so it would count unpaid money.",
                ),
                Text("狭い範囲の限度を内側にしてください。", "Put the narrower scope inside."),
            )
        else:
            above = node
    for child in below(node):
        yield from _scopes(edition, child, above)


def merges(node: Node) -> bool:
    """Whether single receipts and persons can no longer be told apart above it."""
    match node:
        case Fixed() | Graded() | Share() | IndemnityRatio() | ProRata() | HighestOf() | First():
            return True
        case Limit(per=scope) | Deductible(per=scope):
            return scope not in NARROW
        case Less(amounts=amounts):
            return any(isinstance(a, Paid) or not reads_a_receipt(a) for a in amounts)
    return False


def _needs_receipts(node: Node) -> bool:
    match node:
        case First() | Nights() | Sieve():
            return True
        case Limit(per=scope) | Deductible(per=scope):
            return scope in NARROW
        case Less(amounts=amounts):
            return any(not isinstance(a, Paid) and reads_a_receipt(a) for a in amounts)
    return False


def _told_apart(node: Node, place: str) -> Iterator[Finding]:
    if not _needs_receipts(node):
        return
    merging = next((n for child in below(node) for n in nodes_below(child) if merges(n)), None)
    if merging is not None:
        yield Finding(
            "money.merged_below",
            place,
            Text(
                f"{merging.id} の後では、領収書や人ごとに分けられません。",
                f"After {merging.id} single receipts and persons are no longer told apart.",
            ),
            Text(
                "この計算を内側に移すか、gate にしてください。",
                "Move it inside that node, or make it a gate.",
            ),
        )


def _deductible(node: Node, place: str) -> Iterator[Finding]:
    if isinstance(node, Deductible) and node.per not in OF_DEDUCTIBLES:
        yield Finding(
            "deductible.scope",
            place,
            Text(
                f"免責金額を {node.per.value} ごとに数えることはできません。",
                f"A deductible cannot count per {node.per.value}.",
            ),
            Text(
                "item、person、occurrence のどれかにしてください。",
                "Use item, person or occurrence.",
            ),
        )


def _paid(edition: Edition) -> Iterator[Finding]:
    nodes = {node.id: node for _, node in nodes_in(edition) if node.id}
    for _, node in nodes_in(edition):
        for amount in node.amounts if isinstance(node, Less) else ():
            if not isinstance(amount, Paid):
                continue
            place = f"{edition.id}: {node.id}"
            if amount.node not in nodes:
                yield Finding(
                    "paid.missing",
                    place,
                    Text(
                        f"{amount.node} という箇所はありません。",
                        f"paid({amount.node!r}) names no node.",
                    ),
                    Text("実際にある id にしてください。", "Use the id of a node of this edition."),
                )
            elif _comes_back(nodes, amount.node, node.id):
                yield Finding(
                    "paid.circle",
                    place,
                    Text(
                        f"{amount.node} の支払額が、この箇所の支払額によって変わります。",
                        f"What {amount.node} brings depends on this node itself.",
                    ),
                    Text(
                        "差し引く向きを一方だけにしてください。", "Subtract in one direction only."
                    ),
                )


def _comes_back(nodes: dict[str, Node], start: str, goal: str) -> bool:
    """Whether working out `start` needs `goal`."""
    waiting, seen = [start], set()
    while waiting:
        id = waiting.pop()
        if id == goal:
            return True
        if id in seen or id not in nodes:
            continue
        seen.add(id)
        for node in nodes_below(nodes[id]):
            if node.id == goal:
                return True
            if isinstance(node, Less):
                waiting += [a.node for a in node.amounts if isinstance(a, Paid)]
    return False
