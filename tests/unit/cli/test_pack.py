"""`dosojin pack` as a person or a program calls it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dosojin.batch.layout.claim_text import claim_text
from tests.unit.cli.claim_files import Captured, answer, refused
from tests.unit.explanation.claims import boston


def claims(folder: Path) -> Path:
    """Three claims in two folders, one of them with an amount in dollars at an open rate."""
    dollars = boston(
        expenses=[{"category": "search", "amount": "12.50", "currency": "USD"}],
        rates={"USD": {"yen": ["150", "160.5"], "on": "2026-06-10", "source": "a bank"}},
        note="見積もり",
    )
    for name, claim in (("b/2", boston()), ("b/1", boston(as_of="2026-07-01")), ("a/x", dollars)):
        path = folder / "claims" / f"{name}.json"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(claim), encoding="utf-8")
    return folder / "claims"


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize("kind", ["parquet", "csv", "arrow"])
def test_there_and_back(capsys: Captured, tmp_path: Path, kind: str) -> None:
    source, tables, back = claims(tmp_path), tmp_path / "tables", tmp_path / "back"
    option = () if kind == "parquet" else (f"--{kind}",)
    page = answer(capsys, "pack", str(source), "-o", str(tables), *option, "--lang", "en")
    assert "3 policies, 3 occurrences, 11 receipts, partitions: 1." in page
    assert sorted(files(tables)) == [
        f"part-00000/{table}.{kind}" for table in ("occurrences", "policies", "receipts")
    ]
    page = answer(capsys, "pack", "--back", str(tables), "-o", str(back), "--lang", "ja")
    assert "事案を3件" in page
    assert files(back) == {
        name: f"{claim_text(json.loads(content))}\n".encode()
        for name, content in files(source).items()
    }


def test_the_same_claims_give_the_same_bytes(capsys: Captured, tmp_path: Path) -> None:
    source = claims(tmp_path)
    answer(capsys, "pack", str(source), "-o", str(tmp_path / "one"))
    answer(capsys, "pack", str(source), "-o", str(tmp_path / "two"))
    assert files(tmp_path / "one") == files(tmp_path / "two")


def test_files_of_a_folder_on_one_certificate(capsys: Captured, tmp_path: Path) -> None:
    source, lines = claims(tmp_path), tmp_path / "back.jsonl"
    nested = tmp_path / "claims.parquet"
    found = json.loads(
        answer(capsys, "pack", str(source), "-o", str(nested), "--policy-per-folder", "--json")
    )
    assert (found["policies"], found["occurrences"]) == (2, 3)
    answer(capsys, "pack", "--back", str(nested), "-o", str(lines))
    rows = [json.loads(line) for line in lines.read_text(encoding="utf-8").splitlines()]
    assert [(row["policy"], row["occurrence"], row["seq"]) for row in rows] == [
        ("a", "a/x", 1), ("b", "b/1", 1), ("b", "b/2", 2),
    ]  # fmt: skip
    again = tmp_path / "again.parquet"
    answer(capsys, "pack", str(lines), "-o", str(again))
    assert again.read_bytes() == nested.read_bytes()


def test_worked_cases_are_taken_too(capsys: Captured, tmp_path: Path) -> None:
    case = {"title": "t", "product": ["gakkensai-2025", "gakkensai-2026"], "expect": {}}
    claim = {key: value for key, value in boston().items() if key != "product"}
    path = tmp_path / "cases.yaml"
    path.write_text(json.dumps([{**claim, **case, "then": [{"expect": {}}]}]), encoding="utf-8")
    out = str(tmp_path / "out")
    assert "mixed" in refused(capsys, "pack", str(path), "-o", out)
    answered = answer(capsys, "pack", str(path), "-o", out, "--product", "gakkensai-2026", "--json")
    assert json.loads(answered)["occurrences"] == 2


def test_tables_are_cut_anew(capsys: Captured, tmp_path: Path) -> None:
    source, whole, cut = claims(tmp_path), tmp_path / "whole", tmp_path / "cut"
    answer(capsys, "pack", str(source), "-o", str(whole), "--csv")
    argv = ["pack", str(whole), "-o", str(cut), "--receipts-per-partition", "6"]
    argv += ["--product", "gakkensai-2026"]
    assert json.loads(answer(capsys, *argv, "--json"))["partitions"] == 2
    assert {Path(name).parts[0] for name in files(cut)} == {"part-00000", "part-00001"}
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]
    back = tmp_path / "back.jsonl"
    answer(capsys, "pack", "--back", str(cut), "-o", str(back))
    straight = tmp_path / "straight"
    answer(capsys, "pack", str(source), "-o", str(straight), "--receipts-per-partition=6", "--csv")
    assert files(straight) == files(cut)


def bad_claims(folder: Path) -> dict[str, tuple[bytes, str]]:
    unknown: dict[str, Any] = boston(facts={"cuase": "injury"})
    return {
        "one.json": (json.dumps(unknown).encode(), "one.json: facts.cuase"),
        "two.yaml": (b"product: [", "two.yaml: line"),
        "three.jsonl": (b'\n{"claim": 1, "seq": "x"}\n', "three.jsonl: line 2: seq"),
        "four.jsonl": (b'{"product": "gakkensai-2026"}', "four.jsonl: line 1: as_of"),
        "five.yaml": (b"- 1", "five.yaml"),
        "six.parquet": (b"PAR1", "six.parquet"),
    }


@pytest.mark.parametrize("name", sorted(bad_claims(Path())))
def test_bad_claims_are_named_and_nothing_stays(
    capsys: Captured, tmp_path: Path, name: str
) -> None:
    content, place = bad_claims(tmp_path)[name]
    path = tmp_path / name
    path.write_bytes(content)
    out = tmp_path / "out" / "deep"
    assert place in refused(capsys, "pack", str(path), "-o", str(out))
    assert [entry.name for entry in tmp_path.iterdir() if entry.name != "out"] == [name]


def test_what_is_there_is_not_overwritten(capsys: Captured, tmp_path: Path) -> None:
    source = str(claims(tmp_path))
    message = refused(capsys, "pack", source, "-o", source)
    assert "It is there already." in message


@pytest.mark.parametrize(
    "argv",
    [
        ["{claims}"],
        ["{claims}", "-o", "x.csv"],
        ["{claims}", "-o", "x", "--csv", "--arrow"],
        ["{claims}", "-o", "x", "--receipts-per-partition", "0"],
        ["{claims}", "-o", "x", "--product", "gakkensai-1999"],
        ["{claims}/none", "-o", "x"],
        ["--back", "{claims}", "-o", "x"],
        ["-o", "x"],
        ["{claims}", "{tables}", "-o", "x"],
        ["{tables}", "-o", "x"],
    ],
)
def test_calls_that_are_refused(capsys: Captured, tmp_path: Path, argv: list[str]) -> None:
    source, tables = claims(tmp_path), tmp_path / "tables"
    answer(capsys, "pack", str(source), "-o", str(tables))
    refused(capsys, "pack", *(word.format(claims=source, tables=tables) for word in argv))
    assert not Path("x").exists()


def test_rows_that_no_claim_would_hold_are_not_lost_in_silence(
    capsys: Captured, tmp_path: Path
) -> None:
    source, tables, back = claims(tmp_path), tmp_path / "tables", tmp_path / "back.jsonl"
    answer(capsys, "pack", str(source), "-o", str(tables))
    path = tables / "part-00000" / "receipts.parquet"
    receipts = pq.read_table(path)
    words = ("pack", "--back", str(tables), "-o", str(back))
    strangers = pa.array(["99"] * len(receipts))
    if not pa.types.is_string(receipts["occurrence"].type):
        strangers = strangers.cast(receipts["occurrence"].type)
    pq.write_table(receipts.set_column(0, "occurrence", strangers), path)
    assert "not in occurrences: 11" in refused(capsys, *words)
    pq.write_table(receipts.drop_columns(["occurrence"]), path)
    assert "occurrence: This column is missing" in refused(capsys, *words)
    assert not back.exists()


def test_whole_numbers_come_back_from_csv_as_numbers(capsys: Captured, tmp_path: Path) -> None:
    folder, pages = tmp_path / "portfolio", []
    answer(capsys, "simulate", "--policies", "20", "--seed", "1", "-o", str(folder))
    cut = ("--receipts-per-partition", "1000", "--product", "gakkensai-2026")
    for kind in ("csv", "arrow"):
        tables, back = tmp_path / kind, tmp_path / f"{kind}.jsonl"
        answer(capsys, "pack", str(folder), "-o", str(tables), f"--{kind}", *cut)
        answer(capsys, "pack", "--back", str(tables), "-o", str(back), *cut[2:])
        pages.append(back.read_text())
    assert pages[0] == pages[1] and isinstance(json.loads(pages[0].split("\n")[0])["policy"], int)


def test_help_in_both_languages(capsys: Captured) -> None:
    assert "--receipts-per-partition N" in answer(capsys, "pack", "--help", "--lang", "en")
    assert "事案ファイル" in answer(capsys, "pack", "--help", "--lang", "ja")
