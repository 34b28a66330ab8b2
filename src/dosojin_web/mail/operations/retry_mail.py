"""Try again to send what was given up."""

from datetime import datetime

from django.db import transaction

from dosojin_web.accounts.actors import Actor
from dosojin_web.audit.operations.record_event import record
from dosojin_web.mail.models import OutgoingMail

from .send_queued import LEASES


@transaction.atomic
def retry_mail(key: str, actor: Actor, now: datetime) -> bool:
    """Whether the letter queued under ``key``, which was given up, now waits again.

    False for one that waits anyway or was sent: nothing changes then.
    """
    unsent = OutgoingMail.objects.filter(queue_key=key, sent_at=None)
    if retried := LEASES.try_again(unsent, now):
        record(actor, "mail.retried", f"mail:{key}", {}, now)
    return retried
