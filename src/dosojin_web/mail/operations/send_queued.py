"""Send the letters that wait.

What is guaranteed. A letter is never lost: it waits in the outbox until a server has taken it or a
person has been told that none does. A letter goes out once, with one exception that SMTP leaves
open: if the worker is killed after the server has taken the letter and before that is written
down, it goes out once more, under the same Message-ID, by which mail programs recognise it.

A letter is leased, sent outside any transaction, and marked sent only if the lease is still held.
Letters leave in the order in which they were queued; one that was refused waits, longer each time,
and the others pass it.
"""

import logging
import smtplib
import time
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend

from dosojin_web.database.leases import ATTEMPTS_MAX, ERROR_LENGTH_MAX, Leases
from dosojin_web.mail.messages import write_message
from dosojin_web.mail.models import WAITS, OutgoingMail

# Longer than a server may take over one letter, at EMAIL_TIMEOUT for each of its answers.
LEASE = timedelta(minutes=5)
LEASES = Leases(
    OutgoingMail, WAITS, LEASE, first_pause=timedelta(minutes=1), order=("queued_at", "id")
)
# "No such mailbox" seldom changes; asking again and again makes servers distrust us.
ATTEMPTS_REFUSED_MAX = 3
GONE = (smtplib.SMTPServerDisconnected, smtplib.SMTPConnectError)

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Clock:
    """The time as a round goes on: servers are slow, and leases count from when they begin."""

    began: datetime
    tick: float = field(default_factory=time.monotonic)

    def now(self) -> datetime:
        """The moment that the round was told, and what has passed since."""
        return self.began + timedelta(seconds=time.monotonic() - self.tick)


def send_queued(now: datetime, limit: int = 20) -> int:
    """How many letters a server took, of at most ``limit`` that wait; one connection for all.

    If no server answers, the round ends at once, and no letter is the worse for it.
    """
    if not LEASES.due(now).exists():
        return 0
    server = get_connection()
    try:
        server.open()
    except (smtplib.SMTPException, OSError) as error:
        _keep_absence(now, error)
        return 0
    try:
        return _send_over(server, Clock(now), limit)
    finally:
        server.close()


def _send_over(server: BaseEmailBackend, clock: Clock, limit: int) -> int:
    sent = 0
    for _ in range(limit):
        mail = LEASES.take(clock.now())
        if mail is None:
            break
        if mail.failed_at:
            continue
        try:
            write_message(mail, server).send()
        except Exception as error:
            _keep_failure(mail, clock.now(), error)
            if is_away(error):
                break
        else:
            sent += LEASES.end(mail, sent_at=clock.now(), last_error="")
    return sent


def is_away(error: Exception) -> bool:
    """Whether the connection is gone: the next letter needs a new one."""
    if isinstance(error, smtplib.SMTPException):
        return isinstance(error, GONE) or any(code == 421 for code, _ in _answers(error))
    # Of the network; what the server says is an OSError too, to Python.
    return isinstance(error, OSError)


def _keep_failure(mail: OutgoingMail, now: datetime, error: Exception) -> None:
    """Write down what the server said, without the address, and when to try again."""
    words = describe_refusal(error, mail.to)
    log.warning("mail %s was not sent, attempt %d: %s", mail, mail.attempts, words)
    most = ATTEMPTS_REFUSED_MAX if is_permanent(error) else ATTEMPTS_MAX
    LEASES.fail(mail, now, words, most)


def _keep_absence(now: datetime, error: Exception) -> None:
    """Nobody to send to: said beside the letter that would have been next, which loses nothing."""
    words = f"{type(error).__name__}: {error}"[:ERROR_LENGTH_MAX]
    log.warning("no mail server answers: %s", words)
    first = LEASES.due(now).first()
    if first is not None:
        LEASES.held(first).update(last_error=words)


def _answers(error: Exception) -> list[tuple[int, bytes | str]]:
    """What the server answered, as code and words; empty when it did not answer."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return list(error.recipients.values())
    if isinstance(error, smtplib.SMTPResponseException):
        return [(error.smtp_code, error.smtp_error)]
    return []


def is_permanent(error: Exception) -> bool:
    """Whether the server says that it will never take this letter."""
    answers = _answers(error)
    return bool(answers) and all(code >= 500 for code, _ in answers)


def describe_refusal(error: Exception, address: str) -> str:
    """The server's words, in which the person's address is left out."""
    answers = _answers(error)
    words = "; ".join(
        f"{code} {said.decode('utf-8', 'replace') if isinstance(said, bytes) else said}"
        for code, said in answers
    )
    text = words or f"{type(error).__name__}: {error}"
    return text.replace(address, "…")[:ERROR_LENGTH_MAX]
