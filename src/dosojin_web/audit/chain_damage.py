"""What is wrong where a chain breaks: changed, removed, inserted or moved."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from .chain import Link, Seal

# How many numbers a gap may have closed up by, and still be told from a change.
CLOSED_UP_MAX = 1000


class Kind(StrEnum):
    """What was done to the chain."""

    CHANGED = "changed"
    REMOVED = "removed"
    INSERTED = "inserted"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Damage:
    """The first event that is not as it was written: its number, and what was found."""

    seq: int
    kind: Kind
    what: str

    def __str__(self) -> str:
        return f"event {self.seq} was {self.kind}: {self.what}"


class Kept(NamedTuple):
    """An event as it stands in the table."""

    link: Link
    hash: str

    def was_written_as(self, seq: int, seal: Seal) -> bool:
        """Whether the hash was made for this event under the number ``seq``."""
        return seal(self.link._replace(seq=seq)) == self.hash


def name_damage(
    found: Kept, seq: int, last: str, seal: Seal, following: Callable[[str], Kept | None]
) -> Damage:
    """What happened at ``seq``, where ``found`` does not continue the chain that ends in ``last``.

    ``following`` finds the event that names a hash as the one before it.
    """
    if found.link.seq > seq:
        return Damage(seq, Kind.REMOVED, f"the next one in the table is {found.link.seq}")
    if found.link.seq < seq:
        return Damage(found.link.seq, Kind.INSERTED, "the chain begins with 1")
    rightful = following(last)
    if rightful and rightful.link.seq != seq and rightful.was_written_as(seq, seal):
        there = rightful.link.seq
        if found.was_written_as(there, seal):
            return Damage(seq, Kind.MOVED, f"it has changed places with {there}")
        return Damage(seq, Kind.INSERTED, f"what was written as {seq} now stands as {there}")
    for distance in range(1, CLOSED_UP_MAX + 1):
        if found.was_written_as(seq + distance, seal):
            what = f"what was written as {seq + distance} stands in its place"
            return Damage(seq, Kind.REMOVED, what)
    if found.was_written_as(seq, seal):
        return Damage(seq, Kind.CHANGED, "it does not follow from the event before it")
    return Damage(seq, Kind.CHANGED, "its hash does not fit what it says")
