"""What this agency may see: everything under the contracts that it works for, and nothing else."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import DateField, OuterRef, QuerySet, Subquery
from django.shortcuts import get_object_or_404

from dosojin_web.accounts.seats import Seat
from dosojin_web.payments.models import CardRefund, Payment
from dosojin_web.policies.models import (
    Application,
    Certificate,
    CertificateVersion,
    ChangeRequest,
    MasterPolicy,
    Member,
    Referral,
    TransferDue,
)
from dosojin_web.policies.paying import APPLICATION, CHANGE, key_of

OF_A_CERTIFICATE = (
    "master__agency",
    "master__policyholder",
    "member__person",
    "member__university",
    "member__programme__master",
    "application",
)


def own_masters(seat: Seat) -> QuerySet[MasterPolicy]:
    """The contracts, the newest first."""
    return MasterPolicy.objects.filter(agency=seat.organisation).order_by("-first_inception")


def own_certificates(seat: Seat) -> QuerySet[Certificate]:
    """All certificates, with whoever is insured."""
    found = Certificate.objects.filter(master__agency=seat.organisation)
    return found.select_related(*OF_A_CERTIFICATE)


def own_changes(seat: Seat) -> QuerySet[ChangeRequest]:
    """All requests, with ``last_covered``, the present last day of the certificate's cover."""
    latest = CertificateVersion.objects.filter(certificate=OuterRef("certificate"))
    expiry = Subquery(latest.order_by("-number").values("expiry")[:1], output_field=DateField())
    found = ChangeRequest.objects.filter(certificate__master__agency=seat.organisation)
    related = (f"certificate__{name}" for name in OF_A_CERTIFICATE)
    return found.select_related(*related).annotate(last_covered=expiry)


def own_applications(seat: Seat) -> QuerySet[Application]:
    """All applications, with who applies."""
    found = Application.objects.filter(member__programme__master__agency=seat.organisation)
    return found.select_related("member__person", "member__university", "member__programme__master")


def own_referrals(seat: Seat) -> QuerySet[Referral]:
    """All questions to the agency, with who asks."""
    of_ours = "application__member__programme__master"
    found = Referral.objects.filter(**{f"{of_ours}__agency": seat.organisation})
    return found.select_related(
        of_ours, "application__member__person", "application__member__university", "answered_by"
    )


def own_members(seat: Seat) -> QuerySet[Member]:
    """Everybody on a roster, with the study trip."""
    found = Member.objects.filter(programme__master__agency=seat.organisation)
    return found.select_related("person", "university", "programme__master")


def own_transfers(seat: Seat) -> QuerySet[TransferDue]:
    """All return premiums that are paid by bank."""
    agency = "change__certificate__master__agency"
    found = TransferDue.objects.filter(**{agency: seat.organisation})
    return found.select_related("change__certificate__member__person", "prepared_by")


def find_certificate(seat: Seat, number: str) -> Certificate:
    """One of them; 404 for any other."""
    return get_object_or_404(own_certificates(seat), number=number)


def find_change(seat: Seat, key: UUID) -> ChangeRequest:
    """One of them; 404 for any other."""
    return get_object_or_404(own_changes(seat), key=key)


def find_referral(seat: Seat, key: UUID) -> Referral:
    """One of them; 404 for any other."""
    return get_object_or_404(own_referrals(seat), key=key)


def find_transfer(seat: Seat, key: UUID) -> TransferDue:
    """One of them; 404 for any other."""
    return get_object_or_404(own_transfers(seat), key=key)


@dataclass(frozen=True, slots=True)
class RefundSubject:
    """Whose money it is; ``number`` of the certificate is "" where none came of it."""

    member: Member
    number: str


def find_subjects(seat: Seat, refunds: Iterable[CardRefund]) -> Mapping[int, RefundSubject]:
    """By the id of each refund that concerns this agency."""
    held = list(refunds)
    payers = find_payers(seat, {refund.payment for refund in held})
    return {refund.pk: payers[refund.payment_id] for refund in held if refund.payment_id in payers}


def find_payers(seat: Seat, payments: Iterable[Payment]) -> Mapping[int, RefundSubject]:
    """By the id of each payment that concerns this agency; four queries for all."""
    keys: dict[str, dict[str, list[int]]] = {APPLICATION: {}, CHANGE: {}}
    for payment in payments:
        if payment.purpose in keys:
            of_key = keys[payment.purpose].setdefault(key_of(payment.reference), [])
            of_key.append(payment.pk)
    found: dict[int, RefundSubject] = {}
    applications = own_applications(seat).filter(key__in=keys[APPLICATION])
    for application in applications.select_related("certificate"):
        certificate = getattr(application, "certificate", None)
        subject = RefundSubject(application.member, certificate.number if certificate else "")
        found |= dict.fromkeys(keys[APPLICATION][str(application.key)], subject)
    for change in own_changes(seat).filter(key__in=keys[CHANGE]):
        certificate = change.certificate
        subject = RefundSubject(certificate.member, certificate.number)
        found |= dict.fromkeys(keys[CHANGE][str(change.key)], subject)
    return found
