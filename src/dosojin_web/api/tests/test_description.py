"""The description, as a file and as a page."""

from __future__ import annotations

import re
import shlex
from urllib.parse import urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client

from dosojin_web.accounts.roles import Role
from dosojin_web.api.access import ANYONE
from dosojin_web.api.description import OperationEntry, list_operations
from dosojin_web.api.interface import describe

from .conftest import V1

pytestmark = pytest.mark.django_db
GROUPS = [ANYONE, *(role.value for role in Role)]
OPERATIONS = {role: list_operations(describe("en"), "http://testserver", role) for role in GROUPS}
each_group = pytest.mark.parametrize("role", GROUPS)


def page(client: Client, language: str = "en", role: str = ANYONE) -> HttpResponse:
    address = "/api/" if role == ANYONE else f"/api/{role}/"
    return client.get(address, headers={"Accept-Language": language})


def test_the_file_is_published(client: Client) -> None:
    found = client.get(V1 + "openapi.json").json()
    assert found["openapi"].startswith("3.1") and found == describe("en")


def test_every_operation_says_who_may_call_it() -> None:
    known = {ANYONE, *(role.value for role in Role)}
    for operations in describe("en")["paths"].values():
        for operation in operations.values():
            named = set(operation["x-roles"])
            assert named and named <= known
            assert ("security" in operation) == (ANYONE not in named)


@each_group
def test_every_operation_stands_on_the_page_of_each_who_may_call_it(
    client: Client, role: str
) -> None:
    text = page(client, role=role).text
    assert OPERATIONS[role]
    for operation in OPERATIONS[role]:
        assert f'id="{operation.id}"' in text and operation.path in text


def test_the_first_page_leads_to_those_of_the_roles(client: Client) -> None:
    assert {f'href="{role.value}/"' in page(client).text for role in Role} == {True}


@each_group
def test_links_to_shapes_lead_somewhere(client: Client, role: str) -> None:
    text = page(client, role=role).text
    wanted = set(re.findall(r'href="#([^"]+)"', text))
    assert wanted <= set(re.findall(r'\sid="([^"]+)"', text))


def test_the_page_is_in_japanese_too(client: Client) -> None:
    text = page(client, "ja").text
    assert "旅行に合うすべてのプランの保険料" in text and "どなたでも" in text


@pytest.mark.parametrize("operation", OPERATIONS[ANYONE], ids=lambda operation: operation.id)
def test_the_call_on_the_page_works(client: Client, operation: OperationEntry) -> None:
    words = shlex.split(operation.call)
    parts = urlsplit(words[-1])
    address = f"{parts.path}?{parts.query}"
    if "-d" in words:
        body = words[words.index("-d") + 1]
        response = client.post(address, body, content_type="application/json")
    else:
        response = client.get(address)
    assert response.status_code == 200, response.text


@each_group
def test_the_page_weighs_little(client: Client, role: str) -> None:
    assert len(page(client, role=role).content) < 200_000
