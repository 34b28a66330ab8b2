"""Writes a claim as a file: JSON, YAML, or a worked case whose answer a person still works out."""

import json
from io import StringIO
from typing import Any

from ruamel.yaml import YAML

from dosojin_web.workbench.mapping import Judgement, Raw

ORDER = (
    "title", "product", "plan", "as_of", "place_offset", "policy", "facts", "rates", "expenses",
    "usage", "documents", "note", "expect", "work",
)  # fmt: skip
# For those who keep the cases, so in the language of the repository.
CASE_HEADING = """\
# A worked case from the workbench. What stands under `expect` is what the program answered.
# Work the amount out by hand from the wording, write the sum under `work`, and correct `expect`
# if they differ: a case that only repeats the program proves nothing.
"""
TO_WORK = "to be worked by hand from the wording"


def write_json(claim: Raw) -> str:
    """The claim as JSON, as people indent it."""
    return json.dumps(_ordered(claim), ensure_ascii=False, indent=2) + "\n"


def write_yaml(claim: Raw) -> str:
    """The claim as YAML."""
    return _yaml(_ordered(claim))


def write_case(judgement: Judgement, title: str, story: str) -> str:
    """A worked case: the claim, the story, and the answer so far, to be checked by hand."""
    decision = judgement.decision
    payable = decision.payable
    expect: dict[str, Any] = {
        "verdict": str(decision.verdict),
        "payable": payable.lo if payable.is_certain else payable.to_json(),
        "benefits": {
            benefit.id: {
                "verdict": str(benefit.verdict),
                "deciding_clause": benefit.deciding_clause,
            }
            for benefit in decision.benefits
        },
        "cites": list(dict.fromkeys(id for benefit in decision.benefits for id in benefit.cites)),
    }
    if decision.questions:
        expect["ask_first"] = decision.questions[0].key
    case = {"title": title, **dict(judgement.claim.source), "expect": expect, "work": TO_WORK}
    if story:
        case["note"] = story
    return CASE_HEADING + _yaml([_ordered(case)])


def _ordered(claim: Raw) -> Raw:
    known = {key: claim[key] for key in ORDER if key in claim}
    return known | {key: value for key, value in claim.items() if key not in known}


def _yaml(content: Any) -> str:
    writer = YAML()
    writer.default_flow_style = False
    writer.allow_unicode = True
    writer.width = 100
    writer.indent(mapping=2, sequence=4, offset=2)
    out = StringIO()
    writer.dump(content, out)
    return out.getvalue()
