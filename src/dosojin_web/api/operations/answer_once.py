"""A write under a key of the caller's: done once, answered alike as often as it is sent."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from dosojin_web.accounts.seats import Seat
from dosojin_web.api.models import ApiCall


class KeyReused(Exception):
    """The key stands for another request of the same seat."""


@dataclass(frozen=True, slots=True)
class Call:
    """What is asked, by whom, and the key under which it is asked."""

    seat: Seat
    key: str
    operation: str
    address: str
    content: bytes

    @property
    def digest(self) -> str:
        """Tells this request from another: SHA-256 of the address and the body."""
        return hashlib.sha256(self.address.encode() + b"\n" + self.content).hexdigest()


def answer_once(call: Call, work: Callable[[], str], now: datetime) -> str:
    """The answer of ``work``, which runs in one transaction with the note that it was given.

    A repetition gets the first answer, and ``work`` does not run. KeyReused for another request.
    """
    known = _find(call)
    if known is not None:
        return known
    try:
        with transaction.atomic():
            answer = work()
            _keep(call, answer, now)
    except IntegrityError:
        # The same call came twice at once, and the other one was first.
        known = _find(call)
        if known is None:
            raise
        return known
    return answer


def answer_repeatable(call: Call, work: Callable[[], str], now: datetime) -> str:
    """As ``answer_once``, for work that is harmless to repeat and asks another house.

    It runs outside a transaction: no lock is held while the other house thinks.
    """
    known = _find(call)
    if known is not None:
        return known
    answer = work()
    try:
        with transaction.atomic():
            _keep(call, answer, now)
    except IntegrityError:
        return _find(call) or answer
    return answer


def _find(call: Call) -> str | None:
    found = ApiCall.objects.filter(appointment_id=call.seat.appointment_id, key=call.key).first()
    if found is None:
        return None
    if (found.operation, found.digest) != (call.operation, call.digest):
        raise KeyReused(call.key)
    return found.answer


def _keep(call: Call, answer: str, now: datetime) -> None:
    ApiCall.objects.create(
        appointment_id=call.seat.appointment_id,
        key=call.key,
        operation=call.operation,
        digest=call.digest,
        answer=answer,
        at=now,
    )
