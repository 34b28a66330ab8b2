"""Steps of a kernel: each distinct one once, and what comes down to less is written as less."""

from __future__ import annotations

import pytest

from dosojin.batch.kernels.steps import CLAIM, PERSON, RECEIPT, TRUTH, YES_OR_NO, Steps


@pytest.fixture
def steps() -> Steps:
    return Steps()


def test_the_same_operation_is_written_once(steps: Steps) -> None:
    yen, off = steps.load("lo", RECEIPT), steps.load("v1_0", RECEIPT)
    assert steps.operate("sub", yen, off) == steps.operate("sub", yen, off)
    assert steps.operate("sub", yen, off) != steps.operate("sub", off, yen)


@pytest.mark.parametrize(
    ("operation", "values", "found"),
    [
        ("add", (2, 3), 5), ("sub", (2, 3), -1), ("mul", (2, 3), 6), ("div", (7, 2), 3),
        ("min", (2, 3), 2), ("max", (2, 3), 3), ("lt", (2, 2), False), ("le", (2, 2), True),
        ("eq", (2, 3), False), ("both", (2, 3), 2), ("either", (0, 2), 2), ("negate", (2,), 2),
        ("negate", (0,), 3), ("must", (2,), 0), ("may", (2,), 1), ("pack", (False, True), 2),
        ("pack", (True, True), 3),
    ],
)  # fmt: skip
def test_constants_are_worked_out_at_once(
    steps: Steps, operation: str, values: tuple[int, ...], found: int
) -> None:
    step = steps.operate(operation, *(steps.constant(value) for value in values))
    assert steps.value(step) == found


def test_true_is_not_taken_for_one(steps: Steps) -> None:
    assert steps.constant(True, YES_OR_NO) != steps.constant(1)


def test_what_changes_nothing_is_left_out(steps: Steps) -> None:
    yen = steps.load("lo", RECEIPT)
    test = steps.load("v2_0", CLAIM, TRUTH)
    condition = steps.load("open3", CLAIM, YES_OR_NO)
    nothing, yes, no = steps.constant(0), steps.constant(3, TRUTH), steps.constant(0, TRUTH)
    assert steps.operate("add", yen, nothing) == yen
    assert steps.operate("add", nothing, yen) == yen
    assert steps.operate("sub", yen, nothing) == yen
    assert steps.operate("min", yen, yen) == yen
    assert steps.operate("keep", yen, steps.constant(1)) == yen
    assert steps.value(steps.operate("keep", yen, nothing)) == 0
    assert steps.operate("keep", nothing, yen) == nothing
    assert steps.operate("both", test, yes) == test
    assert steps.operate("both", no, test) == no
    assert steps.operate("either", no, test) == test
    assert steps.operate("either", test, yes) == yes
    assert steps.operate("both", test, test) == test
    assert steps.operate("both", steps.constant(True, YES_OR_NO), condition) == condition
    assert steps.operate("select", condition, yen, yen) == yen
    assert steps.operate("select", steps.constant(False, YES_OR_NO), yen, nothing) == nothing


def test_a_claims_entry_is_carried_to_its_receipts(steps: Steps) -> None:
    cap, yen = steps.load("v1_0", CLAIM), steps.load("lo", RECEIPT)
    least = steps.steps[steps.operate("min", yen, cap)]
    assert least.level == RECEIPT
    carried = steps.steps[least.arguments[1]]
    assert (carried.operation, carried.arguments, carried.level) == ("up", (cap,), RECEIPT)


def test_receipts_and_persons_do_not_meet_in_one_operation(steps: Steps) -> None:
    with pytest.raises(AssertionError):
        steps.operate("add", steps.load("lo", RECEIPT), steps.load("rank1", PERSON))


def test_a_sum_of_nothing_is_nothing(steps: Steps) -> None:
    nothing = steps.constant(0)
    assert steps.reduce("sum", CLAIM, ((("care",), nothing),)) == nothing
    assert steps.value(steps.reduce("all", CLAIM, ((("care",), steps.constant(3, TRUTH)),))) == 3
    assert steps.value(steps.reduce("any", CLAIM, ())) == 0


def test_only_what_results_rest_on_is_kept_in_order(steps: Steps) -> None:
    yen, left_out = steps.load("lo", RECEIPT), steps.load("hi", RECEIPT)
    total = steps.reduce("sum", CLAIM, ((("care",), yen),))
    assert steps.needed([total]) == [yen, total]
    assert left_out not in steps.needed([total])
