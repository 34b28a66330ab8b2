"""`dosojin products` lists the editions with their plans."""

from __future__ import annotations

import json

import pytest

from dosojin.cli.main import main
from dosojin.products import editions

Captured = pytest.CaptureFixture[str]


def test_every_edition_for_programs(capsys: Captured) -> None:
    assert main(["products", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)["products"]
    assert [each["product"] for each in found] == list(editions())
    newest, older = found[0], found[1]
    assert [plan["plan"] for plan in newest["plans"]] == list("ABCDEF")
    assert newest["tariff_published"] is True
    assert older["tariff_published"] is False
    assert "medical_rescue" in newest["benefits"]


def test_one_edition_for_people(capsys: Captured) -> None:
    assert main(["products", "gakkensai-2025", "--lang", "en"]) == 0
    page = capsys.readouterr().out
    assert page.startswith("gakkensai-2025 · ")
    assert "no published premiums" in page
    assert "  Plan A  up to 31 days\n" in page
    assert main(["products", "gakkensai-2026", "--lang", "ja"]) == 0
    assert "保険料は公表されています" in capsys.readouterr().out


def test_an_edition_that_does_not_exist(capsys: Captured) -> None:
    assert main(["products", "gakkensai-2027", "--lang", "en"]) == 2
    assert "Did you mean gakkensai-202" in capsys.readouterr().err


def test_help(capsys: Captured) -> None:
    assert main(["products", "--help", "--lang", "en"]) == 0
    assert "dosojin products [PRODUCT]" in capsys.readouterr().out
