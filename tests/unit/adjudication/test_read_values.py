"""From what people write to what is known of a fact, kind by kind."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest

from dosojin.adjudication.read_values import (
    ValueReader,
    only_keys,
    read_day,
    shown,
    unknown_word,
    whole_yen,
)
from dosojin.facts.declaration import Fact
from dosojin.terms.lowered import Variable
from dosojin.terms.lowering import StepBuilder
from dosojin.values.moments import EARLIEST_DAY, LATEST_DAY
from dosojin.values.money import UNBOUNDED, YEN_MAX
from dosojin.values.problems import Problem
from tests.unit.adjudication.small_edition import (
    admitted_on,
    assessed,
    cause,
    circumstances,
    days_lost,
    delay_time,
    died,
    discharged_on,
    expiry,
    grades,
    rescuers,
    sum_medical,
    tour_days,
)

AS_OF = date(2026, 8, 1).toordinal()
JUNE_2 = date(2026, 6, 2).toordinal()
BOSTON = -240
READER = ValueReader(AS_OF, BOSTON)
ANYWHERE = ValueReader(AS_OF, None)


def variable(fact: Fact) -> Variable:
    steps = StepBuilder()
    steps.variable(fact)
    return steps.variables[0]


def known(fact: Fact, raw: Any, reader: ValueReader = READER) -> Any:
    return reader.read(variable(fact), raw, "place")


def refused(fact: Fact, raw: Any) -> Problem:
    with pytest.raises(Problem) as caught:
        known(fact, raw)
    return caught.value


@pytest.mark.parametrize(
    ("fact", "raw", "found"),
    [
        (died, True, 3),
        (died, False, 0),
        (died, "yes", 3),
        (died, "no", 0),
        (died, "unknown", 2),
        (cause, "illness", 0b010),
        (cause, {"one_of": ["injury", "other"]}, 0b101),
        (cause, "unknown", 0b111),
        (circumstances, "none", (0, 0b111)),
        (circumstances, [], (0, 0b111)),
        (circumstances, ["war"], (0b001, 0b110)),
        (circumstances, {"has": ["war"]}, (0b001, 0)),
        (circumstances, {"not": ["war", "fight"]}, (0, 0b101)),
        (circumstances, {"has": ["terrorism"], "not": ["war"]}, (0b010, 0b001)),
        (circumstances, {}, (0, 0)),
        (circumstances, "unknown", (0, 0)),
        (days_lost, 3, (3, 3)),
        (days_lost, {"from": 3}, (3, 30)),
        (days_lost, {"to": 3}, (0, 3)),
        (days_lost, {"from": 3, "to": 5}, (3, 5)),
        (days_lost, {}, (0, 30)),
        (days_lost, "unknown", (0, 30)),
        (tour_days, "unknown", (1, 30)),
        (delay_time, "6:30", (390, 390)),
        (delay_time, "0:00", (0, 0)),
        (delay_time, "100:05", (6005, 6005)),
        (delay_time, {"from": "6:00"}, (360, UNBOUNDED)),
        (assessed, 5000, (5000, 5000)),
        (assessed, 0, (0, 0)),
        (assessed, YEN_MAX, (YEN_MAX, YEN_MAX)),
        (assessed, "unknown", (0, UNBOUNDED)),
        (sum_medical, "unlimited", (UNBOUNDED, UNBOUNDED)),
        (grades, 7, (7,)),
        (grades, [12, 7], (7, 12)),
        (grades, "unknown", None),
        (rescuers, ["mother", "father"], ("mother", "father")),
        (rescuers, "none", ()),
        (rescuers, "unknown", None),
    ],
)
def test_what_is_written_makes_known(fact: Fact, raw: Any, found: Any) -> None:
    assert known(fact, raw) == found


@pytest.mark.parametrize(
    ("fact", "raw"),
    [
        (died, 1),
        (died, 0),
        (died, "maybe"),
        (died, ["yes"]),
        (cause, {"one_of": []}),
        (cause, {}),
        (circumstances, "war"),
        (circumstances, {"has": ["war"], "not": ["war"]}),
        (circumstances, {"has": "war"}),
        (days_lost, True),
        (days_lost, 3.0),
        (days_lost, "3"),
        (days_lost, {"from": 5, "to": 3}),
        (delay_time, "6:60"),
        (delay_time, "6"),
        (delay_time, 390),
        (delay_time, "-1:00"),
        (assessed, 10.5),
        (assessed, "10,000"),
        (assessed, "unlimited"),
        (grades, []),
        (grades, [0]),
        (grades, [15]),
        (grades, [True]),
        (grades, "7"),
        (rescuers, "mother"),
        (rescuers, [""]),
        (rescuers, [7]),
    ],
)
def test_a_wrong_kind_is_refused_and_the_right_one_named(fact: Fact, raw: Any) -> None:
    problem = refused(fact, raw)
    assert problem.code == "value.type"
    assert problem.place.startswith("place")
    assert problem.remedy.en.startswith("Write ") and problem.remedy.ja.endswith(
        "を書いてください。"
    )


def test_a_list_says_which_entry_is_wrong() -> None:
    assert refused(grades, [7, 15]).place == "place[1]"
    assert refused(circumstances, ["war", "storm"]).place == "place[1]"
    assert refused(circumstances, {"not": ["war", "storm"]}).place == "place.not[1]"
    assert refused(cause, {"one_of": ["injury", "x"]}).place == "place.one_of[1]"
    assert refused(rescuers, ["mother", ""]).place == "place[1]"
    assert refused(days_lost, {"from": "x"}).place == "place.from"


def test_a_word_that_is_nearly_right_is_suggested() -> None:
    problem = refused(cause, "injry")
    assert problem.code == "value.word"
    assert problem.remedy.en == "Did you mean 'injury'?"
    assert problem.remedy.ja == "「injury」ではありませんか。"
    far = refused(cause, "zzz")
    assert far.remedy.en == "Choose one of: injury, illness, other."


def test_a_value_out_of_its_domain_names_the_domain() -> None:
    problem = refused(days_lost, 31)
    assert problem.code == "value.range"
    assert "0…30" in problem.remedy.en and "0…30" in problem.remedy.ja
    assert refused(tour_days, 0).code == "value.range"
    assert refused(days_lost, {"from": 3, "to": 31}).code == "value.range"


def test_nothing_written_is_neither_unknown_nor_no() -> None:
    problem = refused(died, None)
    assert problem.code == "value.empty"
    assert "unknown" in problem.remedy.en and "unknown" in problem.remedy.ja


# Days and moments.


def test_a_civil_day_is_the_24_hours_of_its_place() -> None:
    midnight = JUNE_2 * 1440
    at_boston = (JUNE_2, JUNE_2, midnight + 240, midnight + 240 + 1439)
    assert known(admitted_on, "2026-06-02") == at_boston
    assert known(admitted_on, date(2026, 6, 2)) == at_boston
    anywhere = (JUNE_2, JUNE_2, midnight - 840, midnight + 1440 + 720 - 1)
    assert known(admitted_on, "2026-06-02", ANYWHERE) == anywhere


def test_policy_days_are_those_of_japan_wherever_it_happened() -> None:
    midnight = JUNE_2 * 1440
    japan = (JUNE_2, JUNE_2, midnight - 540, midnight - 540 + 1439)
    assert known(expiry, "2026-06-02") == japan
    assert known(expiry, "2026-06-02", ANYWHERE) == japan


@pytest.mark.parametrize(
    ("raw", "minute"),
    [
        ("2026-06-02T03:10-04:00", 430),
        ("2026-06-02 03:10-04:00", 430),
        ("2026-06-02T03:10:59-04:00", 430),
        ("2026-06-02T03:10Z", 190),
        ("2026-06-02T12:10+09:00", 190),
        (datetime(2026, 6, 2, 3, 10, tzinfo=timezone(timedelta(hours=-4))), 430),
    ],
)
def test_a_moment_is_one_minute_of_utc(raw: Any, minute: int) -> None:
    at = JUNE_2 * 1440 + minute
    assert known(admitted_on, raw) == (JUNE_2, JUNE_2, at, at)


def test_a_range_of_days_keeps_both_ends() -> None:
    found = known(admitted_on, {"from": "2026-06-02", "to": "2026-06-04"})
    assert found[:2] == (JUNE_2, JUNE_2 + 2)
    assert known(admitted_on, {"from": "2026-06-02"})[1] == AS_OF
    assert known(admitted_on, {"to": "2026-06-02"})[:2] == (EARLIEST_DAY, JUNE_2)


def test_what_is_not_said_ends_on_the_day_of_knowledge_unless_it_may_run_on() -> None:
    assert known(admitted_on, "unknown")[:2] == (EARLIEST_DAY, AS_OF)
    assert known(discharged_on, "unknown")[:2] == (EARLIEST_DAY, LATEST_DAY)
    assert known(expiry, "unknown")[:2] == (EARLIEST_DAY, LATEST_DAY)


def test_a_day_after_the_day_of_knowledge_is_refused() -> None:
    assert known(admitted_on, "2026-08-01")[0] == AS_OF
    problem = refused(admitted_on, "2026-08-02")
    assert problem.code == "date.later"
    assert "2026-08-01" in problem.message.en and "2026-08-01" in problem.message.ja
    assert "as_of" in problem.remedy.en and "as_of" in problem.remedy.ja
    assert known(discharged_on, "2026-08-02")[0] == AS_OF + 1
    assert known(expiry, "2027-05-31")[0] > AS_OF
    assert refused(admitted_on, {"from": "2026-07-01", "to": "2026-08-02"}).code == "date.later"


def test_a_day_before_1900_is_refused() -> None:
    assert refused(admitted_on, "1899-12-31").code == "date.later"
    assert known(admitted_on, "1900-01-01")[0] == EARLIEST_DAY


@pytest.mark.parametrize(
    "raw",
    [
        "2026-02-30",
        "2026-6-2",
        "20260602",
        "02/06/2026",
        "2026-06-02T03:10",
        "2026-06-02T25:10-04:00",
        "2026-06-02T03:10+15:00",
        "2026-06-02T03:10+23:59",
        "2026-06-02T03:10-12:01",
        20260602,
        datetime(2026, 6, 2, 3, 10),
        {"from": "2026-06-03", "to": "2026-06-02"},
        "",
    ],
)
def test_what_is_no_day_is_refused(raw: Any) -> None:
    assert refused(admitted_on, raw).code == "value.type"


def test_the_first_and_last_offsets_are_taken() -> None:
    for offset in ("+14:00", "-12:00"):
        assert isinstance(read_day(f"2026-06-02T03:10{offset}", "place"), datetime)


# The small tools.


@pytest.mark.parametrize(("value", "code"), [(-1, "money.range"), (YEN_MAX + 1, "money.range")])
def test_yen_are_neither_negative_nor_absurd(value: int, code: str) -> None:
    with pytest.raises(Problem) as caught:
        whole_yen(value, "place")
    assert caught.value.code == code
    assert whole_yen(0, "place") == 0


def test_an_entry_that_nobody_reads_is_refused_with_the_nearest() -> None:
    only_keys({"from": 1}, ("from", "to"), "place")
    with pytest.raises(Problem) as caught:
        only_keys({"form": 1}, ("from", "to"), "place")
    assert (caught.value.code, caught.value.place) == ("key.unknown", "place.form")
    assert caught.value.remedy.en == "Did you mean 'from'?"
    with pytest.raises(Problem) as far:
        only_keys({"zzz": 1}, ("from", "to"), "")
    assert (far.value.place, far.value.remedy.en) == ("zzz", "Use: from, to.")


def test_a_quoted_value_is_short_and_on_one_line() -> None:
    assert shown("a\n b\t c") == "a b c"
    assert shown("x" * 100) == "x" * 57 + "…"
    assert len(shown("x" * 60)) == 60


def test_a_long_list_of_words_is_cut() -> None:
    words = [f"word{number:02}" for number in range(50)]
    problem = unknown_word("place", "zzz", words)
    assert "word29" in problem.remedy.en and "word30" not in problem.remedy.en
