"""Writes an entry and seals it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from dosojin_web.accounts.actors import Actor
from dosojin_web.audit.operations.record_event import record
from dosojin_web.ledger.chart import check_code, join_code
from dosojin_web.ledger.models import Entry, EntryLine


@dataclass(frozen=True, slots=True)
class Line:
    """Yen on an account ("bank", "premium-due:TK"): debit positive, credit negative."""

    account: str
    amount: int


class Unbalanced(Exception):
    """The lines do not add up to zero, or there is nothing in them."""


class KeyReused(Exception):
    """An entry with this key stands already, and says something else."""


def post(
    kind: str,
    key: str,
    lines: Sequence[Line],
    reference: str,
    on: date,
    actor: Actor,
    now: datetime,
) -> Entry:
    """Write an entry of ``lines`` for ``reference`` ("K26-000123"), of the day ``on`` in Japan.

    Lines of 0 yen are left out: the share of an insurer can be that small. The same key with the
    same lines returns the entry that stands. Unbalanced, UnknownAccount or KeyReused if it cannot
    be written.
    """
    wanted = read_lines(key, lines)
    # No savepoint of its own: what fails here takes the caller's transaction along.
    with transaction.atomic(savepoint=False):
        entry, is_new = find_or_write(kind, key, reference, on, actor, now)
        if is_new:
            _write_lines(entry, wanted, actor, now)
    return entry if is_new else check_same(entry, kind, reference, wanted)


def _write_lines(
    entry: Entry, wanted: Sequence[tuple[str, str, int]], actor: Actor, now: datetime
) -> None:
    """The lines of a new entry; sealed, it takes no more, and the audit log knows them.

    With the amounts, so that the chain of the audit log vouches for the ledger too.
    """
    EntryLine.objects.bulk_create(
        EntryLine(entry=entry, account=account, part=part, amount=amount)
        for account, part, amount in wanted
    )
    entry.sealed = True
    entry.save(update_fields=["sealed"])
    lines = [f"{join_code(account, part)} {amount:+}" for account, part, amount in wanted]
    detail = {
        "kind": entry.kind,
        "reference": entry.reference,
        "lines": "; ".join(lines),
    }
    record(actor, "ledger.post", f"entry:{entry.key}", detail, now)


def read_lines(key: str, lines: Sequence[Line]) -> list[tuple[str, str, int]]:
    """Account, part and yen of each line that is not empty; Unbalanced if they do not balance."""
    wanted = [(*check_code(line.account), line.amount) for line in lines if line.amount]
    off = sum(amount for _, _, amount in wanted)
    if off:
        raise Unbalanced(f"The lines of {key} add up to {off:+} yen instead of 0.")
    if not wanted:
        raise Unbalanced(f"The lines of {key} are all 0 yen. Post only what moves money.")
    return wanted


def find_or_write(
    kind: str, key: str, reference: str, on: date, actor: Actor, now: datetime
) -> tuple[Entry, bool]:
    """The entry with this key, and whether it is new: written before it is looked for."""
    entry = Entry(key=key, kind=kind, reference=reference, on=on, at=now, actor=actor.who)
    try:
        with transaction.atomic():
            entry.save(force_insert=True)
    except IntegrityError:
        return Entry.objects.get(key=key), False
    return entry, True


def check_same(
    entry: Entry, kind: str, reference: str, wanted: Sequence[tuple[str, str, int]]
) -> Entry:
    """The entry, if it says the same; else KeyReused."""
    stands = entry.lines.values_list("account", "part", "amount")
    same = sorted(stands) == sorted(wanted)
    if not same or (entry.kind, entry.reference) != (kind, reference):
        raise KeyReused(
            f"{entry.key} was posted before with other lines, kind or reference. "
            "A correction is a new entry with a key of its own."
        )
    return entry
