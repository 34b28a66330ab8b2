"""What a proxy says on the telephone (003 l.820-832), read from the form of the agency.

In:  a certificate and what was typed. Out: the call, priced, or faults beside the fields.
Never: an item taken as said that nobody ticked.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import get_language, gettext

from dosojin_web.components.shapes import Fault, MoneyRow
from dosojin_web.policies.japan import day_in_japan
from dosojin_web.policies.mapping import ExtensionOffer, Refusal, say
from dosojin_web.policies.models import Certificate, CertificateVersion
from dosojin_web.policies.models.changes import OPEN_STATES
from dosojin_web.policies.proxies import Proxy
from dosojin_web.policies.tariff_plan import extend_in_pair
from dosojin_web.policies.versions import CertificateState, latest_version, state_of

from .change_facts import ReadBack, name_effects, name_plan, read_back
from .typed import Typed
from .waiting_times import DueDay

ITEMS = ("said_number", "said_names", "said_agency", "said_period")
"""A tick for each of the first four items; the fifth is two days."""
PART_MAX = 100


@dataclass(frozen=True, slots=True)
class Call:
    """What was said, and what it costs. ``is_seen``: the form showed this premium before."""

    new_end: date
    proxy: Proxy
    reason: str
    offer: ExtensionOffer
    is_seen: bool


def read_call(certificate: Certificate, typed: Typed, now: datetime) -> Call | None:
    """The call; None with ``typed.faults``."""
    for item in ITEMS:
        if typed.values.get(item) != "yes":
            message = gettext("Have the caller say this, compare, and tick it.")
            typed.faults.append(Fault(item, message))
    returns_on, new_end = typed.day("returns_on"), typed.day("new_end")
    if returns_on and new_end and returns_on > new_end:
        message = gettext("Cover has to reach the day of return: extend until then at least.")
        typed.faults.append(Fault("new_end", message))
    proxy = _read_proxy(typed, returns_on)
    reason = typed.text("reason")
    if not reason:
        typed.faults.append(Fault("reason", gettext("Say why the stay becomes longer.")))
    offer = _price(certificate, new_end, typed, now) if new_end else None
    if typed.faults or offer is None or new_end is None:
        return None
    is_seen = typed.values.get("seen") == f"{new_end.isoformat()} {offer.additional_premium}"
    return Call(new_end, proxy, reason, offer, is_seen)


def _read_proxy(typed: Typed, returns_on: date | None) -> Proxy:
    name = typed.text("proxy_name", PART_MAX)
    relation = typed.text("proxy_relation", PART_MAX)
    phone, email = typed.text("proxy_phone", PART_MAX), typed.text("proxy_email", PART_MAX)
    if not name:
        typed.faults.append(Fault("proxy_name", gettext("Write the caller’s name.")))
    if not relation:
        message = gettext("Write how the caller is related to the insured.")
        typed.faults.append(Fault("proxy_relation", message))
    if not (phone or email):
        message = gettext("Write a telephone number or a mail address of the caller.")
        typed.faults.append(Fault("proxy_phone", message))
    if email and ("@" not in email or " " in email):
        message = gettext("This is not a mail address. Have it spelled once more.")
        typed.faults.append(Fault("proxy_email", message))
    return Proxy(name, relation, phone, email, returns_on.isoformat() if returns_on else "")


def _price(
    certificate: Certificate, new_end: date, typed: Typed, now: datetime
) -> ExtensionOffer | None:
    version = latest_version(certificate)
    try:
        return extend_in_pair(certificate.master.product, version, new_end, day_in_japan(now))
    except Refusal as refusal:
        fault = refusal.fault()
        known = fault.field if fault.field == "new_end" else ""
        typed.faults.append(Fault(known, fault.message))
        return None


def describe_call(
    certificate: Certificate, now: datetime, typed: Typed | None = None, call: Call | None = None
) -> dict[str, Any]:
    """What the form shows; with ``call``, the premium too."""
    version = latest_version(certificate)
    items = read_back(certificate, version, "")
    values = typed.values if typed else {}
    return {
        "certificate": certificate,
        "name": certificate.member.person.full_name(get_language() or "ja"),
        "plan": name_plan(certificate, version.plan),
        "version": version,
        "due": DueDay(version.expiry, now),
        "obstacle": _obstacle(certificate, version, now),
        "ticks": _ticks(items, typed),
        "typed": values,
        "call": call,
        "kept": [(name, value) for name, value in values.items() if name not in LEFT_OUT],
        "seen": f"{call.new_end.isoformat()} {call.offer.additional_premium}" if call else "",
        "yen_columns": [gettext("Amount")],
        **name_effects(certificate, call.offer if call else None),
        "money": _rows(call.offer) if call else [],
        "total": _total(call.offer) if call else None,
    }


def _ticks(items: list[ReadBack], typed: Typed | None) -> list[dict[str, object]]:
    """The first four items as ticks, each with what has to be heard."""
    values = typed.values if typed else {}
    errors = {fault.field: fault.message for fault in typed.faults} if typed else {}
    return [
        {
            "name": name,
            "label": item.item,
            "hint": item.words,
            "checked": values.get(name) == "yes",
            "error": errors.get(name, ""),
        }
        for name, item in zip(ITEMS, items, strict=False)
    ]


LEFT_OUT = ("csrfmiddlewaretoken", "action", "seen", "stands")


def _obstacle(certificate: Certificate, version: CertificateVersion, now: datetime) -> str:
    """Why this certificate cannot be extended at all; "" if it can."""
    state = state_of(version, day_in_japan(now))
    if state is CertificateState.CANCELLED or version.kind == "cancellation":
        return gettext("This certificate was cancelled: it cannot be extended.")
    if state is CertificateState.ENDED:
        return gettext("Cover has ended: it cannot be extended any more.")
    if certificate.changes.filter(state__in=OPEN_STATES).exists():
        return gettext("A request to change this certificate is under way: settle that first.")
    return ""


def _rows(offer: ExtensionOffer) -> list[MoneyRow]:
    return [
        MoneyRow(
            gettext("%(plan)s, %(band)s") % {"plan": say(title), "band": say(band)},
            (amount,),
            None,
            gettext("Line of the tariff: %(source)s") % {"source": source},
        )
        for title, band, amount, source in (
            (offer.title, offer.extended_band, offer.extended_premium, offer.extended_source),
            (offer.from_title, offer.current_band, -offer.current_premium, offer.current_source),
        )
    ]


def _total(offer: ExtensionOffer) -> MoneyRow:
    return MoneyRow(gettext("Additional premium"), (offer.additional_premium,))
