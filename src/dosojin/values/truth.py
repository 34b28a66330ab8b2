"""Three truths, after Kleene: a thing holds, does not hold, or cannot be told yet."""

from __future__ import annotations

from enum import Enum


class Truth(Enum):
    """YES, NO or UNKNOWN; the value packs two planes, bit 0 = must hold, bit 1 = may hold."""

    NO = 0
    UNKNOWN = 2
    YES = 3

    @property
    def must(self) -> bool:
        """True only if it holds whatever the missing facts turn out to be."""
        return self is Truth.YES

    @property
    def may(self) -> bool:
        """False only if it cannot hold whatever the missing facts turn out to be."""
        return self is not Truth.NO

    def __bool__(self) -> bool:
        if self is Truth.UNKNOWN:
            raise TypeError("UNKNOWN is neither true nor false: ask .must or .may")
        return self is Truth.YES

    def __and__(self, other: Truth) -> Truth:
        return Truth(self.value & other.value)

    def __or__(self, other: Truth) -> Truth:
        return Truth(self.value | other.value)

    def __invert__(self) -> Truth:
        return {Truth.YES: Truth.NO, Truth.NO: Truth.YES, Truth.UNKNOWN: Truth.UNKNOWN}[self]

    @property
    def word(self) -> str:
        """The word used in JSON: yes, no, unknown."""
        return self.name.lower()
