"""Emergency temporary return (plan F): the flyer names a sum and the seeds hold no wording."""

from __future__ import annotations

from dosojin.products.gakkensai.definitions import carries
from dosojin.products.gakkensai.facts.alteration import (
    temporary_return as returned_for_a_while,
)
from dosojin.products.gakkensai.facts.alteration import (
    temporary_return_assessed,
)
from dosojin.products.gakkensai.facts.policy import sum_temporary_return
from dosojin.products.gakkensai.proofs import ALWAYS_ASKED, Proof, papers
from dosojin.terms.clauses import Status, clause
from dosojin.terms.editions import Benefit
from dosojin.terms.money_tree import OCCURRENCE, fixed, limit, part
from dosojin.values.text import Text

SOURCE = "003 l.304"


def temporary_return() -> Benefit:
    """A person decides whether and how much; the sum insured caps it."""
    return Benefit(
        "temporary_return",
        Text("緊急一時帰国費用", "Emergency temporary return"),
        SOURCE,
        carried=carries(sum_temporary_return),
        money=part(
            "temporary_return",
            ja="緊急の事情による一時帰国の費用",
            en="costs of an emergency temporary return",
            source=SOURCE,
            opens=(returned_for_a_while,),
            grants=(
                clause(
                    "temporary_return.1",
                    returned_for_a_while,
                    ja="緊急の事情で一時帰国し、担当者が対象になると判断した"
                    "（公表された資料に約款の文言がないため、人が判断します）",
                    en="there was an emergency temporary return that a person found to be covered "
                    "(no wording has been published)",
                    source=SOURCE,
                    status=Status.HUMAN,
                ),
            ),
            money=limit(
                sum_temporary_return,
                per=OCCURRENCE,
                id="temporary_return.sum",
                ja="緊急一時帰国費用保険金額まで",
                en="up to the sum insured",
                source=SOURCE,
                of=fixed(
                    temporary_return_assessed,
                    id="temporary_return.assessed",
                    ja="担当者が認めた額",
                    en="the amount that a person accepted",
                    source=SOURCE,
                ),
            ),
        ),
        documents=(*ALWAYS_ASKED, *papers(Proof.ENTRY_AND_EXIT_RECORD, Proof.RECEIPT)),
    )
