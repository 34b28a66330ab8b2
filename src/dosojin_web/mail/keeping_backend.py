"""Where there is no mail server, nothing leaves.

In demonstration mode a letter of the outbox counts as sent: the development page shows it. Without
demonstration mode it goes on waiting, and the outbox says why, until ``DOSOJIN_SMTP`` names a
server. Mail that Django's libraries send past the outbox is put into it, so that it is seen too.
"""

from collections.abc import Sequence
from uuid import uuid4

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone, translation

from dosojin_web.installation.mode import is_demonstration

from .messages import QueuedMessage
from .models import OutgoingMail

NO_SERVER = "there is no mail server: set DOSOJIN_SMTP"
DIRECT = "direct"


class KeepingBackend(BaseEmailBackend):
    """A mail backend that sends nothing."""

    def open(self) -> bool:
        """ConnectionError outside demonstration mode: a letter must not count as sent there."""
        if not is_demonstration():
            raise ConnectionError(NO_SERVER)
        return False

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keep what is not in the outbox yet; returns how many messages there were."""
        for message in email_messages:
            if not isinstance(message, QueuedMessage):
                keep_direct(message)
        return len(email_messages)


def keep_direct(message: EmailMessage) -> None:
    """Put a message that was sent past the outbox into it, once for each recipient."""
    now = timezone.now()
    for recipient in message.recipients():
        OutgoingMail.objects.create(
            queue_key=f"{DIRECT}:{uuid4()}",
            to=recipient,
            template=DIRECT,
            language=(translation.get_language() or settings.LANGUAGE_CODE)[:2],
            subject=str(message.subject),
            body=str(message.body),
            queued_at=now,
            try_at=now,
            sent_at=now if is_demonstration() else None,
        )
