"""`dosojin`, `dosojin quote` and `dosojin extend` as a person or a program calls them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable

import pytest

from dosojin.cli import main as entry
from dosojin.cli.main import main
from dosojin.values.problems import Problem
from dosojin.values.text import Text

TRIP = ["gakkensai-2026", "--start", "2026-06-01", "--end", "2026-06-08"]
Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    monkeypatch.delenv("DOSOJIN_TRACEBACK", raising=False)


def refused(capsys: Captured, *argv: str) -> str:
    """The one message of a refused call."""
    assert main(list(argv)) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
    assert "Traceback" not in captured.err
    return captured.err


def test_a_quote_for_programs(capsys: Captured) -> None:
    assert main(["quote", *TRIP, "--plan", "C", "--json"]) == 0
    content = json.loads(capsys.readouterr().out)
    assert {name: content[name] for name in ("product", "plan", "days", "band", "premium")} == {
        "product": "gakkensai-2026",
        "plan": "C",
        "days": 8,
        "band": "8 days",
        "premium": 4_730,
    }
    assert content["currency"] == "JPY"


def test_every_plan_that_fits_for_programs(capsys: Captured) -> None:
    assert main(["quote", *TRIP, "--json"]) == 0
    content = json.loads(capsys.readouterr().out)
    assert {each["plan"]: each["premium"] for each in content["quotes"]} == {
        "A": 3_710,
        "C": 4_730,
        "E": 4_920,
    }
    assert (content["product"], content["days"], content["currency"]) == (
        "gakkensai-2026",
        8,
        "JPY",
    )


def test_quotes_for_people_stand_in_columns(capsys: Captured) -> None:
    assert main(["quote", *TRIP]) == 0
    assert capsys.readouterr().out == (
        "gakkensai-2026, 2026-06-01 to 2026-06-08 (8 days)\n"
        "\n"
        "  Plan A  up to 8 days  3,710 yen\n"
        "  Plan C  up to 8 days  4,730 yen\n"
        "  Plan E  up to 8 days  4,920 yen\n"
        "\n"
        "The scheme's discount of about 37.1 % is already in it.\n"
    )
    assert main(["quote", *TRIP, "--lang", "ja", "--plan=C"]) == 0
    assert capsys.readouterr().out == (
        "gakkensai-2026　2026-06-01 ～ 2026-06-08（8日間）\n"
        "\n"
        "  Cプラン  8日まで  4,730円\n"
        "\n"
        "約37.1％の割引を適用した後の保険料です。\n"
    )


def test_an_extension_for_programs(capsys: Captured) -> None:
    extension = ["gakkensai-2026", "--plan", "C", "--start", "2026-06-01"]
    extension += ["--end", "2026-06-10", "--new-end", "2026-06-14"]
    assert main(["extend", *extension, "--json"]) == 0
    content = json.loads(capsys.readouterr().out)
    assert (content["additional_premium"], content["plan"]) == (1_370, "C")


def test_an_extension_for_people_tells_what_changes(capsys: Captured) -> None:
    extension = ["gakkensai-2026", "--plan", "A", *TRIP[1:], "--new-end", "2026-07-02"]
    assert main(["extend", *extension]) == 0
    prose = capsys.readouterr().out
    for part in (
        "Additional premium 7,900 yen",
        "Plan A becomes Plan B",
        "If the certificate shows it: the rider",
        "Complete it by 2026-06-08",
    ):
        assert part in prose
    assert main(["--lang", "ja", "extend", *extension, "--rider", "special_hazard"]) == 0
    prose = capsys.readouterr().out
    assert "追加保険料 7,900円" in prose
    assert "AプランからBプランに変わります" in prose
    assert "応急治療" not in prose


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        (["quote"], "PRODUCT: This is missing"),
        (["quote", "gakkensai-2026"], "--start: This is missing"),
        (["quote", *TRIP, "--plan", "D"], "--plan: Plan D takes over 31 days"),
        (["quote", *TRIP, "--plan", "D"], "Plan C (up to 31 days), Plan A"),
        (["quote", *TRIP, "--plan", "Z"], "--plan: gakkensai-2026 has no plan 'Z'"),
        (["quote", "gakkensai-1999", *TRIP[1:]], "PRODUCT: There is no product"),
        (["quote", "gakkensai-2025", *TRIP[1:]], "no published tariff"),
        (["quote", *TRIP, "--plan"], "--plan: It needs a value"),
        (["quote", *TRIP, "--plan", "--json"], '"place": "--plan"'),
        (["quote", *TRIP, "--plan", "A", "--plan", "C"], "--plan: It is given twice"),
        (["quote", *TRIP, "--colour", "red"], "--colour: dosojin quote does not know"),
        (["quote", *TRIP, "again"], "again: dosojin quote does not know"),
        (["quote", *TRIP, "--json=yes"], "--json=yes: dosojin quote does not know"),
        (["quote", *TRIP[:3], "--end", "8 June"], "--end: '8 June' is not a date"),
        (["quote", *TRIP[:3], "--end", "2026-06-31"], "--end: '2026-06-31' is not a date"),
        (["quote", *TRIP[:3], "--end", "2026-05-31"], "--end: The end 2026-05-31 is before"),
        (["quote", *TRIP[:3], "--end", "2036-05-31"], "--end: This is longer than any plan"),
        (["quote", *TRIP, "--lang", "fr"], "--lang: There is no language 'fr'"),
        (["extend", *TRIP, "--plan", "C"], "--new-end: This is missing"),
        (
            ["extend", *TRIP, "--plan", "C", "--new-end", "2026-06-08"],
            "--new-end: The new end 2026-06-08 is not after",
        ),
        (
            ["extend", *TRIP, "--plan", "C", "--new-end", "2026-06-09", "--rider", "golf"],
            "--rider: gakkensai-2026 has no rider 'golf'",
        ),
        (["qoute", *TRIP], "qoute: There is no such command. Did you mean quote?"),
        (["zzz"], "dosojin --help lists the commands"),
        (["main"], "main: There is no such command"),
        (["../quote"], "../quote: There is no such command"),
    ],
)
def test_bad_input_is_answered_with_place_and_remedy(
    capsys: Captured, argv: list[str], says: str
) -> None:
    assert says in refused(capsys, *argv)


def test_refusals_speak_japanese(capsys: Captured, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "そのようなコマンドはありません" in refused(capsys, "qoute", "--lang=ja")
    monkeypatch.setenv("LANG", "ja_JP.UTF-8")
    message = refused(capsys, "quote", *TRIP, "--plan", "D")
    assert "--plan: Dプランの保険期間は31日超1年までですが" in message
    assert "Cプラン（31日まで）、Aプラン" in message


def test_refusals_for_programs_are_json(capsys: Captured) -> None:
    message = refused(capsys, "quote", *TRIP, "--plan", "D", "--json")
    problem = json.loads(message)["problem"]
    assert (problem["code"], problem["place"]) == ("rating.plan_does_not_fit", "--plan")
    assert "Plan C" in problem["remedy"]


@pytest.mark.parametrize("argv", [[], ["--help"], ["-h"], ["help"], ["--lang", "en"]])
def test_help_lists_the_commands(capsys: Captured, argv: list[str]) -> None:
    assert main(argv) == 0
    page = capsys.readouterr().out
    assert "  quote " in page
    assert "the premium for a trip" in page
    assert "language_of" not in page


def test_help_speaks_japanese(capsys: Captured) -> None:
    assert main(["--lang", "ja"]) == 0
    assert "旅行の期間から保険料を調べます" in capsys.readouterr().out
    assert main(["quote", "--help", "--lang", "ja"]) == 0
    assert "使い方: dosojin quote PRODUCT" in capsys.readouterr().out


def test_the_version(capsys: Captured) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("dosojin ")


def raising(fault: BaseException) -> Callable[[object], int]:
    def dispatch(_: object) -> int:
        raise fault

    return dispatch


def test_anything_that_looks_like_a_problem_is_worded(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem = Problem(
        "x.y", "claim.yaml: facts.age", Text("誤り。", "Wrong."), Text("直す。", "Mend.")
    )
    monkeypatch.setattr(entry, "_dispatch", raising(problem))
    assert refused(capsys) == "dosojin: claim.yaml: facts.age: Wrong. Mend.\n"
    assert refused(capsys, "--lang", "ja") == "dosojin: claim.yaml: facts.age: 誤り。直す。\n"


def test_a_fault_of_our_own_is_owned_without_a_traceback(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entry, "_dispatch", raising(RuntimeError("a bug")))
    assert main([]) == 70
    message = capsys.readouterr().err
    assert "RuntimeError: a bug" in message
    assert "Traceback" not in message
    monkeypatch.setenv("DOSOJIN_TRACEBACK", "1")
    with pytest.raises(RuntimeError):
        main([])


@pytest.mark.parametrize(
    ("fault", "code"),
    [(SystemExit(3), 3), (SystemExit(None), 0), (SystemExit("no"), 1), (KeyboardInterrupt(), 130)],
)
def test_leaving_early_has_its_exit_code(
    monkeypatch: pytest.MonkeyPatch, fault: BaseException, code: int
) -> None:
    monkeypatch.setattr(entry, "_dispatch", raising(fault))
    assert main([]) == code


def test_bytes_that_are_no_text_are_shown_escaped() -> None:
    outcome = subprocess.run(
        [sys.executable, "-m", "dosojin.cli.main", os.fsdecode(b"\xff\xfe")],
        capture_output=True,
        check=False,
    )
    assert outcome.returncode == 2
    assert b"Traceback" not in outcome.stderr
    assert b"udcff" in outcome.stderr


def test_a_reader_that_leaves_is_no_fault() -> None:
    outcome = subprocess.run(
        ["bash", "-c", f'"{sys.executable}" -m dosojin.cli.main --help | true'],
        capture_output=True,
        check=False,
    )
    assert outcome.stderr == b""
