"""The only door between the interface and the engine's decisions and wordings.

In:  the bytes of a claim, an edition's id.
Out: decisions, wordings and claim schemas as plain data; what cannot be had as a ``Refusal``.
Never: a type of the engine.
"""

import json
from functools import lru_cache
from typing import Any

from dosojin.adjudication.decide import decide
from dosojin.adjudication.load_claim import parse
from dosojin.adjudication.read_claim import read_claim
from dosojin.explanation.readings import readings_of
from dosojin.explanation.schema import schema_of
from dosojin.explanation.wording_page import BenefitEntry, wording_page
from dosojin.products import editions
from dosojin_web.policies.mapping.refusal import refusals

BODY = "body"
Plain = dict[str, Any]


def decide_claim(content: bytes, with_questions: bool) -> Plain:
    """The decision on a claim file in JSON, with what each cited clause says.

    Refusal at the place in the claim that cannot be taken.
    """
    with refusals():
        claim = read_claim(parse(content, BODY))
        decision = decide(claim, with_questions=with_questions)
    readings = readings_of(claim.edition).by_id
    citations = [
        {
            "id": id,
            "text": {"ja": readings[id].text.ja, "en": readings[id].text.en},
            "source": readings[id].source,
        }
        for id in dict.fromkeys(id for benefit in decision.benefits for id in benefit.cites)
        if id in readings
    ]
    return {"decision": decision.to_json(), "citations": citations}


def is_json(content: bytes) -> bool:
    """Whether the bytes are one JSON object: the engine's reader would take YAML as well."""
    try:
        return isinstance(json.loads(content), dict)
    except (ValueError, RecursionError):
        return False


def is_edition(product: str) -> bool:
    """Whether there is an edition with this id."""
    return product in editions()


@lru_cache(maxsize=16)
def wording_of(product: str) -> Plain:
    """The wording of an edition; the caller knows that there is one."""
    page = wording_page(product)
    return {
        "product": page.product,
        "revision": page.revision,
        "title": {"ja": page.title.ja, "en": page.title.en},
        "benefits": [_benefit(entry) for entry in page.benefits],
    }


def _benefit(entry: BenefitEntry) -> Plain:
    return {
        "id": entry.id,
        "title": {"ja": entry.title.ja, "en": entry.title.en},
        "source": entry.source,
        "clauses": [
            {
                "id": clause.id,
                "part": clause.part,
                "role": clause.role.value,
                "reading": {"ja": clause.reading.ja, "en": clause.reading.en},
                "source": clause.source,
                "status": clause.status.value,
                "restores": list(clause.restores),
                "restored_by": list(clause.restored_by),
                "why": clause.why,
            }
            for clause in entry.clauses
        ],
        "figures": [
            {"id": figure.id, "value": figure.value, "unit": figure.unit, "source": figure.source}
            for figure in entry.figures
        ],
    }


@lru_cache(maxsize=16)
def claim_schema_of(product: str, language: str) -> Plain:
    """The JSON Schema of the edition's claim files, its words in one language."""
    return schema_of(product, "ja" if language == "ja" else "en")
