"""The entry and the audit event that belong to every act of this slice."""

from datetime import datetime

from dosojin_web.accounts.actors import Actor
from dosojin_web.audit.operations.record_event import record
from dosojin_web.policies.models import (
    Application,
    ApplicationEntry,
    ChangeEntry,
    ChangeRequest,
    TransferDue,
    TransferEntry,
)

Detail = dict[str, str | int | bool | None]


def enter_application(
    application: Application, act: str, actor: Actor, now: datetime, reason: str = ""
) -> None:
    """Note ``act`` beside the application and in the audit trail."""
    ApplicationEntry.objects.create(
        application=application, act=act, at=now, actor=actor.who, reason=reason
    )
    detail: Detail = {"state": str(application.state), "version": application.version}
    record(actor, f"application.{act}", application.about, detail, now)


def enter_change(
    change: ChangeRequest, act: str, actor: Actor, now: datetime, reason: str = ""
) -> None:
    """Note ``act`` beside the request and in the audit trail."""
    ChangeEntry.objects.create(change=change, act=act, at=now, actor=actor.who, reason=reason)
    detail: Detail = {
        "kind": str(change.kind),
        "state": str(change.state),
        "certificate": change.certificate.number,
        "premium_change": change.premium_change,
    }
    record(actor, f"change.{act}", change.about, detail, now)


def enter_transfer(
    transfer: TransferDue, act: str, actor: Actor, now: datetime, reason: str = ""
) -> None:
    """Note ``act`` beside a transfer that is due and in the audit trail."""
    TransferEntry.objects.create(transfer=transfer, act=act, at=now, actor=actor.who, reason=reason)
    detail: Detail = {
        "state": str(transfer.state),
        "certificate": transfer.change.certificate.number,
        "amount": transfer.amount,
    }
    record(actor, f"transfer.{act}", transfer.about, detail, now)
