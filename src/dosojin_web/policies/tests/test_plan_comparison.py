"""The comparison as other pages include it."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from dosojin_web.policies.mapping import Refusal, next_band
from dosojin_web.policies.plan_comparison import compare_plans, describe_next, premium_steps

PRODUCT = "gakkensai-2026"
START, END = date(2026, 8, 3), date(2026, 8, 10)


def render(**context: object) -> str:
    with override("en"):
        found = compare_plans(PRODUCT, START, END)
        return render_to_string("policies/plan_comparison.html", {"comparison": found, **context})


def test_with_choose_each_plan_is_a_radio_button() -> None:
    text = render(choose=True, chosen="C")
    radios = re.findall(r'<input type="radio"[^>]*>', text)
    assert [re.search(r'value="(\w)"', radio).group(1) for radio in radios] == ["A", "C", "E"]
    assert ["checked" in radio for radio in radios] == [False, True, False]
    assert text.count("<fieldset") == text.count("</fieldset>") == 1
    assert 'for="plan-C"' in text and 'id="plan-C"' in text


def test_the_first_radio_button_is_where_an_error_links_to() -> None:
    text = render(choose=True, error="Choose a plan.")
    assert 'id="plan"' in text and 'id="plan-error"' in text


def test_without_choose_there_is_nothing_to_tick() -> None:
    assert "<input" not in render()


def test_a_single_plan_has_no_differences() -> None:
    with override("en"):
        found = compare_plans(PRODUCT, START, date(2028, 7, 1))
    assert found.plans == ("F",) and found.differing == () and found.cards[0].lacking == ()


def test_the_other_form_of_a_cover_is_named_in_its_cell() -> None:
    with override("en"):
        found = compare_plans(PRODUCT, date(2026, 12, 1), date(2027, 2, 8))
    row = found.differing.index("Personal liability")
    assert [card.differing[row].note for card in found.cards] == [
        "Student's liability",
        "Student's liability",
        "",
    ]


def test_a_trip_that_nobody_takes_is_refused() -> None:
    with pytest.raises(Refusal):
        compare_plans(PRODUCT, START, date(2030, 1, 1))
    with pytest.raises(Refusal):
        premium_steps(PRODUCT, "B", START, END)


@pytest.mark.parametrize(
    ("plan", "end", "said"),
    [
        ("A", date(2026, 8, 18), "帰国が1日延びても追加は0円です。2026年8月20日（木）以降は、"),
        ("A", date(2026, 8, 10), "2026年8月11日（火）以降の帰国は、290円高くなります。"),
        ("A", date(2026, 9, 2), "Bプランになり、1,200円高くなります。"),
        ("F", date(2028, 8, 2), "いちばん長い旅行です。"),
        ("F", date(2028, 8, 1), "帰国が1日延びても追加は0円です。この補償で入れるのは"),
    ],
)
def test_the_sentence_in_japanese(plan: str, end: date, said: str) -> None:
    with override("ja"):
        assert said in describe_next(next_band(PRODUCT, plan, START, end))
