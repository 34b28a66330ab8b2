"""All the words of the family's claims, in the order of the questions.

Every edition knows all of them, so that a claim can be tried on another edition as it stands; a
word that an edition never reads is never asked there.
"""

from __future__ import annotations

from dosojin.facts.lines import LINE_FACTS, deductions
from dosojin.products.gakkensai.facts.alteration import RETURN_FACTS
from dosojin.products.gakkensai.facts.body import BODY_FACTS
from dosojin.products.gakkensai.facts.earlier_illness import EARLIER_ILLNESS_FACTS
from dosojin.products.gakkensai.facts.policy import POLICY_FACTS
from dosojin.products.gakkensai.facts.property import PROPERTY_FACTS
from dosojin.products.gakkensai.facts.travel import DELAY_LINE_FACTS, TRAVEL_FACTS

FACTS = (
    *POLICY_FACTS,
    *BODY_FACTS,
    *EARLIER_ILLNESS_FACTS,
    *PROPERTY_FACTS,
    *TRAVEL_FACTS,
    *RETURN_FACTS,
    deductions,
)
FACTS_OF_A_LINE = (*LINE_FACTS, *DELAY_LINE_FACTS)
