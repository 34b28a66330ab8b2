"""What an insurer gets each month: every premium and return premium, and its share of each.

The rows come from the certificates, the control totals from the ledger; a bordereau whose two
sides differ is not given out.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Sum

from dosojin_web.directory.models import Organisation
from dosojin_web.ledger.models import EntryLine
from dosojin_web.ledger.split import net_split_change

from .japan import day_in_japan, start_of_day
from .models import CertificateVersion, MasterPolicy
from .models.schemes import SHARES_TOTAL

JAPAN = ZoneInfo("Asia/Tokyo")


class BordereauDiffers(Exception):
    """Certificates and ledger do not say the same; nothing is given out until that is found."""


@dataclass(frozen=True, slots=True)
class BordereauRow:
    """One version of one certificate; amounts in whole yen, share in ten-thousandths."""

    certificate: str
    version: int
    kind: str
    recorded_on: date
    inception: date
    expiry: date
    plan: str
    premium_change: int
    share: int
    share_change: int


@dataclass(frozen=True, slots=True)
class Bordereau:
    """One insurer's month. The totals are over its rows and equal the ledger's."""

    insurer: Organisation
    month: date
    rows: tuple[BordereauRow, ...]
    written: int
    returned: int
    share_written: int
    share_returned: int

    @property
    def share_net(self) -> int:
        """What the insurer's right to premium has grown by, in yen."""
        return self.share_written + self.share_returned


def make_bordereau(master: MasterPolicy, insurer: Organisation, month: date) -> Bordereau:
    """The bordereau of the month that begins on ``month``, by Japan's days.

    BordereauDiffers if the ledger has another total.
    """
    rows = tuple(_rows(master, insurer, month))
    made = Bordereau(
        insurer=insurer,
        month=month,
        rows=rows,
        written=sum(row.premium_change for row in rows if row.premium_change > 0),
        returned=sum(row.premium_change for row in rows if row.premium_change < 0),
        share_written=sum(row.share_change for row in rows if row.premium_change > 0),
        share_returned=sum(row.share_change for row in rows if row.premium_change < 0),
    )
    booked = _booked(master, insurer, month)
    if booked != made.share_net:
        raise BordereauDiffers(
            f"{insurer.code} {month:%Y-%m}: certificates {made.share_net}, ledger {booked}"
        )
    return made


def write_csv(bordereau: Bordereau) -> bytes:
    """The bordereau as CSV in UTF-8 with a byte order mark, which spreadsheets in Japan need.

    The last line is the control: the number of rows and the totals.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    names = [field.name for field in fields(BordereauRow)]
    writer.writerow(names)
    for row in bordereau.rows:
        writer.writerow([getattr(row, name) for name in names])
    net = bordereau.written + bordereau.returned
    control = {
        "certificate": "CONTROL",
        "version": len(bordereau.rows),
        "premium_change": net,
        "share_change": bordereau.share_net,
    }
    writer.writerow([control.get(name, "") for name in names])
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8")


def next_month(month: date) -> date:
    """The first day of the month after."""
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def months_until(master: MasterPolicy, now: datetime) -> list[date]:
    """The first days of all months with a version, the newest first, this month among them."""
    moments = CertificateVersion.objects.filter(certificate__master=master).datetimes(
        "recorded_at", "month", tzinfo=JAPAN
    )
    this_month = day_in_japan(now).replace(day=1)
    return sorted({this_month, *(moment.date() for moment in moments)}, reverse=True)


def _rows(master: MasterPolicy, insurer: Organisation, month: date) -> Iterator[BordereauRow]:
    shares = master.shares_in_order
    share = dict(shares).get(insurer.code, 0)
    versions = CertificateVersion.objects.filter(
        certificate__master=master,
        recorded_at__gte=start_of_day(month),
        recorded_at__lt=start_of_day(next_month(month)),
    ).select_related("certificate")
    for version in versions.order_by("recorded_at", "pk").iterator(2000):
        before = version.premium - version.premium_change
        parts = net_split_change(before, version.premium, shares, SHARES_TOTAL)
        yield BordereauRow(
            certificate=version.certificate.number,
            version=version.number,
            kind=version.kind,
            recorded_on=day_in_japan(version.recorded_at),
            inception=version.inception,
            expiry=version.expiry,
            plan=version.plan,
            premium_change=version.premium_change,
            share=share,
            share_change=parts.get(insurer.code, 0),
        )


def _booked(master: MasterPolicy, insurer: Organisation, month: date) -> int:
    lines = EntryLine.objects.filter(
        account="premium-due",
        part=insurer.code,
        entry__kind__in=("premium", "return-premium"),
        entry__on__gte=month,
        entry__on__lt=next_month(month),
        entry__reference__startswith=f"{master.number}-",
    )
    return -int(lines.aggregate(sum=Sum("amount"))["sum"] or 0)
