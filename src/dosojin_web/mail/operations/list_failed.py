"""What nobody tries to send any more."""

from django.db.models import QuerySet

from dosojin_web.mail.models import OutgoingMail


def list_failed() -> QuerySet[OutgoingMail]:
    """The letters that were given up, the latest first, each with its ``last_error``."""
    return OutgoingMail.objects.exclude(failed_at=None).order_by("-failed_at", "-id")
