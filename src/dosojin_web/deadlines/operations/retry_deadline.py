"""Try again what was given up."""

from datetime import datetime

from django.db import transaction

from dosojin_web.accounts.actors import Actor
from dosojin_web.audit.operations.record_event import record
from dosojin_web.deadlines.models import Deadline

from .run_due import LEASES


@transaction.atomic
def retry_deadline(kind: str, key: str, actor: Actor, now: datetime) -> bool:
    """Whether a deadline that was given up is now due again, with all its attempts.

    False for one that waits, has happened or was cancelled: nothing changes then.
    """
    ours = Deadline.objects.filter(kind=kind, key=key, done_at=None, cancelled_at=None)
    if retried := LEASES.try_again(ours, now):
        record(actor, "deadline.retried", f"deadline:{kind}:{key}", {}, now)
    return retried
