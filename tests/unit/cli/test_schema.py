"""`dosojin schema` publishes the JSON Schema of claim files."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator

from dosojin.cli.main import main
from dosojin.products import editions

Captured = pytest.CaptureFixture[str]


def test_one_edition(capsys: Captured) -> None:
    assert main(["schema", "gakkensai-2026"]) == 0
    schema = json.loads(capsys.readouterr().out)
    Draft202012Validator.check_schema(schema)
    assert schema["properties"]["product"] == {"const": "gakkensai-2026"}
    assert schema["required"] == ["product", "as_of", "policy"]


def test_every_edition_and_the_language_of_the_questions(capsys: Captured) -> None:
    assert main(["schema", "--lang", "ja"]) == 0
    schema = json.loads(capsys.readouterr().out)
    assert schema["properties"]["product"]["enum"] == list(editions())
    facts = schema["$defs"]["gakkensai-2026"]["properties"]["facts"]["anyOf"][0]["properties"]
    assert "。" in facts["cause"]["description"]


def test_an_edition_too_many(capsys: Captured) -> None:
    assert main(["schema", "gakkensai-2026", "gakkensai-2025", "--lang", "en"]) == 2
    assert "one too many" in capsys.readouterr().err
