"""A letter of the outbox as a message that a mail server takes.

Plain text in UTF-8: Japanese in base64, English quoted-printable. Both carry long lines, which the
reader's program wraps, and pass through every server, also one that knows seven bits only. Nothing
of format=flowed, which programs in Japan read badly. The Message-ID comes from the letter's key: a
letter that was sent twice can be recognised.
"""

from email.charset import BASE64, QP, SHORTEST, Charset
from email.header import Header
from email.message import Message
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

from .models import OutgoingMail


def _charset(body_encoding: int) -> Charset:
    charset = Charset("utf-8")
    charset.header_encoding = SHORTEST
    charset.body_encoding = body_encoding
    return charset


CHARSETS = {"ja": _charset(BASE64), "en": _charset(QP)}


class QueuedMessage(EmailMessage):
    """The message of a letter that the outbox holds, which tells it from mail sent past that."""

    def message(self) -> Any:
        """The message with a subject whose first line is not empty.

        Django encodes a subject without knowing that "Subject: " stands before it, and a long one
        then begins on a second line, which readers show as a space in front.
        """
        written: Message = super().message()
        del written["Subject"]
        subject: Any = Header(str(self.subject), header_name="Subject")
        Message.__setitem__(written, "Subject", subject)
        return written


def message_id(mail: OutgoingMail) -> str:
    """The same whenever this letter is sent."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return f"<{mail.key}@{domain}>"


def write_message(mail: OutgoingMail, connection: BaseEmailBackend) -> QueuedMessage:
    """The message of a letter, with its attachments, ready to be sent over ``connection``."""
    message = QueuedMessage(
        subject=mail.subject,
        body=mail.body,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[mail.to],
        connection=connection,
        headers={
            "Message-ID": message_id(mail),
            "Content-Language": mail.language,
            # Holiday replies and mailing lists leave it alone (RFC 3834).
            "Auto-Submitted": "auto-generated",
        },
    )
    message.encoding = CHARSETS[mail.language]
    for attachment in mail.attachments.select_related("document"):
        message.attach(attachment.name, attachment.read(), attachment.content_type)
    return message
