"""`dosojin ask`: a conversation over standard input that always ends with a decision."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from dosojin.cli.main import main
from tests.unit.cli.claim_files import Captured, answer, claim_file, refused
from tests.unit.explanation.claims import boston


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Lets a test say what is typed, line by line."""

    def say(*lines: str) -> None:
        monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))

    return say


def unpaid(folder: Path) -> str:
    policy = {name: v for name, v in boston()["policy"].items() if name != "premium_paid_on"}
    return claim_file(folder, policy=policy)


def test_the_question_with_its_reason_then_the_decision(
    capsys: Captured, tmp_path: Path, typed: Any
) -> None:
    typed("2026-05-01")
    page = answer(capsys, "ask", unpaid(tmp_path), "--lang", "en")
    assert "When was the contract made or the premium received" in page
    assert "narrows the sum by 810,000 yen on average" in page
    assert "810,000 yen, certain." in page


def test_the_end_of_input_ends_with_what_is_known(
    capsys: Captured, tmp_path: Path, typed: Any
) -> None:
    typed()
    assert "Nothing is certain yet" in answer(capsys, "ask", unpaid(tmp_path), "--lang", "en")
    typed("q")
    assert "確実にお約束できる額は" in answer(capsys, "ask", unpaid(tmp_path), "--lang", "ja")


def test_an_answer_that_cannot_be_taken_is_asked_again(
    capsys: Captured, tmp_path: Path, typed: Any
) -> None:
    typed("2026-13-40", "", "nonsense", "2026-05-01")
    page = answer(capsys, "ask", unpaid(tmp_path), "--lang", "en")
    assert page.count("  ! ") == 2
    assert "810,000 yen, certain." in page


def test_back_and_i_do_not_know(capsys: Captured, tmp_path: Path, typed: Any) -> None:
    typed("<", "?", "q")
    page = answer(capsys, "ask", unpaid(tmp_path), "--lang", "en")
    assert "This is the first question." in page
    typed("2026-05-01..2026-07-01", "<", "2026年5月1日")
    page = answer(capsys, "ask", unpaid(tmp_path), "--lang", "en")
    assert "810,000 yen, certain." in page


def test_a_set_is_settled_with_none_of_these(capsys: Captured, tmp_path: Path, typed: Any) -> None:
    typed("0")
    page = answer(capsys, "ask", claim_file(tmp_path, "circumstances"), "--lang", "en")
    assert "none of these apply" in page
    assert "810,000 yen, certain." in page


def test_a_member_is_named_by_its_number(capsys: Captured, tmp_path: Path, typed: Any) -> None:
    typed("1")
    page = answer(capsys, "ask", claim_file(tmp_path, "circumstances"), "--lang", "en")
    assert "Not covered: 0 yen." in page


def test_the_narrowed_claim_is_saved(capsys: Captured, tmp_path: Path, typed: Any) -> None:
    typed("0")
    path, saved = claim_file(tmp_path, "circumstances"), tmp_path / "saved.json"
    answer(capsys, "ask", path, "--save", str(saved), "--lang", "en")
    facts = json.loads(saved.read_text(encoding="utf-8"))["facts"]
    assert facts["circumstances"]["has"] == []
    assert "drunk_driving" in facts["circumstances"]["not"]
    assert "810,000" in answer(capsys, "decide", str(saved), "--lang", "en")


def test_json_keeps_standard_output_clean(capsys: Captured, tmp_path: Path, typed: Any) -> None:
    typed("0")
    assert main(["ask", claim_file(tmp_path, "circumstances"), "--json", "--lang", "en"]) == 0
    captured = capsys.readouterr()
    assert json.loads(captured.out)["payable"] == {"lo": 810_000, "hi": 810_000}
    assert "none of these apply" in captured.err


def test_a_receipt_without_nights_is_asked_by_its_name(
    capsys: Captured, tmp_path: Path, typed: Any
) -> None:
    line = {"category": "rescuer_room", "person": "mother", "amount": 300000, "on": "2026-06-05"}
    typed("２０")
    page = answer(capsys, "ask", claim_file(tmp_path, expenses=[line]), "--lang", "en")
    assert "Receipt 1: A rescuer's room (mother), 300,000 yen" in page
    assert "210,000 yen, certain." in page


def test_the_claim_cannot_come_from_standard_input(capsys: Captured) -> None:
    assert "Standard input is for the answers" in refused(capsys, "ask", "-")
