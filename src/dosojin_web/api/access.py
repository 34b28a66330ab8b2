"""Who may call what: by a session or by a token, in which roles.

An operation says it with ``**anyone()`` or ``**roles(Role.AGENCY, …)`` among its arguments. The
same words go into the OpenAPI file as ``x-roles``, so that a matrix can be made from the file.
Behind ``roles`` the operation finds its seat in ``request.auth``.
"""

from collections.abc import Callable, Sequence
from inspect import signature
from typing import TYPE_CHECKING, Any, TypeVar, cast

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.utils import timezone
from django.utils.translation import gettext
from ninja.decorators import decorate_view
from ninja.params.models import Query as QueryParameter
from ninja.security.base import AuthBase

from dosojin_web.accounts.models import User
from dosojin_web.accounts.roles import Role
from dosojin_web.accounts.seats import SESSION_KEY, Seat, find_seat, find_seats

from .operations.use_token import use_token
from .problems import Problem, Refused, refuse, unknown_field

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise
else:
    StrPromise = str

BODY_BYTES_MAX = 1_000_000
ANYONE = "anyone"
SAFE = {"GET", "HEAD", "OPTIONS"}
JSON_KIND = "application/json"
CSV_KIND = "text/csv"
NO_BODY = ""
Operation = Callable[..., HttpResponse]
View = TypeVar("View", bound=Callable[..., HttpResponse])


class BearerToken(AuthBase):
    """A seat by a token: ``Authorization: Bearer …``. Passes over requests without that header."""

    openapi_type = "http"
    openapi_scheme = "bearer"

    def __init__(self, allowed: Sequence[Role]) -> None:
        self.allowed = allowed
        super().__init__()

    def __call__(self, request: HttpRequest) -> Seat | None:
        given = request.headers.get("Authorization", "")
        if not given:
            return None
        scheme, _, secret = given.partition(" ")
        seat = use_token(secret.strip(), timezone.now()) if scheme.lower() == "bearer" else None
        if seat is None:
            raise Refused(401, [bad_token()])
        return require_role(seat, self.allowed)


class SessionCookie(AuthBase):
    """A seat by the session of the pages; what changes something needs the CSRF token too."""

    openapi_type = "apiKey"
    openapi_in = "cookie"
    openapi_name = "sessionid"

    def __init__(self, allowed: Sequence[Role]) -> None:
        self.allowed = allowed
        super().__init__()

    def __call__(self, request: HttpRequest) -> Seat | None:
        user = request.user
        if not isinstance(user, User) or user.must_choose_secret:
            raise Refused(401, [log_in_first()])
        if request.method not in SAFE and is_forged(request):
            raise Refused(403, [no_csrf_token()])
        chosen = request.session.get(SESSION_KEY)
        for role in self.allowed:
            seat = find_seat(user, role, chosen)
            if seat is not None:
                return seat
        held = next(iter(find_seats(user)), None)
        raise Refused(403, [wrong_role(held, self.allowed)])


class CsrfCheck(CsrfViewMiddleware):
    """Django's check, without its page: ninja exempts its views from the middleware."""

    def _reject(self, request: HttpRequest, reason: str) -> HttpResponse:
        return HttpResponse(reason, status=403)


def is_forged(request: HttpRequest) -> bool:
    """Whether a request by session lacks the token that only our pages know."""
    check = CsrfCheck(lambda request: HttpResponse())
    request.csrf_processing_done = False  # type: ignore[attr-defined]
    check.process_request(request)
    return check.process_view(request, lambda request: HttpResponse(), (), {}) is not None


def later(words: StrPromise) -> str:
    """The summary of an operation, translated only when the description is written."""
    return cast(str, words)


def anyone() -> dict[str, Any]:
    """An operation that needs no log-in."""
    return {"auth": None, "openapi_extra": {"x-roles": [ANYONE]}}


def roles(*allowed: Role) -> dict[str, Any]:
    """An operation for these roles; ``request.auth`` is the caller's Seat."""
    if not allowed:
        raise ValueError("name the roles that may call this operation")
    return {
        "auth": [BearerToken(allowed), SessionCookie(allowed)],
        "openapi_extra": {"x-roles": [role.value for role in allowed]},
    }


def takes(access: dict[str, Any], kind: str, description: str) -> dict[str, Any]:
    """``access`` of an operation whose body is a file of ``kind``."""
    schema = {"type": "string", "description": description}
    access["openapi_extra"]["requestBody"] = {
        "required": True,
        "content": {kind: {"schema": schema}},
    }
    return access


def gives(access: dict[str, Any], kind: str) -> dict[str, Any]:
    """``access`` of an operation that answers with a file of ``kind``."""
    schema = {"type": "string", "format": "binary"}
    answers = access["openapi_extra"].setdefault("responses", {})
    answers[200] = {"description": "OK", "content": {kind: {"schema": schema}}}
    return access


