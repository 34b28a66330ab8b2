"""Every worked case gives what a person worked out by hand: verdict, amount, cited clauses."""

from __future__ import annotations

import pytest

from dosojin.adjudication.worked_cases import (
    WorkedCase,
    decide_steps,
    differences,
    worked_cases,
)
from dosojin.products import editions
from dosojin.values.problems import Problem

CASES = [case for product in editions() for case in worked_cases(product)]


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c.product}:{c.file}:{c.title}")
def test_case_ends_as_worked_out_by_hand(case: WorkedCase) -> None:
    try:
        for number, (step, decision) in enumerate(decide_steps(case)):
            assert not differences(step, decision), f"step {number}: {differences(step, decision)}"
    except Problem as problem:
        pytest.fail(f"refused: {problem}")


def test_titles_tell_cases_apart() -> None:
    seen = [(case.product, case.file, case.title) for case in CASES]
    assert len(seen) == len(set(seen))


def test_there_are_at_least_150_cases() -> None:
    assert len({(case.file, case.title) for case in CASES}) >= 150
