"""What it costs to stay longer, and what comes back to those who come home early."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from dosojin.rating.extend_period import extend
from dosojin.rating.load_tariff import load_tariff
from dosojin.rating.refund_premium import refund
from dosojin.rating.tariff import RefundStrategy
from dosojin.values.text import Text

from .refusal import Refusal, refusals


@dataclass(frozen=True, slots=True)
class RiderLost:
    """A rider that does not go with an extension and ends with ``last_day``.

    ``is_held`` None: nobody said whether the certificate shows it.
    """

    rider: str
    title: Text
    last_day: date
    is_held: bool | None
    source: str


@dataclass(frozen=True, slots=True)
class ExtensionOffer:
    """A longer stay: ``additional_premium`` = ``extended_premium`` − ``current_premium``, yen.

    ``plan`` is the pair of ``from_plan`` where the whole length demands it. It must be complete,
    its premium received, by ``complete_by``.
    """

    product: str
    from_plan: str
    from_title: Text
    plan: str
    title: Text
    start: date
    end: date
    new_end: date
    days: int
    currency: str
    current_premium: int
    current_band: Text
    current_source: str
    extended_premium: int
    extended_band: Text
    extended_source: str
    additional_premium: int
    complete_by: date
    riders_lost: tuple[RiderLost, ...]

    @property
    def changes_plan(self) -> bool:
        """Whether the whole length puts the policy into the other plan of the pair."""
        return self.plan != self.from_plan


@dataclass(frozen=True, slots=True)
class RefundOffer:
    """``paid_premium`` = ``kept_premium`` + ``return_premium``, whole yen, none negative."""

    product: str
    plan: str
    title: Text
    start: date
    end: date
    last_covered_day: date
    strategy: str
    currency: str
    paid_premium: int
    kept_premium: int
    return_premium: int


def extension_of(
    product: str,
    plan: str,
    start: date,
    end: date,
    new_end: date,
    riders: Collection[str] | None = None,
    requested_on: date | None = None,
) -> ExtensionOffer:
    """What a policy start..end costs on top if it is to run to ``new_end``.

    ``riders``: those the certificate shows; None: not said. ``requested_on``: the day on which it
    would be complete, to be held against the policy's end. Refusal as a quote; at ``new_end``, if
    that is not later or too late; at ``requested_on``, if the policy has ended by then; at
    ``riders``, if one is unknown.
    """
    with refusals():
        found = extend(
            load_tariff(product), plan, start, end, new_end,
            riders=riders, requested_on=requested_on,
        )  # fmt: skip
    return ExtensionOffer(
        product=product,
        from_plan=found.from_plan,
        from_title=found.current.plan_title,
        plan=found.plan,
        title=found.extended.plan_title,
        start=start,
        end=end,
        new_end=new_end,
        days=found.extended.days,
        currency=found.extended.currency,
        current_premium=found.current.premium,
        current_band=found.current.band.text,
        current_source=found.current.source,
        extended_premium=found.extended.premium,
        extended_band=found.extended.band.text,
        extended_source=found.extended.source,
        additional_premium=found.additional_premium,
        complete_by=found.complete_by,
        riders_lost=tuple(
            RiderLost(lost.rider, lost.title, lost.last_day, lost.is_held, lost.source)
            for lost in found.riders_not_carried
        ),
    )


def refund_of(
    product: str,
    plan: str,
    start: date,
    end: date,
    last_covered_day: date,
    strategy: str | None = None,
) -> RefundOffer:
    """What a policy start..end gives back if its cover stops after ``last_covered_day``.

    A day before ``start``: it never began, and everything comes back. ``strategy`` None: the
    edition's own; else "tariff_difference", "short_rate" or "pro_rata". Refusal as a quote; at
    ``last_covered_day``, if it comes after the end; at ``strategy``, if that is not offered.
    """
    chosen = None if strategy is None else _strategy(strategy)
    with refusals():
        found = refund(load_tariff(product), plan, start, end, last_covered_day, chosen)
    return RefundOffer(
        product=product,
        plan=plan,
        title=found.paid.plan_title,
        start=start,
        end=end,
        last_covered_day=last_covered_day,
        strategy=found.strategy.value,
        currency=found.paid.currency,
        paid_premium=found.paid.premium,
        kept_premium=found.kept_premium,
        return_premium=found.return_premium,
    )


def _strategy(name: str) -> RefundStrategy:
    try:
        return RefundStrategy(name)
    except ValueError:
        known = [each.value for each in RefundStrategy]
        raise Refusal(
            "rating.unknown_strategy",
            "strategy",
            Text(
                f"返還の計算方法「{name}」はありません。", f"There is no refund strategy {name!r}."
            ),
            Text(
                f"次のどれかを指定してください: {'、'.join(known)}。",
                f"Choose one of: {', '.join(known)}.",
            ),
        ) from None
