"""Who may do what: every operation of the interface and every page, for everybody.

The operations and their roles come from the published OpenAPI file, the pages from the URLconf: a
new one is tried by itself. What stands in an address comes from `two_schemes.py`; an address whose
part has no example there fails and says so.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from dosojin_web.accounts.roles import Role
from dosojin_web.accounts.seats import Seat
from dosojin_web.api.examples import EXAMPLES
from tests.web.two_schemes import TODAY, WORDS, Place, Side, keep_both, undone

ROOT = Path(__file__).parents[2]
OPENAPI = ROOT / "tests/contract/openapi.json"
TABLE = ROOT / "docs/permissions.md"
RECORD = os.environ.get("DOSOJIN_GOLDEN") == "record"
V1 = "/api/v1/"
ANYONE = "anyone"
MONTH = f"{TODAY:%Y-%m}"

PORTALS = {
    "my": Role.STUDENT,
    "university": Role.UNIVERSITY,
    "policyholder": Role.POLICYHOLDER,
    "agency": Role.AGENCY,
    "insurer": Role.INSURER,
    "auditor": Role.AUDITOR,
}
"""By the first word of their addresses."""

OPEN = {
    "", "open", "start", "wording", "claims", "components", "accounts", "directory", "documents",
    "mail", "policies", "payments", "api", "demo", "preferences", "favicon.ico", "static",
}  # fmt: skip
"""Pages that belong to no role. Where they need a log-in or a secret in the address, their own
tests say so."""

PART = re.compile(r"<(?:(?P<converter>\w+):)?(?P<name>\w+)>|\{(?P<field>\w+)\}")
Both = tuple[Side, Side]
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def both(django_db_setup: None, django_db_blocker: Any) -> Iterator[Both]:
    for sides in keep_both(django_db_blocker):
        for _, seat in people(sides).values():
            if seat is not None:
                CLIENTS[seat.user.pk] = Client(raise_request_exception=False)
                CLIENTS[seat.user.pk].force_login(seat.user)
        yield sides
        CLIENTS.clear()


CLIENTS: dict[int, Client] = {}
"""For each user a browser that was logged in once, which the tests take back to that state."""


def client_of(seat: Seat | None) -> Client:
    """A browser in which that person is logged in, or nobody."""
    return Client(raise_request_exception=False) if seat is None else CLIENTS[seat.user.pk]


def people(both: Both) -> dict[str, tuple[Role | None, Seat | None]]:
    """Everybody who tries, by name: the role and the seat."""
    first, second = both
    everybody: dict[str, tuple[Role | None, Seat | None]] = {"anonymous": (None, None)}
    for role in Role:
        everybody[role.value] = (role, first.seats[role])
        everybody[f"other {role.value}"] = (role, second.seats[role])
    everybody["second student"] = (Role.STUDENT, first.second_student)
    everybody["second university"] = (Role.UNIVERSITY, first.second_university)
    return everybody


def strangers(both: Both, role: Role) -> list[Seat]:
    """Whose role is right, and whose records these are not."""
    first, second = both
    near = {Role.STUDENT: first.second_student, Role.UNIVERSITY: first.second_university}
    return [seat for seat in (second.seats[role], near.get(role)) if seat is not None]


@dataclass(frozen=True)
class Filled:
    """An address with its parts filled in; `owned` if one of them names a record."""

    address: str
    owned: bool


class NoExample(Exception):
    """A part of an address that nothing is known to put into."""


def fill_in(route: str, examples: dict[Place, Any], words: dict[Place, Any] = WORDS) -> Filled:
    """The route with an example for each part, found by the word before it and its name."""
    owned = False
    filled = ""
    end = 0
    for part in PART.finditer(route):
        filled += route[end : part.start()]
        name = part["name"] or part["field"]
        before = next((word for word in reversed(route[: part.start()].split("/"))
                       if word and not PART.search(word)), "")  # fmt: skip
        places = [(before, name), ("", name)]
        known = [place for place in places if place in examples]
        plain = [place for place in places if place in words]
        if known:
            owned = True
            filled += str(examples[known[0]])
        elif plain:
            filled += str(words[plain[0]])
        else:
            raise NoExample(
                f"{route}: nothing is known to put into <{name}> after “{before}”. Add "
                f'("{before}", "{name}") to the examples in tests/web/two_schemes.py, or to WORDS '
                "there if it names no record."
            )
        end = part.end()
    return Filled(filled + route[end:], owned)


# The interface ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Operation:
    """An operation as the published file has it."""

    id: str
    method: str
    path: str
    roles: tuple[str, ...]
    has_key: bool
    kind: str

    def call(self, client: Client, side: Side) -> HttpResponse:
        """Call it with the records of `side`, in a transaction that is taken back."""
        filled = fill_in(self.path, side.examples, WORDS | {("", "month"): MONTH})
        example = EXAMPLES.get(self.id, {})
        headers = {"Accept-Language": "en"} | ({"Idempotency-Key": "k1"} if self.has_key else {})
        options: dict[str, Any] = {"headers": headers}
        if self.method != "get":
            body = side.roster if self.kind == "text/csv" else json.dumps(example.get("body"))
            options |= {"data": body, "content_type": self.kind or "application/json"}
        else:
            options["data"] = example.get("query")
        with undone():
            return getattr(client, self.method)(filled.address, **options)


def read_operations() -> list[Operation]:
    """All of them, in the order of the file."""
    described = json.loads(OPENAPI.read_text(encoding="utf-8"))
    return [
        Operation(
            operation["operationId"],
            method,
            path,
            tuple(operation["x-roles"]),
            any(each["in"] == "header" for each in operation.get("parameters", ())),
            next(iter(operation.get("requestBody", {}).get("content", {})), ""),
        )
        for path, operations in described["paths"].items()
        for method, operation in operations.items()
    ]


OPERATIONS = read_operations()
GUARDED = [operation for operation in OPERATIONS if ANYONE not in operation.roles]
each_guarded = pytest.mark.parametrize("operation", GUARDED, ids=lambda each: each.id)


@each_guarded
def test_who_may_call_it(both: Both, operation: Operation) -> None:
    first, second = both
    answered = []
    for name, (role, seat) in people(both).items():
        side = second if name.startswith("other ") else first
        found = operation.call(client_of(seat), side)
        expected = 401 if role is None else (0 if role.value in operation.roles else 403)
        if name.startswith("second ") and not expected and "{" in operation.path:
            expected = 404
        wrong = found.status_code in (401, 403) or found.status_code >= 500
        if wrong if not expected else found.status_code != expected:
            answered.append(f"{name}: {found.status_code} {found.content[:200]!r}")
    assert not answered, "; ".join(answered)


@each_guarded
def test_the_record_of_somebody_else_is_not_there(both: Both, operation: Operation) -> None:
    first, _ = both
    if not fill_in(operation.path, first.examples, WORDS | {("", "month"): MONTH}).owned:
        return
    for role in operation.roles:
        own = operation.call(client_of(first.seats[Role(role)]), first)
        assert own.status_code not in (401, 403, 404), (role, own.content)
        for stranger in strangers(both, Role(role)):
            found = operation.call(client_of(stranger), first)
            assert found.status_code == 404, (role, stranger.user.username, found.content)


def test_lists_hold_nothing_of_somebody_else(both: Both) -> None:
    first, _ = both
    for operation in GUARDED:
        if operation.method != "get" or "{" in operation.path:
            continue
        for role in operation.roles:
            if role == Role.AUDITOR:
                continue
            for stranger in strangers(both, Role(role)):
                client = client_of(stranger)
                text = client.get(operation.path).text
                theirs = {str(value) for place, value in first.examples.items() if place[0]}
                # Short numbers turn up by themselves.
                seen = {value for value in theirs if len(value) > 6 and value in text}
                assert not seen, (operation.id, stranger.user.username, seen)


def test_the_matrix_is_as_reviewed() -> None:
    text = write_table(OPERATIONS)
    if RECORD:
        TABLE.write_text(text, encoding="utf-8")
    assert TABLE.is_file(), "it was never recorded: run make golden and review it"
    assert text == TABLE.read_text(encoding="utf-8"), "run make golden and review the diff"


def write_table(operations: list[Operation]) -> str:
    """The matrix as a page: a row for each operation, a column for each role."""
    columns = [ANYONE, *(role.value for role in Role)]
    head = f"| Operation | {' | '.join(columns)} |"
    rule = f"|---|{':-:|' * len(columns)}"
    rows = [
        f"| `{operation.method.upper()} {operation.path}` | "
        + " | ".join("●" if column in operation.roles else " " for column in columns)
        + " |"
        for operation in sorted(operations, key=lambda each: (rank(each), each.path, each.method))
    ]
    portals = [f"| `/{word}/…` | {role.value} |" for word, role in PORTALS.items()]
    return "\n".join([INTRODUCTION, head, rule, *rows, PAGES, *portals, ""])


def rank(operation: Operation) -> int:
    """The place of the first role that may call it."""
    return [ANYONE, *Role].index(operation.roles[0])


INTRODUCTION = """\
# Who may do what

