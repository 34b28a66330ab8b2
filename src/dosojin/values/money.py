"""Yen and spans of yen.

Yen are non-negative Python integers. "No limit" is UNBOUNDED inside the arithmetic, an integer
so large that it survives every sum, difference and ratio of the terms, and `None` outside.
"""

from __future__ import annotations

from dataclasses import dataclass

UNBOUNDED = 1 << 120
_BOUNDED_BELOW = 1 << 90
YEN_MAX = 10**15
"""Larger amounts are refused at the door: a thousand trillion yen is a typing error."""


def is_unbounded(amount: int) -> bool:
    """Whether an amount descends from UNBOUNDED, after whatever arithmetic."""
    return amount >= _BOUNDED_BELOW


def bounded(amount: int) -> int | None:
    """The amount as the outside sees it: `None` for unbounded."""
    return None if amount >= _BOUNDED_BELOW else amount


@dataclass(frozen=True, slots=True)
class Span:
    """What the lines bring at worst (`lo`) and at best (`hi`), in yen; `hi` None: no bound."""

    lo: int
    hi: int | None

    def __post_init__(self) -> None:
        if self.lo < 0 or (self.hi is not None and self.hi < self.lo):
            raise ValueError(f"not a span: {self.lo}..{self.hi}")

    @property
    def width(self) -> int | None:
        """hi − lo in yen; None if unbounded."""
        return None if self.hi is None else self.hi - self.lo

    @property
    def is_certain(self) -> bool:
        return self.hi == self.lo

    def to_json(self) -> dict[str, int | None]:
        return {"lo": self.lo, "hi": self.hi}


NOTHING = Span(0, 0)
