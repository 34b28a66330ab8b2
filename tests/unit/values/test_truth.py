"""Three truths after Kleene; the tables were written down from his, not from the program."""

from __future__ import annotations

import pytest

from dosojin.values.truth import Truth

NO, UNKNOWN, YES = Truth.NO, Truth.UNKNOWN, Truth.YES


@pytest.mark.parametrize(
    ("left", "right", "both", "either"),
    [
        (NO, NO, NO, NO),
        (NO, UNKNOWN, NO, UNKNOWN),
        (NO, YES, NO, YES),
        (UNKNOWN, NO, NO, UNKNOWN),
        (UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN),
        (UNKNOWN, YES, UNKNOWN, YES),
        (YES, NO, NO, YES),
        (YES, UNKNOWN, UNKNOWN, YES),
        (YES, YES, YES, YES),
    ],
)
def test_and_or_follow_kleene(left: Truth, right: Truth, both: Truth, either: Truth) -> None:
    assert left & right is both
    assert left | right is either


def test_the_opposite_of_unknown_stays_unknown() -> None:
    assert ~YES is NO
    assert ~NO is YES
    assert ~UNKNOWN is UNKNOWN


def test_unknown_is_never_taken_for_no() -> None:
    with pytest.raises(TypeError, match="UNKNOWN"):
        bool(UNKNOWN)
    with pytest.raises(TypeError, match="UNKNOWN"):
        assert not (UNKNOWN and YES)
    with pytest.raises(TypeError, match="UNKNOWN"):
        _ = [truth for truth in (YES, UNKNOWN) if truth]


def test_yes_and_no_are_true_and_false() -> None:
    assert bool(YES) is True
    assert bool(NO) is False


@pytest.mark.parametrize(
    ("truth", "must", "may", "word"),
    [(NO, False, False, "no"), (UNKNOWN, False, True, "unknown"), (YES, True, True, "yes")],
)
def test_must_may_and_the_word(truth: Truth, must: bool, may: bool, word: str) -> None:
    assert (truth.must, truth.may, truth.word) == (must, may, word)
