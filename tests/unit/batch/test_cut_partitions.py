"""Portfolios cut anew: the same partitions however the rows were scattered."""

from __future__ import annotations

import random
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from dosojin.adjudication.worked_cases import worked_cases
from dosojin.batch.layout.cut_partitions import cut_partitions
from dosojin.batch.layout.id_ranges import IdSample, range_of
from dosojin.batch.layout.pack import Filed, pack_claims
from dosojin.batch.layout.sources import sources_at
from dosojin.batch.layout.table_files import SUFFIXES
from dosojin.batch.layout.tables import TABLES, Tables
from dosojin.batch.layout.unpack import unpack_claims
from dosojin.batch.layout.write_tables import nested, write_partition, write_table
from dosojin.values.problems import Problem

PRODUCT = "gakkensai-2026"
RECEIPTS_MAX = 40


@cache
def whole() -> Tables:
    """All worked cases as one sorted partition."""
    return pack_claims(
        Filed(step.claim, f"o{number}.{turn}", f"p{number}", turn)
        for number, case in enumerate(worked_cases(PRODUCT))
        for turn, step in enumerate(case.steps)
    )


def scattered(tables: Tables, parts: int, seed: int) -> list[Tables]:
    """Rows of every table anywhere; only receipts of one occurrence keep their order."""
    chance = random.Random(seed)
    found: list[dict[str, list[int]]] = [{name: [] for name in TABLES} for _ in range(parts)]
    for name, table in tables:
        rows = list(range(table.num_rows))
        if name == "receipts":
            ids = table.column("occurrence").to_pylist()
            turn = {id: chance.random() for id in ids}
            home = {id: chance.randrange(parts) for id in ids}
            rows.sort(key=lambda row: turn[ids[row]])
            for row in rows:
                found[home[ids[row]]][name].append(row)
            continue
        chance.shuffle(rows)
        for row in rows:
            found[chance.randrange(parts)][name].append(row)
    return [
        Tables(
            tables.edition,
            *(table.take(pa.array(part[name], pa.int64())) for name, table in tables),
        )
        for part in found
    ]


def cut(folder: Path, parts: Sequence[Tables], kind: str = ".arrow", **how: Any) -> list[Tables]:
    """The parts written as a portfolio, and cut anew."""
    for number, tables in enumerate(parts):
        write_partition(folder / "portfolio" / f"part-{number:05}", tables, kind)
    scratch = folder / "scratch"
    scratch.mkdir()
    most = how.pop("most", RECEIPTS_MAX)
    sources = sources_at(folder / "portfolio")
    return list(cut_partitions(sources, scratch, most, PRODUCT, **how))


def rows(parts: Sequence[Tables]) -> list[dict[str, list[dict[str, Any]]]]:
    return [{name: table.to_pylist() for name, table in part} for part in parts]


@pytest.mark.parametrize("kind", SUFFIXES)
@pytest.mark.parametrize("rows_at_once", [10_000, 300, 37])
def test_scattered_rows_come_out_as_sorted_ones(
    tmp_path: Path, kind: str, rows_at_once: int
) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    expected = cut(tmp_path / "a", [whole()], kind)
    found = cut(
        tmp_path / "b", scattered(whole(), 5, rows_at_once), kind, rows_at_once=rows_at_once
    )
    assert rows(found) == rows(expected)
    claims = [one for part in found for one in unpack_claims(part)]
    assert claims == list(unpack_claims(whole()))


