"""Which plan a certificate is in, day by day.

In:  the versions of a certificate, the earliest first.
Out: the stretches of the last one, which fill its period without a gap.
Never: a plan that was agreed for days that are no longer covered.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from .models import CertificateVersion


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days of cover in one plan, both ends counted."""

    plan: str
    first_day: date
    last_day: date


def list_stretches(versions: Sequence[CertificateVersion]) -> tuple[Stretch, ...]:
    """The stretches of the last of ``versions``; at least one.

    An extension may change the plan from the day after the old end. If cover is then shortened to
    a day before, the new plan never held.
    """
    begun: list[tuple[str, date]] = []
    for version in versions:
        still = min(version.effective_from, version.expiry + timedelta(days=1))
        begun = [(plan, first) for plan, first in begun if first < still]
        if not begun:
            begun = [(version.plan, version.inception)]
        elif version.effective_from <= version.expiry and version.plan != begun[-1][0]:
            begun.append((version.plan, version.effective_from))
    ends = [first - timedelta(days=1) for _, first in begun[1:]] + [versions[-1].expiry]
    return tuple(
        Stretch(plan, first, last) for (plan, first), last in zip(begun, ends, strict=True)
    )


def plan_on(versions: Sequence[CertificateVersion], day: date) -> str:
    """The plan in which ``day`` lies; outside the period, the last one."""
    stretches = list_stretches(versions)
    held = (each.plan for each in stretches if each.first_day <= day <= each.last_day)
    return next(held, stretches[-1].plan)
