"""A change is carried out: a new version of the certificate, its booking, its letters."""

from datetime import datetime, timedelta

from django.db import transaction

from dosojin_web.accounts.actors import Actor
from dosojin_web.audit.operations.record_event import record
from dosojin_web.deadlines.operations.set_deadline import set_deadline
from dosojin_web.payments.failpoints import reach
from dosojin_web.policies.bookings import book_premium, book_return
from dosojin_web.policies.entries import enter_change
from dosojin_web.policies.letters import mail_change
from dosojin_web.policies.models import (
    Certificate,
    CertificateVersion,
    ChangeKind,
    ChangeRequest,
    ChangeState,
    VersionKind,
)
from dosojin_web.policies.plan_stretches import plan_on
from dosojin_web.policies.tariff_plan import list_riders_after
from dosojin_web.policies.versions import latest_version

KINDS = {
    ChangeKind.EXTENSION: VersionKind.EXTENSION,
    ChangeKind.SHORTENING: VersionKind.SHORTENING,
    ChangeKind.CANCELLATION: VersionKind.CANCELLATION,
}


def complete_change(
    change: ChangeRequest, receipt_key: str, account: str, actor: Actor, now: datetime
) -> CertificateVersion:
    """The version that ``change`` makes; calling again returns it.

    ``receipt_key`` and ``account`` say where an additional premium was received. ValueError if
    the request was settled otherwise: money received for it must be given back.
    """
    with transaction.atomic():
        certificate = Certificate.objects.select_for_update().get(pk=change.certificate_id)
        held = ChangeRequest.objects.select_for_update().get(pk=change.pk)
        before = latest_version(certificate)
        if held.state == ChangeState.DONE:
            return certificate.versions.get(number=held.base_version + 1)
        if before.number != held.base_version or held.state not in (
            ChangeState.AWAITING_PREMIUM,
            ChangeState.REQUESTED,
        ):
            raise ValueError(f"{held} cannot be carried out")
        after = _write_version(held, before, actor, now)
        if held.kind == ChangeKind.EXTENSION:
            if held.premium_change:
                book_premium(
                    certificate, before.premium, after.premium, receipt_key, account, actor, now
                )
        else:
            book_return(certificate, before.premium, after.premium, str(held.key), actor, now)
            if after.premium < before.premium:
                set_deadline("refund.send", str(held.key), now, {"change": str(held.key)})
        reach("change.booked")
        held.state = ChangeState.DONE
        held.version += 1
        held.save(update_fields=["state", "version"])
        enter_change(held, "done", actor, now)
        record(
            actor, f"certificate.{after.kind}", certificate.about, {"version": after.number}, now
        )
        mail_change(held, "change_done", now=now)
        if after.kind in (VersionKind.EXTENSION, VersionKind.SHORTENING) and not after.cancelled:
            _send_documents(certificate, after, now)
        reach("change.written")
    return after


def _send_documents(certificate: Certificate, after: CertificateVersion, now: datetime) -> None:
    """What is carried abroad says the old period: the new certificate follows at once."""
    key = f"{certificate.number}:{after.number}"
    set_deadline("certificate.send", key, now, {"certificate": certificate.number})


def _write_version(
    change: ChangeRequest, before: CertificateVersion, actor: Actor, now: datetime
) -> CertificateVersion:
    is_extension = change.kind == ChangeKind.EXTENSION
    never_began = change.last_day < before.inception
    product = change.certificate.master.product
    plan, riders = change.plan, list(before.riders)
    if is_extension:
        riders = list_riders_after(product, before, change.last_day)
    else:
        # What an extension changed never holds if cover ends before that.
        versions = change.certificate.versions.order_by("number")
        plan = plan_on(list(versions), change.last_day)
    return CertificateVersion.objects.create(
        certificate=change.certificate,
        number=before.number + 1,
        kind=KINDS[ChangeKind(change.kind)],
        recorded_at=now,
        effective_from=(before.expiry if is_extension else change.last_day) + timedelta(days=1),
        plan=plan,
        inception=before.inception,
        expiry=before.expiry if never_began else change.last_day,
        cancelled=never_began,
        riders=riders,
        premium=before.premium + change.premium_change,
        loading=before.loading + change.loading_change,
        premium_change=change.premium_change,
        reason=change.reason,
        actor=actor.who,
    )
