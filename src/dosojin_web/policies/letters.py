"""The mails of this slice: who gets which, and what stands in it.

In:  records as they are in the transaction that queues the mail.
Out: messages in the outbox, each under a key that makes queueing it twice harmless.
Never: a diagnosis, an amount of a claim, or a password other than that of an invitation.
"""

from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from dosojin_web.directory.cards import draw_card
from dosojin_web.directory.mapping import list_contacts
from dosojin_web.mail.operations.queue_mail import queue_mail
from dosojin_web.people.models import Person

from .enrolment_window import WindowState, window_of
from .japan import day_in_japan
from .mapping import guide_address, plan_limits, product_titles, say
from .models import Certificate, CertificateVersion, ChangeKind, ChangeRequest, Member
from .proxies import Proxy
from .versions import latest_version

FOLDER = "policies/mail"
INVITATION = f"{FOLDER}/invitation"
"""The one letter with a password in it."""
CONTACTS = ("agency", "customer_centre")
"""Who answers questions about a contract: they stand under every letter."""
WHENEVER = datetime(2000, 1, 1, tzinfo=UTC)
"""A letter is read at any time: it says the hours, and not who is there just now."""


def site_address(name: str, *arguments: object) -> str:
    """The full address of a page, for a mail."""
    root: str = settings.SITE_URL
    return root.rstrip("/") + reverse(name, args=arguments)


def mail_invitation(member: Member, password: str, again: datetime | None = None) -> None:
    """The address to log in at, the log-in and, for a new account, its first password (003 l.34).

    ``again``: the moment at which a lost invitation is repeated.
    """
    context = _about_member(member) | {
        "address": site_address("accounts:enter", member.university.code),
        "student_number": member.student_number,
        "password": password,
        "programme": member.programme.title,
        "host": member.programme.host,
        "departs_on": member.departs_on,
    }
    context |= _until_when(member, again or member.invited_at)
    key = f"invitation:{member.key}" + (f":{again:%Y%m%d%H%M%S%f}" if again else "")
    _queue(key, "invitation", member, context, member.invited_at)


def mail_enrolment(certificate: Certificate, version: CertificateVersion) -> None:
    """All is complete; the certificate follows (003 l.50-56)."""
    context = _about_version(certificate, version)
    key = f"enrolment:{certificate.number}"
    _queue(key, "enrolment", certificate.member, context, certificate.issued_at)


def mail_certificate(
    certificate: Certificate, version_number: int, again: str = "", now: datetime | None = None
) -> None:
    """The certificate can be fetched and printed; where the guide is.

    ``again`` tells one repetition from another.
    """
    context = _about_certificate(certificate) | {
        "address": site_address("student:certificate", certificate.number),
        "guide": guide_address(certificate.master.product),
    }
    key = again_key(certificate, version_number, again)
    _queue(key, "certificate", certificate.member, context, now)


def again_key(certificate: Certificate, version_number: int, again: str) -> str:
    """Under which key the mail with a version stands in the outbox."""
    key = f"certificate:{certificate.number}:{version_number}"
    return f"{key}:{again}" if again else key


def mail_referral(
    member: Member,
    referral_key: str,
    loading: int | None,
    reason: str,
    now: datetime | None = None,
) -> None:
    """What the agency answered: ``loading`` yen on top, or None for a refusal."""
    context = _about_member(member) | {
        "loading": loading,
        "reason": reason,
        "address": site_address("student:home"),
    }
    context |= _until_when(member, now)
    _queue(f"referral:{referral_key}", "referral", member, context, now)


def mail_change(
    change: ChangeRequest, template: str, reason: str = "", now: datetime | None = None
) -> None:
    """How a request to change stands, to the student; what is to pay also to the proxy."""
    certificate = change.certificate
    before = certificate.versions.get(number=change.base_version)
    new_plan = ""
    if change.plan != before.plan:
        with override(certificate.member.language):
            new_plan = say(plan_limits(certificate.master.product, change.plan).title)
    context = _about_certificate(certificate) | {
        "is_extension": change.kind == ChangeKind.EXTENSION,
        "never_begins": change.last_day < before.inception,
        "new_plan": new_plan,
        "plan_from": before.expiry + timedelta(days=1),
        "last_day": change.last_day,
        "premium_change": abs(change.premium_change),
        "reason": reason,
        "complete_by": latest_version(certificate).expiry,
        "address": site_address("student:certificate", certificate.number),
        "pay_address": site_address("policies:pay_change", change.key, pay_token(change)),
    }
    key = f"{template}:{change.key}"
    _queue(key, template, certificate.member, context, now)
    if template == "change_to_pay":
        _queue_to_proxy(change, key, context, now)


def pay_token(change: ChangeRequest) -> str:
    """What lets whoever got the mail pay for ``change`` without a log-in, and nothing else."""
    from django.core.signing import Signer

    return Signer(salt="policies.pay_change").signature(str(change.key))


def _queue_to_proxy(
    change: ChangeRequest, key: str, context: dict[str, Any], now: datetime | None
) -> None:
    proxy = Proxy.of(change)
    if proxy is not None and proxy.email:
        queue_mail(
            f"{key}:proxy",
            f"{FOLDER}/change_to_pay",
            proxy.email,
            context | {"name": proxy.name, "student": context["name"], "is_proxy": True},
            _language(change.certificate.member),
            about=change.about,
            now=now,
        )


def _queue(
    key: str, template: str, member: Member, context: dict[str, Any], now: datetime | None
) -> None:
    queue_mail(
        key,
        f"{FOLDER}/{template}",
        member.person.email,
        context,
        _language(member),
        about=member.about,
        now=now,
    )


def _language(member: Member) -> Any:
    return "en" if member.language == "en" else "ja"


def _until_when(member: Member, now: datetime | None) -> dict[str, Any]:
    """The last day of enrolling online as it is to be told at ``now``."""
    today = day_in_japan(now) if now else date.min
    window = window_of(member.departs_on, today)
    is_early = window.state is WindowState.OPEN
    return {
        "enrol_by": window.shown_deadline if is_early else window.last_accepted,
        "is_closed": not window.is_open,
    }


def _about_member(member: Member) -> dict[str, Any]:
    person: Person = member.person
    master = member.programme.master
    with override(member.language):
        return {
            "name": person.full_name(_language(member)),
            "university": member.university.name,
            "policyholder": master.policyholder.name,
            "agency": master.agency.name,
        } | _about_scheme(master.product, _language(member))


@cache
def _about_scheme(product: str, language: str) -> dict[str, Any]:
    """What stands under every letter of an edition: its name, and whom to ask, with hours."""
    titles = {title.product: title.title for title in product_titles()}
    with override(language):
        return {
            "scheme": titles[product].in_(language),
            "contacts": [
                draw_card(contact, WHENEVER)
                for contact in list_contacts(product, language)
                if contact.id in CONTACTS
            ],
        }


def _about_certificate(certificate: Certificate) -> dict[str, Any]:
    return _about_version(certificate, latest_version(certificate))


def _about_version(certificate: Certificate, version: CertificateVersion) -> dict[str, Any]:
    inception: date = version.inception
    with override(certificate.member.language):
        title = say(plan_limits(certificate.master.product, version.plan).title)
    return _about_member(certificate.member) | {
        "number": certificate.number,
        "plan": title,
        "inception": inception,
        "expiry": version.expiry,
        "premium": version.premium,
    }
