"""Starts another refund to the card in place of one that failed."""

from datetime import datetime
from functools import partial

from django.db import transaction

from dosojin_web.accounts.actors import Actor
from dosojin_web.payments.errors import KeyReused, RefundRefused
from dosojin_web.payments.history import lock_refund, move_refund
from dosojin_web.payments.models import CardRefund, RefundState

from .start_refund import create_refund, send_refund


def replace_refund(refund: CardRefund, key: str, actor: Actor, now: datetime) -> CardRefund:
    """The new refund, of the same amount; the same key gives the same one.

    Raises RefundRefused unless the old one has failed and waits for somebody.
    """
    with transaction.atomic():
        old = lock_refund(refund.pk)
        known = CardRefund.objects.filter(key=key).first()
        if known is not None:
            if known.replaces_id != old.pk:
                raise KeyReused(f"The key {key} stands for another refund: choose a new one.")
            new = known
        else:
            if old.state != RefundState.FAILED:
                raise RefundRefused(f"{old.key} is {old.state}: only a failed one is replaced.")
            move_refund(old, RefundState.REPLACED, f"by {key}", actor, now)
            new = create_refund(old.payment, key, old.amount, old.reason, actor, now, old)
        transaction.on_commit(partial(send_refund, new.pk, now), robust=True)
    new.refresh_from_db()
    return new
