"""`dosojin lint` prints findings and says by its exit code whether there are any."""

from __future__ import annotations

import json

import pytest

from dosojin.cli import lint
from dosojin.cli.main import main
from dosojin.terms.lint import Finding
from dosojin.values.text import Text

Captured = pytest.CaptureFixture[str]
FINDING = Finding(
    "clause.source",
    "gakkensai-2026: rescue.2",
    Text("出典がありません。", "There is no source."),
    Text("書いてください。", "Name one."),
)


def found(*findings: Finding) -> object:
    return lambda products, with_cases: findings


def test_nothing_to_mend(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lint, "_findings", found())
    assert main(["lint", "gakkensai-2026", "--lang", "en"]) == 0
    assert capsys.readouterr().out == "gakkensai-2026: nothing to mend.\n"


def test_findings_for_people(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lint, "_findings", found(FINDING))
    assert main(["lint", "--lang", "en"]) == 1
    assert capsys.readouterr().out == (
        "gakkensai-2026: rescue.2: There is no source. Name one. [clause.source]\n\n1 to mend.\n"
    )
    assert main(["lint", "--lang", "ja"]) == 1
    assert "出典がありません。書いてください。" in capsys.readouterr().out


def test_findings_for_programs(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lint, "_findings", found(FINDING))
    assert main(["lint", "--json"]) == 1
    content = json.loads(capsys.readouterr().out)
    assert content["findings"][0]["code"] == "clause.source"
    assert content["findings"][0]["message"]["ja"] == "出典がありません。"


def test_the_plans_keep_liability_and_student_liability_apart() -> None:
    for plan in lint._plans("gakkensai-2026"):
        assert not {"liability", "student_liability"} <= plan


def test_clause_modules_are_read_from_the_family() -> None:
    names = [name for name, _ in lint._clause_modules("dosojin.products.gakkensai")]
    assert "gakkensai/benefits/medical.py" in names
    assert "gakkensai/definitions.py" in names
    assert "gakkensai/edition_2026.py" not in names
