"""Try again what was given up."""

from datetime import datetime

from django.db import transaction

from dosojin_web.accounts.actors import Actor
from dosojin_web.audit.operations.record_event import record
from dosojin_web.deadlines.models import Deadline


@transaction.atomic
def retry_deadline(kind: str, key: str, actor: Actor, now: datetime) -> bool:
    """Whether a deadline that was given up is now due again, with all its attempts.

    False for one that waits, has happened or was cancelled: nothing changes then.
    """
    ours = Deadline.objects.filter(kind=kind, key=key, done_at=None, cancelled_at=None)
    changed = ours.exclude(failed_at=None).update(failed_at=None, attempts=0, try_at=now)
    if changed:
        record(actor, "deadline.retried", f"deadline:{kind}:{key}", {}, now)
    return bool(changed)
