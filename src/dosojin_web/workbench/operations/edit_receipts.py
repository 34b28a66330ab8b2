"""Changes the receipts of a claim: rows added, removed, read from pasted lines, and kept."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext

from dosojin_web.components.shapes import Fault
from dosojin_web.workbench.mapping import Problem, Raw, check, explain_problem, taken_categories
from dosojin_web.workbench.models import ClaimDraft
from dosojin_web.workbench.operations.keep_answer import keep_receipts
from dosojin_web.workbench.operations.read_pasted import Unread, read_pasted
from dosojin_web.workbench.receipts import (
    Rate,
    Row,
    attach_faults,
    attach_rate_faults,
    posted_rates,
    posted_rows,
    rates_of,
    rows_of,
    with_receipts,
)
from dosojin_web.workbench.situations import usual_categories

LINE_FIELDS = {
    "category": "category", "amount": "amount", "currency": "currency", "on": "on",
    "nights": "nights", "status": "status", "person": "who", "item": "who",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sheet:
    """The page of receipts as it stands: rows, rates, lines not read, what is wrong."""

    rows: Sequence[Row]
    rates: Sequence[Rate]
    pasted: str = ""
    unread: Sequence[Unread] = ()
    read_count: int = 0
    faults: Sequence[Fault] = ()
    is_kept: bool = False


def stated_receipts(draft: ClaimDraft) -> Sheet:
    """The receipts of the claim, or those that fit what happened."""
    rows = rows_of(draft.claim, draft.happened)
    return Sheet(rows, rates_of(draft.claim, rows))


def edit_receipts(draft: ClaimDraft, answers: Mapping[str, str]) -> Sheet:
    """What a press of a button on the page brings."""
    action = answers.get("action", "keep")
    rows = posted_rows(answers)
    if action == "add":
        rows.append(Row())
    elif action.startswith("remove:"):
        rows = [row for place, row in enumerate(rows) if str(place) != action[7:]]
    elif action == "paste":
        return _read(draft, answers, rows)
    sheet = Sheet(rows, _rates(draft.claim, answers, rows), answers.get("pasted", ""))
    return _keep(draft, sheet) if action == "keep" else sheet


def _rates(claim: Raw, answers: Mapping[str, str], rows: Sequence[Row]) -> list[Rate]:
    """The rates as typed; where nothing was typed yet, as the claim has them."""
    stated = {rate.currency: rate for rate in rates_of(claim, rows)}
    typed = posted_rates(answers, rows)
    return [
        rate if f"rate-{rate.currency}-yen" in answers else stated.get(rate.currency, rate)
        for rate in typed
    ]


def _read(draft: ClaimDraft, answers: Mapping[str, str], rows: list[Row]) -> Sheet:
    """Rows read from the pasted lines; lines that could not be read stay in the field."""
    product = draft.claim["product"]
    usual = usual_categories(draft.happened, list(taken_categories(product)))
    found, unread = read_pasted(answers.get("pasted", ""), product, usual)
    filled = [row for row in rows if row.amount or row.came_from] if found else rows
    all_rows = [*filled, *found]
    left = "\n".join(line.text for line in unread)
    rates = _rates(draft.claim, answers, all_rows)
    faults = [
        Fault(
            "pasted",
            gettext("Line %(number)s: %(reason)s") % {"number": line.number, "reason": line.reason},
        )
        for line in unread
    ]
    if not found and not unread:
        faults = [Fault("pasted", gettext("Paste at least one line first."))]
    return Sheet(all_rows, rates, left, unread, len(found), faults)


def _keep(draft: ClaimDraft, sheet: Sheet) -> Sheet:
    changed, faults = with_receipts(draft.claim, sheet.rows, sheet.rates)
    if not faults:
        numbers = [number for number, row in enumerate(sheet.rows) if not row.is_blank]
        faults = _refusals(changed, numbers)
    if sheet.pasted.strip():
        said = gettext("There are lines that were not read yet. Read them, or empty the field.")
        faults.append(Fault("pasted", said))
    if faults:
        return replace(
            sheet,
            rows=attach_faults(sheet.rows, faults),
            rates=attach_rate_faults(sheet.rates, faults),
            faults=faults,
        )
    keep_receipts(draft, changed)
    return replace(sheet, is_kept=True)


def _refusals(changed: Raw, numbers: Sequence[int]) -> list[Fault]:
    """What the engine refuses, row by row, so that all of it is said at once."""
    try:
        check(changed)
        return []
    except Problem as whole:
        found = []
        for place, number in enumerate(numbers):
            alone = {**changed, "expenses": [changed["expenses"][place]]}
            try:
                check(alone)
            except Problem as problem:
                if problem.place.startswith("expenses"):
                    found.append(Fault(_field(problem.place, number), explain_problem(problem)))
        return found or [Fault(_field(whole.place, 0), explain_problem(whole))]


def _field(place: str, number: int) -> str:
    parts = place.split(".")
    if parts[0] == "rates" and len(parts) > 1:
        part = parts[2] if len(parts) > 2 else "yen"
        return f"rate-{parts[1]}-{part}"
    part = parts[1] if len(parts) > 1 else "category"
    return f"receipts-{number}-{LINE_FIELDS.get(part, part)}"
