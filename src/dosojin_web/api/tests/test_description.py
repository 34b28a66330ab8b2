"""The description, as a file and as a page."""

from __future__ import annotations

import re
import shlex
from dataclasses import fields
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client
from jsonschema import Draft202012Validator

from dosojin_web.accounts.roles import Role
from dosojin_web.api import published
from dosojin_web.api.access import ANYONE
from dosojin_web.api.description import OperationEntry, holds, list_operations, note_of
from dosojin_web.api.endpoints.bordereaux import CSV_DESCRIPTION
from dosojin_web.api.interface import describe
from dosojin_web.api.published import DESCRIPTION
from dosojin_web.policies.bordereau import BordereauRow
from dosojin_web.policies.roster import COLUMNS

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


SHAPES = describe("en")["components"]["schemas"]


def conforms(value: Any, schema: dict[str, Any]) -> bool:
    """Whether the schema, which may point to others of the description, takes the value."""
    whole = {"components": {"schemas": SHAPES}, **schema}
    return Draft202012Validator(whole).is_valid(value)


def test_every_code_of_a_refusal_is_described() -> None:
    folder = Path(published.__file__).parent
    sources = [*folder.glob("*.py"), *folder.glob("endpoints/*.py")]
    made = {
        code
        for path in sources
        for found in re.findall(r"Problem\(\s*\"[^\"]+\"", path.read_text(encoding="utf-8"))
        for code in re.findall(r"\"([^\"]+)\"", found)
    }
    told = set(re.findall(r"`([a-z]+\.[a-z_]+)`", DESCRIPTION)) - {"rating.end_before_start"}
    assert made == told


def test_examples_have_the_shape_that_they_are_examples_of() -> None:
    described = describe("en")
    operations = [each for paths in described["paths"].values() for each in paths.values()]
    bodies = [each["requestBody"] for each in operations if "requestBody" in each]
    refusals = described["components"]["responses"].values()
    tried = [
        conforms(told["example"], told["schema"])
        for part in (*bodies, *refusals)
        for told in part["content"].values()
        if "example" in told
    ]
    assert len(tried) > len(refusals) and all(tried)


def test_every_body_has_an_example() -> None:
    for operations in describe("en")["paths"].values():
        for operation in operations.values():
            content = operation.get("requestBody", {}).get("content", {})
            told = content.get("application/json")
            assert told is None or "example" in told, operation["operationId"]


def test_every_whole_number_says_what_it_counts() -> None:
    silent = [
        f"{name}.{field}"
        for name, shape in SHAPES.items()
        for field, schema in shape.get("properties", {}).items()
        if "integer" in holds(schema) and not note_of(schema)
    ]
    assert silent == []


def test_every_parameter_is_described() -> None:
    silent = [
        (operation["operationId"], parameter["name"])
        for operations in describe("en")["paths"].values()
        for operation in operations.values()
        for parameter in operation["parameters"]
        if not note_of(parameter)
    ]
    assert silent == []


def test_every_tag_is_described() -> None:
    described = {tag["name"] for tag in describe("en")["tags"]}
    used = {
        tag
        for operations in describe("en")["paths"].values()
        for operation in operations.values()
        for tag in operation["tags"]
    }
    assert described == used


def test_states_are_named_in_the_readers_language() -> None:
    def note(language: str) -> str:
        shape = describe(language)["components"]["schemas"]["MemberShape"]
        return note_of(shape["properties"]["standing"])

    assert "`on_trip`: On the trip" in note("en") and "`on_trip`: 旅行中" in note("ja")


def test_columns_of_files_are_those_that_are_described() -> None:
    names = {each.name for each in fields(BordereauRow)}
    assert names <= set(re.findall(r"`([a-z_]+)`", CSV_DESCRIPTION))
    [roster] = [each for each in OPERATIONS["university"] if each.id == "send_roster"]
    assert all(COLUMNS[column][0] in roster.description for column in COLUMNS)
