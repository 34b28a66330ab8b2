"""Reads the chain from its first event and finds the first that is not as it was written."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db.models import Max, Subquery
from django.db.models.functions import Coalesce

from dosojin_web.audit.chain import FACTS, START, Link, read_seal
from dosojin_web.audit.chain_damage import Damage, Kept, Kind, name_damage
from dosojin_web.audit.models import AuditHead, Event

# Read in pieces by number, so that no transaction stays open while the site goes on writing.
PIECE = 10_000


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in the chain: a number and the hash there."""

    seq: int
    hash: str

    def __str__(self) -> str:
        return f"{self.seq}:{self.hash}"


@dataclass(frozen=True, slots=True)
class Verification:
    """How far the chain is whole, and what is wrong after that, if anything is."""

    whole_until: Mark
    damage: Damage | None


def verify(
    expect: Mark | None = None, progress: Callable[[int, int], None] = lambda done, all: None
) -> Verification:
    """Read the whole chain up to its head. ``expect`` is a mark kept elsewhere.

    Only with such a mark can it be seen that the end was removed together with its head.
    ``progress`` is told the number of events read, and of all.
    """
    seal = read_seal()
    # In this order: an event that is there before the head is looked for has a head.
    newest = Event.objects.aggregate(seq=Max("seq"))["seq"] or 0
    head = AuditHead.objects.filter(pk=AuditHead.THE_ONE).first()
    end = head.seq if head else newest
    seq, last = 0, START
    for kept in read_events(end):
        seq += 1
        link = kept.link
        if link.seq != seq or link.previous != last or seal(link) != kept.hash:
            damage = name_damage(kept, seq, last, seal, find_following)
            return Verification(Mark(seq - 1, last), damage)
        last = kept.hash
        if expect and expect.seq == seq and expect.hash != last:
            what = "its hash is not the one that was kept elsewhere"
            return Verification(Mark(seq, last), Damage(seq, Kind.CHANGED, what))
        if seq % PIECE == 0:
            progress(seq, end)
    progress(seq, end)
    mark = Mark(seq, last)
    return Verification(mark, look_at_end(mark, head, expect))


def look_at_end(mark: Mark, head: AuditHead | None, expect: Mark | None) -> Damage | None:
    """What is wrong after ``mark``, up to which all events are whole."""
    if head and head.seq > mark.seq:
        return Damage(mark.seq + 1, Kind.REMOVED, f"the head says that {head.seq} were written")
    if expect and expect.seq > mark.seq:
        return Damage(mark.seq + 1, Kind.REMOVED, f"{expect.seq} had been written when it was kept")
    if mark.seq and not head:
        return Damage(mark.seq + 1, Kind.REMOVED, "the head is gone, and what followed with it")
    if head and head.hash != mark.hash:
        return Damage(mark.seq, Kind.CHANGED, "the head holds another hash")
    # One statement, so that an event written meanwhile is seen together with its head.
    heads = AuditHead.objects.filter(pk=AuditHead.THE_ONE).values("seq")
    beyond = Event.objects.filter(seq__gt=Coalesce(Subquery(heads), 0)).order_by("seq").first()
    if beyond:
        return Damage(beyond.seq, Kind.INSERTED, f"the head says that {mark.seq} were written")
    return None


def read_events(end: int) -> Iterator[Kept]:
    """The events up to ``end``, in order."""
    columns = Event.objects.order_by("seq").values_list(*FACTS, "hash")
    rows = list(columns.filter(seq__lte=end)[:PIECE])
    while rows:
        for *facts, written in rows:
            yield Kept(Link(*facts), written)
        rows = list(columns.filter(seq__lte=end, seq__gt=rows[-1][0])[:PIECE])


def find_following(previous: str) -> Kept | None:
    """The event that names ``previous`` as the hash before it."""
    row = Event.objects.filter(previous=previous).values_list(*FACTS, "hash").first()
    return Kept(Link(*row[:-1]), row[-1]) if row else None