def conflicts(access: dict[str, Any]) -> dict[str, Any]:
    """``access`` of an operation that answers 409 if somebody was quicker."""
    answers = access["openapi_extra"].setdefault("responses", {})
    answers[409] = {"$ref": "#/components/responses/Conflict"}
    return access


def accepts(body_bytes_max: int = BODY_BYTES_MAX, kind: str = JSON_KIND) -> Callable[[View], View]:
    """Has an operation refuse unknown and repeated fields of the address, and bodies that are too
    large or not of ``kind``, before the log-in, so that nobody makes us read much.

    The fields are those of the shape of its query. With ``NO_BODY`` a write takes none, and one
    that is sent is not read.
    """

    def contribute(view: View) -> View:
        query = query_of(view)

        def guard(operation: Operation) -> Operation:
            def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
                try:
                    require_query(request, query)
                    if request.method not in SAFE and kind != NO_BODY:
                        require_body(request, body_bytes_max, kind)
                except Refused as refused:
                    return refuse(request, refused)
                return operation(request, *args, **kwargs)

            return guarded

        return decorate_view(guard)(view)

    return contribute


def query_of(view: Callable[..., HttpResponse]) -> tuple[str, ...]:
    """The names of the fields that an operation takes in the address."""
    annotations = (parameter.annotation for parameter in signature(view).parameters.values())
    return tuple(
        name
        for annotation in annotations
        if any(isinstance(each, QueryParameter) for each in getattr(annotation, "__metadata__", ()))
        for name in annotation.__origin__.model_fields
    )


def require_query(request: HttpRequest, query: Sequence[str]) -> None:
    """Refused if the address has a field that is not described, or one twice."""
    strange = [name for name in request.GET if name not in query]
    if strange:
        raise Refused(422, [unknown_field(name) for name in strange])
    repeated = [name for name in query if len(request.GET.getlist(name)) > 1]
    if repeated:
        raise Refused(422, [said_twice(name) for name in repeated])


def require_body(request: HttpRequest, bytes_max: int, kind: str) -> None:
    """Refused unless the body calls itself ``kind`` and is small enough; it is not read here."""
    length = request.headers.get("Content-Length") or "0"
    if not length.isdecimal() or int(length) > bytes_max:
        raise Refused(413, [too_large(bytes_max)])
    if request.content_type != kind:
        raise Refused(415, [no_json() if kind == JSON_KIND else no_csv()])


def require_role(seat: Seat, allowed: Sequence[Role]) -> Seat:
    """The seat, if its role is among those; Refused with 403 if not."""
    if seat.role not in allowed:
        raise Refused(403, [wrong_role(seat, allowed)])
    return seat


def log_in_first() -> Problem:
    """401, without a session or token."""
    return Problem(
        "access.unknown", "",
        gettext("This needs a log-in."),
        gettext("Log in, or send a token in the header Authorization."),
    )  # fmt: skip


def bad_token() -> Problem:
    """401, with a token that does not hold."""
    return Problem(
        "access.token", "Authorization",
        gettext("This token does not hold: it is unknown, was revoked, or its role has ended."),
        gettext("Ask whoever runs this site for a new one."),
    )  # fmt: skip


def no_csrf_token() -> Problem:
    """403, a session without the token against forged requests."""
    return Problem(
        "access.csrf", "X-CSRFToken",
        gettext("The token against forged requests is missing or old."),
        gettext("Send the value of the cookie csrftoken in the header X-CSRFToken."),
    )  # fmt: skip


def wrong_role(seat: Seat | None, allowed: Sequence[Role]) -> Problem:
    """403, for whoever sits elsewhere."""
    named = ", ".join(str(role.label) for role in allowed)
    held = str(seat.role.label) if seat else gettext("no role")
    return Problem(
        "access.role", "",
        gettext("This is for: %(roles)s. You are here as: %(held)s.")
        % {"roles": named, "held": held},
        gettext("Use an account with that role."),
    )  # fmt: skip


def too_large(bytes_max: int) -> Problem:
    """413."""
    return Problem(
        "body.large", "",
        gettext("The body of the request is too large."),
        gettext("Send at most %(bytes)s bytes.") % {"bytes": f"{bytes_max:,}"},
    )  # fmt: skip


def no_json() -> Problem:
    """415."""
    return Problem(
        "body.type", "Content-Type",
        gettext("The body of the request does not call itself JSON."),
        gettext("Send it with the header Content-Type: application/json."),
    )  # fmt: skip


def no_csv() -> Problem:
    """415, where a file is wanted."""
    return Problem(
        "body.type", "Content-Type",
        gettext("The body of the request does not call itself CSV."),
        gettext("Send the file with the header Content-Type: text/csv."),
    )  # fmt: skip


def said_twice(place: str) -> Problem:
    """422, a query field given more than once."""
    return Problem(
        "field.twice", place, gettext("This field is given twice."), gettext("Give it once.")
    )
