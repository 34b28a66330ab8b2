"""A refusal says where, what and what to do, in both languages."""

from __future__ import annotations

import pytest

from dosojin.values.problems import Problem
from dosojin.values.text import Text

REFUSAL = Problem(
    "value.type",
    "amount",
    Text("読み取れません。", "This cannot be read."),
    Text("整数を書いてください。", "Write a whole number."),
)


def test_one_line_with_place_message_and_remedy() -> None:
    assert REFUSAL.in_("en") == "amount: This cannot be read. Write a whole number."
    assert REFUSAL.in_("ja") == "amount: 読み取れません。 整数を書いてください。"
    assert str(REFUSAL) == REFUSAL.in_("en")


@pytest.mark.parametrize(
    ("inner", "outer", "place"),
    [
        ("amount", "expenses[3]", "expenses[3].amount"),
        ("[3]", "expenses", "expenses[3]"),
        ("", "expenses", "expenses"),
    ],
)
def test_a_place_seen_from_further_outside(inner: str, outer: str, place: str) -> None:
    found = Problem("value.type", inner, REFUSAL.message, REFUSAL.remedy).within(outer)
    assert found.place == place
    assert (found.code, found.message, found.remedy) == (
        "value.type", REFUSAL.message, REFUSAL.remedy,
    )  # fmt: skip
