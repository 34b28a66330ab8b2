"""The published description of the interface, as it was last reviewed.

A change here is a change for every program that calls us. `make golden` records it anew.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from dosojin_web.api.interface import describe

REVIEWED = Path(__file__).with_name("openapi.json")
RECORD = os.environ.get("DOSOJIN_GOLDEN") == "record"


def test_the_interface_is_as_reviewed() -> None:
    text = json.dumps(describe("en"), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    if RECORD:
        REVIEWED.write_text(text, encoding="utf-8")
    assert REVIEWED.is_file(), "it was never recorded: run make golden and review it"
    assert text == REVIEWED.read_text(encoding="utf-8"), "run make golden and review the diff"
