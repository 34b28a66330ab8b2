"""The OpenAPI description as it is published: what ninja finds, and what it cannot know.

In:  the interface, a language for summaries and the names of states.
Out: the description as plain data: with refusals, examples and what holds for all operations.
Never: an operation or a field that the interface has not.
"""

import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import override
from ninja import NinjaAPI

from dosojin_web.accounts.roles import Role

from .access import BODY_BYTES_MAX, JSON_KIND, log_in_first, no_json, too_large, wrong_role
from .book_shapes import Conflict
from .examples import EXAMPLES, PROGRAMME
from .problems import Problem, no_such_thing, wrong_day
from .refusals import stale_version
from .shapes import Problems, Shape

DESCRIPTION = """\
Quotes and decisions of Dosojin for programs, and the scheme from each role's seat.

## Log in
What has `x-roles` other than `anyone` needs a token: `Authorization: Bearer dosojin_…`. Whoever \
runs the site makes one for an appointment (`dosojin-web make-token USERNAME ROLE`); it opens what \
that role may see at its organisation, until it is revoked or the appointment ends. A session of \
the pages does as well; then what writes needs the header `X-CSRFToken` too.

## Days, moments and money
A day is a civil day, `2026-08-03`; policy days are days in Japan, and a last day is counted. A \
moment is in UTC, `2026-08-03T01:30:00Z`. Money is an integer, in whole yen; it has no decimals. A \
text that was not typed by somebody is given in Japanese (`ja`) and English (`en`).

## Lists
A list that has `next` comes in parts of at most `limit` rows: send `next` as `cursor` until it is \
null. Rows keep their order, so that no row is missed or told twice while others write.

## Writes
A write names the `version` that it was decided on. If another one stands by now, the answer is \
409 with that record as `current`. Where a repetition could do something twice, choose an \
`Idempotency-Key`: the same key with the same request is done once and answered alike; with \
another request it is refused with 409. Everything else can be sent again without harm. Unknown \
fields are refused.

## Refusals
Each has the shape `Problems`, in the language of `Accept-Language`; `code` stays the same in \
every language and version.

| Status | `code` | Meaning |
|---|---|---|
| 401 | `access.unknown`, `access.token` | no log-in; a token that does not hold |
| 403 | `access.role`, `access.csrf` | not for this role; a session without `X-CSRFToken` |
| 404 | `thing.unknown`, `product.unknown`, `address.unknown` | not there, or not the caller's: \
which of the two is not said |
| 405 | `method.unknown` | `Allow` names those that there are |
| 409 | `version.stale`, `key.reused`, `payment.not_possible`, `bordereau.differs` | the state of \
the record stands against it |
| 413, 415 | `body.large`, `body.type` | too large; not the kind that is asked for |
| 422 | `body.syntax`, `field.missing`, `field.unknown`, `field.twice`, `field.day`, \
`field.country`, `field.cursor`, `field.value`, `scheme.unknown`, `file.refused` | what was sent \
is none of what is described |
| 422 | `rule.refused`, `rule.same_person` | a rule of the scheme; somebody else has to do it |
| 422 | all others, such as `rating.end_before_start` | the engine's: tariff and wording |
"""

TAGS = [
    {"name": "quotes", "description": "What a trip costs, for anyone."},
    {"name": "decisions", "description": "Whether a claim is covered, and why, for anyone."},
    {"name": "products", "description": "Editions, their wordings and the shape of their claims."},
    {"name": "student", "description": "A student's own trips, application and certificates."},
    {"name": "university", "description": "Study trips, rosters and invitations of a university."},
    {"name": "members", "description": "Who is on a roster, and who has cover."},
    {"name": "agency", "description": "What the agency is asked, checks and receives."},
    {
        "name": "changes",
        "description": "Requests to change certificates, and decisions on them.",
    },
    {"name": "policyholder", "description": "What the policyholder confirms and reads."},
    {"name": "bordereaux", "description": "Each insurer's month."},
    {"name": "insurer", "description": "What a co-insurer reads: its own share, and no person."},
    {"name": "auditor", "description": "Ledger and audit trail, to read."},
]

SCHEMES = {
    "BearerToken": "A token, for a program.",
    "SessionCookie": "The session of the pages; writes need the header X-CSRFToken too.",
}

