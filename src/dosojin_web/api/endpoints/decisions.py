"""Is it covered, how much, and why: a decision on a claim."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router

from dosojin_web.api.access import accepts, anyone, later
from dosojin_web.api.answers import answer
from dosojin_web.api.decision_shapes import DecisionAnswer
from dosojin_web.api.mapping import decide_claim, is_json
from dosojin_web.api.problems import Refused, unreadable
from dosojin_web.api.shapes import Shape
from dosojin_web.policies.mapping import product_ids

router = Router(tags=["decisions"])

CLAIM: dict[str, Any] = {
    "type": "object",
    "title": "Claim",
    "description": "One occurrence, as in a claim file. Its whole shape: claim-schemas/{product}.",
    "required": ["product", "as_of", "policy"],
    "properties": {
        "product": {"type": "string", "enum": list(product_ids())},
        "plan": {"type": "string"},
        "as_of": {"type": "string", "description": "Nothing after this day counts as known."},
        "policy": {"type": "object", "required": ["inception", "expiry"]},
        "facts": {"type": ["object", "null"]},
        "expenses": {"type": ["array", "null"], "items": {"type": "object"}},
        "rates": {"type": ["object", "null"]},
        "usage": {"type": ["array", "null"]},
        "documents": {"type": ["array", "null"]},
        "place_offset": {"type": ["string", "null"]},
        "note": {},
    },
    "additionalProperties": False,
}
EXAMPLE: dict[str, Any] = {
    "product": "gakkensai-2026",
    "plan": "D",
    "as_of": "2026-07-10",
    "policy": {"inception": "2026-06-01", "expiry": "2026-08-31"},
    "facts": {"cause": "injury"},
    "expenses": [
        {"category": "physician_and_hospital", "amount": 120000, "status": "paid"},
    ],
}


class DecisionQuery(Shape):
    """`questions=false` leaves out which facts are still worth asking, and answers faster."""

    questions: bool = True
    """false: without what to ask next, and faster"""


ACCESS = anyone()
ACCESS["openapi_extra"] |= {
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": CLAIM, "example": EXAMPLE}},
    }
}


@router.post(
    "/decisions",
    response=DecisionAnswer,
    operation_id="decide_claim",
    by_alias=True,
    summary=later(_("Covered or not, how much, and by which clauses")),
    **ACCESS,
)
@accepts()
def decide(request: HttpRequest, asked: Query[DecisionQuery]) -> HttpResponse:
    """A decision explains itself: each benefit names the clauses that decided it."""
    content = request.body
    if not is_json(content):
        raise Refused(422, [unreadable()])
    found = decide_claim(content, asked.questions)
    return answer(DecisionAnswer.model_validate(found))
