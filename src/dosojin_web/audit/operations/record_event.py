"""Adds an event to the chain."""

from datetime import datetime

from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from dosojin_web.accounts.actors import Actor
from dosojin_web.audit.chain import START, Detail, Link, read_seal, write_detail
from dosojin_web.audit.models import AuditHead, Event

# Plain SQL of both databases: every act of the site comes by here, some of them four times, and
# Django takes ten times as long to write these sentences as the database to carry them out.
COLUMNS = (*Link._fields, "hash")
ADD = f"INSERT INTO audit_event ({', '.join(COLUMNS)}) VALUES ({', '.join(['%s'] * len(COLUMNS))})"
READ_HEAD = "SELECT seq, hash FROM audit_audithead WHERE id = 1"
MOVE_HEAD = "UPDATE audit_audithead SET seq = %s, hash = %s WHERE id = 1"


class OutsideTransaction(Exception):
    """An event was to be recorded outside the transaction of what it tells of."""


def record(actor: Actor, act: str, about: str, detail: Detail, now: datetime) -> Event:
    """Record that ``actor`` did ``act`` to ``about`` ("certificate:K26-000123").

    The caller's transaction holds both the change and its event, else OutsideTransaction. Record
    last: from here to its end, other transactions that record wait. ``detail`` names ids and
    states, never personal data.
    """
    connection = transaction.get_connection()
    if not connection.in_atomic_block:
        raise OutsideTransaction(
            f"{act} was to be recorded outside a transaction. "
            "Put the change and record() into one transaction.atomic()."
        )
    if now.tzinfo is None:
        raise ValueError(f"{act} was to be recorded at a time without its zone")
    written = write_detail(detail)
    seq, previous = lock_head(connection)
    link = Link(seq + 1, now, actor.who, actor.role, act, about, written, previous)
    seal = read_seal()(link)
    at = connection.ops.adapt_datetimefield_value(now)
    with connection.cursor() as cursor:
        cursor.execute(ADD, [*link._replace(at=at), seal])
        cursor.execute(MOVE_HEAD, [link.seq, seal])
    return Event.from_db(connection.alias, COLUMNS, [*link, seal])


def lock_head(connection: BaseDatabaseWrapper) -> tuple[int, str]:
    """Number and hash at which the chain ends, locked until the transaction does.

    SQLite needs no lock here: its transactions that write run one after the other from BEGIN on.
    """
    sentence = READ_HEAD + " FOR UPDATE" * connection.features.has_select_for_update
    with connection.cursor() as cursor:
        cursor.execute(sentence)
        if (head := cursor.fetchone()) is None:
            # Two first events at once: the other's row is waited for and kept.
            AuditHead.objects.bulk_create([AuditHead(seq=0, hash=START)], ignore_conflicts=True)
            cursor.execute(sentence)
            head = cursor.fetchone()
    seq, last = head
    return seq, last
