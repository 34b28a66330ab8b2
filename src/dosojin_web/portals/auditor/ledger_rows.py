"""Entries of the ledger and their lines as rows of tables."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import get_language, gettext, gettext_lazy

from dosojin_web.components.records import Cell, Column, TableRow
from dosojin_web.ledger.chart import ACCOUNTS
from dosojin_web.ledger.models import Entry, EntryLine
from dosojin_web.policies.models import Certificate
from dosojin_web.templatetags.layout import civil_day

KINDS: dict[str, str | Promise] = {
    "premium": gettext_lazy("Premium received"),
    "return-premium": gettext_lazy("Return premium owed"),
    "surplus": gettext_lazy("Money received that nobody owed"),
    "refund-paid": gettext_lazy("Refund paid"),
    "refund-returned": gettext_lazy("Refund that came back"),
}


def word_kind(kind: str) -> str:
    """What an entry records; a kind that is not listed, as it stands."""
    return str(KINDS.get(kind, kind))


def entry_columns(account: str) -> list[Column]:
    """Heads of ``entry_rows``."""
    amount = gettext("On this account") if account else gettext("Amount")
    return [
        Column(gettext("Entry")),
        Column(gettext("Day")),
        Column(gettext("Reference")),
        Column(amount, amount=True),
        Column(gettext("Sealed")),
    ]


def entry_rows(entries: Sequence[Any], account: str) -> list[TableRow]:
    """One row for each entry, its lines fetched before.

    With ``account``, what it moved there, a debit positive; else the sum of its debits.
    """
    return [_entry(entry, account) for entry in entries]


def _entry(entry: Any, account: str) -> TableRow:
    debits = sum(line.amount for line in entry.lines.all() if line.amount > 0)
    sealed = Cell(gettext("Sealed"), state="done")
    open_one = Cell(gettext("Not sealed"), state="needs_attention")
    of_reference = f"{reverse('auditor:entries')}?{urlencode({'reference': entry.reference})}"
    return TableRow(
        (
            Cell(word_kind(entry.kind), reverse("auditor:entry", args=[entry.pk])),
            Cell(civil_day(entry.on)),
            Cell(entry.reference, of_reference),
            Cell(yen=entry.moved if account else debits),
            sealed if entry.sealed else open_one,
        )
    )


def line_columns() -> list[Column]:
    """Heads of ``line_rows``."""
    return [
        Column(gettext("Account")),
        Column(gettext("Debit"), amount=True),
        Column(gettext("Credit"), amount=True),
    ]


def line_rows(entry: Entry) -> list[TableRow]:
    """The lines of an entry in the order in which they were written."""
    return [_line(line) for line in entry.lines.order_by("pk")]


def _line(line: EntryLine) -> TableRow:
    title = ACCOUNTS[line.account].title(get_language() or "ja")
    address = f"{reverse('auditor:entries')}?{urlencode({'account': line.code})}"
    debit = Cell(yen=line.amount) if line.amount > 0 else Cell()
    credit = Cell(yen=-line.amount) if line.amount < 0 else Cell()
    return TableRow((Cell(title, address, note=line.code), debit, credit))


def find_record(reference: str) -> str:
    """The page of the certificate that a reference names; "" for others."""
    if reference and Certificate.objects.filter(number=reference).exists():
        return reverse("auditor:certificate", args=[reference])
    return ""
