"""Coming in and leaving: staff by user name, students by university and student number."""

from typing import Any

from allauth.account.views import LoginView, LogoutView
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from dosojin_web.accounts.forms import StudentLoginForm
from dosojin_web.directory.models import Organisation, OrganisationKind

from .refusals import Refusing


class StaffEntrance(Refusing, LoginView):  # type: ignore[misc]
    """Log-in by user name."""

    first_field = "login"


class StudentEntrance(Refusing, LoginView):  # type: ignore[misc]
    """Log-in by student number, at the address in the mail of invitation."""

    form_class = StudentLoginForm
    template_name = "accounts/enter.html"
    first_field = "login"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.university = find_university(kwargs["code"])
        return super().dispatch(request, *args, **kwargs)

    def get_form_class(self) -> type[StudentLoginForm]:
        return StudentLoginForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "university_code": self.university.code}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "university": self.university}


class Exit(LogoutView):  # type: ignore[misc]
    """Log-out; by GET it asks first."""


def find_university(code: str) -> Organisation:
    """The university with this code; 404 if none has it."""
    found = Organisation.objects.filter(kind=OrganisationKind.UNIVERSITY, code=code).first()
    if found is None:
        raise Http404
    return found


def _go_on_to(request: HttpRequest) -> str:
    wanted = request.GET.get("next", "")
    return wanted if url_has_allowed_host_and_scheme(wanted, {request.get_host()}) else ""


@require_safe
def choose_university(request: HttpRequest) -> HttpResponse:
    """The universities that take part, for a student who has lost the mail."""
    chosen = request.GET.get("university", "")
    universities = Organisation.objects.filter(
        kind=OrganisationKind.UNIVERSITY, has_adopted=True
    ).order_by("name_ja")
    context = {
        "universities": universities,
        "next": _go_on_to(request),
        "missing": "university" in request.GET and not chosen,
    }
    if chosen:
        return redirect("accounts:enter", code=find_university(chosen).code)
    return render(request, "accounts/universities.html", context)


@require_safe
def left(request: HttpRequest) -> HttpResponse:
    """Said after log-out."""
    return render(request, "accounts/left.html")
