"""The money tree: money enters at the leaves, every node above only takes some away.

Nodes are plain data. `per` is required where a figure has a scope. A node that takes money cites
its clause: `id` (its figure's id unless given) and a reading.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dosojin.facts.declaration import Fact
from dosojin.facts.expressions import (
    Constant,
    Expression,
    Figure,
    Number,
    as_expression,
    as_number,
    either,
)
from dosojin.terms.clauses import Clause
from dosojin.values.money import UNBOUNDED
from dosojin.values.text import Text


class Scope(StrEnum):
    """Over what a limit or deductible counts, from narrow to wide."""

    ITEM = "item"
    PERSON = "person"
    OCCURRENCE = "occurrence"
    POLICY_YEAR = "policy_year"
    POLICY_PERIOD = "policy_period"


ITEM, PERSON, OCCURRENCE = Scope.ITEM, Scope.PERSON, Scope.OCCURRENCE
POLICY_YEAR, POLICY_PERIOD = Scope.POLICY_YEAR, Scope.POLICY_PERIOD


@dataclass(frozen=True, slots=True)
class Node:
    """A place where money flows; `id` is unique in the edition, `reading` says what it takes."""

    id: str
    reading: Text
    source: str


@dataclass(frozen=True, slots=True)
class Lines(Node):
    """Source: the receipts of these categories, each up to `amount` if given (line fields)."""

    categories: tuple[str, ...]
    amount: Number | None


@dataclass(frozen=True, slots=True)
class Fixed(Node):
    """Source: the least of several figures, sums insured or assessed amounts."""

    amounts: tuple[Number, ...]


@dataclass(frozen=True, slots=True)
class Graded(Node):
    """Source: per cent of a sum by disability grades, combined; below `grade_most` nothing.

    percents: 14 figures, grade 1 first. worst_only: a test; where it holds, combined
    percentages below that of grade `worst_grade` bring nothing.
    """

    sum: Number
    grades: Fact
    percents: tuple[Figure, ...]
    worst_only: Expression
    worst_grade: Figure


@dataclass(frozen=True, slots=True)
class Part(Node):
    """A gated subtree that is claimed, granted and excluded as one.

    opens: facts that open it when stated and not NO (a death, a delay); lines it can take open it
    too. Covered when a grant holds and no exclusion without one of its restores.
    """

    grants: tuple[Clause, ...]
    excludes: tuple[Clause, ...]
    opens: tuple[Fact, ...]
    money: Node


@dataclass(frozen=True, slots=True)
class Gate(Node):
    """All, unless the condition fails: a clause inside a part (costs only when admitted)."""

    condition: Clause
    of: Node


@dataclass(frozen=True, slots=True)
class Sieve(Node):
    """Drops the lines for which the clause's test fails; the test may read line fields."""

    keeps: Clause
    of: Node


@dataclass(frozen=True, slots=True)
class First(Node):
    """All but n persons: those named in `named`, in that order, else the costliest."""

    count: Number
    named: Fact | None
    of: Node


@dataclass(frozen=True, slots=True)
class Nights(Node):
    """Nights past n per person, by date over all bills; one floor per bill."""

    count: Number
    of: Node


@dataclass(frozen=True, slots=True)
class Limit(Node):
    """The excess of its subtree over `yen` per scope.

    when: a clause; where it fails nothing is limited, and nothing counts towards the limit of
    later occurrences. `yen` has no bound there already.
    dated: the fact whose day says to which policy year an occurrence belongs.
    """

    yen: Number
    per: Scope
    of: Node
    when: Clause | None
    dated: Fact | None


@dataclass(frozen=True, slots=True)
class Deductible(Node):
    """The first `yen` per scope."""

    yen: Number
    per: Scope
    of: Node


@dataclass(frozen=True, slots=True)
class Share(Node):
    """`percent` of it, as a person found (what an earlier impairment caused)."""

    percent: Number
    of: Node


@dataclass(frozen=True, slots=True)
class IndemnityRatio(Node):
    """What the insured bears: pays `percent` per cent."""

    percent: Number
    of: Node


@dataclass(frozen=True, slots=True)
class ProRata(Node):
    """Pays part / whole of it, floored; part ≤ whole, whole ≥ 1."""

    part: Number
    whole: Number
    of: Node


@dataclass(frozen=True, slots=True)
class Paid:
    """What an earlier node brings in this occurrence."""

    node: str


@dataclass(frozen=True, slots=True)
class Less(Node):
    """Takes off amounts: line fields line by line, whole amounts and `paid(node)` in total."""

    amounts: tuple[Number | Paid, ...]
    of: Node


@dataclass(frozen=True, slots=True)
class HighestOf(Node):
    """All but the child that brings most; a tie goes to the first."""

    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class AllTogether(Node):
    """Nothing is taken."""

    children: tuple[Node, ...]


NO_TEXT = Text("", "")


def lines(*categories: str, amount: Number | Fact | None = None, id: str = "") -> Lines:
    names = tuple(str(category) for category in categories)
    if not names:
        raise TypeError("lines() needs at least one category")
    return Lines(id, NO_TEXT, "", names, None if amount is None else as_number(amount))


