"""What the pages of one claim have in common: its judgement, its panel, the answers so far."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext

from dosojin_web.components.shapes import SummaryRow
from dosojin_web.templatetags.layout import civil_day
from dosojin_web.workbench.mapping import (
    Judgement,
    Problem,
    Raw,
    answer_words,
    explain_problem,
    find_edition,
    find_slot,
    say,
)
from dosojin_web.workbench.models import ClaimDraft
from dosojin_web.workbench.panel import describe_panel
from dosojin_web.workbench.receipts import receipts_total
from dosojin_web.workbench.situations import NOTHING_ELSE, opening_facts, situation_labels
from dosojin_web.workbench.steps import list_pages

DraftView = Callable[[HttpRequest, ClaimDraft], HttpResponse]


def claim_page(view: DraftView) -> Callable[[HttpRequest, str], HttpResponse]:
    """The view of a claim by its key: 404 for a stranger, a page of its own for a refusal."""

    @wraps(view)
    def page(request: HttpRequest, key: str) -> HttpResponse:
        draft = get_object_or_404(ClaimDraft, key=key)
        try:
            return view(request, draft)
        except Problem as problem:
            said = {"message": explain_problem(problem), "place": problem.place, "draft": draft}
            return render(request, "workbench/refused.html", said, status=422)

    return page


def desk_context(draft: ClaimDraft, judgement: Judgement, here: str) -> dict[str, Any]:
    """The panel beside, the pages above, and the way to this claim."""
    return {
        "draft": draft,
        "pages": list_pages(draft.key, here),
        "panel": describe_panel(judgement),
        "here_on_desk": here,
    }


def list_answers(draft: ClaimDraft) -> list[SummaryRow]:
    """Every answer with the place to change it: the contract, what happened, costs, facts."""
    key, claim, start = draft.key, draft.claim, reverse("workbench:start")
    rows = [
        SummaryRow(gettext("Contract"), contract_words(claim), f"{start}?claim={key}"),
        SummaryRow(
            gettext("What happened"),
            _happened_words(draft.happened),
            reverse("workbench:happened", args=[key]),
        ),
        SummaryRow(
            gettext("Costs"), receipts_total(claim), reverse("workbench:receipts", args=[key])
        ),
    ]
    return rows + [_answer_row(draft, name) for name in _answered(draft)]


def _happened_words(chosen: list[str]) -> str:
    words = gettext(" · ").join(situation_labels(chosen)) or gettext("Not said yet")
    if NOTHING_ELSE in chosen:
        return gettext("%(happened)s; nothing else") % {"happened": words}
    return words


def _answered(draft: ClaimDraft) -> list[str]:
    """The facts that the claim states, in the order in which they were answered.

    What was said by saying what happened stands in its own row.
    """
    policy = draft.claim.get("policy", {})
    asked_late = [name for name in ("premium_paid_on", "extended", "age_at_inception", "riders")
                  if name in policy]  # fmt: skip
    said_at_once = opening_facts(draft.happened)
    facts = draft.claim.get("facts", {})
    own = [name for name in facts if facts[name] != said_at_once.get(name)]
    names = [*asked_late, *own]
    order = {key: place for place, key in enumerate(draft.trail)}
    return sorted(names, key=lambda name: order.get(name, -1))


def _answer_row(draft: ClaimDraft, name: str) -> SummaryRow:
    slot = find_slot(draft.claim, name)
    if slot is None:
        return SummaryRow(name, "")
    address = f"{reverse('workbench:claim', args=[draft.key])}?ask={name}"
    answer = answer_words(slot.fact, slot.read(draft.claim))
    return SummaryRow(say(slot.fact.title), answer, address)


def contract_words(claim: Raw) -> str:
    """Edition, plan and period in one line."""
    offer = find_edition(claim["product"])
    plans = {plan.id: plan.title for plan in offer.plans} if offer else {}
    title = offer.title if offer else claim["product"]
    plan = plans.get(claim.get("plan", ""), gettext("no plan"))
    return gettext("%(edition)s, %(plan)s, %(period)s") % {
        "edition": title,
        "plan": plan,
        "period": _period(claim.get("policy", {})),
    }


def _period(policy: Raw) -> str:
    return gettext("%(first)s to %(last)s") % {
        "first": _day(policy.get("inception")),
        "last": _day(policy.get("expiry")),
    }


def _day(raw: Any) -> str:
    try:
        return civil_day(date.fromisoformat(raw))
    except (TypeError, ValueError):
        return str(raw)
