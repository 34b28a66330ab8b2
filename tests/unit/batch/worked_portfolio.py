"""Worked cases of an edition as a portfolio, and comparisons of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from dosojin.adjudication.clause_firing import claims_of_cases
from dosojin.adjudication.decide import Adjudication
from dosojin.adjudication.evaluation import evaluator
from dosojin.adjudication.read_claim import read_claim
from dosojin.batch.through_scalar import columns_of
from dosojin.batch.whatif.compare_columns import ComparisonOfWordings, Portion, Wording
from dosojin.batch.whatif.compare_portfolio import Question, ask
from dosojin.batch.whatif.comparison import Comparison
from dosojin.batch.whatif.loss_ratios import PolicyColumns
from dosojin.terms.lowered import Lowered
from dosojin.values.problems import Problem

PRODUCT = "gakkensai-2026"
PREMIUM = 40_000
INCEPTION, EXPIRY = 20_605, 20_696
"""1 June to 31 August 2026, in days since 1970-01-01: three months."""


@lru_cache(maxsize=32)
def changed(*sets: str) -> Question:
    """The edition against itself with these figures replaced."""
    return ask(PRODUCT, sets, None)


@lru_cache(maxsize=1)
def worked_claims() -> tuple[Mapping[str, Any], ...]:
    """A third of the worked cases that the edition takes: some of every benefit."""
    found = []
    for case in claims_of_cases(PRODUCT)[::3]:
        if case.raw["product"] == PRODUCT:
            try:
                read_claim(case.raw)
            except Problem:
                continue
            found.append(case.raw)
    return tuple(found)


def portion(wordings: Sequence[Wording], claims: Sequence[Mapping[str, Any]]) -> Portion:
    """Claims as one partition, each with a policy of its own."""
    columns = []
    for wording in wordings:
        lowered = wording.lowered
        cases = [read_claim(raw, lowered=lowered).case for raw in claims]
        columns.append(columns_of(lowered, evaluator(lowered).program, cases))
    count = len(claims)
    policies = PolicyColumns(
        [str(raw.get("plan") or "") for raw in claims],
        np.full(count, INCEPTION),
        np.full(count, EXPIRY),
        np.full(count, PREMIUM),
    )
    return Portion(
        tuple(columns), policies, np.arange(count), lambda row: (f"p{row}", f"o{row}")
    )


def compared(
    question: Question, *claims: Sequence[Mapping[str, Any]], top: int = 20
) -> Comparison:
    """The comparison on these claims, one partition after another."""
    work = ComparisonOfWordings(question.wordings, top)
    for each in claims:
        work.add(portion(question.wordings, each))
    return work.comparison("cases", question.replacements, "ABCDEF")


@lru_cache(maxsize=8)
def compared_cases(*sets: str) -> Comparison:
    """The comparison on the worked cases with these figures replaced."""
    return compared(changed(*sets), worked_claims())


def plain_total(lowered: Lowered, raw: Mapping[str, Any]) -> tuple[int, int]:
    """What one claim is paid by the single evaluator, by its plain bounds."""
    work = Adjudication(evaluator(lowered), read_claim(raw, lowered=lowered).case)
    roots = [unit.benefit.root for unit in work.units]
    return sum(work.run.lo[root] for root in roots), sum(work.run.hi[root] for root in roots)