def fixed(*amounts: Number | Fact, id: str, ja: str, en: str, source: str) -> Fixed:
    return Fixed(id, Text(ja, en), source, tuple(as_number(a) for a in amounts))


def graded(
    sum_insured: Number | Fact,
    grades: Fact,
    percents: tuple[Figure, ...],
    *,
    worst_only: Expression,
    worst_grade: Figure,
    id: str,
    ja: str,
    en: str,
    source: str,
) -> Graded:
    return Graded(
        id, Text(ja, en), source, as_number(sum_insured), grades, percents,
        as_expression(worst_only), worst_grade,
    )  # fmt: skip


def part(
    id: str,
    *,
    ja: str,
    en: str,
    source: str,
    grants: tuple[Clause, ...] | list[Clause],
    money: Node,
    excludes: tuple[Clause, ...] | list[Clause] = (),
    opens: tuple[Fact, ...] | list[Fact] = (),
) -> Part:
    return Part(id, Text(ja, en), source, tuple(grants), tuple(excludes), tuple(opens), money)


def gate(condition: Clause, of: Node) -> Gate:
    return Gate(condition.id, condition.reading, condition.source, condition, of)


def sieve(keeps: Clause, of: Node) -> Sieve:
    """Keeps only the lines for which `keeps` holds (windows of days are sieves over `line_on`)."""
    return Sieve(keeps.id, keeps.reading, keeps.source, keeps, of)


def _cited(number: Number, id: str, source: str) -> tuple[str, str]:
    if isinstance(number, Figure):
        return id or number.id, source or number.source
    if not id or not source:
        raise TypeError("a node whose amount is no figure needs its own id and source")
    return id, source


def first(
    count: Figure, of: Node, *, ja: str, en: str, named: Fact | None = None, id: str = "",
    source: str = "",
) -> First:  # fmt: skip
    """All but `count` persons."""
    name, where = _cited(count, id, source)
    return First(name, Text(ja, en), where, count, named, of)


def nights(count: Figure, of: Node, *, ja: str, en: str, id: str = "", source: str = "") -> Nights:
    name, where = _cited(count, id, source)
    return Nights(name, Text(ja, en), where, count, of)


def limit(
    yen: Number | Fact,
    of: Node,
    *,
    per: Scope,
    ja: str,
    en: str,
    id: str = "",
    source: str = "",
    when: Clause | None = None,
    dated: Fact | None = None,
) -> Limit:
    """The most that comes through per scope; a limit per policy year needs the `dated` fact."""
    amount = as_number(yen)
    name, where = _cited(amount, id, source)
    if when is not None:
        amount = either(when.test, amount, Constant(UNBOUNDED, amount.unit))
    if (per is Scope.POLICY_YEAR) is (dated is None):
        raise TypeError(f"{name}: a limit per policy year, and no other, says by which fact")
    return Limit(name, Text(ja, en), where, amount, per, of, when, dated)


def deductible(
    yen: Number | Fact, of: Node, *, per: Scope, ja: str, en: str, id: str = "", source: str = ""
) -> Deductible:
    amount = as_number(yen)
    name, where = _cited(amount, id, source)
    return Deductible(name, Text(ja, en), where, amount, per, of)


def share(percent: Number | Fact, of: Node, *, id: str, ja: str, en: str, source: str) -> Share:
    return Share(id, Text(ja, en), source, as_number(percent), of)


def indemnity_ratio(
    percent: Number | Fact, of: Node, *, ja: str, en: str, id: str = "", source: str = ""
) -> IndemnityRatio:
    amount = as_number(percent)
    name, where = _cited(amount, id, source)
    return IndemnityRatio(name, Text(ja, en), where, amount, of)


def pro_rata(
    part_of: Number | Fact,
    whole: Number | Fact,
    of: Node,
    *,
    id: str,
    ja: str,
    en: str,
    source: str,
) -> ProRata:
    return ProRata(id, Text(ja, en), source, as_number(part_of), as_number(whole), of)


def paid(node: str) -> Paid:
    return Paid(node)


def less(*amounts: Number | Fact | Paid, of: Node, id: str, ja: str, en: str, source: str) -> Less:
    named = tuple(a if isinstance(a, Paid) else as_number(a) for a in amounts)
    return Less(id, Text(ja, en), source, named, of)


def highest_of(*children: Node, id: str, ja: str, en: str, source: str) -> HighestOf:
    return HighestOf(id, Text(ja, en), source, children)


def all_together(*children: Node, id: str = "") -> AllTogether:
    return AllTogether(id, NO_TEXT, "", children)


def below(node: Node) -> tuple[Node, ...]:
    """The nodes that pay into this one."""
    match node:
        case AllTogether() | HighestOf():
            return node.children
        case Part():
            return (node.money,)
        case Lines() | Fixed() | Graded():
            return ()
        case (Gate() | Sieve() | First() | Nights() | Limit() | Deductible() | Share()
              | IndemnityRatio() | ProRata() | Less()):  # fmt: skip
            return (node.of,)
    raise TypeError(f"{type(node).__name__} is no money node")
