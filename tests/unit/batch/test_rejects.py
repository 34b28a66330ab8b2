"""Rows that cannot be decided become rejects: each with its place, its code and a reason."""

from __future__ import annotations

from typing import Any

import pyarrow as pa
import pytest

from tests.unit.batch.small_tables import (
    days,
    occurrences,
    policies,
    reasons,
    receipts,
    taken,
    words,
)

Reasons = list[tuple[str, Any, str, str]]
"""Table, occurrence, column, code."""
Bad = tuple[str, dict[str, pa.Table], Reasons]


def many(count: int, amount: int) -> pa.Table:
    return pa.table(
        {
            "occurrence": [1] * count,
            "category": ["search"] * count,
            "amount": [amount] * count,
        }
    )


BAD: list[Bad] = [
    (
        "a plan there is not",
        {"policy": policies(plan=words("D", "Z"))},
        [("policies", 3, "plan", "value.word")],
    ),
    (
        "a period the plan does not take",
        {"policy": policies(plan=words("D", "F"))},
        [("policies", 3, "plan", "rating.plan_does_not_fit")],
    ),
    (
        "a period no plan takes",
        {"policy": policies(expiry=days("2036-05-31", "2026-06-30"))},
        [
            ("policies", 1, "expiry", "rating.period_too_long"),
            ("policies", 2, "expiry", "rating.period_too_long"),
        ],
    ),
    (
        "a day that is missing",
        {"policy": policies(expiry=days("2027-05-31", None))},
        [("policies", 3, "expiry", "value.empty")],
    ),
    (
        "a negative sum",
        {"policy": policies(sums__liability=pa.array([None, -1]))},
        [("policies", 3, "sums.liability", "money.range")],
    ),
    (
        "the same policy twice",
        {"policy": pa.concat_tables([policies(), policies().slice(1)]).unify_dictionaries()},
        [("policies", None, "policy", "policy.twice")] * 2
        + [("policies", 3, "policy", "policy.twice")],
    ),
    (
        "a policy there is not",
        {"occurrence": occurrences(policy=pa.array([10, 10, 30]))},
        [("occurrences", 3, "policy", "policy.unknown")],
    ),
    (
        "no policy",
        {"occurrence": occurrences(policy=pa.array([10, None, 20]))},
        [("occurrences", 2, "policy", "value.empty")],
    ),
    (
        "the same occurrence twice",
        {"occurrence": occurrences(occurrence=pa.array([1, 1, 3]))},
        [("occurrences", 1, "occurrence", "occurrence.twice")] * 2,
    ),
    (
        "no occurrence",
        {"occurrence": occurrences(occurrence=pa.array([1, None, 3]))},
        [("occurrences", None, "occurrence", "value.empty")],
    ),
    (
        "no place in the order",
        {"occurrence": occurrences(seq=pa.array([1, None, 1]))},
        [("occurrences", 2, "seq", "value.empty")],
    ),
    (
        "a place that is no number",
        {"occurrence": occurrences(seq=words("1", "b", "1"))},
        [("occurrences", 2, "seq", "value.type")],
    ),
    (
        "days of knowledge",
        {"occurrence": occurrences(as_of=days("1500-01-01", None, "2026-08-01"))},
        [("occurrences", 2, "as_of", "value.empty"), ("occurrences", 1, "as_of", "value.type")],
    ),
    (
        "an offset nobody has",
        {"occurrence": occurrences(place_offset=words("+09:00", "+25:00", None))},
        [("occurrences", 2, "place_offset", "value.type")],
    ),
    (
        "a day after the day of knowledge",
        {"occurrence": occurrences(admitted_on=days("2026-08-02", "2026-08-02", None))},
        [("occurrences", 1, "admitted_on", "date.later")],
    ),
    (
        "a day outside every calendar",
        {
            "occurrence": occurrences(
                admitted_on=pa.array([-(2**31), 0, 2**31 - 1], pa.int32()).cast(pa.date32())
            )
        },
        [
            ("occurrences", 1, "admitted_on", "date.later"),
            ("occurrences", 3, "admitted_on", "date.later"),
        ],
    ),
    (
        "a number out of range",
        {"occurrence": occurrences(tour_days=pa.array([0, 5, 4000]))},
        [
            ("occurrences", 1, "tour_days", "value.range"),
            ("occurrences", 3, "tour_days", "value.range"),
        ],
    ),
    (
        "a negative duration",
        {"occurrence": occurrences(delayed_return_time=pa.array([-1, 5, None]))},
        [("occurrences", 1, "delayed_return_time", "value.range")],
    ),
    (
        "a value and what is said of it",
        {
            "occurrence": occurrences(
                tour_days=pa.array([5, 5, None]), tour_days_said=words("unknown", None, "3..")
            )
        },
        [("occurrences", 1, "tour_days", "value.twice")],
    ),
    (
        "words there are not",
        {"occurrence": occurrences(cause=words("injury", "injurry", "illness|dental"))},
        [("occurrences", 2, "cause", "value.word")],
    ),
    (
        "use that cannot be read",
        {"occurrence": occurrences(usage=words('[{"node":"x"}]', "{", None))},
        [("occurrences", 1, "usage", "value.word"), ("occurrences", 2, "usage", "value.type")],
    ),
    (
        "a category there is not, and none",
        {"receipt": receipts(category=words("x", "search", None))},
        [("receipts", 1, "category", "value.word"), ("receipts", 3, "category", "value.empty")],
    ),
    (
        "amounts",
        {"receipt": receipts(amount=pa.array([-1, None, 10**12 + 1]))},
        [
            ("receipts", 1, "amount", "money.range"),
            ("receipts", 3, "amount", "money.range"),
            ("receipts", 1, "amount", "value.empty"),
        ],
    ),
    (
        "a status there is not",
        {"receipt": receipts(status=words("paid", None, "est"))},
        [("receipts", 3, "status", "value.word")],
    ),
    (
        "a person without a name",
        {"receipt": receipts(person=words("a", None, ""))},
        [("receipts", 3, "person", "value.type")],
    ),
    (
        "receipts of no occurrence",
        {"receipt": receipts(occurrence=pa.array([1, 9, None]))},
        [
            ("receipts", None, "occurrence", "value.empty"),
            ("receipts", 9, "occurrence", "occurrence.unknown"),
        ],
    ),
    (
        "a total that is too much",
        {"receipt": many(101, 10**12)},
        [("receipts", 1, "amount", "money.range")],
    ),
    (
        "too many receipts",
        {"receipt": many(5001, 1)},
        [("receipts", 1, "occurrence", "receipts.many")],
    ),
    (
        "a line's fact",
        {"receipt": receipts(on=days("2026-08-02", None, None), nights=pa.array([1, 0, None]))},
        [("receipts", 1, "on", "date.later"), ("receipts", 1, "nights", "value.range")],
    ),
]
"""A name, the tables that are spoilt, and the rejects."""