def test_a_nested_file_is_cut_too(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    expected = cut(tmp_path / "a", [whole()])
    write_table(tmp_path / "nested.parquet", nested(whole()))
    sources = sources_at(tmp_path / "nested.parquet")
    found = list(cut_partitions(sources, tmp_path, RECEIPTS_MAX, PRODUCT, rows_at_once=99))
    assert [one for part in found for one in unpack_claims(part)] == [
        one for part in expected for one in unpack_claims(part)
    ]
    assert [part.policies.num_rows for part in found] == [
        part.policies.num_rows for part in expected
    ]


def test_partitions_are_full_and_ascend(tmp_path: Path) -> None:
    parts = cut(tmp_path, [whole()])
    policies = [part.policies.column("policy").to_pylist() for part in parts]
    assert [id for ids in policies for id in ids] == whole().policies.column("policy").to_pylist()
    for part, after in pairwise(parts):
        sizes = [table.num_rows for _, table in part]
        assert max(sizes) <= RECEIPTS_MAX
        first = after.policies.column("policy")[0]
        occurrences = after.occurrences.filter(pc.equal(after.occurrences["policy"], first))
        ids = occurrences.column("occurrence")
        receipts = after.receipts.filter(pc.is_in(after.receipts["occurrence"], ids))
        sizes = [a + b for a, b in zip(sizes, (1, len(ids), receipts.num_rows), strict=True)]
        assert max(sizes) > RECEIPTS_MAX, "the next certificate would still have fitted"


def tiny(policies: Any, occurrences: Any, receipts: Any, **more: Any) -> Tables:
    """Tables of nothing but keys: ids; (occurrence, policy) pairs; occurrence ids."""
    return Tables(
        PRODUCT,
        pa.table({"policy": policies, **more}),
        pa.table(
            {
                "occurrence": [one for one, _ in occurrences],
                "policy": [policy for _, policy in occurrences],
                "seq": [1] * len(occurrences),
            }
        ),
        pa.table({"occurrence": receipts, "amount": np.arange(len(receipts))}),
    )


def test_a_large_certificate_stands_alone(tmp_path: Path) -> None:
    table = tiny([1, 2, 3], [(10, 1), (20, 2), (30, 3)], [10, *[20] * 9, 30])
    parts = cut(tmp_path, [table], most=4)
    assert [part.policies.column("policy").to_pylist() for part in parts] == [[1], [2], [3]]
    assert [part.receipts.num_rows for part in parts] == [1, 9, 1]


def test_rows_of_nobody_are_kept(tmp_path: Path) -> None:
    table = tiny([2, 1, 2], [(20, 2), (50, 5), (60, None)], [99, 20, None, 99])
    parts = cut(tmp_path, [table], most=2, rows_at_once=2)
    counts = np.sum([[table.num_rows for _, table in part] for part in parts], axis=0)
    assert counts.tolist() == [3, 3, 4]
    assert parts[0].receipts.column("occurrence").to_pylist()[:3] == [99, None, 99]


def test_an_occurrence_that_stands_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Problem) as caught:
        cut(tmp_path, [tiny([1], [(10, 1)], [10]), tiny([2], [(10, 2)], [10])])
    assert caught.value.code == "occurrence.twice"
    assert caught.value.place == "occurrences: 10"


def test_columns_of_files_get_one_type(tmp_path: Path) -> None:
    words = pa.array(["yes", "unknown"]).dictionary_encode()
    one = tiny([3, 4], [(30, 3)], [30], extended=[True, False], few=pa.array([1, 2], pa.int8()))
    other = tiny([1, 2], [(10, 1)], [10], extended=words, plan=["A", "B"])
    (part,) = cut(tmp_path, [one, other])
    assert part.policies.to_pylist() == [
        {"policy": 1, "extended": "yes", "few": None, "plan": "A"},
        {"policy": 2, "extended": "unknown", "few": None, "plan": "B"},
        {"policy": 3, "extended": "yes", "few": 1, "plan": None},
        {"policy": 4, "extended": "no", "few": 2, "plan": None},
    ]


def test_types_that_do_not_go_together_are_named(tmp_path: Path) -> None:
    one = tiny([1], [], pa.array([], pa.int64()), few=[1])
    other = tiny([2], [], pa.array([], pa.int64()), few=[True])
    with pytest.raises(Problem) as caught:
        cut(tmp_path, [one, other])
    assert caught.value.code == "column.type"
    assert caught.value.place.endswith("part-00001/policies.arrow: few")


@pytest.mark.parametrize("kind", SUFFIXES)
def test_tables_without_rows(tmp_path: Path, kind: str) -> None:
    none = pa.array([], pa.string())
    table = Tables(
        PRODUCT,
        pa.table({"policy": none}),
        pa.table({"occurrence": none, "policy": none, "seq": pa.array([], pa.int64())}),
        pa.table({"occurrence": none}),
    )
    (part,) = cut(tmp_path, [table], kind)
    assert [table.num_rows for _, table in part] == [0, 0, 0]


def test_ids_that_are_whole_numbers_sort_as_such(tmp_path: Path) -> None:
    table = tiny(["10", "9"], [("2", "10"), ("1", "9")], ["2", "1"])
    (part,) = cut(tmp_path, [table], ".csv")
    assert part.policies.column("policy").to_pylist() == [9, 10]
    (tmp_path / "text").mkdir()
    table = tiny(["10", "9", "x"], [("2", "10"), ("1", "9")], ["2", "1"])
    (part,) = cut(tmp_path / "text", [table], ".csv")
    assert part.policies.column("policy").to_pylist() == ["10", "9", "x"]


def test_a_sample_of_ids_stays_small_and_cuts_evenly() -> None:
    sample = IdSample()
    ids = np.random.default_rng(1).permutation(400_000)
    for start in range(0, len(ids), 1234):
        sample.add(pa.chunked_array([pa.array(ids[start : start + 1234])]))
    ends = sample.ends(8)
    assert sample.count == len(ids)
    assert len(ends) == 7
    sizes = np.bincount(range_of(pa.chunked_array([pa.array(ids)]), ends))
    assert sizes.sum() == len(ids)
    assert sizes.min() > 45_000
    assert sizes.max() < 55_000
