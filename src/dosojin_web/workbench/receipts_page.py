"""What the page of receipts shows."""

from typing import Any

from dosojin_web.workbench.desk import desk_context
from dosojin_web.workbench.mapping import judge
from dosojin_web.workbench.models import ClaimDraft
from dosojin_web.workbench.operations.edit_receipts import Sheet
from dosojin_web.workbench.receipts import Row, form_choices


def receipts_context(draft: ClaimDraft, sheet: Sheet) -> dict[str, Any]:
    """The rows with what they offer, the rates, the field to paste into, the panel."""
    choices = form_choices(draft.claim, draft.happened)
    error = {fault.field: fault.message for fault in sheet.faults}
    rows = list(sheet.rows) or [Row()]
    return (
        desk_context(draft, judge(draft.claim, with_questions=False), "receipts")
        | choices
        | {
            "rows": [
                {
                    "number": number,
                    "at": f"receipts-{number}",
                    "row": row,
                    "shows_nights": row.category in choices["nightly"] or bool(row.nights),
                }
                for number, row in enumerate(rows)
            ],
            "rates": sheet.rates,
            "sheet": sheet,
            "faults": sheet.faults,
            "error": error,
            "is_first": not draft.claim.get("expenses"),
        }
    )
