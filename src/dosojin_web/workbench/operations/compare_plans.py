"""Sets the plans of all editions side by side for one occurrence, with the yen between them."""

from dataclasses import dataclass

from django.utils.translation import gettext

from dosojin_web.workbench.mapping import (
    Alternative,
    Judgement,
    explain_problem,
    find_edition,
    list_alternatives,
)


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One plan: what it would pay, and how that differs from this claim's own plan.

    ``difference`` is in yen at best, ``certain_difference`` in yen for sure; None: no limit.
    """

    value: str
    title: str
    is_own: bool
    verdict: str
    amount: str
    difference: str
    reason: str


@dataclass(frozen=True, slots=True)
class EditionRows:
    """The plans of one edition."""

    id: str
    title: str
    rows: tuple[PlanRow, ...]
    misfits: tuple[PlanRow, ...]


def compare_plans(judgement: Judgement) -> list[EditionRows]:
    """Every edition with the plans that take this trip, and those that do not, with the reason."""
    by_product: dict[str, list[PlanRow]] = {}
    for other in list_alternatives(judgement):
        by_product.setdefault(other.product, []).append(_row(judgement, other))
    found = []
    for product, rows in by_product.items():
        offer = find_edition(product)
        fitting = tuple(row for row in rows if not row.reason)
        misfits = tuple(row for row in rows if row.reason)
        found.append(EditionRows(product, offer.title if offer else product, fitting, misfits))
    return found


def _row(judgement: Judgement, other: Alternative) -> PlanRow:
    claim = judgement.claim
    offer = find_edition(other.product)
    titles = {plan.id: plan.title for plan in offer.plans} if offer else {}
    is_own = (other.product, other.plan) == (claim.product, claim.plan)
    value, title = f"{other.product}:{other.plan}", titles.get(other.plan, other.plan)
    if other.decision is None:
        reason = explain_problem(other.problem) if other.problem else ""
        return PlanRow(value, title, is_own, "", "", "", reason)
    decision = judgement.decision if is_own else other.decision
    own, payable = judgement.decision.payable, decision.payable
    difference = "" if is_own else _difference(own.lo, own.hi, payable.lo, payable.hi)
    return PlanRow(
        value, title, is_own, str(decision.verdict), judgement.span_words(payable), difference, ""
    )


def _difference(lo: int, hi: int | None, other_lo: int, other_hi: int | None) -> str:
    """Yen more or less than under the claim's own plan; one figure if both ends differ alike."""
    if hi is None or other_hi is None:
        if hi == other_hi and lo == other_lo:
            return gettext("the same")
        return gettext("not comparable without a limit")
    least, most = other_lo - lo, other_hi - hi
    if least == most:
        return gettext("the same") if most == 0 else _signed(most)
    words = {"certain": _signed(least), "possible": _signed(most)}
    return gettext("certain %(certain)s, possible %(possible)s") % words


def _signed(amount: int) -> str:
    sign = "+" if amount > 0 else "−" if amount < 0 else "±"
    return gettext("%(amount)s yen") % {"amount": f"{sign}{abs(amount):,}"}
