"""A request to change a certificate, as the list and its page show it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import get_language, gettext

from dosojin_web.accounts.seats import Seat
from dosojin_web.components.records import Cell, Column, ConflictRow, Filter, TableRow
from dosojin_web.components.shapes import Choice, SummaryRow
from dosojin_web.policies.actor_names import name_actors
from dosojin_web.policies.certificate_view import Links, Sight, view_change
from dosojin_web.policies.change_arithmetic import Arithmetic, work_out
from dosojin_web.policies.disclosure import Disclosure
from dosojin_web.policies.japan import day_in_japan
from dosojin_web.policies.mapping import (
    ExtensionOffer,
    Refusal,
    plan_limits,
    say,
)
from dosojin_web.policies.marks import CHANGE_MARKS
from dosojin_web.policies.models import (
    Certificate,
    CertificateVersion,
    ChangeKind,
    ChangeRequest,
    ChangeState,
)
from dosojin_web.policies.operations.answer_application import read_disclosure
from dosojin_web.policies.operations.receive_transfer import may_be_received
from dosojin_web.policies.proxies import Proxy
from dosojin_web.policies.quotes import read_day
from dosojin_web.policies.tariff_plan import extend_in_pair
from dosojin_web.policies.versions import latest_version
from dosojin_web.templatetags.layout import civil_day
from dosojin_web.templatetags.money import yen

from .referral_facts import name_hazards
from .waiting_times import DueDay
from .worklist import OURS

SIGHT = Sight(log_ins=True)
LINKS = Links(document="agency:document", change="agency:change")
"""What the agency may see of a certificate, and where its pages lead."""


def tabulate(
    found: Iterable[ChangeRequest], wanted: str, options: list[Choice], now: datetime
) -> dict[str, Any]:
    """The rows of a list of extensions."""
    changes = list(found)
    names = name_actors({change.asked_by for change in changes}, with_log_in=True)
    language = get_language() or "ja"
    return {
        "columns": [
            Column(gettext("Insured")),
            Column(gettext("State")),
            Column(gettext("Has to be complete")),
            Column(gettext("Extended to")),
            Column(gettext("Additional premium"), amount=True),
            Column(gettext("Asked for by")),
        ],
        "rows": [_row(change, language, names[change.asked_by], now) for change in changes],
        "filters": [Filter("state", gettext("State"), options, wanted, gettext("Under way"))],
    }


def _row(change: ChangeRequest, language: str, asker: str, now: datetime) -> TableRow:
    certificate = change.certificate
    # An annotation of the query, which the type does not know.
    last_covered: date = change.last_covered  # type: ignore[attr-defined]
    waits = change.state in (*OURS, ChangeState.REVIEWED)
    return TableRow(
        (
            Cell(
                certificate.member.person.full_name(language),
                reverse("agency:change", args=[change.key]),
                note=certificate.number,
            ),
            Cell(change.get_state_display(), state=CHANGE_MARKS[change.state]),
            DueDay(last_covered, now).cell if waits else Cell(),
            Cell(civil_day(change.last_day)),
            Cell(yen=change.premium_change),
            Cell(asker),
        )
    )


@dataclass(frozen=True, slots=True)
class ReadBack:
    """One of the five items of the call (003 l.826-832), in the words to read out."""

    item: str
    words: str


def read_back(certificate: Certificate, version: CertificateVersion, wish: str) -> list[ReadBack]:
    """The five items; ``wish`` words the last one."""
    language = get_language() or "ja"
    period = {"first": civil_day(version.inception), "last": civil_day(version.expiry)}
    names = {
        "policyholder": certificate.master.policyholder.name,
        "insured": certificate.member.person.full_name(language),
    }
    agency = certificate.master.agency
    return [
        ReadBack(gettext("Number of the certificate"), certificate.number),
        ReadBack(
            gettext("Names of the policyholder and of the insured"),
            gettext("Policyholder: %(policyholder)s. Insured: %(insured)s.") % names,
        ),
        ReadBack(
            gettext("Name and code of the agency"),
            gettext("%(name)s, code %(code)s") % {"name": agency.name, "code": agency.code},
        ),
        ReadBack(gettext("Period of insurance"), gettext("%(first)s to %(last)s") % period),
        ReadBack(gettext("Day of return, and until when to extend"), wish),
    ]


def word_wish(returns_on: str, new_end: date) -> str:
    """The fifth item; ``returns_on`` as kept with the proxy, "" if nobody was asked."""
    day = read_day(returns_on)
    words = {"returns": civil_day(day) if day else "", "until": civil_day(new_end)}
    if day:
        return gettext("Return on %(returns)s, extension until %(until)s") % words
    return gettext("Extension until %(until)s; ask for the day of return") % words


def describe_change(seat: Seat, change: ChangeRequest, now: datetime) -> dict[str, Any]:
    """Everything that the page shows."""
    certificate, today = change.certificate, day_in_japan(now)
    base = certificate.versions.get(number=change.base_version)
    proxy = Proxy.of(change)
    is_extension = change.kind == ChangeKind.EXTENSION
    return {
        "change": change,
        "view": view_change(change, SIGHT, LINKS),
        "certificate": certificate,
        "name": certificate.member.person.full_name(get_language() or "ja"),
        "is_extension": is_extension,
        "due": DueDay(latest_version(certificate).expiry, now),
        "is_open": change.state in (*OURS, ChangeState.REVIEWED),
        "to_review": is_extension and change.state == ChangeState.REQUESTED,
        "to_receive": may_be_received(change),
        "lapsed": change.state == ChangeState.LAPSED,
        "is_own": change.asked_by == seat.actor.who,
        "arithmetic": _arithmetic(change, base, today),
        **name_effects(certificate, _offer(change, base) if is_extension else None),
        "items": read_back(
            certificate, base, word_wish(proxy.returns_on if proxy else "", change.last_day)
        ),
        "has_loading": base.loading,
        "disclosed": list_disclosed(certificate),
        "today": today,
        "yen_columns": [gettext("Amount")],
        "typed": {},
    }


def _arithmetic(change: ChangeRequest, base: CertificateVersion, today: date) -> Arithmetic | None:
    try:
        return work_out(change, base, today)
    except Refusal:
        return None


def _offer(change: ChangeRequest, base: CertificateVersion) -> ExtensionOffer | None:
    try:
        return extend_in_pair(change.certificate.master.product, base, change.last_day)
    except Refusal:
        return None


def name_effects(certificate: Certificate, offer: ExtensionOffer | None) -> dict[str, Any]:
    """``offer`` with the plans' titles, and the riders that end, each with its last day."""
    if offer is None:
        return {"offer": None, "from_title": "", "to_title": "", "riders": []}
    held = [lost for lost in offer.riders_lost if lost.is_held]
    return {
        "offer": offer,
        "from_title": say(offer.from_title),
        "to_title": say(offer.title),
        "riders": [(say(lost.title), lost.last_day) for lost in held],
    }


