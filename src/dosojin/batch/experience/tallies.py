"""Loss ratios of a portfolio and the discount they earn: premiums and payouts in whole yen.

Premiums are those written, as the policies state them, net of the scheme's discount. Payouts are
what decisions say: at least `lo`, at most `hi`, until the last file is closed.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TypeVar

from dosojin.rating.tariff import BASIS_POINTS

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class CellKey:
    """The policies of one year of inception, plan and premium band; "" where there is none."""

    year: int
    plan: str
    band: str


@dataclass(frozen=True, slots=True)
class Tally:
    """Sums over policies. premium: yen, net of discount. lo, hi: yen paid at least and at most.

    hi (and lo) None: some payout has no bound. occurrences: decided; open: lo and hi differ.
    """

    policies: int = 0
    premium: int = 0
    occurrences: int = 0
    open: int = 0
    lo: int | None = 0
    hi: int | None = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.policies + other.policies,
            self.premium + other.premium,
            self.occurrences + other.occurrences,
            self.open + other.open,
            None if self.lo is None or other.lo is None else self.lo + other.lo,
            None if self.hi is None or other.hi is None else self.hi + other.hi,
        )


@dataclass(frozen=True, slots=True)
class LossRatio:
    """Payouts over premiums, exactly; None: no bound, or no premium to divide by."""

    lo: Fraction | None
    hi: Fraction | None


@dataclass(frozen=True, slots=True)
class Experience:
    """What a portfolio brought in and paid.

    edition: whose tariff and discount. discount: in basis points, inside every premium. cells: by
    year, plan and band. rated: policies without a stated premium, which got the tariff's. rejected:
    occurrences that could not be decided, so that their payouts are missing. unclaimed: occurrences
    that claim nothing yet. is_elsewhere: the decisions were made from other files than these.
    """

    edition: str
    discount: int
    cells: Mapping[CellKey, Tally]
    rated: int = 0
    rejected: int = 0
    unclaimed: int = 0
    is_elsewhere: bool = False

    @property
    def total(self) -> Tally:
        return sum(self.cells.values(), Tally())

    def within(self, first: int | None, last: int | None) -> Experience:
        """Only the years of inception from first to last; None: no such end."""
        cells = {
            key: tally
            for key, tally in self.cells.items()
            if (first is None or first <= key.year) and (last is None or key.year <= last)
        }
        return replace(self, cells=cells)

    def of_year(self, year: int) -> Experience:
        """Only one year of inception."""
        return self.within(year, year)

    def by(self, key_of: Callable[[CellKey], Key]) -> dict[Key, Tally]:
        """The cells added up by a key of theirs."""
        return added_up((key_of(key), tally) for key, tally in self.cells.items())

    def before_discount(self, tally: Tally) -> Fraction:
        """The premium that the tariff asks for without any discount, in yen, exactly."""
        return Fraction(tally.premium * BASIS_POINTS, BASIS_POINTS - self.discount)

    def loss_ratio(self, tally: Tally) -> LossRatio:
        """Payouts over premiums before discount: what the scale of discounts is read with."""
        return _ratio(tally, self.before_discount(tally))

    def loss_ratio_net(self, tally: Tally) -> LossRatio:
        """Payouts over premiums as paid."""
        return _ratio(tally, Fraction(tally.premium))


def added_up(parts: Iterable[tuple[Key, Tally]]) -> dict[Key, Tally]:
    """The tallies of each key together, keys in the order in which they first come."""
    found: dict[Key, Tally] = {}
    for key, tally in parts:
        found[key] = found.get(key, Tally()) + tally
    return found


def _ratio(tally: Tally, premium: Fraction) -> LossRatio:
    if premium == 0:
        return LossRatio(None, None)
    return LossRatio(
        None if tally.lo is None else tally.lo / premium,
        None if tally.hi is None else tally.hi / premium,
    )
