"""A student as the office may see one: what it sent itself, and whether there is cover.

Nothing else of an application or a certificate comes through here: no plan, premium or answer, and
no reason of a change, for a reason can be an illness.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from dosojin_web.audit.models import Event
from dosojin_web.components.records import PastEvent
from dosojin_web.components.shapes import SummaryRow
from dosojin_web.people.telephones import write_phone
from dosojin_web.policies.actor_names import name_actors
from dosojin_web.policies.models import CertificateVersion, Member, VersionKind
from dosojin_web.policies.standing import Standing
from dosojin_web.templatetags.layout import civil_day, civil_days

ACTS: Mapping[str, Promise] = {
    "member.changed": gettext_lazy("Changed by a roster"),
    "member.invited": gettext_lazy("Invited again"),
    "member.withdrawn": gettext_lazy("Taken off the roster"),
    "member.put_back": gettext_lazy("Put back on the roster"),
}
KINDS: Mapping[str, Promise] = {
    VersionKind.ISSUE: gettext_lazy("Enrolled; certificate %(number)s"),
    VersionKind.EXTENSION: gettext_lazy("Cover extended"),
    VersionKind.SHORTENING: gettext_lazy("Cover shortened"),
    VersionKind.CANCELLATION: gettext_lazy("Cover cancelled"),
    VersionKind.CORRECTION: gettext_lazy("Certificate corrected"),
}
LANGUAGES: Mapping[str, Promise] = {
    "ja": gettext_lazy("Japanese"),
    "en": gettext_lazy("English"),
}


@dataclass(frozen=True, slots=True)
class Cover:
    """What a certificate says to the office: that there is one, and its days."""

    certificate_number: str
    first_day: date
    last_day: date


def cover_of(member: Member) -> Cover | None:
    """The cover of a member annotated with a standing; None without a certificate."""
    annotated: Any = member
    if annotated.certificate_number is None:
        return None
    return Cover(annotated.certificate_number, annotated.cover_from, annotated.cover_until)


def standing_of(member: Member) -> Standing:
    """The standing of a member annotated with one."""
    annotated: Any = member
    return Standing(annotated.standing)


def describe_person(member: Member) -> list[SummaryRow]:
    """What the office sent of the student."""
    person = member.person
    rows = [
        (gettext("Student number"), member.student_number),
        (gettext("Name"), _both(person.family_name, person.given_name)),
        (gettext("Name in kana"), _both(person.family_name_kana, person.given_name_kana)),
        (
            gettext("Name in Roman letters"),
            _both(person.family_name_roman, person.given_name_roman),
        ),
        (gettext("Date of birth"), civil_day(person.birth_date) if person.birth_date else ""),
        (gettext("E-mail address"), person.email),
        (gettext("Telephone"), write_phone(person.phone) or gettext("not given")),
        (gettext("Language of e-mails"), str(LANGUAGES[member.language])),
        (gettext("Trip"), civil_days(member.departs_on, member.returns_on)),
    ]
    return [SummaryRow(term, detail) for term, detail in rows]


def _both(family: str, given: str) -> str:
    return f"{family} {given}".strip()


def tell_member(member: Member) -> Sequence[PastEvent]:
    """What has happened so far, the latest first."""
    audited = list(Event.objects.filter(about=member.about, act__in=ACTS).order_by("seq"))
    versions = list(
        CertificateVersion.objects.filter(certificate__member=member)
        .order_by("recorded_at", "pk")
        .select_related("certificate")
    )
    names = name_actors({event.actor for event in audited} | {one.actor for one in versions})
    told = [
        PastEvent(member.added_at, member.university.name, gettext("Put on the roster")),
        *(PastEvent(one.at, names[one.actor], str(ACTS[one.act])) for one in audited),
        *(_tell_version(one, names) for one in versions),
    ]
    invited = [event.at for event in audited if event.act == "member.invited"]
    if member.invited_at is not None and member.invited_at not in invited:
        who = member.university.name
        told.append(PastEvent(member.invited_at, who, gettext("Invited by mail")))
    return sorted(told, key=lambda event: event.at, reverse=True)


def _tell_version(version: CertificateVersion, names: Mapping[str, str]) -> PastEvent:
    what = str(KINDS[version.kind]) % {"number": version.certificate.number}
    note = "" if version.cancelled else civil_days(version.inception, version.expiry)
    return PastEvent(version.recorded_at, names[version.actor], what, note)
