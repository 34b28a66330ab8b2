"""Send what was given up to another address."""

from datetime import datetime

from django.db import transaction

from dosojin_web.accounts.actors import Actor
from dosojin_web.audit.operations.record_event import record
from dosojin_web.mail.models import OutgoingMail

from .queue_mail import check_address
from .retry_mail import retry_mail


@transaction.atomic
def readdress_mail(key: str, to: str, actor: Actor, now: datetime) -> bool:
    """Whether the letter queued under ``key``, which was given up, now waits again, for ``to``.

    Subject and body stay as they were written. False, and nothing changes, for a letter that waits
    or was sent. NoMailAddress.
    """
    check_address(to)
    given_up = OutgoingMail.objects.filter(queue_key=key, sent_at=None).exclude(failed_at=None)
    mail = given_up.select_for_update().first()
    if mail is None:
        return False
    if mail.to != to:
        mail.to = to
        mail.save(update_fields=["to"])
        record(actor, "mail.readdressed", f"mail:{key}", {}, now)
    return retry_mail(key, actor, now)
