"""The bordereaux of many months at a glance: what each insurer's month comes to, and whether it
stands up to the ledger.

In:  a contract, its months, the insurers asked about.
Out: a line for each month and insurer; the same totals as ``bordereau.make_bordereau``.
Never: a line of one insurer in the answer to another.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum
from django.db.models.functions import TruncMonth

from dosojin_web.directory.models import Organisation
from dosojin_web.ledger.models import EntryLine
from dosojin_web.ledger.split import net_split_change

from .bordereau import next_month
from .japan import day_in_japan, start_of_day
from .models import CertificateVersion, MasterPolicy
from .models.schemes import SHARES_TOTAL

Place = tuple[date, str]


@dataclass(frozen=True, slots=True)
class MonthLine:
    """One insurer's month, in yen: its share of what was written (positive) and returned
    (negative); ``booked`` is what the ledger has as its net."""

    month: date
    insurer: Organisation
    written: int
    returned: int
    booked: int
    rows: int

    @property
    def net(self) -> int:
        """What the insurer's right to premium has grown by, as the certificates say."""
        return self.written + self.returned

    @property
    def difference(self) -> int:
        """Yen by which the certificates exceed the ledger; 0 when all is well."""
        return self.net - self.booked


def list_months(
    master: MasterPolicy, months: Sequence[date], insurers: Sequence[Organisation]
) -> list[MonthLine]:
    """A line for each of ``months``, the newest first, and each of ``insurers`` in their order.

    Three queries, whatever the number of lines.
    """
    if not months:
        return []
    first, last = min(months), next_month(max(months))
    rows, written, returned = _shared_out(master, first, last)
    booked = _booked(master, first, last)
    return [
        MonthLine(
            month=month,
            insurer=insurer,
            written=written[month, insurer.code],
            returned=returned[month, insurer.code],
            booked=booked.get((month, insurer.code), 0),
            rows=rows[month],
        )
        for month in sorted(months, reverse=True)
        for insurer in insurers
    ]


def _shared_out(
    master: MasterPolicy, first: date, last: date
) -> tuple[Mapping[date, int], Mapping[Place, int], Mapping[Place, int]]:
    shares = master.shares_in_order
    rows: dict[date, int] = defaultdict(int)
    written: dict[Place, int] = defaultdict(int)
    returned: dict[Place, int] = defaultdict(int)
    versions = CertificateVersion.objects.filter(
        certificate__master=master,
        recorded_at__gte=start_of_day(first),
        recorded_at__lt=start_of_day(last),
    ).values_list("recorded_at", "premium", "premium_change")
    for recorded_at, premium, change in versions.iterator(2000):
        month = day_in_japan(recorded_at).replace(day=1)
        rows[month] += 1
        if change:
            side = written if change > 0 else returned
            parts = net_split_change(premium - change, premium, shares, SHARES_TOTAL)
            for code, part in parts.items():
                side[month, code] += part
    return rows, written, returned


def _booked(master: MasterPolicy, first: date, last: date) -> dict[Place, int]:
    lines = EntryLine.objects.filter(
        account="premium-due",
        entry__kind__in=("premium", "return-premium"),
        entry__on__gte=first,
        entry__on__lt=last,
        entry__reference__startswith=f"{master.number}-",
    ).annotate(month=TruncMonth("entry__on"))
    sums = lines.values_list("month", "part").order_by().annotate(yen=Sum("amount"))
    return {(month, part): -int(yen) for month, part, yen in sums}
