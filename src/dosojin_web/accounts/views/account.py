"""My account: who I am here, my seats, how I log in, where I am logged in."""

from datetime import datetime

from allauth.account.forms import SetPasswordForm
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dosojin_web.accounts.devices import name_device
from dosojin_web.accounts.faults import collect_faults
from dosojin_web.accounts.models import User
from dosojin_web.accounts.operations.choose_secret import choose_password, promise_passkey
from dosojin_web.accounts.operations.end_sessions import end_other_sessions
from dosojin_web.accounts.seats import SESSION_KEY, find_seats
from dosojin_web.accounts.student_log_in import read_student_number

from .refusals import UNPROCESSABLE


def _reader(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def _wanted(request: HttpRequest) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    return wanted if url_has_allowed_host_and_scheme(wanted, {request.get_host()}) else ""


def list_sessions(request: HttpRequest) -> list[dict[str, str | bool | datetime]]:
    """Where the reader is logged in, this session first, then the newest."""
    current = request.session.session_key
    held = [
        {
            "device": name_device(session.user_agent),
            "began": session.created_at,
            "current": session.session_key == current,
        }
        for session in UserSession.objects.purge_and_list(request.user)
    ]
    return sorted(held, key=lambda one: (not one["current"], -one["began"].timestamp()))


@never_cache
@login_required
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The page of one's account."""
    user = _reader(request)
    factors = Authenticator.objects.filter(user=user).order_by("created_at")
    codes = factors.filter(type=Authenticator.Type.RECOVERY_CODES).first()
    context = {
        "log_in_name": read_student_number(user.username),
        "seats": find_seats(user),
        "has_password": user.has_usable_password(),
        "passkeys": [key for key in factors if key.type == Authenticator.Type.WEBAUTHN],
        "has_app": factors.filter(type=Authenticator.Type.TOTP).exists(),
        "codes_left": len(codes.wrap().get_unused_codes()) if codes else None,
        "sessions": list_sessions(request),
    }
    return render(request, "accounts/home.html", context)


@never_cache
@login_required
@require_safe
def arrive(request: HttpRequest) -> HttpResponse:
    """After log-in: on to the only portal, or to the choice of one."""
    user = _reader(request)
    if user.must_choose_secret:
        return redirect("accounts:choose_secret")
    seats = find_seats(user)
    if len(seats) == 1:
        return HttpResponseRedirect(seats[0].address)
    return redirect("accounts:choose_seat")


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def choose_seat(request: HttpRequest) -> HttpResponse:
    """Which of several seats to take."""
    seats = find_seats(_reader(request))
    if request.method != "POST":
        return render(request, "accounts/choose_seat.html", {"seats": seats})
    for seat in seats:
        if str(seat.appointment_id) == request.POST.get("seat"):
            request.session[SESSION_KEY] = seat.appointment_id
            return HttpResponseRedirect(seat.address)
    raise Http404


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def choose_secret(request: HttpRequest) -> HttpResponse:
    """In place of the password of the invitation: an own one, or a passkey."""
    user = _reader(request)
    wanted = _wanted(request)
    if not user.must_choose_secret:
        return HttpResponseRedirect(wanted) if wanted else redirect("accounts:arrive")
    if request.POST.get("action") == "passkey":
        promise_passkey(request, wanted)
        return redirect("mfa_add_webauthn")
    form = SetPasswordForm(user=user, data=request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        choose_password(request, user, form.cleaned_data["password1"], timezone.now())
        return HttpResponseRedirect(wanted) if wanted else redirect("accounts:arrive")
    faults = collect_faults(form, "password1") if form.is_bound else []
    context = {
        "next": wanted,
        "faults": faults,
        "wrong": {fault.field: fault.message for fault in reversed(faults)},
        "user_name": user.username,
    }
    status = UNPROCESSABLE if faults else 200
    return render(request, "accounts/choose_secret.html", context, status=status)


@login_required
@require_POST
def leave_elsewhere(request: HttpRequest) -> HttpResponse:
    """Ends every session of the reader but this one."""
    end_other_sessions(request, _reader(request), timezone.now())
    return redirect("accounts:home")
