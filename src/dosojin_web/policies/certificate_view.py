"""A certificate as its pages show it: what it says, and how it came to say that.

In:  a certificate, the day, and what the reader's role may see.
Out: a ``CertificateView`` for the templates ``policies/certificate_*.html``: the insured, the
     period, sums and riders, the premium version by version, requests with their entries,
     documents, payments and refunds, recorded delays; words in the active language.
Never: a name, a proxy or a yen that the role may not see: what is not shown is not there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language, gettext

from dosojin_web.components.records import Cell, Column, PastEvent, TableRow
from dosojin_web.components.shapes import MoneyRow
from dosojin_web.directory.models import Organisation
from dosojin_web.documents.kinds import Language
from dosojin_web.documents.models import Document
from dosojin_web.templatetags.portals import japan_time

from .actor_names import name_actors
from .certificate_history import tell_requests, tell_versions
from .certificate_money import MoneyMoved, list_money, owed_back, tabulate_premium
from .delay_causes import name_cause
from .mapping import Refusal, list_riders, plan_limits, say
from .marks import CERTIFICATE_MARKS, CHANGE_MARKS
from .models import Certificate, CertificateVersion, ChangeKind, ChangeRequest
from .models.changes import OPEN_STATES
from .plan_comparison import word_sum
from .plan_stretches import list_stretches
from .proxies import Proxy
from .sheets import country_name, plan_notes
from .tariff_plan import quote_in_pair
from .versions import CertificateState, state_of


@dataclass(frozen=True, slots=True)
class Sight:
    """What of a certificate a role may see.

    ``names``: the insured and the student number. ``proxy``: who acts in Japan. ``money``:
    premiums, payments, refunds. ``log_ins``: which of several people of an office acted.
    """

    names: bool = True
    proxy: bool = True
    money: bool = True
    log_ins: bool = False


@dataclass(frozen=True, slots=True)
class Links:
    """Names of addresses in the reader's portal; "" where it has no such page.

    ``document`` and ``change`` take the record's key.
    """

    document: str = ""
    change: str = ""


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """A document of the certificate; ``address`` "" where the reader may not open it."""

    name: str
    language: str
    issued_at: datetime
    address: str


@dataclass(frozen=True, slots=True)
class ChangeView:
    """A request. ``mark`` draws its state; ``premium_change`` is None without sight of money."""

    key: UUID
    kind: str
    state: str
    mark: str
    is_open: bool
    is_extension: bool
    last_day: date
    premium_change: int | None
    riders_lost: tuple[str, ...]
    reason: str
    asked_at: datetime
    asked_by: str
    proxy: Proxy | None
    entries: tuple[PastEvent, ...]
    address: str


@dataclass(frozen=True, slots=True)
class DelayView:
    """A cause that may extend cover by up to 72 hours, as the insured recorded it."""

    cause: str
    planned_arrival: datetime
    expected_arrival: datetime | None
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class CertificateView:
    """The whole certificate for one reader. Amounts are whole yen, None without sight of them."""

    certificate: Certificate
    latest: CertificateVersion
    sight: Sight
    number: str
    state: CertificateState
    mark: str
    insured: str
    insured_kana: str
    student_number: str
    birth_date: date | None
    university: Organisation
    programme: str
    host: str
    policyholder: Organisation
    country: str
    plan: str
    band: str
    inception: date
    expiry: date
    days: int
    sums: tuple[tuple[str, str], ...]
    plan_notes: tuple[str, ...]
    riders: tuple[str, ...]
    premium: int | None
    loading: int | None
    premium_rows: tuple[MoneyRow, ...]
    premium_total: MoneyRow | None
    versions: tuple[PastEvent, ...]
    changes: tuple[ChangeView, ...]
    documents: tuple[DocumentLine, ...]
    payments: tuple[MoneyMoved, ...]
    owed_back: int
    delays: tuple[DelayView, ...]

    @property
    def premium_columns(self) -> list[str]:
        """Heads of the columns of ``premium_rows``."""
        return [gettext("Change"), gettext("Premium of the version")]

    @property
    def money_columns(self) -> list[Column]:
        """Heads of the columns of ``money_rows``."""
        return [
            Column(gettext("Payment or refund")),
            Column(gettext("State")),
            Column(gettext("Since")),
            Column(gettext("Amount"), amount=True),
        ]

    @property
    def money_rows(self) -> list[TableRow]:
        """``payments`` for a table."""
        return [
            TableRow(
                (
                    Cell(moved.what, note=moved.note),
                    Cell(moved.state, state=moved.mark),
                    Cell(japan_time(moved.at)),
                    Cell(yen=moved.amount),
                )
            )
            for moved in self.payments
        ]

    @property
    def open_change(self) -> ChangeView | None:
        """The request that waits for somebody, if there is one."""
        return next((change for change in self.changes if change.is_open), None)


def view_certificate(
    certificate: Certificate, today: date, sight: Sight | None = None, links: Links | None = None
) -> CertificateView:
    """The certificate as it stands on ``today``, in some fifteen queries whatever its history."""
    sight, links = sight or Sight(), links or Links()
    versions = list(certificate.versions.order_by("number"))
    requests = list(certificate.changes.order_by("-asked_at", "-pk").prefetch_related("entries"))
    names = _names(versions, requests, sight)
    latest, member = versions[-1], certificate.member
    person, product = member.person, certificate.master.product
    state = state_of(latest, today)
    language: Language = "ja" if get_language() == "ja" else "en"
    rows, total = tabulate_premium(versions)
    stretches = list_stretches(versions)
    limits = plan_limits(product, stretches[-1].plan)
    return CertificateView(
        certificate=certificate,
        latest=latest,
        sight=sight,
        number=certificate.number,
        state=state,
        mark=CERTIFICATE_MARKS[state],
        insured=person.full_name(language) if sight.names else "",
        insured_kana=_kana(certificate) if sight.names and language == "ja" else "",
        student_number=member.student_number if sight.names else "",
        birth_date=person.birth_date if sight.names else None,
        university=member.university,
        programme=member.programme.title,
        host=member.programme.host,
        policyholder=certificate.master.policyholder,
        country=country_name(certificate.application.country, language),
        plan=say(limits.title),
        band=_band(product, latest),
        inception=latest.inception,
        expiry=latest.expiry,
        days=0 if latest.cancelled else (latest.expiry - latest.inception).days + 1,
        sums=tuple((say(insured.title), word_sum(insured)) for insured in limits.sums),
        plan_notes=plan_notes(product, stretches, language),
        riders=_riders(product, latest, limits.plan),
        premium=latest.premium if sight.money else None,
        loading=latest.loading if sight.money else None,
        premium_rows=rows if sight.money else (),
        premium_total=total if sight.money else None,
        versions=tell_versions(versions, names, sight.money),
        changes=tuple(_change(product, each, names, sight, links) for each in requests),
        documents=_documents(certificate, links, sight),
        payments=list_money(certificate) if sight.money else (),
        owed_back=owed_back(certificate) if sight.money else 0,
        delays=_delays(certificate),
    )


def view_change(
    change: ChangeRequest, sight: Sight | None = None, links: Links | None = None
) -> ChangeView:
    """One request by itself."""
    sight = sight or Sight()
    names = _names([], [change], sight)
    product = change.certificate.master.product
    return _change(product, change, names, sight, links or Links())


def _names(
    versions: Sequence[CertificateVersion], requests: Sequence[ChangeRequest], sight: Sight
) -> Mapping[str, str]:
    whos = {version.actor for version in versions} | {each.asked_by for each in requests}
    whos |= {entry.actor for each in requests for entry in each.entries.all()}
    return name_actors(whos, sight.log_ins)


def _kana(certificate: Certificate) -> str:
    person = certificate.member.person
    return f"{person.family_name_kana} {person.given_name_kana}".strip()


def _band(product: str, version: CertificateVersion) -> str:
    """What the tariff prints for the period; "" for one that no plan takes any more."""
    try:
        return say(quote_in_pair(product, version.plan, version.inception, version.expiry).band)
    except Refusal:
        return ""


def _riders(product: str, version: CertificateVersion, plan: str) -> tuple[str, ...]:
    return tuple(
        say(rider.title)
        for rider in list_riders(product)
        if rider.rider in version.riders or plan in rider.plans
    )


def _change(
    product: str, change: ChangeRequest, names: Mapping[str, str], sight: Sight, links: Links
) -> ChangeView:
    titles = {rider.rider: say(rider.title) for rider in list_riders(product)}
    return ChangeView(
        key=change.key,
        kind=change.get_kind_display(),
        state=change.get_state_display(),
        mark=CHANGE_MARKS[change.state],
        is_open=change.state in OPEN_STATES,
        is_extension=change.kind == ChangeKind.EXTENSION,
        last_day=change.last_day,
        premium_change=change.premium_change if sight.money else None,
        riders_lost=tuple(titles.get(rider, rider) for rider in change.riders_lost),
        reason=change.reason,
        asked_at=change.asked_at,
        asked_by=names[change.asked_by],
        proxy=Proxy.of(change) if sight.proxy else None,
        entries=tell_requests(change.entries.all(), names),
        address=reverse(links.change, args=[change.key]) if links.change else "",
    )


def _documents(certificate: Certificate, links: Links, sight: Sight) -> tuple[DocumentLine, ...]:
    """Without sight of names none can be opened: each names the insured."""
    name = links.document if sight.names else ""
    found = Document.objects.filter(reference=certificate.number).defer("sheet")
    return tuple(
        DocumentLine(
            name=document.name,
            language=document.language,
            issued_at=document.issued_at,
            address=reverse(name, args=[document.key]) if name else "",
        )
        for document in found.order_by("-issued_at", "-pk")
    )


def _delays(certificate: Certificate) -> tuple[DelayView, ...]:
    return tuple(
        DelayView(
            cause=name_cause(delay.cause),
            planned_arrival=delay.planned_arrival,
            expected_arrival=delay.expected_arrival,
            recorded_at=delay.recorded_at,
        )
        for delay in certificate.automatic_extensions.order_by("-recorded_at", "-pk")
    )
