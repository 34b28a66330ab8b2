"""What a visitor sees first, and one click to be somebody."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from dosojin_web.accounts.models import User
from dosojin_web.accounts.seats import SESSION_KEY, find_seat
from dosojin_web.demo.front_page import front_page
from dosojin_web.demo.personas import PERSONAS
from dosojin_web.installation.mode import only_if_filled


@never_cache
@require_safe
@only_if_filled
def front(request: HttpRequest) -> HttpResponse:
    """What this is, and who one can be."""
    return render(request, "demo/front.html", front_page())


@require_POST
@only_if_filled
def enter(request: HttpRequest) -> HttpResponse:
    """Log in as the persona whose key the button carries, and go to its portal."""
    persona = PERSONAS.get(request.POST.get("persona", ""))
    if persona is None:
        raise Http404
    user = User.objects.filter(username=persona.username).first()
    seat = find_seat(user, persona.role) if user is not None else None
    if user is None or seat is None:
        messages.error(request, gettext("This person is not there any more. Choose another."))
        return redirect("demo:front")
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session[SESSION_KEY] = seat.appointment_id
    return HttpResponseRedirect(seat.address)
