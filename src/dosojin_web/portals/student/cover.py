"""A certificate as its student needs it: its hours here and there, what is open, what comes next.

In:  a certificate in its reader's hand.
Out: values for ``student/certificate.html``, in the active language.
Never: a rule; what can be asked for, its own page says.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language, gettext

from dosojin_web.deadlines.models import Deadline
from dosojin_web.policies.certificate_view import Links, view_certificate
from dosojin_web.policies.japan import day_in_japan, end_of_day, start_of_day
from dosojin_web.policies.letters import pay_token
from dosojin_web.policies.models import ChangeKind, ChangeRequest, ChangeState
from dosojin_web.policies.models.changes import OPEN_STATES
from dosojin_web.policies.sheets import country_name
from dosojin_web.policies.versions import CertificateState, state_of

from .certificates import Held
from .emergency import Emergency, find_emergency
from .local_time import moment_in


@dataclass(frozen=True, slots=True)
class Hours:
    """When cover begins and ends. ``ends_on`` is the last day, of which all 24 hours count.

    ``begins_there`` and ``ends_there`` are the same moments by the clocks of the destination, ""
    where those differ within it.
    """

    begins_on: date
    ends_on: date
    country: str
    begins_there: str
    ends_there: str


@dataclass(frozen=True, slots=True)
class OpenRequest:
    """A request that waits: for whom, and where what is due can be paid."""

    change: ChangeRequest
    next_step: str
    pay_address: str

    @property
    def title(self) -> str:
        """What was asked for, in the active language."""
        return f"{gettext('Your open request')}: {self.change.get_kind_display()}"


def find_hours(held: Held) -> Hours:
    """The exact hours of the latest version."""
    country, version = held.certificate.application.country, held.version
    language = "ja" if get_language() == "ja" else "en"
    return Hours(
        begins_on=version.inception,
        ends_on=version.expiry,
        country=country_name(country, language),
        begins_there=moment_in(country, start_of_day(version.inception)),
        ends_there=moment_in(country, end_of_day(version.expiry)),
    )


def find_open_request(held: Held) -> OpenRequest | None:
    """The request of this certificate that somebody has still to answer, if there is one."""
    return find_open_requests([held.certificate.number]).get(held.certificate.number)


def find_open_requests(numbers: Sequence[str]) -> dict[str, OpenRequest]:
    """By number of the certificate: the request that somebody has still to answer."""
    waiting = ChangeRequest.objects.filter(certificate__number__in=numbers, state__in=OPEN_STATES)
    return {
        change.certificate.number: _describe_request(change)
        for change in waiting.select_related("certificate")
    }


def _find_help(held: Held) -> Emergency | None:
    """Whom to call; nobody where cover never begins."""
    if held.version.cancelled:
        return None
    return find_emergency(held.product, held.certificate.application.country)


def _describe_request(change: ChangeRequest) -> OpenRequest:
    pay = ""
    if change.state == ChangeState.AWAITING_PREMIUM:
        pay = reverse("policies:pay_change", args=[change.key, pay_token(change)])
    return OpenRequest(change, _next_step(change), pay)


def describe(held: Held) -> dict[str, Any]:
    """The context of the page."""
    state = state_of(held.version, held.today)
    links = Links(document="student:document")
    return {
        "held": held,
        "view": view_certificate(held.certificate, held.today, links=links),
        "hours": find_hours(held),
        "emergency": _find_help(held),
        "request_open": find_open_request(held),
        "comes_on": _comes_on(held.certificate.number, held.now),
        "is_cancelled": state is CertificateState.CANCELLED,
        "is_running": state in (CertificateState.NOT_BEGUN, CertificateState.IN_FORCE),
    }


def _next_step(change: ChangeRequest) -> str:
    if change.state == ChangeState.AWAITING_PREMIUM and not change.proxy:
        return gettext(
            "The additional premium is now due. You have been sent the payment link by e-mail."
        )
    if change.state == ChangeState.AWAITING_PREMIUM:
        return gettext(
            "The additional premium is now due. Your proxy has been sent the payment link "
            "by e-mail."
        )
    if change.state == ChangeState.REVIEWED:
        return gettext("The agency has checked it. Next, the policyholder has to confirm it.")
    if change.kind == ChangeKind.EXTENSION:
        return gettext("Next, the agency checks it; then the policyholder has to confirm it.")
    return gettext("Next, the policyholder has to confirm it. Until then your cover is unchanged.")


def _comes_on(number: str, now: datetime) -> date | None:
    """The day in Japan on which a certificate that is still to be made is ready."""
    mine = Q(key=number) | Q(key__startswith=f"{number}:")
    waiting = Deadline.objects.filter(mine, kind="certificate.send", done_at=None)
    due = waiting.filter(cancelled_at=None).order_by("due_at").first()
    return None if due is None else day_in_japan(max(due.due_at, now))
