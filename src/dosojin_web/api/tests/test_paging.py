"""Lists in parts: each row once, none missing, also while others write."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from dosojin_web.accounts.actors import SYSTEM
from dosojin_web.accounts.models import User
from dosojin_web.accounts.roles import Role
from dosojin_web.api.operations.create_token import create_token
from dosojin_web.api.paging import read_cursor, write_cursor
from dosojin_web.api.problems import Refused
from dosojin_web.audit.operations.record_event import record
from dosojin_web.directory.models import Organisation, OrganisationKind
from dosojin_web.policies.models import MasterPolicy, Programme

from .conftest import NOW, V1, Appoint

ROWS = 120
Page = Callable[..., dict[str, Any]]


@pytest.fixture
def page(appoint: Appoint, client: Client) -> Page:
    """A part of a list, as a program gets it."""
    secrets = {
        role: create_token(appoint(role, role.value), "reader", SYSTEM, NOW)[1]
        for role in (Role.UNIVERSITY, Role.AUDITOR)
    }

    def get(role: Role, path: str, status: int = 200, **query: Any) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {secrets[role]}", "Accept-Language": "en"}
        found = client.get(V1 + path, query, headers=headers)
        assert found.status_code == status, found.text
        told: dict[str, Any] = found.json()
        return told

    return get


def draft(number: int) -> None:
    """Another study trip of the university that reads."""
    university = Organisation.objects.get(code="university-1")
    kinds = OrganisationKind.POLICYHOLDER, OrganisationKind.AGENCY
    holder, agency = (
        Organisation.objects.get_or_create(
            kind=kind, code=f"{kind.value}-1", name_ja="組織", name_en="House"
        )[0]
        for kind in kinds
    )
    master, _ = MasterPolicy.objects.get_or_create(
        code="scheme",
        number="S1",
        product="gakkensai-2026",
        policyholder=holder,
        agency=agency,
        first_inception=NOW.date(),
        last_inception=NOW.date(),
    )
    Programme.objects.create(
        master=master,
        university=university,
        title=f"Trip {number:03}",
        host="College",
        country="US",
        starts_on=NOW.date(),
        ends_on=NOW.date(),
        drafted_by=User.objects.get(username="university"),
    )


def titles(part: dict[str, Any]) -> list[str]:
    return [programme["title"] for programme in part["programmes"]]


@pytest.mark.parametrize(("limit", "parts"), [({}, 3), ({"limit": 7}, 18), ({"limit": 60}, 2)])
def test_every_row_once_in_order(page: Page, limit: dict[str, int], parts: int) -> None:
    for number in range(ROWS):
        draft(number)
    walked: list[str] = []
    cursor: dict[str, str] = {}
    for left in reversed(range(parts)):
        part = page(Role.UNIVERSITY, "programmes", **limit, **cursor)
        walked += titles(part)
        assert (part["next"] is None) == (left == 0)
        cursor = {"cursor": part["next"]}
    assert walked == [f"Trip {number:03}" for number in range(ROWS)]


def test_what_is_added_meanwhile_comes_at_the_end(page: Page) -> None:
    for number in range(10):
        draft(number)
    first = page(Role.UNIVERSITY, "programmes", limit=6)
    for number in range(10, 13):
        draft(number)
    second = page(Role.UNIVERSITY, "programmes", limit=6, cursor=first["next"])
    third = page(Role.UNIVERSITY, "programmes", limit=6, cursor=second["next"])
    assert titles(first) + titles(second) + titles(third) == [f"Trip {n:03}" for n in range(13)]
    assert third["next"] is None


def test_newest_first_what_is_added_meanwhile_moves_nothing(page: Page) -> None:
    for number in range(10):
        record(SYSTEM, "row.added", f"row:{number}", {}, NOW)
    first = page(Role.AUDITOR, "audit/events", act="row.added", limit=6)
    for number in range(10, 13):
        record(SYSTEM, "row.added", f"row:{number}", {}, NOW)
    rest = page(Role.AUDITOR, "audit/events", act="row.added", limit=6, cursor=first["next"])
    seen = [event["about"] for event in [*first["events"], *rest["events"]]]
    assert seen == [f"row:{number}" for number in reversed(range(10))]
    assert rest["next"] is None


@pytest.mark.parametrize(
    "text",
    [
        *("12", "programme:-1", "programme:1.5", "programme:", "programme:x", "programme:１"),
        *("programme:92233720368547758070", "programme:1:1", "event:1", ":1", " programme:1"),
    ],
)
def test_a_broken_cursor_is_refused_at_its_place(page: Page, text: str) -> None:
    cursor = urlsafe_b64encode(text.encode()).decode().rstrip("=")
    [problem] = page(Role.UNIVERSITY, "programmes", 422, cursor=cursor)["problems"]
    assert (problem["place"], problem["code"]) == ("cursor", "field.cursor")


@pytest.mark.parametrize("cursor", ["x", "AAAA", "__", "_-_-", "zzzzz"])
def test_a_cursor_that_says_nothing(page: Page, cursor: str) -> None:
    [problem] = page(Role.UNIVERSITY, "programmes", 422, cursor=cursor)["problems"]
    assert (problem["place"], problem["code"]) == ("cursor", "field.cursor")


def test_a_cursor_is_read_as_it_was_written() -> None:
    for number in (0, 1, 2**63 - 1):
        assert read_cursor(write_cursor(number, "event"), "event") == number
        with pytest.raises(Refused):
            read_cursor(write_cursor(number, "event"), "entry")


@pytest.mark.parametrize("cursor", ["", "a b", "x" * 65, "あ", "1=", "../"])
def test_what_is_no_cursor_at_all(page: Page, cursor: str) -> None:
    [problem] = page(Role.UNIVERSITY, "programmes", 422, cursor=cursor)["problems"]
    assert problem["place"] == "cursor"


def test_a_cursor_of_another_list(page: Page) -> None:
    for number in range(3):
        draft(number)
        record(SYSTEM, "row.added", f"row:{number}", {}, NOW)
    events = page(Role.AUDITOR, "audit/events", limit=1)
    [problem] = page(Role.UNIVERSITY, "programmes", 422, cursor=events["next"])["problems"]
    assert (problem["place"], problem["code"]) == ("cursor", "field.cursor")


@pytest.mark.parametrize("limit", ["0", "101", "-1", "ten", "1.5", ""])
def test_a_limit_out_of_bounds(page: Page, limit: str) -> None:
    [problem] = page(Role.UNIVERSITY, "programmes", 422, limit=limit)["problems"]
    assert problem["place"] == "limit"
