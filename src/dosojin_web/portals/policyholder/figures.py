"""The figures of the overview: who stands where, and what was written.

In:  the policyholder's members and certificates, the day.
Out: rows of tables. Never: a figure that the lists behind it do not have.
"""

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, Sum
from django.urls import reverse
from django.utils.translation import gettext

from dosojin_web.accounts.seats import Seat
from dosojin_web.components.records import Cell, Column, TableRow
from dosojin_web.directory.models import Organisation
from dosojin_web.policies.bordereau import next_month
from dosojin_web.policies.japan import start_of_day
from dosojin_web.policies.models import CertificateVersion
from dosojin_web.policies.standing import UNCOVERED, Standing, with_standing
from dosojin_web.templatetags.layout import civil_days

from .scope import members_of

COUNTED = (Standing.ENROLLED, Standing.ON_TRIP, Standing.ENDED, Standing.CANCELLED)
FISCAL_YEAR_BEGINS = 4


def count_members(seat: Seat, today: date) -> dict[tuple[int, str], int]:
    """Members by university and standing; one query."""
    standing: Any = with_standing(members_of(seat).order_by(), today)
    counted = standing.values("university", "standing").annotate(members=Count("pk"))
    return {(row["university"], row["standing"]): row["members"] for row in counted}


def standing_rows(counted: dict[tuple[int, str], int]) -> list[TableRow]:
    """Each standing that anybody has, with the way to its members."""
    total: dict[str, int] = defaultdict(int)
    for (_, standing), members in counted.items():
        total[standing] += members
    address = reverse("policyholder:members")
    return [
        TableRow((Cell(str(each.label), f"{address}?standing={each}"), Cell(f"{total[each]:,}")))
        for each in Standing
        if total[each]
    ]


def university_columns() -> list[Column]:
    """Heads of ``university_rows``."""
    heads = [gettext("Before departure"), gettext("On the trip"), gettext("Cover ended")]
    heads += [gettext("Cancelled"), gettext("Not enrolled"), gettext("All")]
    return [Column(gettext("University")), *(Column(head, amount=True) for head in heads)]


def university_rows(counted: dict[tuple[int, str], int]) -> tuple[list[TableRow], TableRow]:
    """A row for each university, and the total."""
    universities = Organisation.objects.filter(pk__in={pk for pk, _ in counted})
    address = reverse("policyholder:members")
    rows, totals = [], [0] * (len(COUNTED) + 2)
    for university in universities:
        numbers = _numbers(counted, university.pk)
        totals = [sum(pair) for pair in zip(totals, numbers, strict=True)]
        name = Cell(university.name, f"{address}?university={university.code}")
        rows.append(TableRow((name, *_figures(numbers))))
    return rows, TableRow((Cell(gettext("Total")), *_figures(totals)))


def _numbers(counted: dict[tuple[int, str], int], university: int) -> list[int]:
    numbers = [counted.get((university, each), 0) for each in COUNTED]
    open_ones = [each for each in UNCOVERED if each not in COUNTED]
    numbers.append(sum(counted.get((university, each), 0) for each in open_ones))
    everybody = sum(members for (pk, _), members in counted.items() if pk == university)
    return [*numbers, everybody]


def _figures(numbers: list[int]) -> list[Cell]:
    return [Cell(f"{number:,}") for number in numbers]


def premium_columns() -> list[Column]:
    """Heads of ``premium_rows``."""
    heads = [gettext("Written"), gettext("Returned"), gettext("Net")]
    return [Column(gettext("Period")), *(Column(head, amount=True) for head in heads)]


def premium_rows(seat: Seat, today: date) -> list[TableRow]:
    """What was written and returned this month and this fiscal year, and the net, in yen."""
    month = today.replace(day=1)
    year = date(today.year - (today.month < FISCAL_YEAR_BEGINS), FISCAL_YEAR_BEGINS, 1)
    year_ends = date(year.year + 1, FISCAL_YEAR_BEGINS, 1)
    return [
        _premium(seat, gettext("This month"), month, next_month(month)),
        _premium(seat, gettext("This fiscal year"), year, year_ends),
    ]


def _premium(seat: Seat, label: str, first: date, end: date) -> TableRow:
    versions = CertificateVersion.objects.filter(
        certificate__master__policyholder=seat.organisation,
        recorded_at__gte=start_of_day(first),
        recorded_at__lt=start_of_day(end),
    )
    sums = versions.aggregate(
        written=Sum("premium_change", filter=Q(premium_change__gt=0)),
        returned=Sum("premium_change", filter=Q(premium_change__lt=0)),
    )
    written, returned = sums["written"] or 0, sums["returned"] or 0
    note = civil_days(first, end - timedelta(days=1))
    amounts = (written, returned, written + returned)
    return TableRow((Cell(label, note=note), *(Cell(yen=amount) for amount in amounts)))
