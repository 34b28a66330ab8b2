"""Where the ends of a payout stand on its bar.

In: yen, certain and possible. Out: places in per mille of the bar's width and the marks of its
scale. Never: a decision about money; the figures come from one.
"""

from dataclasses import dataclass

# The least of these times a power of ten that holds the amount is the scale's end.
STEPS = (10, 12, 15, 20, 25, 30, 40, 50, 60, 80, 100)
LEAST_UNIT = 1_000
UNBOUNDED_MARGIN = 2


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark of the scale: yen, and its place in per mille."""

    yen: int
    place: int


@dataclass(frozen=True, slots=True)
class PayoutBar:
    """The bar: filled to ``certain``, hatched on to ``possible``; places in per mille."""

    lo: int
    hi: int | None
    certain: int
    possible: int
    asked: int | None
    marks: tuple[Mark, ...]

    @property
    def settled(self) -> bool:
        """One amount, and nothing can change it."""
        return self.lo == self.hi


def round_up_scale(yen: int) -> int:
    """The end of a scale that holds ``yen``: a round figure, at least 10,000."""
    unit = LEAST_UNIT
    while STEPS[-1] * unit < yen:
        unit *= 10
    return next(step * unit for step in STEPS if step * unit >= yen)


def lay_out_bar(lo: int, hi: int | None, asked: int | None = None) -> PayoutBar:
    """The bar from ``lo`` to ``hi`` yen (``None``: no limit), on a scale that also holds ``asked``.

    Raises ValueError if the ends are negative or the wrong way round.
    """
    if lo < 0 or (hi is not None and hi < lo):
        raise ValueError(f"a payout runs from 0 ≤ lo to hi ≥ lo, not from {lo} to {hi}")
    furthest = max(lo * UNBOUNDED_MARGIN if hi is None else hi, asked or 0)
    end = round_up_scale(furthest)
    halves = (0, end // 2, end)
    return PayoutBar(
        lo=lo,
        hi=hi,
        certain=lo * 1000 // end,
        possible=1000 if hi is None else hi * 1000 // end,
        asked=None if asked is None else asked * 1000 // end,
        marks=tuple(Mark(yen, yen * 1000 // end) for yen in halves),
    )
