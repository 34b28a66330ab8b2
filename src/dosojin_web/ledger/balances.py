"""What stands on the accounts, each answer from one query. Debit is positive, credit negative."""

from datetime import date

from django.db.models import QuerySet, Sum

from .chart import ACCOUNTS, join_code, split_code
from .models import Entry, EntryLine


def balance(account_prefix: str, reference: str | None = None, until: date | None = None) -> int:
    """Yen on an account with all its parts ("premium-due"), or on a part ("premium-due:TK").

    Of one ``reference`` only, and of entries up to the day ``until`` with that day, if they are
    given. UnknownAccount if the chart has no such account.
    """
    lines = lines_of(account_prefix)
    if reference is not None:
        lines = lines.filter(entry__reference=reference)
    if until is not None:
        lines = lines.filter(entry__on__lte=until)
    return lines.aggregate(total=Sum("amount"))["total"] or 0


def trial_balance() -> dict[str, int]:
    """Yen on every account and part that has a line, in the order of the chart. Sums to zero."""
    rows = EntryLine.objects.values_list("account", "part").annotate(total=Sum("amount"))
    order = {code: place for place, code in enumerate(ACCOUNTS)}
    found = sorted(rows, key=lambda row: (order.get(row[0], len(order)), row[0], row[1]))
    return {join_code(account, part): int(total) for account, part, total in found}


def balances_by_reference(account_prefix: str) -> dict[str, int]:
    """Yen on an account or part for every reference that has a line there, also where it is 0."""
    rows = lines_of(account_prefix).values_list("entry__reference").annotate(total=Sum("amount"))
    return {reference: int(total) for reference, total in rows.order_by("entry__reference")}


def count_open_entries() -> int:
    """Entries that nobody sealed. More than none means that one was written past ``post``."""
    return Entry.objects.filter(sealed=False).count()


def lines_of(account_prefix: str) -> QuerySet[EntryLine]:
    """The lines on an account with all its parts, or on one part."""
    account, part = split_code(account_prefix)
    lines = EntryLine.objects.filter(account=account)
    return lines.filter(part=part) if part else lines
