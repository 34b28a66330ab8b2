"""Take back what was owed."""

from datetime import datetime

from dosojin_web.database.leases import UNLEASED
from dosojin_web.deadlines.models import Deadline


def cancel_deadline(kind: str, key: str, now: datetime) -> bool:
    """Whether the effect will not happen, as of this call or an earlier one.

    False: it has happened already, or there is no such deadline. One that is running at this
    moment is waited for. A failed one is cancelled too, and then no longer listed as failed.
    """
    ours = Deadline.objects.filter(kind=kind, key=key)
    ours.filter(done_at=None, cancelled_at=None).update(
        cancelled_at=now, failed_at=None, **UNLEASED
    )
    return ours.exclude(cancelled_at=None).exists()
