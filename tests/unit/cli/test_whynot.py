"""`dosojin whynot` as a person or a program calls it."""

from __future__ import annotations

import json
from pathlib import Path

from tests.unit.cli.claim_files import Captured, answer, claim_file, refused
from tests.unit.explanation.claims import boston


def short_stay(folder: Path) -> str:
    return claim_file(
        folder, documents=[], facts={**boston()["facts"], "discharged_on": "2026-06-04"}
    )


def test_a_person_reads_what_would_turn_it(capsys: Captured, tmp_path: Path) -> None:
    page = answer(capsys, "whynot", short_stay(tmp_path), "--lang", "en")
    assert "Fri 5 June 2026 or later" in page
    assert "plan B" in page and "gakkensai-2025, plan D" in page
    assert "Not possible for this trip" in page


def test_a_program_reads_json(capsys: Captured, tmp_path: Path) -> None:
    found = json.loads(answer(capsys, "whynot", short_stay(tmp_path), "--json"))
    turns = found["benefits"][0]["turns"]
    days = [t["facts"][0] for t in turns if t["facts"][0]["fact"] == "discharged_on"]
    assert days[0]["range"]["from"] == "2026-06-05"
    assert days[0]["stated_otherwise"]
    plans = {(other["product"], other["plan"]) for other in found["alternatives"]}
    assert ("gakkensai-2025", "D") in plans and ("gakkensai-2026", "B") in plans


def test_refusals(capsys: Captured, tmp_path: Path) -> None:
    assert "plan" in refused(capsys, "whynot", claim_file(tmp_path, plan="Z"))
    assert "CLAIM" in refused(capsys, "whynot")
