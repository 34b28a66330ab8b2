"""The outbox: every letter, the latest first."""

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from dosojin_web.installation.mode import only_in_demonstration
from dosojin_web.mail.operations.find_mail import find_mail

LETTERS_A_PAGE = 30


@require_safe
@only_in_demonstration
def outbox(request: HttpRequest) -> HttpResponse:
    """List the letters; ``to`` narrows the list to those whose address contains it."""
    to = request.GET.get("to", "").strip()
    page = Paginator(find_mail(to), LETTERS_A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "to": to, "leaves": bool(settings.SMTP.host)}
    return render(request, "mail/outbox.html", context)
