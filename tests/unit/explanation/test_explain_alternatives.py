"""Why not, and what if, in words."""

from __future__ import annotations

from dosojin.adjudication.decide import decide
from dosojin.adjudication.read_claim import read_claim
from dosojin.adjudication.what_if import turning_facts
from dosojin.explanation.explain_alternatives import explain_why_not
from dosojin.explanation.render_text import render_text
from dosojin.values.text import Language
from tests.unit.explanation.claims import boston


def page(raw: dict[str, object], language: Language) -> str:
    claim = read_claim(raw)
    decision = decide(claim)
    turns = [turn for b in decision.benefits for turn in turning_facts(claim, b.id)]
    return render_text(
        explain_why_not(decision, claim, claim.edition, turns, (), language), width=10_000
    )


def short_stay() -> dict[str, object]:
    raw = boston(documents=[])
    raw["facts"] = {**raw["facts"], "discharged_on": "2026-06-04"}
    return raw


def test_a_stay_too_short_says_which_day_would_do() -> None:
    assert "2026年6月5日（金）" in page(short_stay(), "ja")
    english = page(short_stay(), "en")
    lead = "It would be covered if any one of these were shown (the claim says otherwise, but"
    assert lead in " ".join(english.split())
    assert "Day of discharge is Fri 5 June 2026 or later" in english


def test_nothing_claimed() -> None:
    assert "Nothing is claimed yet." in page(boston(facts={}, expenses=[]), "en")
