"""One letter, as its reader sees it, and what is attached to it."""

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from dosojin_web.installation.mode import only_in_demonstration
from dosojin_web.mail.links import link_own_addresses
from dosojin_web.mail.messages import message_id
from dosojin_web.mail.models import MailAttachment, OutgoingMail


@require_safe
@only_in_demonstration
def letter(request: HttpRequest, key: UUID) -> HttpResponse:
    """Show a letter. Its links to this site can be followed, others cannot."""
    mail = get_object_or_404(OutgoingMail, key=key)
    context = {
        "mail": mail,
        "sender": settings.DEFAULT_FROM_EMAIL,
        "body": link_own_addresses(mail.body),
        "attachments": mail.attachments.select_related("document"),
        "message_id": message_id(mail),
    }
    return render(request, "mail/letter.html", context)


@require_safe
@only_in_demonstration
def attachment(request: HttpRequest, key: UUID, place: int) -> HttpResponse:
    """An attachment to save, as it was sent."""
    found = get_object_or_404(MailAttachment, mail__key=key, place=place)
    response = HttpResponse(found.read(), content_type=found.content_type)
    response["Content-Disposition"] = content_disposition_header(True, found.name) or "attachment"
    return response
