"""The form of the first page: what it offers, and what it shows again."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext, ngettext

from dosojin_web.components.shapes import Choice, Fault
from dosojin_web.templatetags.money import round_yen, yen
from dosojin_web.workbench.mapping import (
    EditionOffer,
    Kind,
    PlanOffer,
    Problem,
    explain_problem,
    included_riders,
    list_editions,
    option_words,
    sums_to_fill,
)
from dosojin_web.workbench.models import ClaimDraft
from dosojin_web.workbench.offsets import offset_choices
from dosojin_web.workbench.steps import list_steps

FIELDS = ("plan", "inception", "expiry", "as_of", "premium_paid_on", "place_offset")
PLACES = {"end": "expiry", "start": "inception", "product": "plan", "place_offset": "place_offset"}


def fault_of_problem(problem: Problem) -> Fault:
    """The engine's refusal beside the field that it speaks of."""
    place = problem.place.split(",")[0]
    name = place.removeprefix("policy.")
    if name.startswith("sums."):
        name = f"sum-{name.removeprefix('sums.')}"
    name = PLACES.get(name, name)
    is_field = name in FIELDS or name.startswith("sum-")
    return Fault(name if is_field else "plan", explain_problem(problem))


def posted_values(answers: MultiValueDict[str, str]) -> dict[str, Any]:
    """What was typed, to be shown again."""
    values: dict[str, Any] = {name: answers.get(name, "") for name in FIELDS}
    values["riders"] = answers.getlist("riders")
    values["sums"] = {
        name.removeprefix("sum-"): answers.get(name, "") for name in answers if name[:4] == "sum-"
    }
    return values


def _stated_values(draft: ClaimDraft | None) -> dict[str, Any]:
    claim = draft.claim if draft else {}
    policy = claim.get("policy", {})
    riders = policy.get("riders", [])
    sums = {
        id: {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value
        for id, value in policy.get("sums", {}).items()
    }
    return {
        "plan": claim.get("plan", ""),
        "inception": policy.get("inception", ""),
        "expiry": policy.get("expiry", ""),
        "as_of": claim.get("as_of", timezone.localdate().isoformat()),
        "premium_paid_on": policy.get("premium_paid_on", ""),
        "place_offset": claim.get("place_offset", ""),
        "riders": riders if isinstance(riders, list) else [],
        "sums": {id: f"{v:,}" if isinstance(v, int) else v for id, v in sums.items()},
    }


def contract_context(
    offer: EditionOffer,
    draft: ClaimDraft | None,
    values: dict[str, Any] | None,
    faults: Sequence[Fault],
) -> dict[str, Any]:
    """All that the template shows."""
    values = values if values is not None else _stated_values(draft)
    error = {fault.field: fault.message for fault in faults}
    return {
        "editions": [(edition, _edition_hint(edition)) for edition in list_editions()],
        "edition": offer,
        "plans": [_plan_choice(plan) for plan in offer.plans],
        "values": values,
        "sums": [
            {
                "name": f"sum-{id}",
                "label": title,
                "is_flag": fact.kind is Kind.FLAG,
                "value": values["sums"].get(id, ""),
                "error": error.get(f"sum-{id}", ""),
            }
            for id, title, fact in sums_to_fill(offer)
        ],
        "carried": [
            Choice("yes", gettext("Carried")),
            Choice("no", gettext("Not carried")),
        ],
        "riders": _rider_choices(offer),
        "offsets": offset_choices(values["place_offset"]),
        "draft": draft,
        "faults": faults,
        "error": error,
        "steps": list_steps(0),
        "details_open": any(values[name] for name in ("premium_paid_on", "riders"))
        or any(fault.field in ("premium_paid_on", "place_offset") for fault in faults),
    }


def _edition_hint(offer: EditionOffer) -> str:
    count = ngettext("%(count)s plan", "%(count)s plans", len(offer.plans)) % {
        "count": len(offer.plans)
    }
    if offer.is_published:
        return gettext("%(plans)s, sums and premiums published") % {"plans": count}
    return gettext("%(plans)s; the sums stand on the certificate") % {"plans": count}


def _plan_choice(plan: PlanOffer) -> Choice:
    sums = tuple(
        gettext("%(benefits)s: %(sum)s") % {"benefits": titles, "sum": _amount(amount)}
        for titles, amount in plan.sums
    )
    title = gettext("%(plan)s (%(length)s)") % {"plan": plan.title, "length": plan.length}
    return Choice(plan.id, title, details=(*sums, *plan.included))


def _amount(amount: int | None) -> str:
    if amount is None:
        return gettext("without a limit")
    return round_yen(amount) if round_yen(amount).endswith("円") else yen(amount)


def _rider_choices(offer: EditionOffer) -> list[Choice]:
    """The riders; a hint names the plans that include one by themselves."""
    found = []
    for word, title in option_words(offer.riders).items():
        plans = [p.id for p in offer.plans if word in included_riders(offer.id, p.id)]
        hint = gettext("Plans %(plans)s include it.") % {"plans": ", ".join(plans)} if plans else ""
        found.append(Choice(word, title, hint))
    return found
