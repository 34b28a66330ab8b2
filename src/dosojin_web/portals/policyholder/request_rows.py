"""Requests as rows of a table."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext

from dosojin_web.components.records import Cell, Column, TableRow
from dosojin_web.policies.actor_names import name_actors
from dosojin_web.policies.marks import CHANGE_MARKS
from dosojin_web.policies.models import CertificateVersion, ChangeKind, ChangeRequest
from dosojin_web.templatetags.layout import civil_day
from dosojin_web.templatetags.money import more_yen
from dosojin_web.templatetags.portals import japan_time


def with_cover(requests: QuerySet[ChangeRequest]) -> QuerySet[ChangeRequest, Any]:
    """The requests with ``cover_until``: the last day of cover of the version asked on."""
    base = CertificateVersion.objects.filter(
        certificate=OuterRef("certificate"), number=OuterRef("base_version")
    )
    return requests.annotate(cover_until=Subquery(base.values("expiry")[:1]))


def waiting_columns() -> list[Column]:
    """Heads of ``waiting_rows``."""
    return [
        Column(gettext("Request")),
        Column(gettext("Insured")),
        Column(gettext("Last day of cover")),
        Column(gettext("Premium change"), amount=True),
        Column(gettext("Asked for by")),
        Column(gettext("Confirm by")),
    ]


def waiting_rows(requests: Iterable[Any], today: date) -> list[TableRow]:
    """One row for each request that waits, as of ``today``."""
    held = list(requests)
    names = name_actors(request.asked_by for request in held)
    return [_waiting(request, names[request.asked_by], today) for request in held]


def _waiting(request: Any, asked_by: str, today: date) -> TableRow:
    certificate = request.certificate
    address = reverse("policyholder:request", args=[request.key])
    return TableRow(
        (
            Cell(request.get_kind_display(), address, note=certificate.number),
            _insured(request),
            Cell(civil_day(request.last_day), note=_before(request)),
            Cell(more_yen(request.premium_change)),
            Cell(asked_by, note=japan_time(request.asked_at)),
            _deadline(request, today),
        )
    )


def _insured(request: ChangeRequest) -> Cell:
    member = request.certificate.member
    name = member.person.full_name(get_language() or "ja")
    return Cell(name, note=member.university.name)


def _before(request: Any) -> str:
    return gettext("until now %(day)s") % {"day": civil_day(request.cover_until)}


def _deadline(request: Any, today: date) -> Cell:
    """Whatever gives premium back has none, but a day that has passed is a day less to return."""
    if request.kind != ChangeKind.EXTENSION:
        return Cell(gettext("As soon as possible"))
    left = (request.cover_until - today).days
    day = gettext("%(day)s, 24:00") % {"day": civil_day(request.cover_until)}
    if left < 0:
        return Cell(gettext("Too late: cover has ended"), state="late", note=day)
    if left == 0:
        return Cell(gettext("Today, 24:00"), state="needs_attention", note=day)
    return Cell(day, note=_days_left(left))


def _days_left(days: int) -> str:
    return ngettext("%(days)s day left", "%(days)s days left", days) % {"days": days}


def request_columns() -> list[Column]:
    """Heads of ``request_rows``."""
    return [
        Column(gettext("Request")),
        Column(gettext("State")),
        Column(gettext("Insured")),
        Column(gettext("Last day of cover")),
        Column(gettext("Premium change"), amount=True),
        Column(gettext("Asked for")),
    ]


def request_rows(requests: Sequence[Any]) -> list[TableRow]:
    """One row for each request, whatever its state."""
    return [
        TableRow(
            (
                Cell(
                    request.get_kind_display(),
                    reverse("policyholder:request", args=[request.key]),
                    note=request.certificate.number,
                ),
                Cell(request.get_state_display(), state=CHANGE_MARKS[request.state]),
                _insured(request),
                Cell(civil_day(request.last_day), note=_before(request)),
                Cell(more_yen(request.premium_change)),
                Cell(japan_time(request.asked_at)),
            )
        )
        for request in requests
    ]
