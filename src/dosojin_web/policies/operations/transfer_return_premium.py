"""Return premium is paid by bank transfer: one person writes down the account, another one pays."""

import json
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from typing import Self

from django.db import transaction
from django.utils.translation import gettext

from dosojin_web.accounts.actors import SYSTEM, Actor
from dosojin_web.accounts.models import User
from dosojin_web.components.shapes import Fault
from dosojin_web.policies.bookings import book_transfer_paid
from dosojin_web.policies.entries import enter_transfer
from dosojin_web.policies.japan import day_in_japan
from dosojin_web.policies.models import ChangeRequest, TransferDue, TransferState
from dosojin_web.policies.refusals import NotYours, Refused, Stale

REFERENCE_MAX = 60
PART_MAX = 100


@dataclass(frozen=True, slots=True)
class Payee:
    """The account that is paid to, as the insured or the proxy gives it."""

    bank: str
    branch: str
    account: str
    holder: str

    @classmethod
    def of(cls, transfer: TransferDue) -> Self | None:
        """The account of a transfer, if it is written down."""
        return cls(**json.loads(transfer.payee)) if transfer.payee else None


def note_transfer(change: ChangeRequest, amount: int, now: datetime) -> TransferDue:
    """``amount`` yen of ``change`` are to be paid by bank; calling again returns what is noted."""
    with transaction.atomic():
        transfer, is_new = TransferDue.objects.get_or_create(
            change=change, defaults={"amount": amount, "since": now}
        )
        if is_new:
            enter_transfer(transfer, "noted", SYSTEM, now)
    return transfer


def prepare_transfer(
    transfer: TransferDue, version: int, payee: Payee, user: User, actor: Actor, now: datetime
) -> TransferDue:
    """The account is written down, or another one in its place. Refused beside what is missing."""
    faults = _payee_faults(payee)
    with transaction.atomic():
        held = _hold(transfer, version)
        if faults:
            raise Refused(faults)
        held.payee = json.dumps(asdict(payee), ensure_ascii=False, sort_keys=True)
        held.prepared_by = user
        held.state = TransferState.PREPARED
        _save(held)
        enter_transfer(held, "prepared", actor, now)
    return held


def settle_transfer(
    transfer: TransferDue,
    version: int,
    reference: str,
    paid_on: date,
    user: User,
    actor: Actor,
    now: datetime,
) -> TransferDue:
    """It was paid on ``paid_on`` under the bank's ``reference``; calling again changes nothing.

    NotYours for whoever wrote down the account.
    """
    reference = reference.strip()
    with transaction.atomic():
        held = TransferDue.objects.select_for_update().get(pk=transfer.pk)
        told = (reference, paid_on)
        if held.state == TransferState.PAID and (held.bank_reference, held.paid_on) == told:
            return held
        held = _hold(transfer, version)
        if held.state != TransferState.PREPARED:
            raise Refused.at("", gettext("Write down the account first."))
        if held.prepared_by_id == user.pk:
            raise NotYours(gettext("Another person of your office has to pay this."))
        if faults := _payment_faults(held, reference, paid_on, day_in_japan(now)):
            raise Refused(faults)
        held.bank_reference, held.paid_on = reference, paid_on
        held.state = TransferState.PAID
        _save(held)
        book_transfer_paid(held, actor, now)
        enter_transfer(held, "paid", actor, now, f"{paid_on.isoformat()} {reference}")
    return held


def _hold(transfer: TransferDue, version: int) -> TransferDue:
    held = TransferDue.objects.select_for_update().get(pk=transfer.pk)
    if held.version != version:
        raise Stale(held)
    if held.state == TransferState.PAID:
        raise Refused.at("", gettext("This has been paid already."))
    return held


def _save(held: TransferDue) -> None:
    held.version += 1
    held.save()


def _payee_faults(payee: Payee) -> list[Fault]:
    needed = {
        "bank": gettext("Give the name of the bank."),
        "branch": gettext("Give the branch, by name or number."),
        "account": gettext("Give the kind and the number of the account."),
        "holder": gettext("Give the holder, in kana as the bank writes it."),
    }
    faults = []
    for name in (field.name for field in fields(payee)):
        typed = getattr(payee, name)
        if not typed.strip():
            faults.append(Fault(name, needed[name]))
        elif len(typed) > PART_MAX:
            faults.append(Fault(name, gettext("Say it in at most 100 characters.")))
    return faults


def _payment_faults(held: TransferDue, reference: str, paid_on: date, today: date) -> list[Fault]:
    faults = []
    if not reference:
        faults.append(Fault("reference", gettext("Give the number of the bank’s advice.")))
    elif len(reference) > REFERENCE_MAX:
        faults.append(Fault("reference", gettext("Give at most 60 characters.")))
    if paid_on > today:
        faults.append(Fault("paid_on", gettext("This day is still to come.")))
    elif paid_on < day_in_japan(held.since):
        faults.append(Fault("paid_on", gettext("On that day nothing was to be paid back yet.")))
    return faults
