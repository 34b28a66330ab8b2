"""Reads the chain piece by piece, for whoever waits for an answer and not for the whole.

``verify`` reads all of it at once, which a page cannot: with a million events it takes a minute.
"""

from dataclasses import dataclass

from django.db.models import Max

from dosojin_web.audit.chain import FACTS, START, Link, read_seal
from dosojin_web.audit.chain_damage import Damage, Kept, name_damage
from dosojin_web.audit.models import AuditHead, Event

from .verify_chain import Mark, find_following, look_at_end

BEGINNING = Mark(0, START)


@dataclass(frozen=True, slots=True)
class Piece:
    """How far the chain is whole by now, of how many; ``damage`` ends it, as ``finished`` does."""

    whole_until: Mark
    head_seq: int
    damage: Damage | None
    finished: bool


def verify_piece(after: Mark, events_max: int) -> Piece:
    """Read at most ``events_max`` events that follow ``after``, up to which all were found whole.

    Only the caller can know that ``after`` was reached honestly: begin with ``BEGINNING``, and
    keep what comes between out of the reader's hands, or signed.
    """
    seal = read_seal()
    # In this order: an event that is there before the head is looked for has a head.
    newest = Event.objects.aggregate(seq=Max("seq"))["seq"] or 0
    head = AuditHead.objects.filter(pk=AuditHead.THE_ONE).first()
    end = head.seq if head else newest
    seq, last = after.seq, after.hash
    columns = Event.objects.order_by("seq").values_list(*FACTS, "hash")
    for *facts, written in columns.filter(seq__gt=seq, seq__lte=end)[:events_max]:
        seq += 1
        kept = Kept(Link(*facts), written)
        if kept.link.seq != seq or kept.link.previous != last or seal(kept.link) != written:
            damage = name_damage(kept, seq, last, seal, find_following)
            return Piece(Mark(seq - 1, last), end, damage, True)
        last = written
    mark = Mark(seq, last)
    if seq < end and seq - after.seq == events_max:
        return Piece(mark, end, None, False)
    return Piece(mark, max(end, seq), look_at_end(mark, head, None), True)
