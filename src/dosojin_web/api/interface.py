"""The interface as a whole: its operations, how it refuses, how it describes itself."""

import json
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver
from django.utils.translation import gettext
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from dosojin_web.policies.mapping import Refusal

from .endpoints import (
    applications,
    audit,
    bordereaux,
    certificates,
    changes,
    consents,
    decisions,
    ledger,
    members,
    products,
    programmes,
    quotes,
    referrals,
)
from .problems import (
    Problem,
    Refused,
    answer_problems,
    refuse,
    refuse_by_engine,
    refuse_fields,
    unreadable,
)
from .published import DESCRIPTION, TAGS, publish
from .refusals import HANDLERS

VERSION = "1"

MODULES = (
    quotes, decisions, products, applications, consents, certificates, programmes, members,
    referrals, changes, bordereaux, ledger, audit,
)  # fmt: skip


def make_interface() -> NinjaAPI:
    """The interface with every operation and refusal."""
    api = NinjaAPI(
        title="Dosojin",
        version=VERSION,
        description=DESCRIPTION,
        openapi_extra={"tags": TAGS},
        docs_url=None,
        openapi_url=None,
        urls_namespace="api-1",
    )
    for module in MODULES:
        api.add_router("", module.router)
    handlers: dict[type[Exception], Any] = {
        Refused: refuse,
        Refusal: refuse_by_engine,
        ValidationError: refuse_fields,
        HttpError: refuse_unreadable,
        **HANDLERS,
    }
    for kind, handler in handlers.items():
        api.add_exception_handler(kind, handler)
    return api


def refuse_unreadable(request: HttpRequest, fault: HttpError) -> HttpResponse:
    """Handler of what ninja cannot read: 422."""
    return answer_problems(422, [unreadable()])


interface = make_interface()


@lru_cache(maxsize=4)
def describe(language: str) -> dict[str, Any]:
    """The OpenAPI description, summaries in one language; English is the published one."""
    return publish(interface, language)


def openapi(request: HttpRequest) -> HttpResponse:
    """The description as a file."""
    if request.method != "GET":
        return not_allowed(["GET"])
    content = json.dumps(describe("en"), ensure_ascii=False, indent=1)
    response = HttpResponse(content, content_type="application/json; charset=utf-8")
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def not_found(request: HttpRequest, rest: str = "") -> HttpResponse:
    """404 for an address that is none, in the shape of all refusals."""
    found = Problem(
        "address.unknown", "", gettext("There is nothing at this address."),
        gettext("See the description of the field at %(address)s.") % {"address": "/api/"},
    )  # fmt: skip
    return answer_problems(404, [found])


def not_allowed(methods: list[str]) -> HttpResponse:
    """405, with the methods that there are."""
    found = Problem(
        "method.unknown", "", gettext("This address does not take this method."),
        gettext("Use one of these: %(known)s.") % {"known": ", ".join(methods)},
    )  # fmt: skip
    response = answer_problems(405, [found])
    response.headers["Allow"] = ", ".join(methods)
    return response


def addresses() -> list[URLPattern | URLResolver]:
    """The addresses of all operations, without the root, at which ninja has a page of its own."""
    found: list[URLPattern | URLResolver] = []
    for pattern in interface.urls[0]:
        if isinstance(pattern, URLPattern) and pattern.name != "api-root":
            pattern.callback = in_one_shape(pattern.callback)
            found.append(pattern)
    return found


def in_one_shape(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view, its 405 in the shape of all refusals: ninja writes its own."""

    @wraps(view)
    def shaped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if response.status_code == 405:
            return not_allowed(sorted(response.headers["Allow"].split(", ")))
        return response

    return shaped
