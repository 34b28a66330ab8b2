"""A call for each operation, for the page that describes them; a test makes them all."""

from typing import Any

from .endpoints.decisions import EXAMPLE as CLAIM

TRIP = {"product": "gakkensai-2026", "start": "2026-08-03", "end": "2026-08-10"}

EXAMPLES: dict[str, dict[str, Any]] = {
    "quote_trip": {"query": TRIP},
    "quote_extension": {"body": {**TRIP, "plan": "C", "new_end": "2026-08-31"}},
    "quote_refund": {"body": {**TRIP, "plan": "C", "last_covered_day": "2026-08-06"}},
    "decide_claim": {"query": {"questions": "false"}, "body": CLAIM},
    "read_wording": {"path": {"product": "gakkensai-2026"}},
    "read_claim_schema": {"path": {"product": "gakkensai-2026"}},
}
