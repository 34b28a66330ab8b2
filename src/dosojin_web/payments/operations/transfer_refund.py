"""Settles a failed refund by hand: the money has been sent by bank transfer."""

from datetime import datetime

from django.db import transaction

from dosojin_web.accounts.actors import Actor
from dosojin_web.accounts.models import User
from dosojin_web.authority.rights import is_approved, needs_approval
from dosojin_web.payments.errors import ApprovalMissing, RefundRefused
from dosojin_web.payments.history import lock_refund, move_refund, record_refund
from dosojin_web.payments.models import CardRefund, RefundState
from dosojin_web.payments.purposes import find_purpose

ACT = "refund.transfer"
"""The act, as authority knows it."""


def transfer_refund(refund: CardRefund, reason: str, actor: Actor, now: datetime) -> CardRefund:
    """The refund afterwards. ``reason`` says which transfer; calling again changes nothing.

    Raises RefundRefused unless the refund has failed, a reason is given, and the actor is a
    person other than who asked for the refund: maker is never checker. ApprovalMissing unless
    the actor has authority for the act "refund.transfer" over the amount, or exactly this
    transfer was approved: ``about`` "refund:KEY", the detail the reason.
    """
    with transaction.atomic():
        refund = lock_refund(refund.pk)
        if refund.state == RefundState.TRANSFERRED:
            return refund
        _check(refund, reason, actor)
        _check_authority(refund, reason.strip(), actor, now)
        move_refund(refund, RefundState.TRANSFERRED, reason.strip(), actor, now)
        purpose = find_purpose(refund.payment.purpose)
        purpose.refund_transferred(refund.payment.reference, refund, now)
        record_refund(refund, actor, now)
    return refund


def _check(refund: CardRefund, reason: str, actor: Actor) -> None:
    if refund.state != RefundState.FAILED:
        raise RefundRefused(f"{refund.key} is {refund.state}: only a failed one is paid by hand.")
    if not reason.strip():
        raise RefundRefused("Say which transfer paid it: the day and the bank's number.")
    if actor.user_id is None or actor.who == refund.maker:
        raise RefundRefused("Another person than who asked for the refund has to settle it.")


def _check_authority(refund: CardRefund, reason: str, actor: Actor, now: datetime) -> None:
    user = User.objects.get(pk=actor.user_id or 0)
    if needs_approval(user, ACT, refund.amount, now) and not is_approved(
        ACT, f"refund:{refund.key}", refund.amount, {"reason": reason}
    ):
        raise ApprovalMissing(f"{refund.key}: {refund.amount} yen need a second person's approval.")
