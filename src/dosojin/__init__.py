"""Dosojin: the open core for overseas travel insurance.

Comes in: an insurance wording as terms, the figures of one edition, and one occurrence as facts
and expenses.
Goes out: a decision that explains itself: verdict, what is certain, what is possible, the clause
that says so, and the question to ask next.
Never: reads a clock or the network, guesses a missing fact, uses a float for money, imports Django.

Names are imported when they are first used, so that `import dosojin` costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dosojin.adjudication.catalogue import load_edition, plan_ids
    from dosojin.adjudication.decide import decide
    from dosojin.adjudication.decision import BenefitDecision, Decision, Question, Verdict
    from dosojin.adjudication.load_claim import load_claim
    from dosojin.adjudication.read_claim import Claim, read_claim
    from dosojin.adjudication.replay import Replay, record_of, replay
    from dosojin.adjudication.what_if import Turn, turning_facts, what_if
    from dosojin.explanation.document import Page
    from dosojin.explanation.explain_decision import explain_to_claimant, explain_to_desk
    from dosojin.explanation.render_text import render_text
    from dosojin.explanation.trace_money import Flow, money_flow, waterfall
    from dosojin.products import editions
    from dosojin.rating.extend_period import Extension, extend
    from dosojin.rating.load_tariff import load_tariff
    from dosojin.rating.quote_premium import Quote, quote, quotes
    from dosojin.rating.tariff import Tariff
    from dosojin.terms.editions import Edition
    from dosojin.values.money import Span
    from dosojin.values.problems import Problem
    from dosojin.values.text import Language, Text
    from dosojin.values.truth import Truth

_HOMES = {
    "BenefitDecision": "adjudication.decision",
    "Claim": "adjudication.read_claim",
    "Decision": "adjudication.decision",
    "Edition": "terms.editions",
    "Extension": "rating.extend_period",
    "Flow": "explanation.trace_money",
    "Language": "values.text",
    "Page": "explanation.document",
    "Problem": "values.problems",
    "Question": "adjudication.decision",
    "Quote": "rating.quote_premium",
    "Replay": "adjudication.replay",
    "Span": "values.money",
    "Tariff": "rating.tariff",
    "Text": "values.text",
    "Truth": "values.truth",
    "Turn": "adjudication.what_if",
    "Verdict": "adjudication.decision",
    "decide": "adjudication.decide",
    "editions": "products",
    "explain_to_claimant": "explanation.explain_decision",
    "explain_to_desk": "explanation.explain_decision",
    "extend": "rating.extend_period",
    "load_claim": "adjudication.load_claim",
    "load_edition": "adjudication.catalogue",
    "load_tariff": "rating.load_tariff",
    "money_flow": "explanation.trace_money",
    "plan_ids": "adjudication.catalogue",
    "quote": "rating.quote_premium",
    "quotes": "rating.quote_premium",
    "read_claim": "adjudication.read_claim",
    "record_of": "adjudication.replay",
    "render_text": "explanation.render_text",
    "replay": "adjudication.replay",
    "turning_facts": "adjudication.what_if",
    "waterfall": "explanation.trace_money",
    "what_if": "adjudication.what_if",
}

__all__ = [
    "BenefitDecision", "Claim", "Decision", "Edition", "Extension", "Flow", "Language", "Page",
    "Problem", "Question", "Quote", "Replay", "Span", "Tariff", "Text", "Truth", "Turn", "Verdict",
    "decide", "editions", "explain_to_claimant", "explain_to_desk", "extend", "load_claim",
    "load_edition", "load_tariff", "money_flow", "plan_ids", "quote", "quotes", "read_claim",
    "record_of", "render_text", "replay", "turning_facts", "waterfall", "what_if",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    home = _HOMES.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    found = getattr(import_module(f"{__name__}.{home}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOMES])
