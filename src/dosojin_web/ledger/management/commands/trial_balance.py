"""``dosojin-web trial-balance``: every account with what stands on it, and the totals."""

import sys
from typing import Any

from django.core.management.base import BaseCommand
from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table

from dosojin_web.ledger.balances import count_open_entries, trial_balance
from dosojin_web.ledger.chart import ACCOUNTS, split_code


class Command(BaseCommand):
    """Prints the trial balance; exit status 1 unless it is zero and every entry is sealed."""

    help = "Print what stands on every account, in yen. The totals of both sides must be equal."

    def handle(self, *args: Any, **options: Any) -> None:
        found = trial_balance()
        Console(file=self.stdout, width=100).print(make_table(found))  # type: ignore[arg-type]
        off, open_entries = sum(found.values()), count_open_entries()
        if off:
            self.stdout.write(f"The two sides differ by {off:+,} yen.")
        if open_entries:
            self.stdout.write(f"{open_entries} entries were never sealed.")
        if off or open_entries:
            sys.exit(1)


def make_table(found: dict[str, int]) -> Table:
    """Account, title, debit and credit, with totals."""
    debit = sum(amount for amount in found.values() if amount > 0)
    credit = -sum(amount for amount in found.values() if amount < 0)
    table = Table(box=SIMPLE_HEAD, show_footer=True)
    table.add_column("Account", "Total", no_wrap=True)
    table.add_column("Title")
    table.add_column("Debit (yen)", f"{debit:,}", justify="right", no_wrap=True)
    table.add_column("Credit (yen)", f"{credit:,}", justify="right", no_wrap=True)
    for code, amount in found.items():
        title = ACCOUNTS[split_code(code)[0]].title("en")
        sides = (f"{amount:,}", "") if amount >= 0 else ("", f"{-amount:,}")
        table.add_row(code, title, *sides)
    return table
