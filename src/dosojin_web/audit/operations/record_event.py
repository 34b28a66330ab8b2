"""Adds an event to the chain."""

from datetime import datetime

from django.db import transaction

from dosojin_web.accounts.actors import Actor
from dosojin_web.audit.chain import START, Detail, Link, read_seal, write_detail
from dosojin_web.audit.models import AuditHead, Event


class OutsideTransaction(Exception):
    """An event was to be recorded outside the transaction of what it tells of."""


def record(actor: Actor, act: str, about: str, detail: Detail, now: datetime) -> Event:
    """Record that ``actor`` did ``act`` to ``about`` ("certificate:K26-000123").

    The caller's transaction holds both the change and its event, else OutsideTransaction. Record
    last: from here to its end, other transactions that record wait. ``detail`` names ids and
    states, never personal data.
    """
    if not transaction.get_connection().in_atomic_block:
        raise OutsideTransaction(
            f"{act} was to be recorded outside a transaction. "
            "Put the change and record() into one transaction.atomic()."
        )
    if now.tzinfo is None:
        raise ValueError(f"{act} was to be recorded at a time without its zone")
    head = lock_head()
    link = Link(
        head.seq + 1, now, actor.who, actor.role, act, about, write_detail(detail), head.hash
    )
    event = Event.objects.create(**link._asdict(), hash=read_seal()(link))
    AuditHead.objects.filter(pk=AuditHead.THE_ONE).update(seq=event.seq, hash=event.hash)
    return event


def lock_head() -> AuditHead:
    """Where the chain ends, locked until the transaction does.

    SQLite needs no lock here: its transactions that write run one after the other from BEGIN on.
    """
    heads = AuditHead.objects.select_for_update().filter(pk=AuditHead.THE_ONE)
    if head := heads.first():
        return head
    # Two first events at once: the other's row is waited for and kept.
    AuditHead.objects.bulk_create([AuditHead(seq=0, hash=START)], ignore_conflicts=True)
    return heads.get()
