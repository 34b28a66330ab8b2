"""`dosojin decide` as a person or a program calls it."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest

from tests.unit.cli.claim_files import Captured, answer, claim_file, refused


def test_a_person_reads_prose(capsys: Captured, tmp_path: Path) -> None:
    page = answer(capsys, "decide", claim_file(tmp_path), "--lang", "en")
    assert "810,000 yen, certain. You asked for 1,050,000 yen." in page
    assert "\033[" not in page, "no styles into a pipe"
    page = answer(capsys, "decide", claim_file(tmp_path), "--lang", "ja")
    assert "810,000円を、確実にお支払いできます。" in page


def test_a_program_reads_json(capsys: Captured, tmp_path: Path) -> None:
    found = json.loads(answer(capsys, "decide", claim_file(tmp_path, "cause"), "--json"))
    assert {"verdict", "payable", "tight", "promise", "benefits", "questions", "usage"} <= set(
        found
    )
    assert found["digest"].startswith("sha256:")
    assert {"fact", "ask", "worth"} <= set(found["questions"][0])


def test_the_desk_has_a_short_page(capsys: Captured, tmp_path: Path) -> None:
    page = answer(capsys, "decide", claim_file(tmp_path), "--desk", "--lang", "en")
    assert "Promise: 810,000 yen" in page
    assert "step by step" not in page


def test_no_questions(capsys: Captured, tmp_path: Path) -> None:
    path = claim_file(tmp_path, "cause")
    assert json.loads(answer(capsys, "decide", path, "--json", "--no-questions"))["questions"] == []


def test_a_claim_from_standard_input(
    capsys: Captured, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = Path(claim_file(tmp_path)).read_bytes()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))
    assert "810,000" in answer(capsys, "decide", "-", "--lang", "en")


def test_a_record_is_kept_and_can_be_decided_again(capsys: Captured, tmp_path: Path) -> None:
    record = tmp_path / "record.json"
    answer(capsys, "decide", claim_file(tmp_path), "--save", str(record), "--json")
    stored = json.loads(record.read_text(encoding="utf-8"))
    assert set(stored) == {"claim", "decision"}
    again = json.loads(answer(capsys, "decide", str(record), "--json"))
    assert again == stored["decision"]


def test_yaml_of_the_cases_is_read_too(capsys: Captured, tmp_path: Path) -> None:
    path = tmp_path / "claim.yaml"
    path.write_text(
        "product: gakkensai-2026\nplan: D\nas_of: 2026-08-01\n"
        "policy: {inception: 2026-06-01, expiry: 2026-08-31}\n",
        encoding="utf-8",
    )
    assert "Nothing is claimed yet" in answer(capsys, "decide", str(path), "--lang", "en")


def test_help_needs_no_file(capsys: Captured) -> None:
    assert "--save FILE" in answer(capsys, "decide", "--help", "--lang", "en")


def test_refusals(capsys: Captured, tmp_path: Path) -> None:
    assert "cannot be read" in refused(capsys, "decide", str(tmp_path / "none.json"))
    assert "cannot be read" in refused(capsys, "decide", str(tmp_path))
    path = claim_file(tmp_path, plan="Z")
    assert f"{path}: plan" in refused(capsys, "decide", path)
    assert "--save" in refused(
        capsys, "decide", claim_file(tmp_path), "--save", "x", "--no-questions"
    )
    nowhere = str(tmp_path / "no" / "record.json")
    assert "cannot be written" in refused(capsys, "decide", claim_file(tmp_path), "--save", nowhere)


def test_nonsense_is_refused_without_a_traceback(capsys: Captured, tmp_path: Path) -> None:
    path = tmp_path / "nonsense"
    for content in (b"\x00\xff\xfe", b"[1, 2", b"{}", b"'", b"- " * 5000, b"[" * 100_000, b""):
        path.write_bytes(content)
        refused(capsys, "decide", str(path))
