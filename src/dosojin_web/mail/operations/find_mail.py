"""Find letters by their recipient."""

from django.db.models import QuerySet

from dosojin_web.mail.models import OutgoingMail


def find_mail(to: str = "") -> QuerySet[OutgoingMail] | list[OutgoingMail]:
    """The letters whose address contains ``to``, in any case; all without it. The latest first.

    Addresses are encrypted, so each is opened: good for a demonstration, not for a real outbox.
    """
    letters = OutgoingMail.objects.prefetch_related("attachments").order_by("-queued_at", "-id")
    if not to:
        return letters
    return [letter for letter in letters if to.casefold() in letter.to.casefold()]
