"""Asks that somebody else approve an act."""

from datetime import datetime

from django.db import IntegrityError, transaction

from dosojin_web.accounts.actors import Actor
from dosojin_web.accounts.models import User
from dosojin_web.audit.operations.record_event import record
from dosojin_web.authority.models import Approval
from dosojin_web.authority.rights import Detail, digest_of


def request_approval(
    act: str,
    about: str,
    amount: int,
    made_by: User,
    reason: str,
    actor: Actor,
    now: datetime,
    detail: Detail | None = None,
) -> Approval:
    """The approval to be decided; the one that there is, decided or not, if it is for the same.

    ``detail`` is what else was decided, such as the payee: with another one it is another approval.
    After a refusal, ask anew with what has changed in ``detail``. ValueError if the amount is
    negative.
    """
    if amount < 0:
        raise ValueError("an amount to approve is never negative")
    digest = digest_of(amount, detail or {})
    same = Approval.objects.filter(act=act, about=about, digest=digest)
    if known := same.first():
        return known
    try:
        with transaction.atomic():
            approval = Approval.objects.create(
                act=act,
                about=about,
                amount=amount,
                digest=digest,
                reason=reason,
                made_by=made_by,
                made_at=now,
            )
            told: Detail = {"act": act, "amount": amount, "approval": approval.pk}
            record(actor, "approval.requested", about, told, now)
    except IntegrityError:
        # Somebody asked for the same at the same moment.
        return same.get()
    return approval
