"""The wording pages and the schema of claim files, as they were last reviewed.

A change of a wording shows here as a diff that a person reads. `make golden` records it anew.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from dosojin.explanation.schema import schema_of_all
from dosojin.explanation.show_wording import show_wording
from dosojin.explanation.wording_page import wording_page
from dosojin.products import editions
from dosojin.values.text import Language

HERE = Path(__file__).parent
RECORD = os.environ.get("DOSOJIN_GOLDEN") == "record"


def is_as_reviewed(name: str, text: str) -> None:
    path = HERE / name
    if RECORD:
        path.write_text(text, encoding="utf-8")
    assert path.is_file(), f"{name} was never recorded: run make golden and review it"
    assert text == path.read_text(encoding="utf-8"), "run make golden and review the diff"


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("product", list(editions()))
def test_wording_page(product: str, language: Language) -> None:
    is_as_reviewed(f"{product}.{language}.txt", show_wording(wording_page(product), language))


def test_claim_schema() -> None:
    schema = schema_of_all(editions())
    text = json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True)
    is_as_reviewed("claim_schema.json", text + "\n")
