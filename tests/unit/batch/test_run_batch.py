"""Runs: what they leave, that they can be stopped, and what they refuse."""

from __future__ import annotations

import errno
import json
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from dosojin.batch.layout.sources import read_source, sources_at
from dosojin.batch.layout.table_files import read_rows
from dosojin.batch.layout.tables import IDS, Tables
from dosojin.batch.layout.write_tables import nested, write_partition
from dosojin.batch.runs import partitions, run_batch
from dosojin.batch.runs.decide_partition import Options, decide_partition
from dosojin.batch.runs.manifest import Done
from dosojin.batch.runs.partitions import find_partitions
from dosojin.batch.runs.run_batch import Runner
from dosojin.batch.runs.runners import in_processes, in_threads, in_turn
from dosojin.values.problems import Problem
from tests.unit.batch.small_portfolio import (
    EDITION,
    PARTITIONS,
    PLAIN,
    copy_with,
    counting,
    decide_all,
    decisions_in,
    files_in,
    portfolio,
    stopping_after,
)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What an undisturbed run over the portfolio leaves."""
    out = tmp_path_factory.mktemp("whole") / "out"
    decide_all(portfolio(), out)
    return out


def problem_of(source: Path, out: Path, options: Options = PLAIN) -> Problem:
    with pytest.raises(Problem) as refused:
        decide_all(source, out, options)
    return refused.value


# what a run leaves ----------------------------------------------------------------------------


def test_every_partition_leaves_a_file_and_the_run_a_summary(whole: Path) -> None:
    names = [f"part-{number:05d}.parquet" for number in range(PARTITIONS)]
    assert sorted(files_in(whole)) == [*names, "summary.json"]
    summary = json.loads((whole / "summary.json").read_text())
    counts = summary["counts"]
    occurrences = receipts = 0
    for folder in sorted(portfolio().glob("part-*")):
        occurrences += pq.read_metadata(folder / "occurrences.parquet").num_rows
        receipts += pq.read_metadata(folder / "receipts.parquet").num_rows
    assert counts["occurrences_in"] == counts["occurrences_decided"] == occurrences
    assert counts["receipts_in"] == counts["receipts_decided"] == receipts
    assert summary["rows"] == [pq.read_metadata(whole / name).num_rows for name in names]


def test_decisions_name_the_terms_and_nothing_of_the_place(whole: Path, tmp_path: Path) -> None:
    table = pq.read_table(whole / "part-00000.parquet")
    told = {key.decode(): value.decode() for key, value in table.schema.metadata.items()}
    assert told["dosojin.edition"] == EDITION
    assert told["dosojin.lowered"].startswith("sha256:")
    copied = shutil.copytree(portfolio(), tmp_path / "elsewhere")
    decide_all(copied, tmp_path / "out")
    assert files_in(tmp_path / "out") == files_in(whole)


def test_totals_are_those_of_the_rows(whole: Path) -> None:
    counts = json.loads((whole / "summary.json").read_text())["counts"]
    rows = decisions_in(whole)
    for benefit, told in counts["by_benefit"].items():
        own = rows.filter(pc.equal(rows["benefit"].cast(pa.string()), benefit))
        assert told["lo"] == sum(own["lo"].drop_null().to_pylist())
        assert told["hi"] == sum(own["hi"].drop_null().to_pylist())
        verdicts = own["verdict"].cast(pa.string()).to_pylist()
        for verdict in ("covered", "depends", "not_covered"):
            assert told[verdict] == verdicts.count(verdict)


@pytest.mark.parametrize("runner", [in_threads, in_processes])
def test_it_does_not_matter_who_decides(
    runner: Callable[..., Iterator[tuple[int, Done]]], whole: Path, tmp_path: Path
) -> None:
    decide_all(portfolio(), tmp_path / "out", runner=lambda tasks: runner(tasks, jobs=2))
    assert files_in(tmp_path / "out") == files_in(whole)


def test_a_single_file_holds_the_same_rows(whole: Path, tmp_path: Path) -> None:
    decide_all(portfolio(), tmp_path / "all.parquet")
    assert sorted(files_in(tmp_path)) == ["all.parquet", "all.summary.json"]
    assert pq.read_table(tmp_path / "all.parquet").equals(decisions_in(whole), check_metadata=True)


def test_one_partition_can_be_decided_alone(whole: Path) -> None:
    partition = find_partitions(portfolio() / "part-00003")[0]
    decided = decide_partition(partition, PLAIN)
    assert decided.decisions.equals(pq.read_table(whole / "part-00003.parquet"))
    assert decided.rejects.num_rows == 0


@pytest.mark.parametrize("kind", [".csv", ".arrow"])
def test_other_formats_give_the_same_decisions(kind: str, whole: Path, tmp_path: Path) -> None:
    for number, partition in enumerate(sources_at(portfolio())[:2]):
        folder = tmp_path / "in" / f"part-{number:05d}"
        write_partition(folder, read_source(partition, EDITION), kind)
    decide_all(tmp_path / "in", tmp_path / "out")
    for name in ("part-00000.parquet", "part-00001.parquet"):
        assert (tmp_path / "out" / name).read_bytes() == (whole / name).read_bytes()


def as_csv(folder: Path, ids: Callable[[int, str], str]) -> Path:
    """Three partitions in CSV; every id goes through `ids(partition, id)`."""
    for number, source in enumerate(sources_at(portfolio())[:3]):
        tables = read_source(source, EDITION)
        named = {
            name: pa.table(
                {
                    column: [ids(number, str(each)) for each in table[column].to_pylist()]
                    if column in IDS
                    else table[column]
                    for column in table.column_names
                }
            )
            for name, table in tables
        }
        write_partition(folder / f"part-{number:05d}", Tables(EDITION, **named), ".csv")
    return folder


def test_csv_ids_have_one_type_in_the_whole_portfolio(whole: Path, tmp_path: Path) -> None:
    """Where one partition has letters in them they are texts in all."""

    def longer(number: int, id: str) -> str:
        return f"{10**9 + int(id)}{'x' * (number == 2)}"

    source = as_csv(tmp_path / "in", longer)
    assert {partition.texts for partition in find_partitions(source)} == {IDS}
    decide_all(source, tmp_path / "out")
    found = [pq.read_table(path) for path in sorted((tmp_path / "out").glob("part-*.parquet"))]
    assert {table.schema.field(name).type for table in found for name in IDS} == {pa.string()}
    expected = [pq.read_table(whole / f"part-{number:05d}.parquet") for number in range(3)]
    columns = [name for name in expected[0].column_names if name not in IDS]
    for mine, theirs in zip(found, expected, strict=True):
        assert mine.select(columns).equals(theirs.select(columns))
    decide_all(source, tmp_path / "out.parquet")
    assert pq.read_table(tmp_path / "out.parquet").num_rows == sum(map(len, found))


def test_ids_of_two_types_are_refused_before_anything_is_written(tmp_path: Path) -> None:
    source = as_csv(tmp_path / "in", lambda _, id: f"0{id}")
    shutil.copytree(portfolio() / "part-00003", source / "part-00003")
    refused = problem_of(source, tmp_path / "out")
    assert refused.code == "column.type" and refused.place.endswith(": occurrence")
    assert "part-00003" in refused.place and "part-00000" in refused.place
    assert not (tmp_path / "out").exists()


# nested files ---------------------------------------------------------------------------------


def nested_file(path: Path) -> Path:
    tables = [read_source(each, EDITION) for each in sources_at(portfolio())]
    rows = pa.concat_tables([nested(each) for each in tables], promote_options="permissive")
    pq.write_table(rows.unify_dictionaries(), path, row_group_size=7)
    return path


def test_a_nested_file_is_cut_between_certificates(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(partitions, "ROWS_A_PARTITION", 20)
    source = nested_file(tmp_path / "claims.parquet")
    found = find_partitions(source)
    assert len(found) > 3
    seen: set[int] = set()
    for partition in found:
        assert partition.rows is not None
        policies = set(read_rows(source, *partition.rows)["policy"].to_pylist())
        assert not policies & seen
        seen |= policies
    decide_all(source, tmp_path / "out")
    columns = [name for name in decisions_in(whole).column_names if name != "usage"]
    assert (
        decisions_in(tmp_path / "out").select(columns).equals(decisions_in(whole).select(columns))
    )


def test_a_small_nested_file_is_one_partition(whole: Path, tmp_path: Path) -> None:
    source = nested_file(tmp_path / "claims.parquet")
    assert [partition.name for partition in find_partitions(source)] == ["claims.parquet"]
    decide_all(source, tmp_path / "out.parquet")
    assert pq.read_table(tmp_path / "out.parquet").equals(decisions_in(whole))


def test_a_nested_file_out_of_order_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(partitions, "ROWS_A_PARTITION", 20)
    source = nested_file(tmp_path / "claims.parquet")
    table = pq.read_table(source)
    backwards = pa.concat_tables([table.slice(50), table.slice(0, 50)])
    pq.write_table(backwards, tmp_path / "other.parquet", row_group_size=7)
    refused = problem_of(tmp_path / "other.parquet", tmp_path / "out")
    assert refused.code == "batch.order"


# stopping and going on ------------------------------------------------------------------------


def test_a_stopped_run_goes_on_and_ends_with_the_same_bytes(whole: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    first: list[int] = []
    with pytest.raises(KeyboardInterrupt):
        decide_all(portfolio(), out, runner=stopping_after(5, first))
    assert not (out / "summary.json").exists()
    (out / ".part-00007.parquet.0123.part").write_bytes(b"half")
    second: list[int] = []
    decide_all(portfolio(), out, runner=counting(second))
    assert sorted(first + second) == list(range(PARTITIONS))
    assert files_in(out) == files_in(whole)


def test_a_part_that_was_damaged_meanwhile_is_decided_again(whole: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with pytest.raises(KeyboardInterrupt):
        decide_all(portfolio(), out, runner=stopping_after(3, []))
    (out / "part-00001.parquet").write_bytes(b"PAR1")
    seen: list[int] = []
    decide_all(portfolio(), out, runner=counting(seen))
    assert seen[0] == 1
    assert files_in(out) == files_in(whole)


def test_a_finished_run_is_not_done_again(tmp_path: Path) -> None:
    out = tmp_path / "out"
    decide_all(portfolio(), out)
    seen: list[int] = []
    finished = decide_all(portfolio(), out, runner=counting(seen))
    assert finished.was_done and seen == []
    decide_all(portfolio(), out, runner=counting(seen), anew=True)
    assert len(seen) == PARTITIONS


@pytest.mark.parametrize("stop", [True, False])
def test_another_run_is_thrown_away_only_when_asked(stop: bool, tmp_path: Path) -> None:
    out = tmp_path / "out"
    if stop:
        with pytest.raises(KeyboardInterrupt):
            decide_all(portfolio(), out, runner=stopping_after(2, []))
    else:
        decide_all(portfolio(), out)
    other = Options(EDITION, ("plan=D",), back_end="numpy")
    refused = problem_of(portfolio(), out, other)
    assert refused.code == "batch.other_run" and "--anew" in refused.remedy.en
    decide_all(portfolio(), out, other, anew=True)
    fresh = tmp_path / "fresh"
    decide_all(portfolio(), fresh, other)
    assert files_in(out) == files_in(fresh)


def test_what_is_not_ours_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("mine")
    for anew in (False, True):
        with pytest.raises(Problem) as refused:
            decide_all(portfolio(), tmp_path, anew=anew)
        assert refused.value.code == "batch.out_taken"
    assert sorted(files_in(tmp_path)) == ["letters.txt"]
    assert problem_of(portfolio(), portfolio() / "out").code == "batch.same_place"


# disks and files ------------------------------------------------------------------------------


def test_a_full_disk_leaves_no_half_file(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    write = run_batch.write_decisions

    def full(table: pa.Table, path: Path) -> None:
        if "part-00003" in path.name:
            path.write_bytes(b"half of it")
            raise OSError(errno.ENOSPC, "No space left on device")
        write(table, path)

    monkeypatch.setattr(run_batch, "write_decisions", full)
    refused = problem_of(portfolio(), out)
    assert refused.code == "file.disk_full" and refused.place == "part-00003"
    there = [name for name in files_in(out) if not name.startswith(".run")]
    assert there == [f"part-{number:05d}.parquet" for number in range(3)]
    monkeypatch.undo()
    decide_all(portfolio(), out)
    assert files_in(out) == files_in(whole)


def test_overlapping_partitions_are_refused_before_anything_is_written(tmp_path: Path) -> None:
    shutil.copytree(portfolio() / "part-00000", tmp_path / "in/part-00000")
    shutil.copytree(portfolio() / "part-00002", tmp_path / "in/part-00001")
    shutil.copytree(portfolio() / "part-00001", tmp_path / "in/part-00002")
    refused = problem_of(tmp_path / "in", tmp_path / "out")
    assert refused.code == "batch.order" and "dosojin pack" in refused.remedy.en
    assert not (tmp_path / "out").exists()


def test_a_truncated_file_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    source = shutil.copytree(portfolio(), tmp_path / "in")
    victim = source / "part-00004" / "receipts.parquet"
    victim.write_bytes(victim.read_bytes()[:-20])
    refused = problem_of(source, tmp_path / "out")
    assert refused.code == "file.unreadable" and "part-00004" in refused.place
    assert not (tmp_path / "out").exists()


def test_a_place_without_tables_is_refused(tmp_path: Path) -> None:
    assert problem_of(tmp_path, tmp_path.parent / "out").code == "batch.nothing"
    assert problem_of(tmp_path / "none", tmp_path / "out").code == "batch.nothing"


@pytest.mark.parametrize(
    "runner", [in_turn, partial(in_threads, jobs=2), partial(in_processes, jobs=2)]
)
def test_a_problem_in_a_partition_ends_the_run(runner: Runner, tmp_path: Path) -> None:
    source = copy_with(portfolio(), tmp_path / "in", with_unknown_column)
    with pytest.raises(Problem) as refused:
        decide_all(source, tmp_path / "out", runner=runner)
    assert refused.value.code == "column.unknown" and "part-00001" in refused.value.place
    assert not (tmp_path / "out/part-00001.parquet").exists()
    assert not (tmp_path / "out/summary.json").exists()


def with_unknown_column(place: str, table: pa.Table) -> pa.Table:
    if place != "part-00001/receipts.parquet":
        return table
    return table.append_column("amuont", table["amount"])


# rejects --------------------------------------------------------------------------------------


def with_bad_rows(place: str, table: pa.Table) -> pa.Table:
    """A receipt of an unknown category, one without its occurrence, an unknown plan."""
    if place == "part-00002/receipts.parquet":
        words = table["category"].cast(pa.string()).to_pylist()
        ids = table["occurrence"].to_pylist()
        words[0], ids[-1] = "tea", 999_999_999
        return table.set_column(1, "category", [words]).set_column(0, "occurrence", [ids])
    if place == "part-00005/policies.parquet":
        plans = ["Z"] * table.num_rows
        return table.set_column(table.column_names.index("plan"), "plan", [plans])
    return table


def test_what_cannot_be_decided_is_rejected_and_counted(tmp_path: Path) -> None:
    source = copy_with(portfolio(), tmp_path / "in", with_bad_rows)
    out = tmp_path / "out"
    counts = decide_all(source, out).counts
    assert counts.occurrences_rejected > 1 and counts.receipts_rejected > 1
    assert counts.occurrences_in == counts.occurrences_decided + counts.occurrences_rejected
    assert counts.receipts_in == counts.receipts_decided + counts.receipts_rejected
    rejects = pq.read_table(out / "REJECTS.parquet")
    assert sum(counts.rejects.values()) == rejects.num_rows
    assert 999_999_999 in rejects["occurrence"].to_pylist()
    decided = set(decisions_in(out)["occurrence"].to_pylist())
    assert not decided & set(rejects["occurrence"].to_pylist())
    decide_all(source, tmp_path / "all.parquet")
    single = (tmp_path / "all.REJECTS.parquet").read_bytes()
    assert single == (out / "REJECTS.parquet").read_bytes()


# --where --------------------------------------------------------------------------------------


def rows_of(out: Path, *where: str) -> pa.Table:
    decide_all(portfolio(), out, Options(EDITION, where, back_end="numpy"))
    return decisions_in(out)


def policies() -> pa.Table:
    parts = sorted(portfolio().glob("part-*/policies.parquet"))
    return pa.concat_tables([pq.read_table(part) for part in parts], promote_options="permissive")


@pytest.mark.parametrize(
    ("where", "keeps"),
    [
        (("plan=D",), lambda t: pc.equal(t["plan"].cast(pa.string()), "D")),
        (("policy.plan != D",), lambda t: pc.not_equal(t["plan"].cast(pa.string()), "D")),
        (("policy<=100", "policy>50"), lambda t: pc.and_(
            pc.less_equal(t["policy"], 100), pc.greater(t["policy"], 50))),
        (("inception>=2023-02-01",), lambda t: pc.greater_equal(
            t["inception"].cast(pa.string()), "2023-02-01")),
    ],
)  # fmt: skip
def test_conditions_choose_among_the_same_decisions(
    where: tuple[str, ...],
    keeps: Callable[[pa.Table], pa.ChunkedArray],
    whole: Path,
    tmp_path: Path,
) -> None:
    found = rows_of(tmp_path / "out", *where)
    table = policies()
    chosen = table["policy"].filter(keeps(table)).combine_chunks()
    every = decisions_in(whole)
    expected = every.filter(pc.is_in(every["policy"], value_set=chosen))
    assert 0 < expected.num_rows < every.num_rows
    assert found.to_pylist() == expected.to_pylist()
    counts = json.loads((tmp_path / "out/summary.json").read_text())["counts"]
    left_out = counts["occurrences_in"] - counts["occurrences_decided"]
    assert counts["occurrences_left_out"] == left_out > 0


def test_conditions_on_occurrences_and_benefits_never_change_an_amount(
    whole: Path, tmp_path: Path
) -> None:
    every = {(row["occurrence"], row["benefit"]): row for row in decisions_in(whole).to_pylist()}
    found = rows_of(tmp_path / "out", "benefit=medical_rescue", "treated=yes", "seq>=1")
    assert 0 < found.num_rows < len(every)
    for row in found.to_pylist():
        assert row["benefit"] == "medical_rescue"
        assert row == every[row["occurrence"], row["benefit"]]


@pytest.mark.parametrize(
    ("where", "code"),
    [
        ("plan", "where.syntax"), ("plann=D", "where.column"), ("plan=Z", "where.value"),
        ("plan<D", "where.relation"), ("inception>=spring", "where.value"),
        ("benefit=medical", "where.value"), ("treated=maybe", "where.value"),
        ("policy=A1", "where.value"), ("seq=99999999999999999999", "where.value"),
        ("__import__('os')=1", "where.syntax"), ("baggage_missing_time>=6h", "where.value"),
    ],
)  # fmt: skip
def test_a_condition_that_cannot_be_read_is_refused(where: str, code: str, tmp_path: Path) -> None:
    refused = problem_of(portfolio(), tmp_path / "out", Options(EDITION, (where,)))
    assert refused.code == code
    assert where in refused.place


# --tight --------------------------------------------------------------------------------------


def test_tight_bounds_lie_within_the_plain_ones(whole: Path, tmp_path: Path) -> None:
    counts = decide_all(
        portfolio(), tmp_path / "out", Options(EDITION, tight=True, back_end="numpy")
    ).counts
    plain, tight = decisions_in(whole).to_pylist(), decisions_in(tmp_path / "out").to_pylist()
    is_open = [row["lo"] != row["hi"] or row["verdict"] == "depends" for row in plain]
    assert counts.tightened >= sum(is_open) > 0
    for before, after in zip(plain, tight, strict=True):
        assert (before["occurrence"], before["benefit"]) == (after["occurrence"], after["benefit"])
        assert before["lo"] <= after["lo"] <= after["hi"] <= before["hi"]
