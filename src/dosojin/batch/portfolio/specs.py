"""What `assumptions.toml` says, as the drawing code reads it: plain data, words as numbers.

Words of a fact are numbered in the order in which the file first names them; flags are 0 and 1;
days count from 1970-01-01; chances are per million.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

PER_MILLION = 1_000_000
PER_THOUSAND_MILLION = 1_000_000_000
WHEN = "when"
"""A word drawn before all facts: where on the trip an event falls."""
MOMENTS = ("on_trip", "before", "after", "first_day", "last_day")
ANCHORS = ("event", "inception", "expiry", "home")
"""The days that are there before any fact is drawn."""


@dataclass(frozen=True, slots=True)
class Table:
    """Quantiles: at `positions` (per million of the cases) stand `values`, in `unit`."""

    name: str
    unit: str
    positions: tuple[int, ...]
    values: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Weights:
    """A choice among codes; a code below 0 is "nothing said"."""

    codes: tuple[int, ...]
    weights: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Condition:
    """A fact has, or does not have (`holds` False), one of these words."""

    fact: str
    words: tuple[str, ...]
    holds: bool


class How(Enum):
    """Where a value comes from."""

    CODE = "code"
    WEIGHTS = "weights"
    CHANCE = "yes"
    TABLE = "table"
    DAY = "day"
    PERCENT = "percent"
    ON_TRIP = "on_trip"


@dataclass(frozen=True, slots=True)
class Case:
    """One way to draw a value, and when it is taken.

    code: CODE. weights: WEIGHTS. chance: CHANCE. table: TABLE, DAY (days added) and PERCENT.
    base: DAY, a day fact or anchor; PERCENT, the number it is a part of. said: words that stand in
    place of the value, with their chances.
    """

    how: How
    conditions: tuple[Condition, ...] = ()
    code: int = 0
    weights: Weights | None = None
    chance: int = 0
    table: Table | None = None
    base: str = ""
    not_before: str = ""
    said: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """How a fact is drawn: the first case whose conditions hold; none: nothing is said of it."""

    fact: str
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class BillLine:
    """A receipt that may come with each copy of a bill."""

    category: Weights
    amount: Table
    chance: int
    rules: Mapping[str, Rule]


@dataclass(frozen=True, slots=True)
class Bill:
    """Receipts that come together; persons and items name the copies in turn (code −1: no name)."""

    chance: int
    copies: Weights
    conditions: tuple[Condition, ...]
    on: Case
    persons: tuple[int, ...]
    items: tuple[int, ...]
    lines: tuple[BillLine, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """A kind of occurrence: how often, when, its facts and its bills.

    benefit: who does not carry it files only `without_cover` per million of the events; "": all.
    """

    name: str
    benefit: str
    without_cover: int
    per_trip: int
    per_day: int
    again: int
    when: Weights
    rules: Mapping[str, Rule]
    bills: tuple[Bill, ...]


@dataclass(frozen=True, slots=True)
class Endorsement:
    """What a certificate may show beyond its plan. riders: code, −1 none."""

    chance: int
    riders: int
    sums: Mapping[str, int]
    age: Table | None


@dataclass(frozen=True, slots=True)
class PolicyAssumptions:
    """plans, lengths: weights in the order of the tariff's plans and rows. years: the years."""

    plans: Weights
    lengths: tuple[Weights, ...]
    years: Weights
    months: Weights
    valuation_day: int
    paid_before: Table
    age: Table
    extended: int
    extended_plans: frozenset[str]
    endorsements: tuple[Endorsement, ...]
    place_offset: Weights


@dataclass(frozen=True, slots=True)
class TripKind:
    """How trips end: days from the last policy day to reaching home, and what is said of it."""

    home_days: Table
    rules: Mapping[str, Rule]


@dataclass(frozen=True, slots=True)
class TripAssumptions:
    """The kinds of trip ends; days by which an event falls before or after the trip."""

    kinds: tuple[TripKind, ...]
    weights: Weights
    before_days: Table
    after_days: Table


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What files know. Chances and amounts by state, in the order of STATES.

    said: what is said of a fact as long as it is not known (code). amounts: of SAID_AMOUNTS.
    """

    report_delay: Table
    settlement_delay: Table
    fresh_days: int
    unknown: tuple[int, ...]
    said: Mapping[str, int]
    left_out: frozenset[str]
    amounts: tuple[Weights, ...]
    range_percent: tuple[int, int]
    unknown_only: frozenset[int]


STATES = ("closed", "open", "fresh")
SAID_AMOUNTS = ("paid", "billed", "estimated", "ranged", "unknown")
STATUSES = SAID_AMOUNTS[:3]


@dataclass(frozen=True, slots=True)
class Assumptions:
    """The whole file, for one edition. vocabulary: the words of every text column, by code.

    facts, line_facts: those that are ever stated, in the edition's order. kinds: kind by fact.
    running: days that may lie ahead. home_fact: the day of reaching home. digest: of the file.
    """

    digest: str
    policies: PolicyAssumptions
    trip: TripAssumptions
    knowledge: Knowledge
    events: tuple[Event, ...]
    line_rules: Mapping[str, Rule]
    vocabulary: Mapping[str, tuple[str, ...]]
    facts: tuple[str, ...]
    trip_facts: tuple[str, ...]
    line_facts: tuple[str, ...]
    kinds: Mapping[str, str]
    running: frozenset[str]
    home_fact: str
