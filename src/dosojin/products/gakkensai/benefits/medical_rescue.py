"""Medical and rescue expenses: two parts of one benefit, with one sum insured (D30)."""

from __future__ import annotations

from dosojin.facts.expressions import all_of
from dosojin.products.gakkensai.benefits.medical import medical
from dosojin.products.gakkensai.benefits.rescue import rescue
from dosojin.products.gakkensai.definitions import carries
from dosojin.products.gakkensai.facts.body import (
    admitted,
    cause,
    died,
    distress,
    infection_class,
)
from dosojin.products.gakkensai.facts.policy import sum_medical_rescue
from dosojin.products.gakkensai.facts.words import Cause, Distress, InfectionClass
from dosojin.products.gakkensai.proofs import ALWAYS_ASKED, Proof, papers
from dosojin.terms.editions import Benefit, Figures
from dosojin.terms.money_tree import OCCURRENCE, all_together, limit
from dosojin.values.text import Text

SOURCE = "003 l.864-865; 004 l.408-410"


def medical_rescue(
    of_medical: Figures,
    of_rescue: Figures,
    infections: tuple[InfectionClass, ...],
    *,
    prosthesis: bool,
) -> Benefit:
    """Costs up to the sum for one injury, illness or accident; a plan may have no limit."""
    return Benefit(
        "medical_rescue",
        Text("治療・救援費用", "Medical and rescue expenses"),
        SOURCE,
        carried=carries(sum_medical_rescue),
        money=limit(
            sum_medical_rescue,
            per=OCCURRENCE,
            id="medical_rescue.sum",
            ja="1回のケガ・病気・事故につき、治療・救援費用保険金額まで",
            en="up to the sum insured for one injury, illness or accident",
            source=SOURCE,
            of=all_together(
                medical(of_medical, infections, prosthesis=prosthesis),
                rescue(of_rescue),
                id="medical_rescue.parts",
            ),
        ),
        documents=(
            *ALWAYS_ASKED,
            *papers(Proof.RECEIPT, Proof.CONSENT),
            *papers(Proof.MEDICAL_REPORT),
            *papers(Proof.ACCIDENT_REPORT, when=cause.is_(Cause.INJURY)),
            *papers(Proof.PATHOGEN_REPORT, when=infection_class.is_(*infections)),
            *papers(Proof.HOSPITAL_CERTIFICATE, when=all_of(admitted)),
            *papers(Proof.DEATH_CERTIFICATE, when=all_of(died)),
            *papers(
                Proof.SEARCH_REPORT,
                when=distress.is_(
                    Distress.CRAFT_MISSING, Distress.LIFE_UNCERTAIN, Distress.PUBLIC_SEARCH
                ),
            ),
        ),
    )
