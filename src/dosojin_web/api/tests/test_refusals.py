"""Every refusal has one shape, whatever is wrong."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import Client

from dosojin_web.api.access import BODY_BYTES_MAX

from .conftest import V1, Post


def only_problem(response: HttpResponse) -> dict[str, str]:
    assert response.headers["Content-Type"].startswith("application/json")
    [problem] = response.json()["problems"]
    assert set(problem) == {"code", "place", "message", "remedy"}
    return problem


@pytest.mark.parametrize("body", ["{", "[1", "\x00", '{"a": NaN', '{"product": }'])
@pytest.mark.parametrize("path", ["decisions", "quotes/refund", "quotes/extension"])
def test_a_body_that_is_no_json(post: Post, path: str, body: str) -> None:
    response = post(path, body)
    assert response.status_code == 422
    assert only_problem(response)["code"] == "body.syntax"


@pytest.mark.parametrize("path", ["decisions", "quotes/refund", "quotes/extension"])
def test_a_body_that_is_not_utf_8(post: Post, path: str) -> None:
    response = post(path, b'{"product": "\xff"}')
    assert response.status_code == 422
    assert only_problem(response)["code"] == "body.syntax"


@pytest.mark.parametrize("path", ["decisions", "quotes/refund"])
def test_a_body_of_another_kind(post: Post, path: str) -> None:
    response = post(path, "product: gakkensai-2026", content_type="application/yaml")
    assert response.status_code == 415
    assert only_problem(response)["place"] == "Content-Type"


@pytest.mark.parametrize("path", ["decisions", "quotes/refund"])
def test_a_body_that_is_too_large(post: Post, path: str) -> None:
    response = post(path, " " * (BODY_BYTES_MAX + 1))
    assert response.status_code == 413
    assert "1,000,000" in only_problem(response)["remedy"]


def test_a_body_that_is_nested_too_deeply(post: Post) -> None:
    response = post("decisions", "[" * 100_000)
    assert response.status_code == 422
    response = post("decisions", '{"facts": ' * 50 + "1" + "}" * 50)
    assert response.status_code == 422


def test_a_method_that_there_is_not(client: Client) -> None:
    response = client.delete(V1 + "quotes")
    assert response.status_code == 405 and response.headers["Allow"] == "GET"
    assert only_problem(response)["code"] == "method.unknown"
    assert client.post(V1 + "openapi.json").status_code == 405


@pytest.mark.parametrize("path", ["", "nowhere", "quotes/", "wordings/nowhere"])
def test_an_address_that_there_is_not(client: Client, path: str) -> None:
    response = client.get(V1 + path)
    assert response.status_code == 404
    assert only_problem(response)["message"]


def test_json_is_asked_of_people_in_japanese(client: Client) -> None:
    response = client.get(V1 + "nowhere", headers={"Accept-Language": "ja"})
    assert only_problem(response)["message"] == "このアドレスには何もありません。"