def list_disclosed(certificate: Certificate) -> list[SummaryRow]:
    """What was disclosed at enrolment and may stand against an extension."""
    disclosed = read_disclosure(certificate.application) or Disclosure(return_planned=True)
    rows = [
        SummaryRow(
            gettext("A return is planned"),
            gettext("Yes") if disclosed.return_planned else gettext("No"),
        )
    ]
    hazards = gettext(", ").join(name_hazards(disclosed.hazards))
    notes = gettext(" ").join(note for note in (disclosed.sports_note, disclosed.work_note) if note)
    rows.append(
        SummaryRow(
            gettext("Dangerous sports or work"), f"{hazards} ({notes})" if notes else hazards
        )
        if hazards
        else SummaryRow(gettext("Dangerous sports or work"), gettext("None disclosed"))
    )
    return rows


def name_plan(certificate: Certificate, plan: str) -> str:
    """The plan's title in the reader's language."""
    return say(plan_limits(certificate.master.product, plan).title)


def compare(answer: str, loading: str, saved: ChangeRequest) -> list[ConflictRow]:
    """The reader's answer and what has become of the request meanwhile."""
    return [
        ConflictRow(gettext("Answer"), answer, str(saved.get_state_display())),
        ConflictRow(
            gettext("Loading"), loading, yen(saved.loading_change) if saved.loading_change else ""
        ),
    ]
