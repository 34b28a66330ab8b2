"""The benchmark's peers follow one reference in plain Python; the wording says the same."""

from __future__ import annotations

import numpy as np
import pytest

from bench.batch import rules
from bench.batch.edition import edition, lowered
from bench.batch.peers.plain_python import occurrences_of
from bench.batch.workload import Arrays, columns_of, make_arrays, rows_of, tables_of
from dosojin.adjudication.evaluation import evaluator
from dosojin.batch.columns import categories_of
from dosojin.batch.decide_columns import decide_columns
from dosojin.batch.through_scalar import RowReader

OCCURRENCES = 300
SEED = 20261


@pytest.fixture(scope="module")
def arrays() -> Arrays:
    return make_arrays(OCCURRENCES * 33 // 10, SEED)


@pytest.fixture(scope="module")
def expected(arrays: Arrays) -> list[tuple[int, int]]:
    return [rules.decide_plainly(each) for each in occurrences_of(arrays, OCCURRENCES)]


def test_the_wording_lowers_with_the_categories_of_the_peers() -> None:
    assert categories_of(lowered()) == rules.CATEGORIES
    assert tuple(cost.value for cost in edition().categories) == rules.CATEGORIES


def test_claims_are_the_same_for_the_same_seed_and_speak_of_everything(arrays: Arrays) -> None:
    again = make_arrays(OCCURRENCES * 33 // 10, SEED)
    assert all(np.array_equal(arrays[name], again[name]) for name in arrays)
    assert set(np.unique(arrays["category"])) == set(range(len(rules.CATEGORIES)))
    assert int(arrays["offsets"][-1]) == len(arrays["amount"]) == OCCURRENCES * 33 // 10
    for name in (*rules.FLAGS, "days", "hospital_days"):
        assert 0 < np.count_nonzero(arrays[name] < 0) < len(arrays[name]) // 5, name


def test_the_single_evaluator_decides_as_the_reference(
    arrays: Arrays, expected: list[tuple[int, int]]
) -> None:
    one = evaluator(lowered())
    reader = RowReader(one.program, columns_of(arrays))
    root = lowered().benefits[0].root
    found = []
    for row in range(OCCURRENCES):
        case = reader.case(row, {})
        open_parts = one.open_parts(case)
        run = one.run(case, one.claimed(open_parts), open_parts)
        found.append((run.lo[root], run.hi[root]))
    assert found == expected
    assert len({lo == hi for lo, hi in found}) == 2
    assert 0 < sum(hi == 0 for _, hi in found) < OCCURRENCES


@pytest.mark.parametrize("narrow", [False, True])
def test_columns_decide_as_the_reference(
    arrays: Arrays, expected: list[tuple[int, int]], narrow: bool
) -> None:
    found = decide_columns(columns_of(arrays, narrow=narrow), back_end="numpy")
    assert list(zip(found.lo.tolist(), found.hi.tolist(), strict=True)) == expected
    assert not found.through_scalar.any()


def test_the_tables_hold_the_same_claims(arrays: Arrays) -> None:
    tables = tables_of(arrays, first_policy=10, first_occurrence=40)
    receipts = tables["receipts"].to_pydict()
    named = [rules.CATEGORIES[code] for code in arrays["category"]]
    assert receipts["category"] == named
    assert receipts["nights"] == [nights or None for nights in arrays["nights"].tolist()]
    assert receipts["occurrence"] == (arrays["occurrence"] + 40).tolist()
    occurrences = tables["occurrences"].to_pydict()
    words = {1: True, 0: False, -1: None}
    assert occurrences["war"] == [words[flag] for flag in arrays["war"].tolist()]
    assert sorted(occurrences["policy"]) == occurrences["policy"]
    part = rows_of(arrays, 100, 200)
    cut = tables_of(part, first_policy=10, first_occurrence=140)
    assert cut["occurrences"].drop("seq") == tables["occurrences"].slice(100, 100).drop("seq")
    begin, end = arrays["offsets"][[100, 200]].tolist()
    assert cut["receipts"] == tables["receipts"].slice(begin, end - begin)
    firsts = [seq for seq in occurrences["seq"] if seq == 0]
    assert len(firsts) == tables["policies"].num_rows
