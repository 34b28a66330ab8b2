"""Yen, days and answers in both languages."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from dosojin.adjudication.catalogue import load_edition
from dosojin.explanation.amounts import (
    answer_text,
    day_text,
    joined,
    moment_text,
    quantity_text,
    span_text,
    yen_text,
)
from dosojin.values.money import Span

FACTS = {fact.name: fact for fact in load_edition("gakkensai-2026").facts}


def test_days_as_people_write_them() -> None:
    assert day_text(date(2026, 6, 1), "ja") == "2026年6月1日（月）"
    assert day_text(date(2026, 6, 1), "en") == "Mon 1 June 2026"


def test_moments_carry_their_offset() -> None:
    moment = datetime.fromisoformat("2026-06-02T03:10-04:00")
    assert moment_text(moment, "ja") == "2026年6月2日（火）3:10（UTC-04:00）"
    assert moment_text(moment, "en") == "3:10 on Tue 2 June 2026 (UTC-04:00)"


@pytest.mark.parametrize(
    ("span", "ja", "en"),
    [
        (Span(810000, 810000), "810,000円", "810,000 yen"),
        (Span(0, 5000), "最大5,000円", "up to 5,000 yen"),
        (Span(10, 5000), "10円から5,000円", "between 10 and 5,000 yen"),
        (Span(10, None), "10円以上、上限は未定", "at least 10 yen, no upper bound yet"),
    ],
)
def test_spans(span: Span, ja: str, en: str) -> None:
    assert (span_text(span, "ja"), span_text(span, "en")) == (ja, en)


def test_no_bound_is_said_in_words() -> None:
    assert yen_text(None, "ja") == "上限なし"
    assert yen_text(None, "en") == "no upper limit"


def test_quantities() -> None:
    assert quantity_text(390, "minutes", "ja") == "6時間30分"
    assert quantity_text(390, "minutes", "en") == "6 h 30 min"
    assert quantity_text(1, "nights", "en") == "1 night"
    assert quantity_text(12, "days", "ja") == "12日"


@pytest.mark.parametrize(
    ("name", "raw", "ja", "en"),
    [
        ("admitted", True, "はい", "yes"),
        ("admitted", "unknown", "分からない", "not known"),
        ("cause", "injury", "ケガ", "an injury"),
        ("cause", {"one_of": ["injury", "illness"]}, "ケガか、病気", "an injury or an illness"),
        ("circumstances", "none", "どれにも当てはまらない", "none of these"),
        ("admitted_on", "2026-06-03", "2026年6月3日（水）", "Wed 3 June 2026"),
        ("admitted_on", {"from": "2026-06-03"}, "2026年6月3日（水）から", "from Wed 3 June 2026"),
    ],
)
def test_answers(name: str, raw: object, ja: str, en: str) -> None:
    assert (answer_text(FACTS[name], raw, "ja"), answer_text(FACTS[name], raw, "en")) == (ja, en)


def test_lists_in_running_text() -> None:
    assert joined(["a", "b", "c"], "en") == "a, b and c"
    assert joined(["母", "父"], "ja") == "母、父"