@pytest.mark.parametrize(("given", "wanted"), [bad[1:] for bad in BAD], ids=[bad[0] for bad in BAD])
def test_bad_input_is_rejected(given: dict[str, pa.Table], wanted: Reasons) -> None:
    found = taken(**given)
    assert reasons(found) == wanted
    for row in found.rejects.to_pylist():
        assert row["reason"].strip() and row["reason_ja"].strip()
        assert row["line"] is not None
    listed = {(row["occurrence"], row["line"]) for row in found.rejects.to_pylist()}
    gone = {number for number, _ in listed} & {1, 2, 3}
    assert not gone & set(found.occurrence.to_pylist())
    assert found.occurrences_in == 3
    assert found.receipts_kept == found.columns.receipts.count <= found.receipts_in


def test_a_reject_says_where_and_what() -> None:
    found = taken(receipt=receipts(category=words("search", "serch", "search")))
    (row,) = found.rejects.to_pylist()
    assert (row["table"], row["policy"], row["occurrence"], row["line"]) == ("receipts", 10, 1, 1)
    assert row["value"] == "serch"
    assert "'search'" in row["reason"] and "「search」" in row["reason_ja"]
    assert found.occurrence.to_pylist() == [2, 3]
    assert (found.receipts_in, found.receipts_kept) == (3, 1)
