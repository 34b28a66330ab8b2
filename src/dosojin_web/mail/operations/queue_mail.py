"""Write a letter and put it into the outbox."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

from django.db import IntegrityError, transaction
from django.utils import timezone

from dosojin_web.mail.attachments import Attachment
from dosojin_web.mail.letters import write_letter
from dosojin_web.mail.models import MailAttachment, OutgoingMail


class NoMailAddress(ValueError):
    """What a letter was to be sent to is no address; the message does not repeat it."""


def queue_mail(
    key: str,
    template: str,
    to: str,
    context: Mapping[str, Any],
    language: Literal["ja", "en"],
    attachments: Sequence[Attachment] = (),
    about: str = "",
    now: datetime | None = None,
) -> OutgoingMail:
    """The letter of this ``key``: written now, or, if there is one, as it was written then.

    Call it in the transaction that the letter tells of: it is sent if that is committed, and never
    otherwise. ``template`` "policies/mail/invitation" is ``policies/mail/invitation.txt``. Without
    ``now`` the letter was queued at this moment, which decides nothing but the order.

    NoMailAddress, ValueError for a template without subject or body.
    """
    check_address(to)
    letter = write_letter(template, language, context)
    at = now or timezone.now()
    mail = OutgoingMail(
        queue_key=key,
        to=to,
        template=template,
        language=language,
        subject=letter.subject,
        body=letter.body,
        about=about,
        queued_at=at,
        try_at=at,
    )
    try:
        # Written before it is looked for: it is nearly always new, and others wait meanwhile.
        with transaction.atomic():
            mail.save(force_insert=True)
            _keep_attachments(mail, attachments)
    except IntegrityError:
        return OutgoingMail.objects.get(queue_key=key)
    return mail


def check_address(to: str) -> None:
    """NoMailAddress unless it is one address and nothing else: no list, no second header line."""
    local, at, domain = to.rpartition("@")
    if not (local and at and domain) or any(c in "\r\n,;<> \t" for c in to):
        raise NoMailAddress("a letter goes to one mail address, written as name@host")


def _keep_attachments(mail: OutgoingMail, attachments: Sequence[Attachment]) -> None:
    MailAttachment.objects.bulk_create(
        MailAttachment(
            mail=mail,
            place=place,
            name=attachment.name,
            content_type=attachment.content_type,
            document=attachment.document,
            content=attachment.content,
        )
        for place, attachment in enumerate(attachments)
    )
