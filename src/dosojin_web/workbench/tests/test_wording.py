"""The wording page."""

import pytest
from django.test import Client

from dosojin_web.workbench.mapping import wording


@pytest.mark.parametrize("product", ["gakkensai-2026", "gakkensai-2025"])
def test_every_clause_has_its_place(client: Client, product: str) -> None:
    text = client.get(f"/wording/{product}/").text
    for benefit in wording(product).benefits:
        assert f'id="{benefit.id}"' in text
        for clause in benefit.clauses:
            assert f'id="{clause.id}"' in text, clause.id


def test_a_clause_shows_reading_source_and_status(english: Client) -> None:
    text = english.get("/wording/gakkensai-2026/").text
    assert "3 or more days in hospital" in text
    assert "003 l.865" in text and "A person decides" in text


def test_both_languages(client: Client) -> None:
    text = client.get("/wording/gakkensai-2026/", headers={"Accept-Language": "ja"}).text
    assert "お支払いしない場合" in text


def test_an_edition_that_does_not_exist_is_404(client: Client) -> None:
    assert client.get("/wording/gakkensai-1999/").status_code == 404
