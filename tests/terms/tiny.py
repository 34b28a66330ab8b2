"""Pieces for tiny editions: each example changes one thing and is otherwise in order."""

from __future__ import annotations

from typing import Any

from dosojin.facts.declaration import Choice, Fact, Kind, Owner
from dosojin.facts.expressions import Constant, Expression, Figure, any_of
from dosojin.facts.lines import line_on
from dosojin.terms.clauses import Clause, clause
from dosojin.terms.editions import Benefit, Edition
from dosojin.terms.money_tree import Node, Part, part
from dosojin.values.text import Text


def text(word: str) -> Text:
    return Text(f"{word}（日本語）", f"{word} in English")


class Cost(Choice):
    CARE = "care"
    FARE = "fare"
    ROOM = "room"

    @classmethod
    def titles(cls) -> dict[str, Text]:
        return {cost.value: text(cost.value) for cost in cls}


class Cause(Choice):
    INJURY = "injury"
    ILLNESS = "illness"

    @classmethod
    def titles(cls) -> dict[str, Text]:
        return {cause.value: text(cause.value) for cause in cls}


class Circumstance(Choice):
    WAR = "war"
    TERRORISM = "terrorism"

    @classmethod
    def titles(cls) -> dict[str, Text]:
        return {word.value: text(word.value) for word in cls}


class Rider(Choice):
    SPORT = "sport"

    @classmethod
    def titles(cls) -> dict[str, Text]:
        return {rider.value: text(rider.value) for rider in cls}


class Proof(Choice):
    RECEIPT = "receipt"

    @classmethod
    def titles(cls) -> dict[str, Text]:
        return {proof.value: text(proof.value) for proof in cls}


def fact(name: str, kind: Kind, owner: Owner = Owner.OCCURRENCE, **more: Any) -> Fact:
    words: dict[str, Any] = {"title": text(name), "ask": text(name), **more}
    return Fact(name=name, owner=owner, kind=kind, **words)


def figure(id: str, value: int, unit: str = "yen", source: str = "000 l.1") -> Figure:
    return Figure(id, value, unit, source)


inception = fact("policy_inception", Kind.DAY, Owner.POLICY, utc_offset=540)
expiry = fact("policy_expiry", Kind.DAY, Owner.POLICY, utc_offset=540)
riders = fact("riders", Kind.CHOICES, Owner.POLICY, choices=Rider)
sum_care = fact("sums.care", Kind.YEN, Owner.POLICY, unit="yen", least=0)
cause = fact("cause", Kind.CHOICE, choices=Cause)
hurt_on = fact("hurt_on", Kind.DAY)
circumstances = fact("circumstances", Kind.CHOICES, choices=Circumstance)
percent = fact("impairment_percent", Kind.COUNT, unit="percent", least=0, most=100)

WORDS = {"ja": "文", "en": "words", "source": "000 l.1"}
"""The words of a node that are beside the point of an example."""

NEVER: Expression = any_of()


def says(id: str, test: Expression | Fact, **more: Any) -> Clause:
    """A clause with words that are beside the point."""
    return clause(id, test, **{**WORDS, **more})


def war(id: str = "care.x.war", **more: Any) -> Clause:
    return says(id, circumstances.has(Circumstance.WAR), **more)


def care(money: Node, **more: Any) -> Part:
    """The one part of most examples; it is granted for any cause."""
    pieces: dict[str, Any] = {
        "grants": (says("care.1", cause.is_(Cause.INJURY, Cause.ILLNESS)),),
        "excludes": (war(),),
        **more,
    }
    return part("care", money=money, **WORDS, **pieces)


def edition(money: Node, **more: Any) -> Edition:
    """An edition with one benefit that pays `money`; `more` replaces fields of the edition."""
    benefit = Benefit("care", text("care"), "000 l.1", sum_care >= Constant(1, "yen"), money=money)
    return edition_of(benefit, **more)


def edition_of(*benefits: Benefit, **more: Any) -> Edition:
    fields: dict[str, Any] = {
        "id": "tiny-1",
        "revision": 1,
        "title": text("tiny"),
        "family": "tiny",
        "facts": (inception, expiry, riders, sum_care, cause, circumstances),
        "line_facts": (),
        "categories": Cost,
        "benefits": benefits,
        "checks": (),
        "figures": {},
        "proofs": Proof,
        "sums": {"care": sum_care},
        "policy_start": inception,
        "policy_end": expiry,
        "riders": riders,
        **more,
    }
    return Edition(**fields)


ALL_FACTS = (inception, expiry, riders, sum_care, cause, circumstances)
LINE_ON = (line_on,)
