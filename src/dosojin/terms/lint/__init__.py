"""Lint: what a wording forgot, as far as its structure tells.

In: an edition, and the other editions that share its receipt categories.
Out: findings with a code, a place, what is wrong and what to do; none if all is well.
Never: reads claims or cases. Whether a clause can fire at all is searched for in adjudication.
"""

from __future__ import annotations

from collections.abc import Iterable

from dosojin.terms.editions import Edition
from dosojin.terms.lint.clauses import clause_findings
from dosojin.terms.lint.facts import fact_findings
from dosojin.terms.lint.figures import figure_findings
from dosojin.terms.lint.findings import Finding
from dosojin.terms.lint.literals import literal_findings
from dosojin.terms.lint.money import money_findings
from dosojin.terms.lint.receipts import receipt_findings

__all__ = ["Finding", "lint_edition", "literal_findings"]


def lint_edition(
    edition: Edition,
    siblings: Iterable[Edition] = (),
    plans: Iterable[frozenset[str]] = (),
) -> tuple[Finding, ...]:
    """Everything that the structure of an edition shows to be wrong, in wording order.

    siblings: editions with the same receipt categories; a category that one of them takes is
    left out of the others deliberately. plans: the benefits that each published plan carries; two
    benefits that no plan carries together need no gates against each other.
    """
    family = tuple(siblings)
    broken = tuple(clause_findings(edition)) + tuple(money_findings(edition))
    return (
        *broken,
        *figure_findings(edition),
        *fact_findings(edition, family),
        *receipt_findings(edition, family, tuple(plans)),
    )
