"""What a change of the terms does to a portfolio, as a value: whole yen and counts, nothing else.

Every amount comes twice. `lo` is what is certain: paid whatever turns out. `hi` is what is
possible: paid if everything still open turns out well. A claim whose payout has no upper limit
yet counts with its certain amount in both, and is counted in `unlimited`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from dosojin.values.money import Span
from dosojin.values.text import Text

FORMAT = 1
"""Version of the JSON; it grows when a field changes its meaning."""


@dataclass(frozen=True, slots=True)
class Amount:
    """Yen that are certain and that are possible, of which `unlimited` claims have no bound."""

    lo: int
    hi: int
    unlimited: int = 0

    def __add__(self, other: Amount) -> Amount:
        return Amount(self.lo + other.lo, self.hi + other.hi, self.unlimited + other.unlimited)

    def __sub__(self, other: Amount) -> Change:
        return Change(self.lo - other.lo, self.hi - other.hi)

    def to_json(self) -> dict[str, int]:
        return {"lo": self.lo, "hi": self.hi, "unlimited": self.unlimited}


NOTHING = Amount(0, 0)


@dataclass(frozen=True, slots=True)
class Change:
    """Yen more (or, negative, less) that are certain and that are possible."""

    lo: int
    hi: int

    def __add__(self, other: Change) -> Change:
        return Change(self.lo + other.lo, self.hi + other.hi)

    def __bool__(self) -> bool:
        return self.lo != 0 or self.hi != 0

    def to_json(self) -> dict[str, int]:
        return {"lo": self.lo, "hi": self.hi}


NO_CHANGE = Change(0, 0)


@dataclass(frozen=True, slots=True)
class Named:
    """One wording of the two: edition, title, fingerprint of its lowered form."""

    edition: str
    title: Text
    lowered: str

    def to_json(self) -> dict[str, Any]:
        return {"edition": self.edition, "title": _both(self.title), "lowered": self.lowered}


@dataclass(frozen=True, slots=True)
class FigureStep:
    """One replaced figure: its value before and after, and what all claims pay from then on.

    reading: the sentence of the wording that reads it, as it stood; empty if none has words.
    """

    id: str
    unit: str
    before: int
    after: int
    source: str
    reading: Text
    payout: Amount
    change: Change

    def to_json(self) -> dict[str, Any]:
        return {
            "figure": self.id,
            "unit": self.unit,
            "before": self.before,
            "after": self.after,
            "source": self.source,
            "payout": self.payout.to_json(),
            "change": self.change.to_json(),
        }


@dataclass(frozen=True, slots=True)
class BenefitChange:
    """One benefit before and after. claims: how many claim it, before and after."""

    id: str
    title: Text
    claims: tuple[int, int]
    before: Amount
    after: Amount

    @property
    def change(self) -> Change:
        return self.after - self.before

    def to_json(self) -> dict[str, Any]:
        return {
            "benefit": self.id,
            "title": _both(self.title),
            "claims": {"before": self.claims[0], "after": self.claims[1]},
            "before": self.before.to_json(),
            "after": self.after.to_json(),
            "change": self.change.to_json(),
        }


class Reason(StrEnum):
    """Why a clause takes more or less than before."""

    CHANGED = "changed"
    """the clause itself says something else now"""
    FOLLOWS = "follows"
    """it says the same, but another amount of money comes to it"""


@dataclass(frozen=True, slots=True)
class ClauseStep:
    """What clauses bring (positive) or cost (negative), after against before, in payouts.

    clauses: ids of clauses or nodes; several where they cannot be told apart. part: the part or
    benefit they stand in, the title to fall back on.
    """

    clauses: tuple[str, ...]
    benefit: str
    part: Text
    reason: Reason
    change: Change

    def to_json(self) -> dict[str, Any]:
        return {
            "clauses": list(self.clauses),
            "benefit": self.benefit,
            "part": _both(self.part),
            "reason": self.reason.value,
            "change": self.change.to_json(),
        }


@dataclass(frozen=True, slots=True)
class Movement:
    """Claims by how they move. mixed: one of the two amounts rises and the other falls."""

    more: int
    less: int
    mixed: int
    same: int

    @property
    def claims(self) -> int:
        return self.more + self.less + self.mixed + self.same

    @property
    def moved(self) -> int:
        return self.claims - self.same

    def to_json(self) -> dict[str, int]:
        return {"more": self.more, "less": self.less, "mixed": self.mixed, "same": self.same}


@dataclass(frozen=True, slots=True)
class Bin:
    """Claims whose change lies from `least` to `most` yen, both included; never both signs."""

    least: int
    most: int
    claims: int

    def to_json(self) -> dict[str, int]:
        return {"from": self.least, "to": self.most, "claims": self.claims}


QUANTILES = (10, 25, 50, 75, 90)
"""In per cent of the claims that move."""


@dataclass(frozen=True, slots=True)
class Spread:
    """How far claims move in one of the two amounts; those that do not move are left out.

    quantiles: (per cent, yen), an amount that occurs, the least with that share at or below it.
    is_exact: False where so many different changes came that they were rounded to three digits.
    """

    moved: int
    least: int
    most: int
    quantiles: tuple[tuple[int, int], ...]
    bins: tuple[Bin, ...]
    is_exact: bool

    def to_json(self) -> dict[str, Any]:
        return {
            "moved": self.moved,
            "least": self.least,
            "most": self.most,
            "quantiles": {str(percent): yen for percent, yen in self.quantiles},
            "bins": [each.to_json() for each in self.bins],
            "exact": self.is_exact,
        }


@dataclass(frozen=True, slots=True)
class VerdictMove:
    """How many claims went from one verdict to another (or stayed)."""

    before: str
    after: str
    claims: int

    def to_json(self) -> dict[str, Any]:
        return {"before": self.before, "after": self.after, "claims": self.claims}


@dataclass(frozen=True, slots=True)
class LossRatio:
    """Policies of one plan and length with their premiums, and what their claims pay.

    plan: "" where the portfolio names none. Ratios are in tenths of a per cent.
    """

    plan: str
    length: Text
    policies: int
    premium: int
    before: Amount
    after: Amount

    def ratios(self, amount: Amount) -> tuple[int, int]:
        """Certain and possible payouts against the premium, rounded to a tenth of a per cent."""
        return per_mille(amount.lo, self.premium), per_mille(amount.hi, self.premium)

    def to_json(self) -> dict[str, Any]:
        before, after = self.ratios(self.before), self.ratios(self.after)
        return {
            "plan": self.plan,
            "length": _both(self.length),
            "policies": self.policies,
            "premium": self.premium,
            "before": self.before.to_json(),
            "after": self.after.to_json(),
            "ratio_per_mille": {
                "before": {"lo": before[0], "hi": before[1]},
                "after": {"lo": after[0], "hi": after[1]},
            },
        }


@dataclass(frozen=True, slots=True)
class BenefitOfClaim:
    """One benefit of one claim under one wording; None where it is not claimed there."""

    verdict: str
    payable: Span
    clause: str

    def to_json(self) -> dict[str, Any]:
        return {
            "verdict": self.verdict,
            "payable": self.payable.to_json(),
            "clause": self.clause,
        }


@dataclass(frozen=True, slots=True)
class MovedClaim:
    """One of the claims that move most: before and after, benefit by benefit, and by clause."""

    policy: str
    occurrence: str
    before: Span
    after: Span
    benefits: tuple[tuple[str, BenefitOfClaim | None, BenefitOfClaim | None], ...]
    steps: tuple[ClauseStep, ...]

    def to_json(self) -> dict[str, Any]:
        return {
            "policy": self.policy,
            "occurrence": self.occurrence,
            "before": self.before.to_json(),
            "after": self.after.to_json(),
            "benefits": [
                {
                    "benefit": id,
                    "before": None if one is None else one.to_json(),
                    "after": None if other is None else other.to_json(),
                }
                for id, one, other in self.benefits
            ],
            "steps": [step.to_json() for step in self.steps],
        }


@dataclass(frozen=True, slots=True)
class Counts:
    """What came in. left_out: claims that one of the two wordings cannot take, by reason code.

    unpriced: policies without a premium, in no loss ratio. without_claims: policies that have no
    claim; where there are none although the portfolio has many, ratios tell of claimants only.
    """

    partitions: int
    policies: int
    claims: int
    receipts: int
    left_out: Mapping[str, int]
    unpriced: int
    without_claims: int

    def to_json(self) -> dict[str, Any]:
        return {
            "partitions": self.partitions,
            "policies": self.policies,
            "claims": self.claims,
            "receipts": self.receipts,
            "left_out": dict(self.left_out),
            "unpriced": self.unpriced,
            "without_claims": self.without_claims,
        }


@dataclass(frozen=True, slots=True)
class Comparison:
    """The whole answer. The changes of `steps` add up to `change`, and so do those of `figures`.

    figures: the replaced figures, one after another; none if two editions were compared.
    certain, possible: the spread of the change of either amount.
    """

    source: str
    before: Named
    after: Named
    counts: Counts
    payout: tuple[Amount, Amount]
    figures: tuple[FigureStep, ...]
    benefits: tuple[BenefitChange, ...]
    steps: tuple[ClauseStep, ...]
    movement: Movement
    certain: Spread
    possible: Spread
    verdicts: tuple[VerdictMove, ...]
    ratios: tuple[LossRatio, ...]
    all_ratio: LossRatio
    top: tuple[MovedClaim, ...]

    @property
    def change(self) -> Change:
        return self.payout[1] - self.payout[0]

    def to_json(self) -> dict[str, Any]:
        """Plain data for programs."""
        return {
            "format": FORMAT,
            "source": self.source,
            "before": self.before.to_json(),
            "after": self.after.to_json(),
            "counts": self.counts.to_json(),
            "payout": {"before": self.payout[0].to_json(), "after": self.payout[1].to_json()},
            "change": self.change.to_json(),
            "figures": [step.to_json() for step in self.figures],
            "benefits": [each.to_json() for each in self.benefits],
            "by_clause": [step.to_json() for step in self.steps],
            "movement": self.movement.to_json(),
            "certain": self.certain.to_json(),
            "possible": self.possible.to_json(),
            "verdicts": [move.to_json() for move in self.verdicts],
            "loss_ratio": self.all_ratio.to_json(),
            "loss_ratios": [ratio.to_json() for ratio in self.ratios],
            "top": [claim.to_json() for claim in self.top],
        }


def per_mille(part: int, whole: int) -> int:
    """part / whole in tenths of a per cent, rounded half away from zero; 0 of nothing."""
    if whole <= 0:
        return 0
    thousandfold = (abs(part) * 2000 + whole) // (2 * whole)
    return thousandfold if part >= 0 else -thousandfold


def _both(text: Text) -> dict[str, str]:
    return {"ja": text.ja, "en": text.en}
