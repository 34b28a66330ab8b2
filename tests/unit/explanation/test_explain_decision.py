"""What the claimant and the desk read, in both languages."""

from __future__ import annotations

import pytest

from dosojin.adjudication.decide import decide
from dosojin.adjudication.read_claim import read_claim
from dosojin.adjudication.worked_cases import worked_cases
from dosojin.explanation.explain_decision import explain_to_claimant, explain_to_desk
from dosojin.explanation.render_text import places, render_text
from dosojin.values.text import Language
from tests.unit.explanation.claims import boston, every_worked_claim

LANGUAGES: tuple[Language, ...] = ("ja", "en")


def read(raw: dict[str, object], language: Language, *, desk: bool = False) -> str:
    claim = read_claim(raw)
    explain = explain_to_desk if desk else explain_to_claimant
    page = explain(decide(claim), claim, claim.edition, language)
    return render_text(page, width=10_000)


def test_a_certain_sum_says_so_first() -> None:
    page = read(boston(), "en").splitlines()
    assert page[2] == "810,000 yen, certain. You asked for 1,050,000 yen."
    page = read(boston(), "ja").splitlines()
    assert page[2] == "810,000円を、確実にお支払いできます。ご請求額は1,050,000円です。"


def test_the_reason_shows_the_persons_own_days() -> None:
    assert (
        "Here: 12 days from Wed 3 June 2026 (day of admission) to Sun 14 June 2026 "
        "(day of discharge). · rescue.2"
    ) in read(boston(), "en")
    assert (
        "今回は、入院した日が2026年6月3日（水）、退院した日が2026年6月14日（日）で、12日間です。"
    ) in read(boston(), "ja")


def test_each_loss_is_a_line_with_its_clause() -> None:
    page = read(boston(), "en")
    assert (
        "150,000 yen (a rescuer's fare there and back, uncle): fares and rooms of up to 3" in page
    )
    assert "90,000 yen (a rescuer's room, mother, 6 of 20 nights): rooms of up to 14" in page
    assert "· rescue.room_nights_max" in page
    page = read(boston(), "ja")
    assert "90,000円（救援者の宿泊費・mother・20泊のうち6泊分）：" in page


def test_nothing_left_to_learn_is_said() -> None:
    assert "Nothing else that we could still learn would change this." in read(boston(), "en")
    assert "この先ほかのことが分かっても、この結果は変わりません。" in read(boston(), "ja")


def test_an_exclusion_is_named() -> None:
    raw = boston()
    raw["facts"] = {**raw["facts"], "circumstances": ["drunk_driving"]}
    page = read(raw, "ja")
    assert "お支払いの対象になりません（0円）。" in page
    assert "お支払いできない理由：「酒気を帯びて運転していた間の事故」に当たるため" in page
    assert "Not covered: 0 yen." in read(raw, "en")


def test_the_desk_reads_conditions_promise_and_the_first_question() -> None:
    page = read(boston("cause", "accident", expenses=[]), "en", desk=True)
    assert "Nothing is claimed yet" in page
    raw = boston("cause", "accident", "accident_on", "accident_on_trip")
    page = read(raw, "en", desk=True)
    assert "Covered if this turns out to hold:" in page
    assert "Not covered if one of these turns out to apply:" in page
    assert "Promise: 0 yen until" in page
    assert "Ask first: What lies behind the treatment, stay or death?" in page
    assert "narrows the sum by" in page


def test_an_estimate_brings_a_promise() -> None:
    expenses = [
        {"category": "physician_and_hospital", "amount": 90000, "on": "2026-06-03",
         "status": "estimated"}
    ]  # fmt: skip
    assert "If the bills come as estimated, 90,000 yen are certain." in read(
        boston(expenses=expenses), "en"
    )


def test_a_broken_leg_needs_no_death_certificate() -> None:
    page = read(boston(), "en")
    assert "Medical report" in page
    assert "Death certificate" not in page
    assert "Laboratory" not in page
    assert "Receipt or bill" not in page, "it has come in"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_worked_claim_can_be_read(language: Language) -> None:
    for claim in every_worked_claim():
        decision = decide(claim)
        for explain in (explain_to_claimant, explain_to_desk):
            page = explain(decision, claim, claim.edition, language)
            text = render_text(page)
            assert "{" not in text and "None" not in text, text
            assert page.to_json()["title"] == page.title
            words = [line for line in text.splitlines() if places(line) > 80]
            assert not words, words


def test_a_stay_too_short_shows_the_days_beside_the_condition() -> None:
    raw = boston()
    raw["facts"] = {**raw["facts"], "discharged_on": "2026-06-04"}
    page = read(raw, "en")
    assert "We cannot pay, because none of these is met:" in page
    assert "Here: 2 days from Wed 3 June 2026 (day of admission)" in page
    assert "お支払いできない理由：次のどの条件にも当てはまりません：" in read(raw, "ja")


def test_a_cover_that_holds_either_way_names_both_ways() -> None:
    case = next(
        c for c in worked_cases("gakkensai-2026") if c.title.startswith("Dead on the trip in June")
    )
    page = read(dict(case.steps[0].claim), "en")
    assert "Whatever is still unknown, one of these holds:" in page
