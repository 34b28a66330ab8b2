"""What nobody tries any more."""

from django.db.models import QuerySet

from dosojin_web.deadlines.models import Deadline


def list_failed() -> QuerySet[Deadline]:
    """The deadlines that were given up, the latest first, each with its ``last_error``."""
    open_ones = Deadline.objects.filter(done_at=None, cancelled_at=None)
    return open_ones.exclude(failed_at=None).order_by("-failed_at", "-id")
