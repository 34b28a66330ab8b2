"""The same run on Spark: the same files, byte for byte."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from dosojin.batch import spark
from dosojin.batch.runs.decide_partition import Options
from dosojin.batch.spark import decide_on, main, spark_runner, spark_session
from dosojin.values.problems import Problem
from tests.unit.batch.small_portfolio import (
    EDITION,
    copy_with,
    decide_all,
    files_in,
    portfolio,
    stopping_after,
)
from tests.unit.batch.test_run_batch import with_bad_rows


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    """One session for the file: Java takes its time to start."""
    with spark_session("local[2]") as found:
        yield found


@pytest.mark.spark
def test_spark_leaves_the_same_files(session: Any, tmp_path: Path) -> None:
    source = copy_with(portfolio(), tmp_path / "in", with_bad_rows)
    options = Options(EDITION, ("plan!=A",), tight=True, back_end="numpy")
    decide_all(source, tmp_path / "here", options)
    decide_all(source, tmp_path / "there", options, partial(decide_on, session))
    assert "REJECTS.parquet" in files_in(tmp_path / "here")
    assert files_in(tmp_path / "there") == files_in(tmp_path / "here")


@pytest.mark.spark
def test_spark_goes_on_where_a_run_stopped(session: Any, tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        decide_all(portfolio(), tmp_path / "there", runner=stopping_after(7, []))
    decide_all(portfolio(), tmp_path / "there", runner=spark_runner(None))
    decide_all(portfolio(), tmp_path / "here")
    assert files_in(tmp_path / "there") == files_in(tmp_path / "here")


@pytest.mark.spark
def test_a_problem_of_a_worker_is_told_as_such(session: Any, tmp_path: Path) -> None:
    source = shutil.copytree(portfolio(), tmp_path / "in")
    victim = source / "part-00004" / "receipts.parquet"
    content = victim.read_bytes()
    # the footer stays whole, so that only who reads the rows can notice
    victim.write_bytes(content[:4] + bytes(len(content) // 3) + content[4 + len(content) // 3 :])
    with pytest.raises(Problem) as refused:
        decide_all(source, tmp_path / "out", runner=partial(decide_on, session))
    assert "part-00004" in refused.value.place
    assert not (tmp_path / "out/part-00004.parquet").exists()


@pytest.mark.spark
def test_the_entry_for_submission_decides_with_the_session_it_finds(
    session: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = [str(portfolio()), "-o", str(tmp_path / "out"), "--edition", EDITION, "--numpy"]
    assert main(words) == 0
    assert "decided + 0 rejected" in capsys.readouterr().out
    assert main([*words, "--lang", "ja"]) == 0
    assert "済んでいます" in capsys.readouterr().out


@pytest.mark.spark
def test_a_fault_of_spark_is_told_in_one_sentence(
    session: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(common: object) -> object:
        from pyspark.sql.functions import col

        return lambda *names: col("no_such_column")

    monkeypatch.setattr(spark, "_work", broken)
    with pytest.raises(Problem) as refused:
        decide_all(portfolio(), tmp_path / "out", runner=spark_runner("local[2]"))
    assert refused.value.code == "spark.failed"


# without Spark --------------------------------------------------------------------------------


def test_the_entry_refuses_what_it_does_not_know(capsys: pytest.CaptureFixture[str]) -> None:
    for words in ([], ["a", "b"], ["a", "--fast"], ["a", "-o"], ["a", "-o", "b"]):
        assert main(words) == 2
        assert "--edition" in capsys.readouterr().err


def test_missing_programs_are_named_with_their_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spark, "find_spec", lambda name: None)
    with pytest.raises(Problem) as refused:
        spark_runner("local[2]")
    assert 'pip install "dosojin[spark]"' in refused.value.remedy.en
    monkeypatch.setattr(spark, "find_spec", lambda name: object())
    monkeypatch.setenv("PATH", os.devnull)
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(Problem) as refused:
        spark_runner("local[2]")
    assert "openjdk-17-jre-headless" in refused.value.remedy.ja


def test_asking_for_help_does_not_load_spark() -> None:
    program = (
        "import sys; from dosojin.cli.main import main; main(['batch', '--help']); "
        "sys.exit('pyspark' in sys.modules or 'numpy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True)
    assert done.returncode == 0
