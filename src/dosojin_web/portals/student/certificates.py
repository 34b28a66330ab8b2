"""A student's own certificates, and forms that were opened on an older version of one.

In:  a seat, a number, what a form sent.
Out: the certificate with its latest version, or 404; the page with both versions, 409.
Never: anybody else's certificate.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from dosojin_web.accounts.seats import Seat
from dosojin_web.components.records import ConflictRow
from dosojin_web.policies.japan import day_in_japan
from dosojin_web.policies.mapping import plan_limits, say
from dosojin_web.policies.models import Certificate, CertificateVersion
from dosojin_web.policies.refusals import Stale
from dosojin_web.policies.versions import latest_version
from dosojin_web.templatetags.layout import civil_day
from dosojin_web.templatetags.money import yen
from dosojin_web.templatetags.portals import KEEP_MINE, TAKE_THEIRS

from .layout import show

DIGITS_MAX = 9
# The browser sends these by itself, or the page with both versions adds them.
OWN_FIELDS = frozenset({"csrfmiddlewaretoken", "version", "stands", "both", "step"})


@dataclass(frozen=True, slots=True)
class Held:
    """A certificate in its reader's hand: its latest version, the moment and the day in Japan."""

    certificate: Certificate
    version: CertificateVersion
    now: datetime
    today: date

    @property
    def address(self) -> str:
        """The page of the certificate."""
        return reverse("student:certificate", args=[self.certificate.number])

    @property
    def product(self) -> str:
        """The edition of the wording."""
        return self.certificate.master.product


def find_certificate(seat: Seat, number: str) -> Held:
    """A certificate of the reader; anybody else's answers 404."""
    certificates = Certificate.objects.filter(member__user=seat.user, number=number)
    found = certificates.select_related(
        "master__policyholder",
        "master__agency",
        "application",
        "member__person",
        "member__university",
        "member__programme__master",
    ).first()
    if found is None:
        raise Http404
    now = timezone.now()
    return Held(found, latest_version(found), now, day_in_japan(now))


def sent_version(request: HttpRequest) -> int:
    """The version that the form was opened on; 0, which none is, if it does not say."""
    sent = request.POST.get("version", "")
    return int(sent) if sent.isdecimal() and len(sent) <= DIGITS_MAX else 0


def check_version(request: HttpRequest, held: Held) -> None:
    """Stale with the latest version if the form was opened on another."""
    if sent_version(request) != held.version.number:
        raise Stale(held.version)


def take_saved(request: HttpRequest, held: Held) -> HttpResponse | None:
    """Back to the certificate if the reader of both versions lets the saved one stand."""
    if request.POST.get("stands") != TAKE_THEIRS:
        return None
    messages.info(request, gettext("Nothing was sent. This is your certificate as it stands now."))
    return redirect(held.address)


def must_choose(request: HttpRequest) -> bool:
    """Whether the page with both versions came back without a choice."""
    return "both" in request.POST and request.POST.get("stands") not in (KEEP_MINE, TAKE_THEIRS)


def show_both_versions(
    request: HttpRequest, seat: Seat, held: Held, title: str, step: str = ""
) -> HttpResponse:
    """409: the certificate as the form knew it and as it stands now, and the choice.

    The form brings the answers again; ``step`` is where the page goes on with them.
    """
    version = latest_version(held.certificate)
    sent = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in OWN_FIELDS
        for value in values
    ]
    context = {
        "rows": _compare(held, sent_version(request), version),
        "sent": sent,
        "version": version.number,
        "step": step,
        "changed_at": version.recorded_at,
        "error": gettext("Choose one of the two.") if "both" in request.POST else "",
    }
    template = "student/both_versions.html"
    return show(request, seat, template, title, held.address, context, status=409)


def _compare(held: Held, known: int, latest: CertificateVersion) -> Sequence[ConflictRow]:
    before = held.certificate.versions.filter(number=known).first()
    old, new = _tell(held, before), _tell(held, latest)
    return [ConflictRow(label, old[label], new[label]) for label in new]


def _tell(held: Held, version: CertificateVersion | None) -> dict[str, str]:
    labels = gettext("Version"), gettext("Last day of cover"), gettext("Plan"), gettext("Premium")
    if version is None:
        return dict.fromkeys(labels, "")
    told = (
        str(version.number),
        gettext("Cover never begins.") if version.cancelled else civil_day(version.expiry),
        say(plan_limits(held.product, version.plan).title),
        yen(version.premium),
    )
    return dict(zip(labels, told, strict=True))
