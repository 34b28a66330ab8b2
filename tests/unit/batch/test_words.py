"""The text of a cell and a claim file say the same thing, in both directions."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dosojin.adjudication.read_values import ValueReader
from dosojin.batch.layout.words import raw_of_text, text_of_raw
from dosojin.terms.lowered import Variable
from dosojin.values.problems import Problem

WORDS = ("none", "war", "fight", "unknown", "crime")
PLAIN = Variable("thing", "policy", "flag", "", WORDS, None, None, True, None, False, -1)
KINDS = ("flag", "choice", "choices", "count", "yen", "duration", "day", "grades", "persons")
READER = ValueReader(date(2026, 7, 20).toordinal(), None)


def variable(kind: str) -> Variable:
    return replace(PLAIN, kind=kind)


def ends(value: st.SearchStrategy[Any], order: Any) -> st.SearchStrategy[Any]:
    """Exact values and every shape of a range."""
    pairs = st.tuples(value, value).map(lambda pair: sorted(pair, key=order))
    return st.one_of(
        value,
        pairs.map(lambda pair: {"from": pair[0], "to": pair[1]}),
        value.map(lambda one: {"from": one}),
        value.map(lambda one: {"to": one}),
        st.just({}),
    )


def _moment(day: date, minute: int, offset: int) -> str:
    zone = timezone(timedelta(minutes=offset))
    at = datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=zone)
    return at.isoformat(timespec="minutes")


DAYS = st.dates(date(1990, 1, 1), date(2199, 1, 1))
SOME_WORDS = st.lists(st.sampled_from(WORDS), unique=True)
NAMES = st.one_of(
    st.sampled_from(("none", "unknown", "a|b", "\\", "山田 花子", " ")), st.text(min_size=1)
)
RAW: dict[str, st.SearchStrategy[Any]] = {
    "flag": st.sampled_from((True, False, "yes", "no", "true", "false")),
    "choice": st.one_of(
        st.sampled_from(WORDS),
        SOME_WORDS.filter(bool).map(lambda words: {"one_of": words}),
    ),
    "choices": st.one_of(
        st.just("none"),
        SOME_WORDS,
        st.tuples(SOME_WORDS, st.integers(0, 5)).map(
            lambda both: {"has": both[0][: both[1]], "not": both[0][both[1] :]}
        ),
        SOME_WORDS.map(lambda words: {"has": words}),
        SOME_WORDS.map(lambda words: {"not": words}),
    ),
    "count": ends(st.integers(0, 10**6), int),
    "yen": st.one_of(st.just("unlimited"), ends(st.integers(0, 10**15), int)),
    "duration": ends(
        st.tuples(st.integers(0, 999), st.integers(0, 59)).map(lambda t: f"{t[0]}:{t[1]:02}"),
        lambda text: tuple(map(int, text.split(":"))),
    ),
    "day": st.one_of(
        ends(DAYS.map(date.isoformat), str),
        DAYS,
        st.builds(_moment, DAYS, st.integers(0, 1439), st.integers(-720, 840)),
    ),
    "grades": st.one_of(st.integers(1, 14), st.lists(st.integers(1, 14), min_size=1).map(sorted)),
    "persons": st.one_of(st.just("none"), st.lists(NAMES)),
}


@st.composite
def said(draw: st.DrawFn) -> tuple[Variable, Any]:
    kind = draw(st.sampled_from(KINDS))
    return variable(kind), draw(st.one_of(st.just("unknown"), RAW[kind]))


@given(said())
def test_a_text_says_what_the_claim_says(one: tuple[Variable, Any]) -> None:
    spec, raw = one
    text = text_of_raw(spec, raw)
    back = raw_of_text(spec, text)
    assert READER.read(spec, back, "") == READER.read(spec, raw, "")
    assert (back == "unknown") == (raw == "unknown")
    assert text_of_raw(spec, back) == text


@given(st.sampled_from(KINDS), st.one_of(st.text(), st.text("0123456789|~?.:-\\ noneyes")))
def test_any_text_is_taken_or_refused(kind: str, text: str) -> None:
    try:
        raw = raw_of_text(variable(kind), text)
    except Problem as problem:
        assert problem.place == "" or problem.place.startswith("[")
        assert problem.message.ja and problem.remedy.ja
    else:
        assert raw_of_text(variable(kind), text_of_raw(variable(kind), raw)) is not None


@pytest.mark.parametrize(
    ("kind", "text", "raw"),
    [
        ("flag", "yes", True),
        ("flag", "False", False),
        ("choice", "war", "war"),
        ("choice", "war|fight", {"one_of": ["war", "fight"]}),
        ("choices", "none", "none"),
        ("choices", "war|fight", ["war", "fight"]),
        ("choices", "war|~fight|?", {"has": ["war"], "not": ["fight"]}),
        ("choices", "~fight", {"not": ["fight"]}),
        ("choices", "?", {}),
        ("count", "3", 3),
        ("count", "3..5", {"from": 3, "to": 5}),
        ("yen", "3..", {"from": 3}),
        ("yen", "unlimited", "unlimited"),
        ("duration", "..6:30", {"to": "6:30"}),
        ("day", "2026-06-02", "2026-06-02"),
        ("day", "2026-06-02T03:10-04:00", "2026-06-02T03:10-04:00"),
        ("grades", "7|12", [7, 12]),
        ("persons", r"a\|b|c\\", ["a|b", "c\\"]),
        ("persons", r"\none", ["none"]),
    ],
)  # fmt: skip
def test_the_grammar(kind: str, text: str, raw: Any) -> None:
    assert raw_of_text(variable(kind), text) == raw


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("flag", "maybe"), ("choice", "wra"), ("choices", "war|~war"), ("choices", "none|x"),
        ("count", "1,000"), ("count", "3.5"), ("yen", "1e3"), ("duration", "6:75"),
        ("day", "2026-02-30"), ("day", "2/6/2026"), ("grades", "seven"), ("persons", "a||b"),
        ("persons", "a\\"), ("flag", " "),
    ],
)  # fmt: skip
def test_what_is_refused(kind: str, text: str) -> None:
    with pytest.raises(Problem):
        raw_of_text(variable(kind), text)