PARTS = {
    "number": "the number of a certificate",
    "insurer": "the code of an insurer",
    "month": "a month of Japan",
    "product": "the id of an edition",
}
"""What stands in an address, where ninja forgets what is said of its kind."""

REFUSALS = {
    "401": ("NotLoggedIn", "No log-in, or a token that does not hold"),
    "403": ("NotYourRole", "This is not for your role"),
    "404": ("NotThere", "There is no such thing, or it is not yours"),
    "409": ("Conflict", "Somebody was quicker, or the key stands for another request"),
    "413": ("TooLarge", "The body is too large"),
    "415": ("WrongKind", "The body does not say what it is"),
    "422": ("NotTaken", "What was sent cannot be taken"),
}
"""By status, the name of the answer and what it says."""


def publish(interface: NinjaAPI, language: str) -> dict[str, Any]:
    """The description, summaries and states in one language."""
    with override(language):
        examples = show_refusals()
        found = interface.get_openapi_schema(path_prefix="/api/v1/")
        # To plain values: the summaries are translated when they are written.
        described: dict[str, Any] = json.loads(json.dumps(found, cls=DjangoJSONEncoder))
    shared = described["components"]
    for refusal in (Problems, Conflict):
        add_shape(shared["schemas"], refusal)
    for name, words in SCHEMES.items():
        shared["securitySchemes"][name]["description"] = words
    shared["responses"] = {
        name: describe_refusal(words, Conflict if status == "409" else Problems, examples[status])
        for status, (name, words) in REFUSALS.items()
    }
    for operations in described["paths"].values():
        for operation in operations.values():
            add_example(operation)
            add_refusals(operation)
    described.pop("servers", None)
    return described


def show_refusals() -> dict[str, dict[str, Any]]:
    """By status, an answer that refuses."""
    found: dict[str, Problem] = {
        "401": log_in_first(),
        "403": wrong_role(None, [Role.INSURER]),
        "404": no_such_thing(),
        "409": stale_version(),
        "413": too_large(BODY_BYTES_MAX),
        "415": no_json(),
        "422": wrong_day("returns_on"),
    }
    shown: dict[str, dict[str, Any]] = {
        status: {"problems": [problem.plain()]} for status, problem in found.items()
    }
    shown["409"]["current"] = PROGRAMME
    return shown


def add_shape(shapes: dict[str, Any], added: type[Shape]) -> None:
    """A shape that no operation names as its answer, with those inside it."""
    described = added.model_json_schema(
        mode="serialization", ref_template="#/components/schemas/{model}"
    )
    for name, inner in described.pop("$defs").items():
        shapes.setdefault(name, inner)
    shapes[added.__name__] = described


def add_example(operation: dict[str, Any]) -> None:
    """A body that has the shape that is asked for."""
    body = EXAMPLES.get(operation["operationId"], {}).get("body")
    if body is not None:
        operation["requestBody"]["content"][JSON_KIND]["example"] = body


def describe_refusal(words: str, shape: type[Shape], example: dict[str, Any]) -> dict[str, Any]:
    """An answer that operations share."""
    schema = {"$ref": f"#/components/schemas/{shape.__name__}"}
    return {"description": words, "content": {JSON_KIND: {"schema": schema, "example": example}}}


def add_refusals(operation: dict[str, Any]) -> None:
    """The answers that refuse, which every operation of a kind has."""
    for parameter in operation["parameters"]:
        # A list, as in a schema; here OpenAPI wants a map. The schema holds them as well.
        parameter.pop("examples", None)
        words = parameter["schema"].get("description") or PARTS.get(parameter["name"])
        if words:
            parameter.setdefault("description", words)
    statuses = ["422"]
    if "409" in operation["responses"]:
        statuses.append("409")
    if "requestBody" in operation:
        statuses += ["413", "415"]
    names_a_thing = {"path", "scheme"}
    if any({each["in"], each["name"]} & names_a_thing for each in operation["parameters"]):
        statuses.append("404")
    if "security" in operation:
        statuses += ["401", "403"]
    for status in statuses:
        name, _ = REFUSALS[status]
        operation["responses"][status] = {"$ref": f"#/components/responses/{name}"}
    operation["responses"] = dict(sorted(operation["responses"].items()))
