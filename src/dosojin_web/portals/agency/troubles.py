"""What the system could not do by itself: letters no server took, deadlines that were given up.

In:  a seat. Out: those about a student or a certificate of its contracts, each with whom.
Never: a letter of an account, such as one with a secret; what another agency has to see to; a
letter in whose place a later one of the same kind was written.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.http import Http404

from dosojin_web.accounts.seats import Seat
from dosojin_web.deadlines.models import Deadline
from dosojin_web.deadlines.operations.list_failed import list_failed as list_failed_deadlines
from dosojin_web.mail.models import OutgoingMail
from dosojin_web.mail.operations.list_failed import list_failed as list_failed_letters
from dosojin_web.payments.models import Payment
from dosojin_web.policies.models import Certificate, Member

from .own_records import RefundSubject, find_payers, own_certificates, own_changes, own_members

TO_MEMBER, TO_PROXY = "member:", "change:"
"""What letters of this scheme are about; a proxy gets the letter about the request."""


@dataclass(frozen=True, slots=True)
class Undelivered:
    """A letter, and the student whose matter it is; ``number`` of the certificate may be ""."""

    mail: OutgoingMail
    member: Member
    number: str

    @property
    def is_to_proxy(self) -> bool:
        """Whether it was written to the proxy, not to the student."""
        return self.mail.about.startswith(TO_PROXY)


@dataclass(frozen=True, slots=True)
class Stuck:
    """A deadline, and the student whose matter it is; ``number`` of the certificate may be ""."""

    deadline: Deadline
    member: Member
    number: str


def find_undelivered(seat: Seat, member: Member | None = None) -> list[Undelivered]:
    """Letters that were given up; those of ``member`` only, if there is one."""
    same = {"about": OuterRef("about"), "template": OuterRef("template")}
    later = OutgoingMail.objects.filter(**same, queued_at__gt=OuterRef("queued_at"))
    ours = Q(about__startswith=TO_MEMBER) | Q(about__startswith=TO_PROXY)
    found = list_failed_letters().filter(ours).exclude(Exists(later)).defer("body")
    return _join_letters(seat, list(found), member)


def find_letter(seat: Seat, key: UUID) -> Undelivered:
    """A letter about one of this agency's students, however it stands; 404 for any other."""
    found = _join_letters(seat, list(OutgoingMail.objects.filter(key=key).defer("body")))
    if not found:
        raise Http404
    return found[0]


def find_stuck(seat: Seat, member: Member | None = None) -> list[Stuck]:
    """Deadlines that were given up; those of ``member`` only, if there is one."""
    return _join_deadlines(seat, list(list_failed_deadlines()), member)


def find_deadline(seat: Seat, pk: int) -> Stuck:
    """A deadline about one of this agency's certificates, however it stands; 404 for others."""
    found = _join_deadlines(seat, list(Deadline.objects.filter(pk=pk)))
    if not found:
        raise Http404
    return found[0]


def _join_letters(
    seat: Seat, letters: Iterable[OutgoingMail], only: Member | None = None
) -> list[Undelivered]:
    about = {mail.about for mail in letters}
    if not about:
        return []
    subjects = _find_members(seat, _keys(about, TO_MEMBER)) | _find_changes(
        seat, _keys(about, TO_PROXY)
    )
    return [
        Undelivered(mail, subject.member, subject.number)
        for mail in letters
        if (subject := subjects.get(mail.about)) and only in (None, subject.member)
    ]


def _join_deadlines(
    seat: Seat, deadlines: Iterable[Deadline], only: Member | None = None
) -> list[Stuck]:
    named: dict[str, list[str]] = {"certificate": [], "change": [], "payment": []}
    for deadline in deadlines:
        name, value = _subject_of(deadline)
        if name in named:
            named[name].append(value)
    subjects: dict[tuple[str, str], RefundSubject] = {}
    if named["certificate"]:
        for certificate in own_certificates(seat).filter(number__in=named["certificate"]):
            subject = RefundSubject(certificate.member, certificate.number)
            subjects["certificate", certificate.number] = subject
    for about, subject in _find_changes(seat, named["change"]).items():
        subjects["change", about.removeprefix(TO_PROXY)] = subject
    for key, subject in _find_payments(seat, named["payment"]).items():
        subjects["payment", key] = subject
    return [
        Stuck(deadline, found.member, found.number)
        for deadline in deadlines
        if (found := subjects.get(_subject_of(deadline))) and only in (None, found.member)
    ]


def _subject_of(deadline: Deadline) -> tuple[str, str]:
    """What it concerns: the first name in its payload that says whose matter it is."""
    for name in ("certificate", "change", "payment"):
        if name in deadline.payload:
            return name, str(deadline.payload[name])
    return "", ""


def _keys(about: Iterable[str], beginning: str) -> list[str]:
    return [each.removeprefix(beginning) for each in about if each.startswith(beginning)]


def _find_members(seat: Seat, keys: list[str]) -> dict[str, RefundSubject]:
    members = list(own_members(seat).filter(key__in=keys)) if keys else []
    if not members:
        return {}
    numbers = dict(
        Certificate.objects.filter(member__in=members)
        .order_by("pk")
        .values_list("member_id", "number")
    )
    return {member.about: RefundSubject(member, numbers.get(member.pk, "")) for member in members}


def _find_changes(seat: Seat, keys: list[str]) -> dict[str, RefundSubject]:
    if not keys:
        return {}
    return {
        change.about: RefundSubject(change.certificate.member, change.certificate.number)
        for change in own_changes(seat).filter(key__in=keys)
    }


def _find_payments(seat: Seat, keys: list[str]) -> Mapping[str, RefundSubject]:
    payments = list(Payment.objects.filter(key__in=keys)) if keys else []
    subjects = find_payers(seat, payments) if payments else {}
    return {each.key: subjects[each.pk] for each in payments if each.pk in subjects}
