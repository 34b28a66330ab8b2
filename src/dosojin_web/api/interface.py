"""The interface as a whole: its operations, how it refuses, how it describes itself."""

import json
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver
from django.utils.translation import gettext, override
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from dosojin_web.policies.mapping import Refusal

from .book_shapes import Conflict
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
from .refusals import HANDLERS
from .shapes import Problems, Shape

VERSION = "1"
DESCRIPTION = """\
Quotes and decisions of Dosojin for programs, and the scheme from each role's seat.

Days are civil days, written 2026-08-03; policy days are days in Japan. Money is an integer, in \
whole units of the currency beside it. A text is given in Japanese and English. Refusals are in \
the language of Accept-Language. Unknown fields are refused. What is not the caller's is answered \
as if it were not there: 404. A write that was asked on an older version is answered by 409 with \
the record as it stands."""

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
    with override(language):
        found = interface.get_openapi_schema(path_prefix="/api/v1/")
        # To plain values: the summaries are translated when they are written.
        described: dict[str, Any] = json.loads(json.dumps(found, cls=DjangoJSONEncoder))
    for refusal in (Problems, Conflict):
        add_shape(described["components"]["schemas"], refusal)
    for operations in described["paths"].values():
        for operation in operations.values():
            add_refusals(operation)
    described.pop("servers", None)
    return described


def add_shape(shapes: dict[str, Any], added: type[Shape]) -> None:
    """A shape that no operation names as its answer, with those inside it."""
    described = added.model_json_schema(
        mode="serialization", ref_template="#/components/schemas/{model}"
    )
    for name, inner in described.pop("$defs").items():
        shapes.setdefault(name, inner)
    shapes[added.__name__] = described


def add_refusals(operation: dict[str, Any]) -> None:
    """The answers that refuse, which every operation of a kind has."""
    for parameter in operation["parameters"]:
        # A list, as in a schema; here OpenAPI wants a map. The schema holds them as well.
        parameter.pop("examples", None)
    statuses = {"422": "What was sent cannot be taken"}
    if "requestBody" in operation:
        statuses |= {"413": "The body is too large", "415": "The body does not say what it is"}
    names_a_thing = ("path", "scheme")
    if any({each["in"], each["name"]} & set(names_a_thing) for each in operation["parameters"]):
        statuses |= {"404": "There is no such thing"}
    if "security" in operation:
        statuses |= {"401": "Log in first", "403": "This is not for your role"}
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Problems"}}}
    for status, words in statuses.items():
        operation["responses"][status] = {"description": words, "content": content}
    operation["responses"] = dict(sorted(operation["responses"].items()))


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
