"""Enrols students in a database of their own, and looks whether everything is there afterwards.

    python enrolments.py APPLICATIONS PROCESSES THREADS

In:  DOSOJIN_VAR with nothing in it, or DATABASE_URL of an empty PostgreSQL.
Out: a line of JSON: figures, errors, and what is wrong with the books.
"""

# ruff: noqa: E402 (models can be imported once Django has started, not before)

from __future__ import annotations

import json
import sys
import time
from typing import Any

import django

django.setup()

from django.core.management import call_command
from django.db.models import Count, Sum
from prepare import make_applications
from writers import write_all

from dosojin_web.audit.operations.verify_chain import verify
from dosojin_web.deadlines.models import Deadline
from dosojin_web.ledger.balances import count_open_entries
from dosojin_web.ledger.models import Entry, EntryLine
from dosojin_web.mail.models import OutgoingMail
from dosojin_web.policies.mapping import warm_up
from dosojin_web.policies.models import Certificate


def check_books(expected: int) -> tuple[list[str], dict[str, float]]:
    """What is wrong, in words, and how fast the audit log was read."""
    found = []
    counts = {
        "certificates": Certificate.objects.count(),
        "premiums in the ledger": Entry.objects.filter(kind="premium").count(),
        "mails": OutgoingMail.objects.filter(template="policies/mail/enrolment").count(),
        "deadlines": Deadline.objects.filter(kind="certificate.send").count(),
    }
    found += [f"{count} {what}, not {expected}" for what, count in counts.items()]
    found = [fault for fault in found if not fault.startswith(f"{expected} ")]
    if twice := Certificate.objects.values("number").annotate(n=Count("pk")).filter(n__gt=1):
        found.append(f"{len(twice)} numbers stand twice")
    if off := EntryLine.objects.aggregate(sum=Sum("amount"))["sum"]:
        found.append(f"the trial balance is {off:+} yen")
    if count_open_entries():
        found.append("entries are not sealed")
    begun = time.perf_counter()
    read = verify()
    seconds = time.perf_counter() - begun
    if read.damage is not None:
        found.append(f"audit log: {read.damage}")
    return found, {"events": read.whole_until.seq, "audit_seconds": seconds}


def main(applications: int, processes: int, threads: int) -> dict[str, Any]:
    call_command("migrate", verbosity=0)
    warm_up()
    prepared = make_applications(applications)
    written = write_all(prepared, processes, threads)
    faults, audit = check_books(len(prepared))
    ordered = sorted(written.seconds)
    return {
        "per_second": len(prepared) / written.clock,
        "clock": written.clock,
        "processor": written.processor,
        "median": ordered[len(ordered) // 2],
        "longest": ordered[-1],
        "errors": written.errors,
        "faults": faults,
        **audit,
    }


if __name__ == "__main__":
    print(json.dumps(main(*map(int, sys.argv[1:4]))))
