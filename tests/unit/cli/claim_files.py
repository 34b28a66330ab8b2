"""What the tests of the claim commands share: files, English, and the shape of a refusal."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from dosojin.cli.main import main
from tests.unit.explanation.claims import boston

Captured = pytest.CaptureFixture[str]


def claim_file(folder: Path, *without: str, **changes: Any) -> str:
    """A claim on a leg broken in Boston, as a JSON file."""
    path = folder / "claim.json"
    path.write_text(json.dumps(boston(*without, **changes)), encoding="utf-8")
    return str(path)


def answer(capsys: Captured, *argv: str, code: int = 0) -> str:
    """What a call prints; nothing may go to the error stream."""
    assert main(list(argv)) == code
    captured = capsys.readouterr()
    assert captured.err == ""
    return captured.out


def refused(capsys: Captured, *argv: str) -> str:
    """The one message of a refused call."""
    assert main([*argv, "--lang", "en"]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    assert "Traceback" not in captured.err
    return captured.err
