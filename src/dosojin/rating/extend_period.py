"""What it costs to stay longer: tariff of the new total period less tariff of the present one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from dosojin.rating.problems import (
    extension_too_late,
    extension_too_long,
    new_end_not_later,
    pair_ends_here,
    unknown_rider,
)
from dosojin.rating.quote_premium import Quote, quote
from dosojin.rating.tariff import Plan, RiderTerms, Tariff
from dosojin.values.text import Text


@dataclass(frozen=True, slots=True)
class RiderNotCarried:
    """A rider that does not reach the new end; it ends with `last_day`.

    `is_held` is None where nobody said which riders the certificate shows.
    """

    rider: str
    title: Text
    last_day: date
    is_held: bool | None
    source: str


@dataclass(frozen=True, slots=True)
class Extension:
    """An extension of one policy: `additional_premium` = premium of `extended` − of `current`.

    The plan of `extended` is the pair of the present one where the new length demands it. The
    extension must be complete, its premium received, by `complete_by`.
    """

    current: Quote
    extended: Quote
    additional_premium: int
    riders_not_carried: tuple[RiderNotCarried, ...]

    @property
    def plan(self) -> str:
        return self.extended.plan

    @property
    def from_plan(self) -> str:
        return self.current.plan

    @property
    def complete_by(self) -> date:
        return self.current.end

    def to_json(self) -> dict[str, object]:
        """The extension for programs."""
        return {
            "product": self.extended.product,
            "plan": self.plan,
            "from_plan": self.from_plan,
            "start": self.current.start.isoformat(),
            "end": self.current.end.isoformat(),
            "new_end": self.extended.end.isoformat(),
            "days": self.extended.days,
            "band": self.extended.band.name,
            "additional_premium": self.additional_premium,
            "currency": self.extended.currency,
            "current": _premium_json(self.current),
            "extended": _premium_json(self.extended),
            "complete_by": self.complete_by.isoformat(),
            "riders_not_carried": [
                {
                    "rider": lost.rider,
                    "last_day": lost.last_day.isoformat(),
                    "held": "unknown" if lost.is_held is None else lost.is_held,
                    "source": lost.source,
                }
                for lost in self.riders_not_carried
            ],
        }


def extend(
    tariff: Tariff,
    plan: str,
    start: date,
    end: date,
    new_end: date,
    *,
    riders: Collection[str] | None = None,
    requested_on: date | None = None,
) -> Extension:
    """What a policy start..end in `plan` costs on top if it is to run to `new_end` (004 l.1288).

    `riders` are those the certificate shows; None: not said. `requested_on`: the day on which the
    extension would be complete, if it is to be checked against the policy's end (003 l.848).
    RatingProblem as in `quote`, and if the new end is not later, comes after the policy's end, or
    makes the whole longer than the edition or the plan and its pair allow.
    """
    current = quote(tariff, plan, start, end)
    if new_end <= end:
        raise new_end_not_later(end, new_end)
    if requested_on is not None and requested_on > end:
        raise extension_too_late(end, requested_on)
    chosen = _plan_for_total(tariff, tariff.plan(plan), current, new_end)
    extended = quote(tariff, chosen.id, start, new_end)
    additional = extended.premium - current.premium
    assert additional >= 0, "a tariff never falls with length: load_tariff checks it"
    lost = _riders_not_carried(tariff, current, new_end, riders)
    return Extension(current, extended, additional, lost)


def _plan_for_total(tariff: Tariff, plan: Plan, current: Quote, new_end: date) -> Plan:
    """The plan itself, or its pair where the new total length demands it."""
    start = current.start
    if not tariff.extension_at_most.covers(start, new_end):
        limit = tariff.extension_at_most
        raise extension_too_long(limit.length_text, limit.last_day(start))
    pair = tariff.plan(plan.pair)
    for candidate in (plan, pair):
        if candidate.admits(start, new_end):
            return candidate
    others = [other.title for other in tariff.plans_that_admit(start, new_end)]
    last_day = max(plan.at_most.last_day(start), pair.at_most.last_day(start))
    shorter, longer = sorted((plan, pair), key=lambda each: each.at_most.reading_order)
    raise pair_ends_here(shorter.title, longer.title, last_day, others)


def _riders_not_carried(
    tariff: Tariff, current: Quote, new_end: date, riders: Collection[str] | None
) -> tuple[RiderNotCarried, ...]:
    known = [rider.id for rider in tariff.riders]
    for named in riders or ():
        if named not in known:
            raise unknown_rider(tariff.product, named, known)
    lost: list[RiderNotCarried] = []
    for rider in tariff.riders:
        if rider.carried_to is None or rider.carried_to.covers(current.start, new_end):
            continue
        is_held = _holds(rider, current.plan, riders)
        if is_held is False:
            continue
        # D13: what is lost is the part beyond the days that the rider takes, not the extension.
        last_day = max(current.end, rider.carried_to.last_day(current.start))
        lost.append(RiderNotCarried(rider.id, rider.title, last_day, is_held, rider.source))
    return tuple(lost)


def _holds(rider: RiderTerms, plan: str, riders: Collection[str] | None) -> bool | None:
    if plan in rider.plans:
        return True
    return None if riders is None else rider.id in riders


def _premium_json(quoted: Quote) -> dict[str, object]:
    return {
        "plan": quoted.plan,
        "end": quoted.end.isoformat(),
        "days": quoted.days,
        "band": quoted.band.name,
        "premium": quoted.premium,
        "source": quoted.source,
    }
