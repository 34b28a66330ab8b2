"""What a student says when asking to stay longer, what it costs, and what the proxy has to know.

In:  a form, a certificate in its reader's hand.
Out: the answers with what is wrong with them; the quote; the five items of 003 l.826-832 as text.
Never: an amount that the request would not have.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from unicodedata import normalize
from urllib.parse import quote

from django.utils.translation import get_language, gettext

from dosojin_web.components.shapes import Fault, MoneyRow
from dosojin_web.directory.mapping import list_contacts
from dosojin_web.people import details
from dosojin_web.policies.change_arithmetic import Arithmetic, work_out
from dosojin_web.policies.mapping import ExtensionOffer, NextBand, next_band, say
from dosojin_web.policies.models import ChangeKind, ChangeRequest
from dosojin_web.policies.models.changes import OPEN_STATES
from dosojin_web.policies.proxies import Proxy, find_proxy_faults, needs_proxy
from dosojin_web.policies.quotes import read_day
from dosojin_web.policies.tariff_plan import extend_in_pair, quote_in_pair
from dosojin_web.policies.versions import CertificateState, state_of
from dosojin_web.templatetags.layout import civil_day

from .certificates import Held

NAME_LETTERS_MAX, REASON_LETTERS_MAX = 100, 400


@dataclass(frozen=True, slots=True)
class ExtensionForm:
    """The answers: ``typed`` is the day as it was written, ``new_end`` None if it is none.

    ``proxy`` is None before the trip: nobody has to act for the student then. ``faults`` are of
    all answers, ``day_faults`` of the day alone, which is asked first.
    """

    typed: str
    new_end: date | None
    proxy: Proxy | None
    reason: str
    day_faults: list[Fault]
    faults: list[Fault]

    @property
    def shown_day(self) -> date | str:
        """The day for its field, as it was typed if it is none."""
        return self.new_end or self.typed


@dataclass(frozen=True, slots=True)
class ExtensionQuote:
    """What a longer stay costs. ``riders``: those that end; ``then`` how the premium goes on."""

    offer: ExtensionOffer
    arithmetic: Arithmetic
    rows: tuple[MoneyRow, ...]
    changes_plan: bool
    from_plan: str
    plan: str
    riders: tuple[str, ...]
    then: NextBand
    has_loading: bool


def read_form(held: Held, sent: Mapping[str, str]) -> ExtensionForm:
    """The answers as they were sent, right or wrong."""
    typed = normalize("NFKC", sent.get("new_end", "")).strip()
    new_end = read_day(typed)
    day_faults = []
    if new_end is None:
        message = (
            gettext("“%(typed)s” is not a day. Write it like 2026-06-01.") % {"typed": typed}
            if typed
            else gettext("Enter the new last day of cover.")
        )
        day_faults.append(Fault("new_end", message))
    reason = " ".join(sent.get("reason", "").split())
    proxy: Proxy | None = None
    faults: list[Fault] = []
    if needs_proxy(held.version, held.today):
        proxy, faults = _read_proxy(sent)
    if len(reason) > REASON_LETTERS_MAX:
        message = gettext("This is too long: at most %(count)s characters.")
        faults.append(Fault("reason", message % {"count": REASON_LETTERS_MAX}))
    return ExtensionForm(typed, new_end, proxy, reason, day_faults, [*day_faults, *faults])


def _read_proxy(sent: Mapping[str, str]) -> tuple[Proxy, list[Fault]]:
    values = {
        name: " ".join(sent.get(f"proxy_{name}", "").split())
        for name in ("name", "relation", "phone", "email")
    }
    faults: list[Fault] = []
    readers: dict[str, Callable[[str], str]] = {
        "phone": details.read_phone,
        "email": details.read_email,
    }
    for name, read in readers.items():
        try:
            values[name] = read(values[name])
        except details.Fault as fault:
            faults.append(Fault(f"proxy_{name}", str(fault)))
    for name in ("name", "relation"):
        if len(values[name]) > NAME_LETTERS_MAX:
            message = gettext("This is too long: at most %(count)s characters.")
            faults.append(Fault(f"proxy_{name}", message % {"count": NAME_LETTERS_MAX}))
    proxy = Proxy(**values)
    return proxy, [*find_proxy_faults(proxy), *faults]


def find_obstacle(held: Held) -> str:
    """Why nothing can be extended now, whatever the day; "" if nothing stands against it."""
    state = state_of(held.version, held.today)
    if state is CertificateState.CANCELLED:
        return gettext("This certificate was cancelled.")
    if state is CertificateState.ENDED:
        return gettext("Cover has ended. After its end it cannot be extended any more.")
    if held.certificate.changes.filter(state__in=OPEN_STATES).exists():
        return gettext(
            "A request for this certificate is still open. Withdraw it first, or wait for "
            "the answer."
        )
    return ""


def find_day_fault(held: Held, new_end: date) -> list[Fault]:
    """What is wrong with a day on which cover ends, or has ended, anyway."""
    if new_end > held.version.expiry:
        return []
    message = gettext(
        "Your cover already runs until %(day)s. Enter a later day. To come home sooner, choose "
        "“Come home early or cancel” on the certificate."
    )
    return [Fault("new_end", message % {"day": civil_day(held.version.expiry)})]


def quote_extension(held: Held, new_end: date) -> ExtensionQuote:
    """What cover until ``new_end`` costs on top. Refusal if it cannot be had."""
    version, product = held.version, held.product
    offer = extend_in_pair(product, version, new_end, held.today)
    priced = quote_in_pair(product, offer.plan, version.inception, new_end)
    wish = ChangeRequest(
        certificate=held.certificate,
        kind=ChangeKind.EXTENSION,
        last_day=new_end,
        plan=offer.plan,
    )
    arithmetic = work_out(wish, version, held.today)
    return ExtensionQuote(
        offer=offer,
        arithmetic=arithmetic,
        rows=_name_periods(arithmetic, version.expiry, new_end),
        changes_plan=offer.changes_plan,
        from_plan=say(offer.from_title),
        plan=say(offer.title),
        riders=tuple(say(lost.title) for lost in offer.riders_lost),
        then=next_band(product, priced.plan, version.inception, new_end),
        has_loading=version.loading > 0,
    )


def _name_periods(arithmetic: Arithmetic, expiry: date, new_end: date) -> tuple[MoneyRow, ...]:
    """The lines: the whole new period comes first, then the present one, taken away."""
    new, present, *others = arithmetic.plain_rows
    until = gettext("Whole new period, until %(day)s") % {"day": civil_day(new_end)}
    so_far = gettext("Present period, until %(day)s") % {"day": civil_day(expiry)}
    return (replace(new, note=until), replace(present, note=so_far), *others)


def tell_proxy(held: Held, new_end: date | None) -> str:
    """What the proxy tells the agency, the five items, a line each; ready to be sent on."""
    certificate, version = held.certificate, held.version
    language = "ja" if get_language() == "ja" else "en"
    agency = certificate.master.agency
    contacts = {each.id: each for each in list_contacts(held.product, language)}
    telephone = contacts["agency"].telephone if "agency" in contacts else ""
    wished = civil_day(new_end) if new_end else gettext("(the new last day)")
    lines = [
        gettext("1. Certificate number: %(number)s") % {"number": certificate.number},
        gettext("2. Policyholder: %(policyholder)s; insured: %(insured)s")
        % {
            "policyholder": certificate.master.policyholder.name,
            "insured": certificate.member.person.full_name(language),
        },
        gettext("3. Agency: %(agency)s, code %(code)s, telephone %(telephone)s")
        % {"agency": agency.name, "code": agency.code, "telephone": telephone},
        gettext("4. Period of insurance: %(first)s to %(last)s")
        % {"first": civil_day(version.inception), "last": civil_day(version.expiry)},
        gettext("5. Planned return and requested new last day of cover: %(day)s") % {"day": wished},
    ]
    return "\n".join(lines)


def write_mail(held: Held, message: str) -> str:
    """An address that opens a new mail with the message, on the reader's own device."""
    subject = gettext("Extension of my travel insurance %(number)s")
    subject %= {"number": held.certificate.number}
    return f"mailto:?subject={quote(subject)}&body={quote(message)}"
