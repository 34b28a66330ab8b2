"""The agency records a bank transfer: the additional premium of an extension has come."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext

from dosojin_web.accounts.actors import Actor
from dosojin_web.components.shapes import Fault
from dosojin_web.ledger.models import Entry
from dosojin_web.policies.bookings import BANK
from dosojin_web.policies.entries import enter_change
from dosojin_web.policies.japan import day_in_japan
from dosojin_web.policies.models import (
    Certificate,
    CertificateVersion,
    ChangeKind,
    ChangeRequest,
    ChangeState,
)
from dosojin_web.policies.models.changes import OPEN_STATES
from dosojin_web.policies.operations.complete_change import complete_change
from dosojin_web.policies.operations.reopen_change import reopen_change
from dosojin_web.policies.refusals import Refused, Stale
from dosojin_web.policies.versions import latest_version
from dosojin_web.templatetags.layout import civil_day
from dosojin_web.templatetags.money import yen

REFERENCE_MAX = 60
TAKEN_DOWN = "transfer_taken_down"


def receive_transfer(
    change: ChangeRequest,
    version: int,
    amount: int,
    received_on: date,
    reference: str,
    actor: Actor,
    now: datetime,
) -> CertificateVersion | None:
    """The extended version; the same transfer recorded again returns it.

    The amount must be exact, and the money must have come by the last day of cover. If it came in
    time and is recorded too late, the lapsed request is taken up again: what counts is the day on
    which the premium was received (003 l.847). Then two people of the agency have to enter the same
    transfer, for who chooses the day chooses whether there is cover: None until the second has.
    """
    reference = reference.strip()
    with transaction.atomic():
        Certificate.objects.select_for_update().get(pk=change.certificate_id)
        held = ChangeRequest.objects.select_for_update().get(pk=change.pk)
        receipt_key = f"transfer:{received_on.isoformat()}:{reference}"
        known = Entry.objects.filter(key=f"premium:{receipt_key}").first()
        if held.state == ChangeState.DONE and known and known.reference == _number(held):
            return held.certificate.versions.get(number=held.base_version + 1)
        if held.version != version:
            raise Stale(held)
        _check_waits(held)
        if faults := _faults(held, amount, received_on, reference, known, day_in_japan(now)):
            raise Refused(faults)
        if waits_for_another(held, received_on, reference, actor, now):
            _take_down(held, f"{received_on.isoformat()} {reference}", actor, now)
            return None
        reopen_change(held, actor, now)
        enter_change(held, "received", actor, now, f"{received_on.isoformat()} {reference}")
        return complete_change(held, receipt_key, BANK, actor, now)


def waits_for_another(
    change: ChangeRequest, received_on: date, reference: str, actor: Actor, now: datetime
) -> bool:
    """Whether cover has ended, and nobody else has entered this transfer yet."""
    if day_in_japan(now) <= latest_version(change.certificate).expiry:
        return False
    said = f"{received_on.isoformat()} {reference.strip()}"
    return not change.entries.filter(act=TAKEN_DOWN, reason=said).exclude(actor=actor.who).exists()


def _take_down(held: ChangeRequest, said: str, actor: Actor, now: datetime) -> None:
    if not held.entries.filter(act=TAKEN_DOWN, reason=said, actor=actor.who).exists():
        enter_change(held, TAKEN_DOWN, actor, now, said)


def may_be_received(change: ChangeRequest) -> bool:
    """Whether a premium can be taken: the request waits for one, or lapsed while it did."""
    if change.kind != ChangeKind.EXTENSION:
        return False
    if change.state == ChangeState.AWAITING_PREMIUM:
        return True
    return change.state == ChangeState.LAPSED and _lapsed_waiting(change)


def _lapsed_waiting(change: ChangeRequest) -> bool:
    others = change.certificate.changes.filter(state__in=OPEN_STATES).exclude(pk=change.pk)
    return (
        latest_version(change.certificate).number == change.base_version
        and change.entries.filter(act="confirmed").exists()
        and not others.exists()
    )


def _number(change: ChangeRequest) -> str:
    return change.certificate.number


def _check_waits(held: ChangeRequest) -> None:
    if not may_be_received(held):
        raise Refused.at(
            "",
            gettext(
                "This request does not wait for a premium. Send the money back, and tell the proxy."
            ),
        )


def _faults(
    held: ChangeRequest,
    amount: int,
    received_on: date,
    reference: str,
    known: Entry | None,
    today: date,
) -> list[Fault]:
    faults = []
    if amount != held.premium_change:
        faults.append(Fault("amount", _other_amount(amount, held.premium_change)))
    last_day = latest_version(held.certificate).expiry
    if received_on > today:
        faults.append(Fault("received_on", gettext("This day is still to come.")))
    elif received_on > last_day:
        message = gettext(
            "Cover ended on %(day)s, before the money came: it cannot be extended any more. Send "
            "the money back, and tell the proxy."
        )
        faults.append(Fault("received_on", message % {"day": civil_day(last_day)}))
    elif received_on < day_in_japan(held.asked_at):
        message = gettext("On that day the extension had not been asked for yet.")
        faults.append(Fault("received_on", message))
    if not reference:
        faults.append(Fault("reference", gettext("Give the number of the bank’s advice.")))
    elif len(reference) > REFERENCE_MAX:
        faults.append(Fault("reference", gettext("Give at most 60 characters.")))
    elif known is not None:
        message = gettext("This transfer is recorded already, for certificate %(number)s.")
        faults.append(Fault("reference", message % {"number": known.reference}))
    return faults


def _other_amount(came: int, due: int) -> str:
    words = {"due": yen(due), "difference": yen(abs(came - due))}
    if came < due:
        return (
            gettext(
                "%(due)s are due: %(difference)s are missing. Ask the proxy for one transfer of "
                "the whole amount, send back what came, and record nothing until then."
            )
            % words
        )
    return (
        gettext(
            "%(due)s are due: %(difference)s too much came. Send back what came, and ask the proxy "
            "for a transfer of the exact amount."
        )
        % words
    )
