"""`dosojin replay`: 0 the same, 1 different, 2 bad input."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.unit.cli.claim_files import Captured, answer, claim_file, refused


@pytest.fixture
def record(capsys: Captured, tmp_path: Path) -> Path:
    path = tmp_path / "record.json"
    answer(capsys, "decide", claim_file(tmp_path, "cause"), "--save", str(path), "--json")
    return path


def alter(path: Path) -> str:
    stored = json.loads(path.read_text(encoding="utf-8"))
    stored["claim"]["facts"]["treated"] = False
    altered = path.with_name("altered.json")
    altered.write_text(json.dumps(stored), encoding="utf-8")
    return str(altered)


def test_the_same_bytes(capsys: Captured, record: Path) -> None:
    assert "the same (sha256:" in answer(capsys, "replay", str(record), "--lang", "en")
    assert "同じです" in answer(capsys, "replay", "--lang", "ja", str(record))


def test_one_that_differs_among_several(capsys: Captured, record: Path) -> None:
    page = answer(capsys, "replay", str(record), alter(record), "--lang", "en", code=1)
    assert page.count(": the same") == 1 and page.count(": differs") == 1


def test_latest_shows_what_a_fix_changes(capsys: Captured, record: Path) -> None:
    page = answer(capsys, "replay", str(record), "--latest", "--lang", "en")
    assert "changes nothing" in page


def test_json(capsys: Captured, record: Path) -> None:
    found = json.loads(answer(capsys, "replay", str(record), "--json", "--latest"))["files"][0]
    assert found["same"] and found["recorded"] == found["replayed"]
    assert found["latest"]["changes"] == []


def test_a_claim_is_decided_now(capsys: Captured, tmp_path: Path) -> None:
    page = answer(capsys, "replay", claim_file(tmp_path), "--lang", "en")
    assert "a claim, no record" in page


def test_refusals(capsys: Captured, tmp_path: Path, record: Path) -> None:
    assert "cannot be read" in refused(capsys, "replay", str(tmp_path / "none"))
    stored = json.loads(record.read_text(encoding="utf-8"))
    stored["decision"] = "?"
    record.write_text(json.dumps(stored), encoding="utf-8")
    assert f"{record}: decision" in refused(capsys, "replay", str(record))
    assert "FILE" in refused(capsys, "replay")
