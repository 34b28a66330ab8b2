"""Random claims: some facts known, some narrowed, some missing; and all they may turn out to be.

A Known is one thing as a claim states it, with the values it may still have. A Filing is a whole
claim made of such things: it gives the claim file and, one by one, the completions.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from math import prod
from typing import Any

from hypothesis import strategies as st

from dosojin.facts.declaration import Fact, Kind
from dosojin.terms.editions import Edition
from dosojin.terms.money_tree import Limit, Nights
from tests.properties import vocabulary as words
from tests.properties.situations import (
    NO_BOUND,
    Receipt,
    Situation,
    Value,
    categories_of,
    claimed_parts,
    facts_mentioned,
    nodes_of,
)
from tests.properties.stated import AS_OF, JUNE, Known, civil, exact, options, ranged
from tests.properties.vocabulary import MISSING
from tests.properties.wordings import integers

COMPLETIONS_MAX = 300
SAMPLES = 40


@dataclass(frozen=True, slots=True)
class Line:
    """A receipt. `amount` and each of `facts` is a Known; status as in claim files."""

    category: str
    amount: Known
    status: str
    facts: Mapping[str, Known]
    person: str | None
    item: str | None


# filings ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Use:
    """What other occurrences took of a limit: settled, and at most guaranteed on top."""

    node: str
    settled: int
    guaranteed: int


@dataclass(frozen=True, slots=True)
class Filing:
    """A claim: what it says of the policy, of what happened, of receipts, of use by others."""

    facts: Mapping[str, Known]
    lines: tuple[Line, ...]
    uses: tuple[Use, ...]
    opened: frozenset[str]

    def raw(self) -> dict[str, Any]:
        """The claim file."""
        stated = {name: one.raw for name, one in self.facts.items() if one.raw is not MISSING}
        own = {fact.name for fact in words.FACTS if fact.owner.value == "policy"}
        policy: dict[str, Any] = {
            name.removeprefix("policy_"): raw
            for name, raw in stated.items()
            if name in own and not name.startswith("sums.")
        }
        policy["sums"] = {
            name.removeprefix("sums."): raw
            for name, raw in stated.items()
            if name.startswith("sums.")
        }
        return {
            "product": "example-1",
            "as_of": AS_OF.isoformat(),
            "policy": policy,
            "facts": {name: raw for name, raw in stated.items() if name not in own},
            "expenses": [_expense(line) for line in self.lines],
            "usage": [
                {"node": use.node, "settled": use.settled, "guaranteed": use.guaranteed}
                for use in self.uses
            ],
        }

    def holes(self) -> list[tuple[Any, Known]]:
        """Every thing with its place: ("fact", name), ("amount", line), ("line", line, name) …"""
        found: list[tuple[Any, Known]] = [(("fact", n), one) for n, one in self.facts.items()]
        for place, line in enumerate(self.lines):
            found.append((("amount", place), line.amount))
            found += [(("line", place, name), one) for name, one in line.facts.items()]
        for use in self.uses:
            values = tuple(range(use.settled, use.settled + use.guaranteed + 1))
            found.append((("use", use.node), Known(None, values)))
        return found

    def completions(self, edition: Edition) -> tuple[list[Situation], bool]:
        """What it may turn out to be; and whether these are all, or a sample."""
        holes = self.holes()
        choices = [one.values for _, one in holes]
        every = all(one.every for _, one in holes)
        if prod(map(len, choices)) <= COMPLETIONS_MAX:
            picked: Iterable[tuple[Value, ...]] = product(*choices)
        else:
            every = False
            picked = _sampled(choices)
        places = [place for place, _ in holes]
        claimed = claimed_parts(edition, {line.category for line in self.lines}, set(self.opened))
        return [
            self._situation(dict(zip(places, values, strict=True)), claimed) for values in picked
        ], every

    def _situation(self, values: Mapping[Any, Value], claimed: frozenset[str]) -> Situation:
        receipts = tuple(
            Receipt(
                line.category,
                values["amount", place],
                {name: values["line", place, name] for name in line.facts},
                line.person,
                line.item,
            )
            for place, line in enumerate(self.lines)
        )
        facts = {name: values["fact", name] for name in self.facts}
        used = {use.node: values["use", use.node] for use in self.uses}
        return Situation(facts, receipts, claimed, used)


def _sampled(choices: Sequence[Sequence[Value]]) -> Iterator[tuple[Value, ...]]:
    """Both ends of everything, and chance."""
    chance = random.Random(len(choices))
    yield tuple(values[0] for values in choices)
    yield tuple(values[-1] for values in choices)
    for _ in range(SAMPLES):
        yield tuple(chance.choice(values) for values in choices)


def _expense(line: Line) -> dict[str, Any]:
    found: dict[str, Any] = {"category": line.category, "amount": line.amount.raw}
    if line.status:
        found["status"] = line.status
    for key, name in (("person", line.person), ("item", line.item)):
        if name is not None:
            found[key] = name
    stated = {name: one.raw for name, one in line.facts.items() if one.raw is not MISSING}
    return found | stated


# strategies ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Openness:
    """How much is left open, in tenths, of facts and of receipts; whether others use the limits.

    countable: leave open only what has few values, so that all completions can be tried.
    """

    facts: int = 4
    lines: int = 3
    uses: bool = True
    countable: bool = False


OPEN = Openness()
FEW = Openness(3, 2, countable=True)
COMPLETE = Openness(0, 0, False)


class FilingMaker:
    """Draws one claim on one wording; only what the wording reads is left open."""

    def __init__(self, draw: st.DrawFn, edition: Edition, openness: Openness) -> None:
        self.draw = draw
        self.edition = edition
        self.openness = openness
        self.read = facts_mentioned((edition.benefits, edition.checks))
        nodes = [node for benefit in edition.benefits for node in nodes_of(benefit.money)]
        taken = sorted(set().union(*(categories_of(benefit.money) for benefit in edition.benefits)))
        self.categories = (*taken, *taken, *(str(cost.value) for cost in words.Cost))
        if any(isinstance(node, Nights) for node in nodes):
            self.read |= {"on": words.line_on, "nights": words.line_nights}

    def pick(self, choices: Sequence[Any]) -> Any:
        return choices[self.draw(integers(len(choices)))]

    def known(self, fact: Fact, tenths: int) -> Known:
        known, still = options(fact)
        if fact.name not in self.read:
            return known[0]
        if fact.name in ("policy_inception", "policy_expiry", "riders"):
            tenths //= 2
        if self.openness.countable:
            still = tuple(one for one in still if one.every and len(one.values) < 6) or known
        found: Known = self.pick(still if self.pick(range(10)) < tenths else known)
        if fact.name.startswith("policy") and found.raw is MISSING:
            return known[0]
        return found

    def amount(self) -> tuple[Known, str]:
        yen = self.pick(range(0, 11))
        if self.pick(range(10)) >= self.openness.lines:
            return Known(yen, (yen,)), self.pick(("", "paid", "billed"))
        if self.openness.countable:
            yen = min(yen, 5)
        if self.openness.countable or self.pick((True, True, False)):
            return Known(yen, tuple(range(yen + 1))), "estimated"
        return Known("unknown", (*range(0, 10), 13, 40, NO_BOUND), every=False), ""

    def line_fact(self, fact: Fact, most: int) -> Known:
        tenths = self.openness.lines
        if fact.kind is not Kind.YEN:
            found = self.nights(tenths) if fact.name == "nights" else self.known(fact, tenths)
        elif self.pick(range(10)) < tenths:
            values = (*range(0, 10), NO_BOUND) if most >= NO_BOUND else tuple(range(most + 1))
            found = Known(MISSING, values, every=most < NO_BOUND)
        else:
            yen = self.pick(range(0, 9))
            found = Known(yen, (yen,))
        return found

    def nights(self, tenths: int) -> Known:
        if self.pick(range(10)) >= tenths:
            found: Known = self.pick(exact((1, 2, 3, 5)))
            return found
        narrowed = [ranged(1, 3), ranged(2, 4)]
        whole = Known(MISSING, (1, 2, 3, 4, 10, 3650), every=False)
        chosen: Known = self.pick(narrowed if self.openness.countable else [*narrowed, whole])
        return chosen

    def line(self) -> Line:
        amount, status = self.amount()
        person = self.pick((None, "ann", "ben", "cat"))
        thing = self.pick((None, None, "bag", "pen"))
        facts: dict[str, Known] = {}
        for fact in words.RECEIPT_FACTS:
            if fact.name in self.read:
                facts[fact.name] = self.line_fact(fact, amount.values[-1])
            elif fact.name in ("on", "nights"):
                known = Known("2026-06-01", (civil(JUNE.toordinal()),))
                facts[fact.name] = known if fact.name == "on" else Known(1, (1,))
        return Line(
            self.pick(self.categories), amount, status, facts,
            person, None if thing is None else f"{thing} of {person}",
        )  # fmt: skip

    def uses(self) -> tuple[Use, ...]:
        names = [
            node.id
            for benefit in self.edition.benefits
            for node in nodes_of(benefit.money)
            if isinstance(node, Limit) and node.per.value.startswith("policy")
        ]
        if not self.openness.uses:
            return ()
        return tuple(Use(name, self.pick((0, 1, 3)), self.pick((0, 0, 2))) for name in names)

    def filing(self, lines: int | None = None) -> Filing:
        facts = {fact.name: self.known(fact, self.openness.facts) for fact in words.FACTS}
        if facts["policy_expiry"].raw == facts["policy_inception"].raw:
            facts["policy_expiry"] = options(words.expiry)[0][-1]
        count = self.pick((1, 2, 2, 3, 3, 4)) if lines is None else lines
        opening = facts["opening"]
        opened = opening.raw is not MISSING and True in opening.values
        return Filing(
            facts,
            tuple(self.line() for _ in range(count)),
            self.uses(),
            frozenset({"opening"} if opened else ()),
        )


@st.composite
def filings(draw: st.DrawFn, edition: Edition, openness: Openness = OPEN) -> Filing:
    return FilingMaker(draw, edition, openness).filing()


def refined(draw: st.DrawFn, filing: Filing) -> Filing | None:
    """The same claim with one missing thing known better; None if nothing is missing.

    The opening fact stays as it is: to state it would claim another benefit.
    """
    places = [
        (place, one)
        for place, one in filing.holes()
        if one.is_open and place[0] in ("fact", "line", "amount") and place[-1] != "opening"
    ]
    uses = [use for use in filing.uses if use.guaranteed]
    if uses and (not places or draw(st.booleans())):
        smaller = tuple(replace(use, guaranteed=1) if use in uses else use for use in filing.uses)
        return replace(filing, uses=smaller)
    if not places:
        return None
    place, one = places[draw(integers(len(places)))]
    return _with(draw, filing, place, one)


def _narrower(draw: st.DrawFn, fact: Fact, one: Known) -> Known:
    known, still = options(fact)
    within = [
        other
        for other in (*known, *still)
        if set(other.values) < set(one.values) and other.raw is not MISSING
    ]
    return within[draw(integers(len(within)))] if within else one


def _with(draw: st.DrawFn, filing: Filing, place: Any, one: Known) -> Filing:
    facts = {fact.name: fact for fact in (*words.FACTS, *words.RECEIPT_FACTS)}
    if place[0] == "fact":
        better = _narrower(draw, facts[place[1]], one)
        return replace(filing, facts={**filing.facts, place[1]: better})
    lines = list(filing.lines)
    line = lines[place[1]]
    if place[0] == "amount":
        yen = draw(st.integers(0, min(one.values[-1], 12)))
        lines[place[1]] = replace(line, amount=Known(yen, (yen,)), status="billed")
    elif facts[place[2]].kind is Kind.YEN or place[2] == "nights":
        yen = draw(st.sampled_from([value for value in one.values if value < 5000]))
        lines[place[1]] = replace(line, facts={**line.facts, place[2]: Known(yen, (yen,))})
    else:
        better = _narrower(draw, facts[place[2]], one)
        lines[place[1]] = replace(line, facts={**line.facts, place[2]: better})
    return replace(filing, lines=tuple(lines))
