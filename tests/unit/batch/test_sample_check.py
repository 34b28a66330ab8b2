"""The sample that is explained one by one, and the command around a run."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dosojin.batch.runs.decide_partition import Options
from dosojin.batch.runs.progress import Lines, Silence
from dosojin.batch.runs.run_batch import plan_run, run_batch
from dosojin.batch.runs.runners import in_turn
from dosojin.batch.runs.sample_check import check_sample
from dosojin.batch.runs.summary import Counts
from dosojin.cli.main import main
from tests.unit.batch.small_portfolio import EDITION, PLAIN, copy_with, portfolio

COMMAND = ["batch", "--edition", EDITION, "--numpy", "--jobs", "1", "--lang", "en"]


@pytest.mark.parametrize("options", [PLAIN, Options(EDITION, tight=True, back_end="numpy")])
def test_a_sample_is_explained_and_is_the_same(options: Options, tmp_path: Path) -> None:
    job = plan_run(portfolio(), tmp_path / "out", options)
    finished = run_batch(job, in_turn, Silence())
    checked = check_sample(job, finished.summary["rows"], 60, 3, "en")
    assert checked.differences == ()
    assert checked.explained > 40
    told = json.loads((tmp_path / "out/sample/0001.json").read_text())
    assert told["decision"]["edition"] == EDITION
    assert "We pay" in (tmp_path / "out/sample/0001.txt").read_text() or told["batch"]


def with_odd_amounts(place: str, table: pa.Table) -> pa.Table:
    """Open ranges, and several that no rate of exchange could give."""
    if not place.endswith("receipts.parquet"):
        return table
    told = ["0..", "5..", "..70", "100..200", "unknown", "200..200", "300..900"]
    amounts = [told[row % len(told)] for row in range(table.num_rows)]
    planned = ["7..9" if row % 3 else None for row in range(table.num_rows)]
    plain = [name for name in table.column_names if not name.startswith(("amount", "planned"))]
    texts = {"amount_said": amounts, "planned_said": planned}
    return pa.table({**{name: table[name] for name in plain}, **texts})


@pytest.mark.parametrize("is_tight", [False, True])
def test_all_that_columns_say_of_amounts_can_be_explained(is_tight: bool, tmp_path: Path) -> None:
    source = copy_with(portfolio(), tmp_path / "in", with_odd_amounts)
    job = plan_run(source, tmp_path / "out", Options(EDITION, tight=is_tight, back_end="numpy"))
    finished = run_batch(job, in_turn, Silence())
    assert finished.counts.occurrences_rejected == 0
    checked = check_sample(job, finished.summary["rows"], 60, 3, "en")
    assert checked.explained > 40 and checked.differences == ()


def test_the_sample_depends_on_its_seed_alone(tmp_path: Path) -> None:
    job = plan_run(portfolio(), tmp_path / "out.parquet", PLAIN)
    finished = run_batch(job, in_turn, Silence())
    chosen = []
    for seed in (1, 1, 2):
        check_sample(job, finished.summary["rows"], 5, seed, "ja")
        files = sorted((tmp_path / "out.sample").glob("*.json"))
        chosen.append([json.loads(path.read_text())["occurrence"] for path in files])
    assert chosen[0] == chosen[1] != chosen[2]


def test_a_difference_is_loud(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "out"
    assert main([*COMMAND, str(portfolio()), "-o", str(out)]) == 0
    for path in out.glob("part-*.parquet"):
        table = pq.read_table(path)
        wrong = pa.array([(each or 0) + 1 for each in table["lo"].to_pylist()])
        pq.write_table(table.set_column(4, "lo", wrong), path)
    capsys.readouterr()
    call = [*COMMAND, str(portfolio()), "-o", str(out), "--explain-sample", "3"]
    assert main(call) == 1
    page = capsys.readouterr().out
    assert "DIFFER" in page and "alone" in page


# the command ----------------------------------------------------------------------------------


def test_the_command_prints_what_it_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call = [*COMMAND, str(portfolio()), "-o", str(tmp_path / "out")]
    assert main([*call, "--explain-sample", "2"]) == 0
    page = capsys.readouterr().out
    assert "decided + 0 rejected" in page and "None differs." in page
    assert "Medical and rescue\n  expenses " in page and "receipts a second" in page
    assert main([*call, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["was_done"] and told["counts"]["occurrences_rejected"] == 0


def test_help_explains_the_conditions(capsys: pytest.CaptureFixture[str]) -> None:
    for language in ("ja", "en"):
        assert main(["batch", "--help", "--lang", language]) == 0
        page = capsys.readouterr().out
        assert "--where plan=D" in page and "REJECTS.parquet" in page


def test_a_problem_ends_with_exit_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = str(tmp_path / "out")
    assert main([*COMMAND, str(tmp_path / "none"), "-o", out]) == 2
    assert main([*COMMAND, str(portfolio()), "-o", out, "--where", "plam=D"]) == 2
    assert "'plan'" in capsys.readouterr().err
    assert main([*COMMAND, str(portfolio()), "-o", out, "--explain-sample", "0"]) == 2


def test_a_limit_on_file_sizes_is_a_full_disk(tmp_path: Path) -> None:
    out = tmp_path / "out"
    program = "import sys; from dosojin.cli.main import main; sys.exit(main(sys.argv[1:]))"
    done = subprocess.run(
        [sys.executable, "-c", program, *COMMAND, str(portfolio()), "-o", str(out)],
        capture_output=True, text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (9000, 9000)),
    )  # fmt: skip
    assert done.returncode == 2, done.stderr
    assert "part-00000" in done.stderr and "no room" in done.stderr
    assert [path.name for path in out.iterdir()] == [".run"]


def test_lines_tell_how_far_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    lines = Lines(2, 100, "en", sys.stdout)
    lines.advance(50, Counts(receipts_in=7))
    assert capsys.readouterr().out == ""
    lines.said -= 60 * 10**9
    lines.advance(50, Counts(receipts_in=7))
    assert "2/2 partitions (100 %), 14 receipts" in capsys.readouterr().out
