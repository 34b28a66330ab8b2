"""Law 7: decisions over columns are those of the single evaluator's plain pass, claim by claim.

Amounts at worst and at best, verdicts, deciding clauses and use of limits, benefit by benefit: on
random wordings, on real editions, by NumPy and compiled, in one piece and in several.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import settings

from dosojin.adjudication import read_claim
from dosojin.adjudication.catalogue import load_lowered
from dosojin.adjudication.consistency import Inconsistent, narrow_by_checks
from dosojin.batch.columns import Columns, Decided, in_plane
from dosojin.batch.decide_columns import decide_columns
from dosojin.batch.kernels.kernel_set import kernel_set
from dosojin.batch.narrow import narrow
from dosojin.facts.declaration import Check
from dosojin.products import editions
from dosojin.terms.editions import Edition
from dosojin.terms.lowered import Lowered
from dosojin.values.money import is_unbounded
from tests.properties import vocabulary as words
from tests.properties.claims import Openness
from tests.properties.column_claims import (
    SeededFilings,
    SeededWordings,
    Sheet,
    certificates,
    in_columns,
    one_by_one,
    sheet_of,
    show,
    unnarrowed,
)
from tests.properties.mutated_claims import ClaimMutator
from tests.properties.workbench import in_force

EXAMPLES = settings().max_examples
WORDINGS = EXAMPLES // 4
CLAIMS = 12
WORDINGS_FEW = max(EXAMPLES // 20, 10)
WORDINGS_COMPILED = max(EXAMPLES // 40, 2)
CLAIMS_COMPILED = 100
CLAIMS_REAL = EXAMPLES * 3 // 5
CHECKS = (
    *words.CHECKS,
    *words.PLAIN_TESTS,
    words.guarded_count <= words.count,
    words.yen <= words.guarded_yen,
    words.moment_a.moment <= words.moment_b.moment,
    words.inception.day <= words.first_on.day,
)
NOTHING = (0, 0)
BENEFITS_MAX = 3
"""As many as random wordings have; compiled ones fewer, for each takes a second to compile."""


def drawn(
    seed: int, count: int, benefits_max: int = BENEFITS_MAX
) -> Iterator[tuple[Edition, Sheet]]:
    """A random wording, in force meanwhile, and claims on it, some of one certificate."""
    chance = random.Random(seed)
    edition = SeededWordings(chance).edition()
    edition = replace(edition, benefits=edition.benefits[:benefits_max])
    with in_force(edition):
        without_names = chance.randrange(4) == 0
        maker = SeededFilings(chance, edition)
        raws = [maker.raw(without_names=without_names) for _ in range(count)]
        lowered = read_claim.load_lowered(edition.id)
        yield edition, sheet_of(lowered, raws, certificates(chance, count))


def of_edition(product: str, seed: int, count: int) -> Sheet:
    """Claims on a real edition, worked cases with much changed, some of one certificate."""
    chance = random.Random(seed)
    raws = ClaimMutator(product, chance).raws(count)
    return sheet_of(load_lowered(product), raws, certificates(chance, count))


def first_difference(sheet: Sheet, decided: Decided) -> tuple[int, str] | None:
    """The first row on which columns and the single evaluator differ, and how."""
    expected, _ = one_by_one(sheet)
    found = in_columns(decided, sheet.lowered)
    for row, (one, other) in enumerate(zip(expected, found, strict=True)):
        if one != other:
            return row, f"row {row}: one by one {one}, in columns {other}"
    return None


def assert_same(seed: int, edition: Edition, sheet: Sheet, decided: Decided) -> None:
    difference = first_difference(sheet, decided)
    if difference is not None:
        row, said = difference
        raise AssertionError(f"seed {seed}, {said}\n{show(edition, sheet, row)}")


# amounts, verdicts, clauses, use --------------------------------------------------------------


def test_random_claims_on_random_wordings() -> None:
    pairs = kept_whole = 0
    for seed in range(WORDINGS):
        for edition, sheet in drawn(seed, CLAIMS):
            decided = decide_columns(sheet.columns(), back_end="numpy")
            assert_same(seed, edition, sheet, decided)
            pairs += len(sheet.cases)
            kept_whole += int(np.count_nonzero(~decided.through_scalar))
    assert pairs >= WORDINGS * CLAIMS * 3 // 4
    assert kept_whole >= pairs * 4 // 5, "the kernels leave too much to the single evaluator"


def test_compiled_kernels_on_random_wordings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("numba")
    monkeypatch.setenv("DOSOJIN_CACHE", str(tmp_path))
    monkeypatch.setattr("dosojin.batch.kernels.numba_back_end.ROWS_A_THREAD", 10)
    monkeypatch.setattr("dosojin.batch.kernels.write_source.TILE", 64)
    for seed in range(10_000, 10_000 + WORDINGS_COMPILED):
        for edition, sheet in drawn(seed, CLAIMS_COMPILED, benefits_max=1 + seed % 2):
            columns = sheet.columns()
            decided = decide_columns(columns, back_end="numba")
            assert_same(seed, edition, sheet, decided)
            shared_out = decide_columns(columns, back_end="numba", threads=2)
            assert in_columns(shared_out, sheet.lowered) == in_columns(decided, sheet.lowered)


@pytest.mark.parametrize("product", editions())
def test_random_claims_on_real_editions(product: str) -> None:
    sheet = of_edition(product, 1, CLAIMS_REAL)
    decided = decide_columns(sheet.columns(), back_end="numpy")
    difference = first_difference(sheet, decided)
    assert difference is None, (difference[1], sheet.raws[difference[0]])
    assert np.count_nonzero(decided.through_scalar) <= len(sheet.cases) // 50


# input checks -----------------------------------------------------------------------------------


def assert_narrowed(columns: Columns, sheet: Sheet) -> None:
    """Columns are narrowed, or refused by the same check, as each claim by itself is."""
    found, contradicted = narrow(columns)
    for row, case in enumerate(sheet.cases):
        try:
            expected = narrow_by_checks(sheet.evaluator, case)
        except Inconsistent as refused:
            assert contradicted.get(row) == refused.check, sheet.raws[row]
            continue
        assert row not in contradicted, sheet.raws[row]
        for variable, spec in enumerate(sheet.lowered.variables):
            if spec.owner != "line" and spec.kind not in ("grades", "persons"):
                known = expected.known[variable]
                values = known if isinstance(known, tuple) else (known,)
                planes = tuple(int(plane[row]) for plane in found.known(variable))
                said = (spec.name, sheet.raws[row])
                assert planes == tuple(in_plane(value) for value in values), said


def test_checks_narrow_columns_as_they_narrow_claims() -> None:
    for seed in range(WORDINGS_FEW * 2):
        chance = random.Random(seed)
        tests = dict.fromkeys(chance.choice(CHECKS) for _ in range(chance.randint(1, 4)))
        checks = tuple(Check(test, words.TEXT) for test in tests)
        edition = replace(SeededWordings(chance).edition(), checks=checks)
        with in_force(edition), unnarrowed():
            maker = SeededFilings(chance, edition, Openness(facts=7))
            raws = [maker.raw(without_names=False) for _ in range(CLAIMS)]
            sheet = sheet_of(read_claim.load_lowered(edition.id), raws)
            assert_narrowed(sheet.columns(), sheet)


@pytest.mark.parametrize("product", editions())
def test_checks_narrow_columns_of_real_editions(product: str) -> None:
    with unnarrowed():
        sheet = of_edition(product, 2, CLAIMS_REAL // 2)
    assert_narrowed(sheet.columns(), sheet)


# what goes through the single evaluator, and totals ---------------------------------------------


def totals_one_by_one(sheet: Sheet) -> dict[int, tuple[int, int]]:
    """By node, what it let through over all claims; what has no bound counts as nothing."""
    _, runs = one_by_one(sheet)
    found: dict[int, tuple[int, int]] = {}
    for run in runs:
        for node, most in enumerate(run.hi):
            if most:
                lo, hi = (0 if is_unbounded(yen) else yen for yen in run.paid(node))
                least, greatest = found.get(node, NOTHING)
                found[node] = (least + lo, greatest + hi)
    return found


def without_nothing(totals: Mapping[int, tuple[int, int]]) -> dict[int, tuple[int, int]]:
    return {node: ends for node, ends in totals.items() if ends != NOTHING}


def refused(lowered: Lowered) -> set[int]:
    """The benefits that no kernel folds."""
    names = [benefit.id for benefit in lowered.benefits]
    return {names.index(benefit) for benefit in kernel_set(lowered, "numpy", True).refused}


def test_totals_by_node_and_rows_that_no_kernel_folds() -> None:
    unfoldable = 0
    for seed in range(20_020, 20_020 + WORDINGS_FEW * 2):
        for edition, sheet in drawn(seed, CLAIMS):
            decided = decide_columns(sheet.columns(), back_end="numpy", with_totals=True)
            expected = without_nothing(totals_one_by_one(sheet))
            assert without_nothing(decided.node_totals) == expected, show(edition, sheet, 0)
            assert_same(seed, edition, sheet, decided)
            claims_refused = np.isin(decided.benefit, list(refused(sheet.lowered)))
            rows = np.unique(decided.row[claims_refused])
            assert decided.through_scalar[rows].all()
            unfoldable += len(rows)
    assert unfoldable


# in several pieces ------------------------------------------------------------------------------


def pieces(sheet: Sheet, chance: random.Random) -> list[np.ndarray]:
    """Row numbers of two halves, certificates whole."""
    chosen = {number: chance.random() < 1 / 2 for number in set(sheet.certificates)}
    side = np.array([chosen[number] for number in sheet.certificates], np.bool_)
    return [np.flatnonzero(side), np.flatnonzero(~side)]


def assert_whole_in_pieces(sheet: Sheet, chance: random.Random) -> None:
    columns = sheet.columns()
    whole = in_columns(decide_columns(columns, back_end="numpy"), sheet.lowered)
    for rows in pieces(sheet, chance):
        decided = decide_columns(columns.take(rows), back_end="numpy")
        found = in_columns(decided, sheet.lowered)
        assert found == [whole[row] for row in rows.tolist()]


def test_whole_certificates_may_be_decided_apart() -> None:
    for seed in range(30_000, 30_000 + WORDINGS_FEW):
        for _, sheet in drawn(seed, CLAIMS):
            assert_whole_in_pieces(sheet, random.Random(seed))
    for product in editions():
        assert_whole_in_pieces(of_edition(product, 3, CLAIMS_REAL // 4), random.Random(3))
