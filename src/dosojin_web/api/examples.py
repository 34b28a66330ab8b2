"""A call for each operation, for the page that describes them; tests make them all.

A ``body`` has the shape that is asked for; whether its words are taken, the scheme decides.
"""

from typing import Any

from dosojin_web.consents.purposes import find_purpose
from dosojin_web.policies.important_matters import load_important_matters

from .endpoints.decisions import EXAMPLE as CLAIM

TRIP = {"product": "gakkensai-2026", "start": "2026-08-03", "end": "2026-08-10"}
CONSENT = find_purpose("double-cover-check")
PLACES = {
    "key": "0b8f8a52-3f8e-4c39-9a52-6a1a6b1c2d3e",
    "number": "G26-000001",
    "insurer": "tokiomarine",
    "month": "2026-08",
    "product": "gakkensai-2026",
}
"""What stands for the parts of an address that differ from call to call."""

PROGRAMME = {
    "key": PLACES["key"],
    "scheme": "gakkensai-2026",
    "university": "hokurei",
    "title": "Boston language course",
    "host": "Charles River College",
    "country": "US",
    "starts_on": "2026-08-03",
    "ends_on": "2026-08-31",
    "earns_credits": True,
    "state": "withdrawn",
    "version": 2,
}
"""A record as a stale write is answered with it."""

EXAMPLES: dict[str, dict[str, Any]] = {
    "quote_trip": {"query": TRIP},
    "quote_extension": {"body": {**TRIP, "plan": "C", "new_end": "2026-08-31"}},
    "quote_refund": {"body": {**TRIP, "plan": "C", "last_covered_day": "2026-08-06"}},
    "decide_claim": {"query": {"questions": "false"}, "body": CLAIM},
    "answer_trip": {
        "body": {
            "departs_on": "2026-08-03",
            "returns_on": "2026-08-10",
            "country": "US",
            "version": 1,
        }
    },
    "choose_plan": {"body": {"plan": "C", "version": 2}},
    "acknowledge_matters": {"body": {"digest": load_important_matters().digest, "version": 3}},
    "disclose": {
        "body": {
            "return_planned": True,
            "sports": ["skydiving"],
            "sports_note": "One jump with an instructor",
            "dangerous_work": False,
            "similar_cover": "unknown",
            "school_demands": ["minimum"],
            "version": 4,
        }
    },
    "confirm_details": {"body": {"phone": "+819012345678", "version": 1}},
    "submit_application": {"body": {"seen_total": 4730, "version": 5}},
    "say_consents": {
        "body": {
            "answers": [{"purpose": CONSENT.id, "agrees": True, "digest": CONSENT.digest("en")}],
            "last_seen": 0,
        }
    },
    "request_extension": {
        "body": {
            "new_end": "2026-08-31",
            "proxy": {
                "name": "Sato Ichiro",
                "relation": "father",
                "phone": "+81312345678",
                "email": "",
                "returns_on": "2026-08-31",
            },
            "reason": "The course goes on",
            "version": 1,
        }
    },
    "request_early_end": {
        "body": {"last_day": "2026-08-06", "reason": "Home for a funeral", "version": 1}
    },
    "issue_english_certificate": {"body": {"addressee": "Charles River College"}},
    "draft_programme": {
        "body": {
            "scheme": "gakkensai-2026",
            "title": "Boston language course",
            "host": "Charles River College",
            "country": "US",
            "starts_on": "2026-08-03",
            "ends_on": "2026-08-31",
            "earns_credits": True,
        }
    },
    "approve_programme": {"body": {"version": 1}},
    "list_members": {"query": {"leaving_uncovered": "true"}},
    "quote_loading": {
        "body": {"loading": 12000, "reason": "One jump, table of 2026", "version": 1}
    },
    "check_loading": {"body": {"version": 2}},
    "refuse_referral": {"body": {"reason": "Not insured by any co-insurer", "version": 1}},
    "list_changes": {"query": {"waiting": "true"}},
    "review_extension": {"body": {"loading": 0, "reason": "", "version": 1}},
    "confirm_change": {"body": {"version": 2}},
    "refuse_change": {"body": {"reason": "Two years would be exceeded", "version": 1}},
    "receive_transfer": {
        "body": {
            "amount": 4730,
            "received_on": "2026-08-05",
            "reference": "20260805-0012",
            "version": 3,
        }
    },
    "list_entries": {"query": {"reference": "G26-000001"}},
    "list_events": {"query": {"about": "certificate:G26-000001"}},
}
