"""The premium as steps: until which day of return it stays, and what the next step costs."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from itertools import groupby

from dosojin.rating.load_tariff import load_tariff
from dosojin.rating.quote_premium import quote
from dosojin.values.text import Text

from .refusal import refusals

ONE_DAY = timedelta(days=1)
LADDERS_KEPT = 1024


@dataclass(frozen=True, slots=True)
class BandStep:
    """Days of return with one premium: ``first_day`` to ``last_day``, in whole yen.

    ``band`` is the line of the tariff that reaches furthest, "up to 8 days".
    """

    plan: str
    title: Text
    first_day: date
    last_day: date
    premium: int
    band: Text

    @property
    def days(self) -> int:
        """How many days of return it holds."""
        return (self.last_day - self.first_day).days + 1

    def holds(self, end: date) -> bool:
        """Whether a return on that day has this premium."""
        return self.first_day <= end <= self.last_day


@dataclass(frozen=True, slots=True)
class NextBand:
    """How the premium goes on after a trip.

    It stays the same for ``spare_days`` more, to ``same_until``. Then comes ``step``, which costs
    ``more`` yen more than now, if ``changes_plan`` in the pair of the plan; None: the pair reaches
    no further.
    """

    same_until: date
    spare_days: int
    step: BandStep | None
    more: int
    changes_plan: bool


def next_band(product: str, plan: str, start: date, end: date) -> NextBand:
    """How far the premium of this trip reaches, and the step after it; Refusal as a quote."""
    steps, at = _find(product, plan, start, end)
    here = steps[at]
    step = steps[at + 1] if at + 1 < len(steps) else None
    more = 0 if step is None else step.premium - here.premium
    spare_days = (here.last_day - end).days
    changes_plan = step is not None and step.plan != plan
    return NextBand(here.last_day, spare_days, step, more, changes_plan)


def bands_around(
    product: str, plan: str, start: date, end: date, before: int = 2, after: int = 3
) -> tuple[BandStep, ...]:
    """The step of this trip with up to ``before`` shorter and ``after`` longer ones, in order.

    The steps run on into the pair of the plan, where the longer trip would be insured. Near an
    end of the tariff the other side is given the room. Refusal as a quote.
    """
    steps, at = _find(product, plan, start, end)
    whole = before + 1 + after
    first = max(0, min(at - before, len(steps) - whole))
    return steps[first : first + whole]


def _find(product: str, plan: str, start: date, end: date) -> tuple[tuple[BandStep, ...], int]:
    with refusals():
        tariff = load_tariff(product)
        quote(tariff, plan, start, end)
    pair = sorted((plan, tariff.plan(plan).pair), key=lambda id: tariff.plan(id).over is not None)
    steps = _ladder(product, pair[0], pair[1], start)
    return steps, next(place for place, step in enumerate(steps) if step.holds(end))


@lru_cache(maxsize=LADDERS_KEPT)
def _ladder(product: str, shorter: str, longer: str, start: date) -> tuple[BandStep, ...]:
    """All steps of a plan and its pair for trips that begin on ``start``, without gaps."""
    tariff = load_tariff(product)
    steps: list[BandStep] = []
    first: date | None = start
    for plan in (tariff.plan(shorter), tariff.plan(longer)):
        for row in plan.rows:
            # Days are read before months (D2): a line that ends before one read earlier is skipped.
            last_day = min(row.band.last_day(start), plan.at_most.last_day(start))
            if first is not None and last_day >= first:
                band = row.band.text
                steps.append(BandStep(plan.id, plan.title, first, last_day, row.premium, band))
                first = last_day + ONE_DAY if last_day < date.max else None
    return tuple(_joined(steps))


def _joined(steps: list[BandStep]) -> Iterator[BandStep]:
    """The steps; of several with one premium, one that reaches as far as the last."""
    for _, group in groupby(steps, key=lambda step: (step.plan, step.premium)):
        same = tuple(group)
        yield replace(same[-1], first_day=same[0].first_day)
