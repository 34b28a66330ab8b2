"""What has to happen later in this slice."""

from datetime import datetime
from typing import Any

from dosojin_web.accounts.actors import SYSTEM
from dosojin_web.deadlines.kinds import deadline_kind
from dosojin_web.payments.models import Payment

from .models import Certificate, ChangeRequest, Programme, RosterUpload
from .operations.decide_change import lapse_change
from .operations.invite_members import invite_next_part
from .operations.issue_documents import issue_certificate_documents, issue_refund_note
from .operations.send_refund import send_return_premium, send_surplus
from .operations.take_roster import take_next_part
from .versions import latest_version


@deadline_kind("certificate.send")
def send_certificate(payload: dict[str, Any], now: datetime) -> None:
    """Some days after the payment: the certificate is ready to be fetched (003 l.56)."""
    certificate = Certificate.objects.get(number=payload["certificate"])
    if not latest_version(certificate).cancelled:
        issue_certificate_documents(certificate, SYSTEM, now)


@deadline_kind("change.lapse")
def lapse(payload: dict[str, Any], now: datetime) -> None:
    """Cover has ended with an extension still open."""
    lapse_change(ChangeRequest.objects.get(key=payload["change"]), SYSTEM, now)


@deadline_kind("refund.send")
def send_refund(payload: dict[str, Any], now: datetime) -> None:
    """A change gave premium back."""
    change = ChangeRequest.objects.get(key=payload["change"])
    send_return_premium(change, now)
    issue_refund_note(change, SYSTEM, now)


@deadline_kind("surplus.send")
def give_back(payload: dict[str, Any], now: datetime) -> None:
    """Money came that nobody owed."""
    send_surplus(Payment.objects.get(key=payload["payment"]), now)


@deadline_kind("roster.read")
def read_roster(payload: dict[str, Any], now: datetime) -> None:
    """The next part of a roster file is taken in."""
    take_next_part(RosterUpload.objects.get(key=payload["roster"]), now)


@deadline_kind("members.invite")
def invite(payload: dict[str, Any], now: datetime) -> None:
    """The next students of a programme are invited."""
    invite_next_part(Programme.objects.get(key=payload["programme"]), payload["last"], now)
