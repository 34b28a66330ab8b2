"""Which clause brings how much of a change: the yen every node of the money trees takes, compared.

What a node takes is what its children bring less what it lets through itself. The sources less all
that is taken is what is paid; so is the change of the sources less the change of all that is taken
the change of what is paid. Node totals count only money that every gate above lets pass. A source
that brings more or less has therefore met a gate that opens or closes, or counts otherwise itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from dosojin.adjudication.unfolded import Unfolded
from dosojin.batch.whatif.comparison import NO_CHANGE, Change, ClauseStep, Reason
from dosojin.explanation.readings import readings_of
from dosojin.terms.editions import Edition
from dosojin.terms.lowered import Lowered
from dosojin.values.text import Text

Totals = Mapping[int, tuple[int, int]]
"""By node index, the yen that left it in all claims, (lo, hi)."""
GATES = ("part", "gate")


@dataclass(frozen=True, slots=True)
class _Place:
    """A node of one wording: benefit, the gates above it, fingerprint of what it does by itself.

    gates: fingerprints of the truths of the parts and gates around it, by their ids.
    """

    index: int
    benefit: str
    part: str
    gates: Mapping[str, str]
    own: str


class _Side:
    """One wording, its nodes and clauses by id."""

    def __init__(self, edition: Edition, lowered: Lowered) -> None:
        self.edition = edition
        self.lowered = lowered
        self.unfolded = Unfolded(lowered, without_figures=False)
        self.places = dict(self._places())
        self.clauses = dict(self._clauses())

    def _places(self) -> Iterator[tuple[str, _Place]]:
        nodes = self.lowered.nodes
        for benefit in self.lowered.benefits:
            waiting: list[tuple[int, str, dict[str, str]]] = [(benefit.root, "", {})]
            while waiting:
                index, part, gates = waiting.pop()
                node = nodes[index]
                own = self.unfolded.node(node)
                yield node.id, _Place(index, benefit.id, part, gates, own)
                if node.kind in GATES:
                    gates = {**gates, node.id: self.unfolded.truth(node.truth)}
                    part = node.id if node.kind == "part" else part
                waiting += [(child, part, gates) for child in node.children]

    def _clauses(self) -> Iterator[tuple[tuple[str, str], str]]:
        """By part id and clause id, a fingerprint of what grants, excludes and restores there."""
        for clause in self.lowered.clauses:
            if clause.part >= 0:
                own = self.unfolded.truth(clause.truth)
                yield (self.lowered.nodes[clause.part].id, clause.id), own

    def truth_of(self, id: str) -> str:
        """The fingerprint of the truth inside a node; empty where it has none."""
        place = self.places.get(id)
        if place is None:
            return ""
        truth = self.lowered.nodes[place.index].truth
        return self.unfolded.truth(truth) if truth >= 0 else ""

    def order(self) -> dict[str, int]:
        return {node.id: place for place, node in enumerate(self.lowered.nodes)}

    def is_source(self, id: str) -> bool:
        return not self.lowered.nodes[self.places[id].index].children

    def outflow(self, id: str, totals: Totals) -> tuple[int, int]:
        place = self.places.get(id)
        return (0, 0) if place is None else totals.get(place.index, (0, 0))

    def taken(self, id: str, totals: Totals) -> tuple[int, int]:
        """What the node's children brought less what it let through."""
        place = self.places.get(id)
        if place is None:
            return 0, 0
        into = [totals.get(i, (0, 0)) for i in self.lowered.nodes[place.index].children]
        lo, hi = self.outflow(id, totals)
        return sum(each[0] for each in into) - lo, sum(each[1] for each in into) - hi


class ChangeByClause:
    """Two wordings whose node totals can be compared, as often as wanted."""

    def __init__(
        self, before: tuple[Edition, Lowered], after: tuple[Edition, Lowered]
    ) -> None:
        self._before, self._after = _Side(*before), _Side(*after)
        order = {**self._after.order()}
        for id in self._before.order():
            order.setdefault(id, len(order))
        self._ids = tuple(order)
        self._keys = {id: self._key(id) for id in self._ids}
        benefits = [*self._after.lowered.benefits, *self._before.lowered.benefits]
        self._benefits = list(dict.fromkeys(benefit.id for benefit in benefits))

    def steps(self, before: Totals, after: Totals) -> tuple[ClauseStep, ...]:
        """The steps from one payout to the other, in wording order; each moves some yen.

        Their changes add up, in either amount, to the change of what all roots bring.
        """
        found: dict[tuple[str, ...], ClauseStep] = {}
        for id in self._ids:
            change = self._change(id, before, after)
            if change:
                step = self._keys[id]
                so_far = found.get(step.clauses, step)
                found[step.clauses] = replace(so_far, change=so_far.change + change)
        ordered = sorted(found.values(), key=lambda step: self._benefits.index(step.benefit))
        return tuple(step for step in ordered if step.change)

    def _change(self, id: str, before: Totals, after: Totals) -> Change:
        """How much more is paid because of what happens at this node."""
        side = self._after if id in self._after.places else self._before
        if side.is_source(id):
            one, other = self._before.outflow(id, before), self._after.outflow(id, after)
            return Change(other[0] - one[0], other[1] - one[1])
        one, other = self._before.taken(id, before), self._after.taken(id, after)
        return Change(one[0] - other[0], one[1] - other[1])

    def _key(self, id: str) -> ClauseStep:
        """The step that the change at a node belongs to, without its yen."""
        sides = [side for side in (self._after, self._before) if id in side.places]
        place = sides[0].places[id]
        reason = Reason.FOLLOWS
        clauses: tuple[str, ...] = (id,)
        if sides[0].is_source(id):
            causes = tuple(dict.fromkeys(self._causes(id)))
            if causes:
                clauses, reason = causes, Reason.CHANGED
        elif len(sides) == 1 or self._says_otherwise(id):
            reason = Reason.CHANGED
        title = _title(sides[0].edition, place)
        return ClauseStep(clauses, place.benefit, title, reason, NO_CHANGE)

    def _says_otherwise(self, id: str) -> bool:
        one, other = self._before.places[id], self._after.places[id]
        inner = self._before.truth_of(id), self._after.truth_of(id)
        return one.own != other.own or inner[0] != inner[1]

    def _causes(self, id: str) -> Iterator[str]:
        """What can make a source bring otherwise: gates above it that changed, or itself."""
        one, other = self._before.places.get(id), self._after.places.get(id)
        was = {} if one is None else one.gates
        now = {} if other is None else other.gates
        for gate in dict.fromkeys([*now, *was]):
            if was.get(gate) != now.get(gate):
                yield from self._clauses_of(gate)
        if one is not None and other is not None and one.own != other.own:
            yield id

    def _clauses_of(self, gate: str) -> Iterator[str]:
        """The clauses of a part that changed; the part itself where it is new, gone or the same."""
        was, now = self._before.clauses, self._after.clauses
        if (gate in self._before.places) != (gate in self._after.places):
            yield gate
            return
        keys = [key for key in dict.fromkeys([*now, *was]) if key[0] == gate]
        changed = [id for part, id in keys if was.get((part, id)) != now.get((part, id))]
        yield from changed or [gate]


def _title(edition: Edition, place: _Place) -> Text:
    readings = readings_of(edition)
    found = readings.parts.get(place.part)
    return found if found is not None else readings.benefits[place.benefit].title
