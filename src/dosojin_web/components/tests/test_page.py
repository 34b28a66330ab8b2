"""The page of every element, and what its elements say."""

from datetime import date

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.test import Client
from django.utils.translation import override

from dosojin_web.components.payout_bar import lay_out_bar
from dosojin_web.components.sankey import Flow
from dosojin_web.components.shapes import Choice, Citation, Fault, MoneyRow, Receipt
from dosojin_web.templatetags.layout import STATES, civil_day
from dosojin_web.templatetags.money import describe_range, percent, round_yen, yen


def draw(source: str, language: str = "en", **values: object) -> str:
    with override(language):
        return Template(source).render(Context(values))


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_state_is_shown(client: Client, language: str) -> None:
    text = client.get("/components/", headers={"Accept-Language": language}).text
    with override(language):
        for _, _, words in STATES.values():
            assert str(words) in text


def test_only_reading_is_allowed(client: Client) -> None:
    assert client.post("/components/").status_code == 405


def test_yen_in_both_languages() -> None:
    with override("ja"):
        assert (yen(810_000), round_yen(3_000_000), round_yen(0)) == ("810,000円", "300万円", "0円")
        assert round_yen(100_000_000) == "1億円"
    with override("en"):
        assert (yen(810_000), round_yen(3_000_000)) == ("810,000\N{NO-BREAK SPACE}yen", "3,000,000")
    assert percent(5) == "0.5%"


def test_days_in_both_languages() -> None:
    with override("ja"):
        assert civil_day(date(2026, 6, 1)) == "2026年6月1日（月）"
    with override("en"):
        assert civil_day(date(2026, 6, 1)) == "Mon 1 June 2026"


@pytest.mark.parametrize(
    ("lo", "hi", "said"),
    [
        (0, 0, "Nothing is paid."),
        (5, 5, "yen are certain. Nothing that we"),
        (0, 5, "Up to 5"),
        (2, 5, "Another 3"),
        (0, None, "no upper limit"),
        (2, None, "No upper limit"),
    ],
)
def test_every_range_has_its_sentence(lo: int, hi: int | None, said: str) -> None:
    with override("en"):
        assert said in describe_range(lay_out_bar(lo, hi))


def test_a_state_says_its_word_beside_its_shape() -> None:
    html = draw('{% state "not_covered" %}')
    assert "<svg" in html and "Not covered" in html


def test_a_state_that_does_not_exist_is_the_template_s_error() -> None:
    with pytest.raises(TemplateSyntaxError, match="maybe"):
        draw('{% state "maybe" %}')


def test_a_field_names_its_hint_and_its_error() -> None:
    html = draw('{% text_field "place" "Place" hint="Where" error="Enter it." %}')
    assert 'aria-describedby="place-hint place-error"' in html
    assert 'aria-invalid="true"' in html and 'for="place"' in html


def test_what_was_typed_is_escaped() -> None:
    html = draw('{% text_field "place" "Place" typed %}', typed='"><script>')
    assert "<script>" not in html


def test_errors_link_to_their_fields() -> None:
    html = draw("{% error_summary faults %}", faults=[Fault("plan", "Choose a plan.")])
    assert '<a href="#plan">Choose a plan.</a>' in html
    assert draw("{% error_summary faults %}", faults=[]).strip() == ""


def test_the_first_choice_carries_the_field_s_own_id() -> None:
    html = draw('{% choices "plan" "Plan" options %}', options=[Choice("A", "A"), Choice("B", "B")])
    assert 'id="plan"' in html and 'id="plan-B"' in html


def test_not_knowing_is_offered_where_it_is_an_answer() -> None:
    options = [Choice("yes", "Yes")]
    assert 'value="unknown"' in draw('{% choices "a" "A" options unknown=True %}', options=options)
    assert 'value="unknown"' not in draw('{% choices "a" "A" options %}', options=options)
    several = draw('{% none_of_these "a" "A" options %}', options=options)
    assert 'value="none"' in several and 'value="unknown"' in several


def test_a_receipt_s_fields_carry_its_number() -> None:
    html = draw(
        "{% receipt_rows rows kinds kinds kinds %}",
        rows=[Receipt("fare", faults=(Fault("amount", "Enter an amount."),))],
        kinds=[Choice("fare", "Fare")],
    )
    assert 'name="receipts-0-amount"' in html and 'id="receipts-0-amount-error"' in html
    assert 'value="remove_receipts:0"' in html and 'value="add_receipts"' in html


def test_a_clause_links_to_its_place() -> None:
    html = draw("{% clause citation %}", citation=Citation("rescue.2", "/wording#rescue.2"))
    assert 'href="/wording#rescue.2"' in html
    assert "href" not in draw('{% clause "rescue.2" %}')


def test_the_flow_stands_in_a_table_too() -> None:
    flows = [Flow("Bill", "Paid", 500), Flow("Bill", "Beyond the limit", 0, "medical.limit", True)]
    html = draw("{% sankey flows %}", flows=flows)
    assert html.count("<svg") == 2
    assert "Bill → Beyond the limit" in html and "medical.limit" in html
    assert "<svg" not in draw("{% sankey flows %}", flows=[])


def test_a_missing_amount_is_not_zero() -> None:
    html = draw(
        '{% money_table "Costs" columns rows %}',
        columns=["Claimed"],
        rows=[MoneyRow("Fares", (None,)), MoneyRow("Rooms", (0,))],
    )
    assert "–" in html and "0\N{NO-BREAK SPACE}yen" in html


@pytest.mark.parametrize(("lo", "hi"), [(0, 0), (5, 5), (0, 10**9), (3, None)])
def test_the_bar_is_drawn_for_every_range(lo: int, hi: int | None) -> None:
    html = draw("{% payout_range lo hi asked=7 %}", lo=lo, hi=hi)
    assert html.count("<figure") == 1 and "Claimed" in html
