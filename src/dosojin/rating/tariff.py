"""What an edition's tariff is made of: plans, premium rows, discount, and the terms of change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

from dosojin.rating.bands import Band
from dosojin.rating.problems import unknown_plan
from dosojin.values.text import Text

BASIS_POINTS = 10_000
"""One whole, in basis points: a discount of 37.1 % is 3,710 of them."""


class RefundStrategy(Enum):
    """How much of a premium comes back when a policy ends early (D14)."""

    TARIFF_DIFFERENCE = "tariff_difference"
    SHORT_RATE = "short_rate"
    PRO_RATA = "pro_rata"


@dataclass(frozen=True, slots=True)
class TariffRow:
    """One printed line of a premium table; `premium` in yen."""

    band: Band
    premium: int
    source: str


@dataclass(frozen=True, slots=True)
class Plan:
    """One plan: the lengths it takes and what they cost.

    It takes a trip that the band `over` does not cover and the band `at_most` does. `pair` is the
    plan with the same cover for the other lengths. `rows` stand in reading order; none if the
    edition has no published tariff.
    """

    id: str
    title: Text
    over: Band | None
    at_most: Band
    pair: str
    rows: tuple[TariffRow, ...]

    def admits(self, start: date, end: date) -> bool:
        """Whether the plan takes a trip of this length."""
        is_long_enough = self.over is None or not self.over.covers(start, end)
        return is_long_enough and self.at_most.covers(start, end)

    def row_for(self, start: date, end: date) -> TariffRow:
        """The first row that takes the trip in; the plan must admit it and have rows."""
        return next(row for row in self.rows if row.band.covers(start, end))

    @property
    def length_text(self) -> Text:
        """The lengths it takes: "31日まで", "over 3 months, up to 2 years"."""
        if self.over is None:
            return self.at_most.text
        over = self.over.length_text
        return Text(f"{over.ja}超{self.at_most.text.ja}", f"over {over.en}, {self.at_most.text.en}")


@dataclass(frozen=True, slots=True)
class Discount:
    """The scheme's discount in basis points, already inside every published premium.

    `is_about`: the source calls the total approximate. `parts` are discounts that follow one upon
    the other, 1 − (1 − a)(1 − b); where they are known they must give the total.
    """

    total: int
    is_about: bool
    parts: tuple[int, ...]
    source: str

    def __post_init__(self) -> None:
        if not self.parts:
            return
        left, whole = 1, 1
        for part in self.parts:
            left *= BASIS_POINTS - part
            whole *= BASIS_POINTS
        if left * BASIS_POINTS != (BASIS_POINTS - self.total) * whole:
            raise ValueError(f"discounts {self.parts} do not combine to {self.total} basis points")

    @property
    def percent(self) -> str:
        """ "37.1": exact, without trailing zeros."""
        whole, hundredths = divmod(self.total, 100)
        return f"{whole}.{hundredths:02}".rstrip("0").rstrip(".")


@dataclass(frozen=True, slots=True)
class RiderTerms:
    """A rider: the plans that include it by themselves, and how long a policy may become with it.

    An extension that makes the policy longer than `carried_to` does not carry it. None: no bound.
    """

    id: str
    title: Text
    plans: frozenset[str]
    carried_to: Band | None
    source: str


@dataclass(frozen=True, slots=True)
class RefundTerms:
    """What a cancellation gives back: the strategies allowed, the default first.

    `rounding` is in yen. `short_rates` are (elapsed length, per cent of a year's premium kept), in
    reading order; empty if there are none.
    """

    strategies: tuple[RefundStrategy, ...]
    rounding: int
    short_rates: tuple[tuple[Band, int], ...]


@dataclass(frozen=True, slots=True)
class Tariff:
    """The tariff of one edition; unpublished, it has plans without rows and no refund terms."""

    product: str
    is_published: bool
    currency: str
    plans: Mapping[str, Plan]
    discount: Discount
    riders: tuple[RiderTerms, ...]
    extension_at_most: Band
    refund: RefundTerms | None

    def plan(self, plan_id: str) -> Plan:
        """The plan of that letter; a problem that lists the plans if there is none."""
        found = self.plans.get(plan_id)
        if found is None:
            raise unknown_plan(self.product, plan_id, tuple(self.plans))
        return found

    def plans_that_admit(self, start: date, end: date, first: str = "") -> tuple[Plan, ...]:
        """Every plan that takes a trip of this length; the one named `first` before the others."""
        fitting = [plan for plan in self.plans.values() if plan.admits(start, end)]
        return tuple(sorted(fitting, key=lambda plan: plan.id != first))

    @property
    def longest_plan(self) -> Plan:
        return max(self.plans.values(), key=lambda plan: plan.at_most.reading_order)
