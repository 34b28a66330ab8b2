"""Language and colours: chosen once, and remembered."""

from __future__ import annotations

import pytest
from django.test import Client


def test_japanese_is_the_language_of_those_who_name_none(client: Client) -> None:
    assert '<html lang="ja"' in client.get("/").text


def test_the_language_is_remembered(client: Client) -> None:
    response = client.post("/preferences/language/", {"language": "en", "next": "/components/"})
    assert response.headers["Location"] == "/components/"
    assert '<html lang="en"' in client.get("/", headers={"Accept-Language": "ja"}).text


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_theme_is_remembered(client: Client, theme: str) -> None:
    response = client.post("/preferences/theme/", {"theme": theme, "next": "/?edition=x"})
    assert response.headers["Location"] == "/?edition=x"
    assert f'data-theme="{theme}"' in client.get("/").text


def test_the_device_decides_again(client: Client) -> None:
    client.post("/preferences/theme/", {"theme": "dark"})
    client.post("/preferences/theme/", {"theme": "device"})
    assert "data-theme" not in client.get("/").text


@pytest.mark.parametrize("theme", ["", "sepia", '"><script>'])
def test_a_theme_that_does_not_exist_changes_nothing(client: Client, theme: str) -> None:
    client.post("/preferences/theme/", {"theme": theme})
    assert "data-theme" not in client.get("/").text


def test_a_cookie_that_somebody_wrote_is_not_believed(client: Client) -> None:
    client.cookies["theme"] = "sepia"
    assert "data-theme" not in client.get("/").text


@pytest.mark.parametrize("address", ["https://elsewhere.example/", "//elsewhere.example/", ""])
def test_the_way_back_stays_on_this_site(client: Client, address: str) -> None:
    for preference in ("theme", "language"):
        response = client.post(f"/preferences/{preference}/", {"theme": "dark", "next": address})
        assert "elsewhere" not in response.headers["Location"]


def test_a_link_changes_nothing(client: Client) -> None:
    assert client.get("/preferences/theme/?theme=dark").status_code == 405
