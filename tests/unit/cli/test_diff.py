"""`dosojin diff` says what two editions differ in, and what that moves."""

from __future__ import annotations

import json
from typing import Any

import pytest

from dosojin.adjudication.decide import decide
from dosojin.adjudication.read_claim import read_claim
from dosojin.cli.main import main

Captured = pytest.CaptureFixture[str]
EDITIONS = ["gakkensai-2025", "gakkensai-2026"]


@pytest.fixture(scope="module")
def differences() -> dict[str, Any]:
    """All differences, by kind and id."""
    from dosojin.adjudication.compare_editions import compare_editions
    from dosojin.adjudication.moved_claims import witnesses
    from dosojin.explanation.show_differences import differences_json

    before, after = EDITIONS
    found = compare_editions(before, after)
    shown = tuple(zip(found, witnesses(found, before, after), strict=True))
    content = json.loads(json.dumps(differences_json(before, after, shown)))
    return {f"{each['kind']} {each['id']}": each for each in content["differences"]}


def test_a_clause_with_another_test_and_the_claim_it_moves(differences: dict[str, Any]) -> None:
    infection = differences["clause medical.3"]
    assert infection["change"] == "changed"
    assert "test" in infection["aspects"]
    assert infection["witness"]["moves"]
    assert infection["witness"]["payable"]["after"] == {"lo": 0, "hi": 0}
    assert infection["witness"]["payable"]["before"]["lo"] > 0


def test_what_only_one_edition_has(differences: dict[str, Any]) -> None:
    assert differences["benefit dental"]["change"] == "removed"
    assert differences["benefit dental"]["witness"]["moves"]
    limited = differences["figure personal_effects.theft_max"]
    assert (limited["change"], limited["before"]) == ("added", None)


def test_sources_are_no_difference(differences: dict[str, Any]) -> None:
    assert "clause medical.1" not in differences
    assert "clause accidental_death.x.war" not in differences
    assert "node rescue.sundries_max" not in differences


def test_a_witness_can_be_decided_again(differences: dict[str, Any]) -> None:
    witness = differences["clause medical.3"]["witness"]
    for side in ("before", "after"):
        decision = decide(read_claim(witness["claims"][side]))
        assert decision.payable.to_json() == witness["payable"][side]


def test_for_people(capsys: Captured) -> None:
    assert main(["diff", *EDITIONS, "--lang", "en"]) == 0
    page = capsys.readouterr().out
    assert "clause medical.3 · changed: test, reading" in page
    assert " yen → 0 yen" in page


def test_an_edition_does_not_differ_from_itself(capsys: Captured) -> None:
    assert main(["diff", EDITIONS[0], EDITIONS[0], "--lang", "en"]) == 0
    assert "no difference" in capsys.readouterr().out


def test_one_edition_is_not_enough(capsys: Captured) -> None:
    assert main(["diff", EDITIONS[0], "--lang", "en"]) == 2
    assert main(["diff", *EDITIONS, EDITIONS[0], "--lang", "en"]) == 2
    assert "Traceback" not in capsys.readouterr().err