`make golden` writes this page from the OpenAPI file; `tests/web/test_permissions.py` tries every \
line of it, for everybody.

- Without a log-in, an operation with a role answers 401, a page leads to the log-in.
- A role that has no ● here gets 403.
- A record of another student, university, scheme or insurer answers 404, as if it were not there.
- The auditor reads and never writes.

## Operations of the interface
"""
PAGES = """
## Pages

Every address of a portal is for one role alone. All other pages belong to no role.

| Addresses | Role |
|---|---|"""


# The pages ----------------------------------------------------------------------------------------


def walk(resolver: URLResolver, before: str = "") -> Iterator[str]:
    """Every route of the site, as it is written, from the root."""
    for pattern in resolver.url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield route
        else:
            yield from walk(pattern, route)


ROUTES = list(walk(get_resolver()))
PAGES_OF_ROLES = [route for route in ROUTES if route.split("/")[0] in PORTALS]
each_page = pytest.mark.parametrize("route", PAGES_OF_ROLES)


def test_every_address_belongs_to_a_role_or_to_nobody() -> None:
    first_words = {route.split("/")[0] for route in ROUTES}
    strange = {word for word in first_words if "<" not in word} - set(PORTALS) - OPEN
    assert not strange, "say in PORTALS whose these are, or in OPEN that they are for anyone"


def test_an_address_without_an_example_is_named() -> None:
    with pytest.raises(NoExample, match="nothing is known to put into <key> after “boats”"):
        fill_in("agency/boats/<uuid:key>/", {})


def try_page(client: Client, address: str, method: str) -> HttpResponse:
    """What the page answers; nothing that it writes stays."""
    with undone():
        return getattr(client, method)(f"/{address}", headers={"Accept-Language": "en"})


@each_page
def test_who_may_open_it(both: Both, route: str) -> None:
    first, _ = both
    address = fill_in(route, first.examples).address
    owner = PORTALS[route.split("/")[0]]
    wrong = []
    for name, (role, seat) in people(both).items():
        client = client_of(seat)
        for method in ("get", "post"):
            found = try_page(client, address, method)
            if not is_right(found, role, owner, method, address):
                wrong.append(f"{method} by {name}: {found.status_code}")
    assert not wrong, f"/{address}: " + "; ".join(wrong)


def leads_up(found: HttpResponse, address: str) -> bool:
    """Whether it only says that what is posted here is asked on the page above, which is tried."""
    above = found.headers.get("Location", "")
    return found.status_code == 302 and f"/{address}".startswith(above) and above.count("/") > 2


def is_right(
    found: HttpResponse, role: Role | None, owner: Role, method: str, address: str
) -> bool:
    """Whether somebody with that role, or nobody, should have got this from a page of `owner`."""
    status = found.status_code
    if status == 405 or (method == "get" and leads_up(found, address)):
        return True
    if role is None:
        return status == 302 and "/accounts/" in found.headers["Location"]
    if role is not owner:
        return status == 403
    if role is Role.AUDITOR and method == "post":
        return status == 403
    return status < 500


@each_page
def test_somebody_elses_is_not_there(both: Both, route: str) -> None:
    first, _ = both
    filled = fill_in(route, first.examples)
    owner = PORTALS[route.split("/")[0]]
    own = [try_page(client_of(first.seats[owner]), filled.address, m) for m in ("get", "post")]
    shown = [found.status_code for found in own]
    assert any(status not in (403, 404, 405) for status in shown), (
        f"{filled.address} shows its owner nothing: {shown}; does the example fit?"
    )
    if not filled.owned or owner is Role.AUDITOR:
        return
    for stranger in strangers(both, owner):
        found = [try_page(client_of(stranger), filled.address, m) for m in ("get", "post")]
        statuses = [405 if leads_up(each, filled.address) else each.status_code for each in found]
        assert set(statuses) <= {404, 405} and 404 in statuses, (
            f"/{filled.address} to {stranger.user.username}: {statuses}"
        )
