"""Decides the same claims under two wordings and gathers what differs, partition by partition.

Nothing is kept of a partition but sums, counts and the few claims that move most.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from dosojin.adjudication.decide import lowered_digest
from dosojin.batch.columns import Array, Columns
from dosojin.batch.whatif.change_by_clause import ChangeByClause
from dosojin.batch.whatif.comparison import (
    NOTHING,
    Amount,
    BenefitChange,
    Comparison,
    Counts,
    FigureStep,
    Movement,
    Named,
    VerdictMove,
)
from dosojin.batch.whatif.loss_ratios import LossRatios, PolicyColumns
from dosojin.batch.whatif.outcome import VERDICTS, Outcome, outcome_of, totals_of
from dosojin.batch.whatif.replace_figures import Replacement
from dosojin.batch.whatif.spread_of_change import SpreadOfChange
from dosojin.batch.whatif.top_claims import TopClaims
from dosojin.terms.clauses import Clause
from dosojin.terms.editions import Edition
from dosojin.terms.lint.contents import clauses_in, figures_inside, nodes_in
from dosojin.terms.lowered import Lowered
from dosojin.terms.money_tree import Node
from dosojin.terms.wording import reading_of
from dosojin.values.text import Text

PLACES = ("before", "after")


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording to decide by: the edition as it reads there, and its lowered form."""

    edition: Edition
    lowered: Lowered

    @property
    def named(self) -> Named:
        return Named(self.edition.id, self.edition.title, lowered_digest(self.lowered))


@dataclass(frozen=True, slots=True)
class Portion:
    """The claims of one partition that every wording can take, in the same rows for each.

    columns: one for each wording. policies: all policies of the partition; policy_of_row: where
    each claim's stands among them. name_of: policy and occurrence of a row, as people write them.
    left_out: claims that a wording cannot take, by reason code.
    """

    columns: tuple[Columns, ...]
    policies: PolicyColumns
    policy_of_row: Array
    name_of: Callable[[int], tuple[str, str]]
    left_out: Mapping[str, int] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        return self.columns[0].rows


@dataclass(frozen=True, slots=True)
class _Benefit:
    claims: int = 0
    payout: Amount = NOTHING

    def __add__(self, other: _Benefit) -> _Benefit:
        return _Benefit(self.claims + other.claims, self.payout + other.payout)


class ComparisonOfWordings:
    """Two wordings, or one and the same with its figures replaced one after another.

    wordings: the first is before, the last after; those between follow one figure each.
    """

    def __init__(self, wordings: Sequence[Wording], top: int) -> None:
        self.wordings = tuple(wordings)
        self._by_clause = ChangeByClause(
            (wordings[0].edition, wordings[0].lowered),
            (wordings[-1].edition, wordings[-1].lowered),
        )
        self._payouts = [NOTHING for _ in wordings]
        self._benefits: tuple[dict[str, _Benefit], dict[str, _Benefit]] = ({}, {})
        self._totals: tuple[dict[int, tuple[int, int]], ...] = ({}, {})
        self._moves = dict.fromkeys(("more", "less", "mixed", "same"), 0)
        self._certain, self._possible = SpreadOfChange(), SpreadOfChange()
        self._verdicts = np.zeros((len(VERDICTS), len(VERDICTS)), np.int64)
        self._ratios = LossRatios()
        self._top = TopClaims(top)
        self._counted = dict.fromkeys(
            ("partitions", "policies", "claims", "receipts", "without_claims"), 0
        )
        self._left_out: dict[str, int] = {}

    def add(self, portion: Portion) -> None:
        """Decides the claims of a partition under every wording."""
        last = len(self.wordings) - 1
        outcomes = [
            outcome_of(columns, with_totals=place in (0, last))
            for place, columns in enumerate(portion.columns)
        ]
        apart = _apart(portion.columns[0].certificate, outcomes)
        for place, outcome in enumerate(outcomes):
            self._payouts[place] += outcome.amount(apart)
        ends = (outcomes[0], outcomes[-1])
        columns = (portion.columns[0], portion.columns[-1])
        for side in range(len(PLACES)):
            self._add_side(side, columns[side], ends[side], apart)
        self._add_moves(ends, apart)
        self._add_ratios(portion, ends, apart)
        self._top.add(columns, _moved(ends, apart), portion.name_of)
        self._count(portion)

    def _add_side(self, side: int, columns: Columns, outcome: Outcome, apart: Array) -> None:
        benefits = self._benefits[side]
        for number, (claims, amount) in enumerate(outcome.by_benefit(apart)):
            id = columns.lowered.benefits[number].id
            benefits[id] = benefits.get(id, _Benefit()) + _Benefit(claims, amount)
        totals = self._totals[side]
        for node, (lo, hi) in totals_of(columns, outcome, apart).items():
            before = totals.get(node, (0, 0))
            totals[node] = (before[0] + lo, before[1] + hi)

    def _add_moves(self, ends: tuple[Outcome, Outcome], apart: Array) -> None:
        before, after = ends
        lo, hi = after.lo - before.lo, after.hi - before.hi
        up, down = (lo > 0) | (hi > 0), (lo < 0) | (hi < 0)
        self._moves["mixed"] += int((up & down).sum())
        self._moves["more"] += int((up & ~down).sum())
        self._moves["less"] += int((down & ~up).sum())
        self._moves["same"] += int((~up & ~down).sum())
        self._certain.add(lo)
        self._possible.add(hi[~apart])
        np.add.at(self._verdicts, (before.verdict, after.verdict), 1)

    def _add_ratios(self, portion: Portion, ends: tuple[Outcome, Outcome], apart: Array) -> None:
        before, after = (
            (each.lo, np.where(apart, each.lo, each.hi), each.unlimited) for each in ends
        )
        self._ratios.add(portion.policies, portion.policy_of_row, before, after)

    def _count(self, portion: Portion) -> None:
        policies = len(portion.policies.plan)
        with_claims = len(np.unique(portion.policy_of_row))
        added = {
            "partitions": 1,
            "policies": policies,
            "claims": portion.rows,
            "receipts": portion.columns[0].receipts.count,
            "without_claims": policies - with_claims,
        }
        for name, count in added.items():
            self._counted[name] += count
        for code, count in portion.left_out.items():
            self._left_out[code] = self._left_out.get(code, 0) + count

    # the results --------------------------------------------------------------------------

    def comparison(
        self, source: str, replacements: Sequence[Replacement], plans: Iterable[str]
    ) -> Comparison:
        """What was gathered. replacements: what leads from each wording to the next."""
        before, after = self.wordings[0], self.wordings[-1]
        return Comparison(
            source,
            before.named,
            after.named,
            self._counts(),
            (self._payouts[0], self._payouts[-1]),
            tuple(self._figures(replacements)),
            tuple(self._changed_benefits()),
            self._by_clause.steps(self._totals[0], self._totals[1]),
            Movement(**self._moves),
            self._certain.spread(),
            self._possible.spread(),
            tuple(self._verdict_moves()),
            self._ratios.rows(plans),
            self._ratios.together(),
            self._top.claims(self._by_clause),
        )

    def _counts(self) -> Counts:
        counted = self._counted
        return Counts(
            counted["partitions"], counted["policies"], counted["claims"], counted["receipts"],
            dict(sorted(self._left_out.items())), self._ratios.unpriced,
            counted["without_claims"],
        )  # fmt: skip

    def _figures(self, replacements: Sequence[Replacement]) -> Iterable[FigureStep]:
        if not replacements:
            return
        edition = self.wordings[0].edition
        for place, each in enumerate(replacements):
            figure = each.figure
            payout, earlier = self._payouts[place + 1], self._payouts[place]
            yield FigureStep(
                figure.id, figure.unit, figure.value, each.value, figure.source,
                reading_of_figure(edition, figure.id), payout, payout - earlier,
            )  # fmt: skip

    def _changed_benefits(self) -> Iterable[BenefitChange]:
        titles = {
            benefit.id: benefit.title
            for wording in (self.wordings[-1], self.wordings[0])
            for benefit in wording.edition.benefits
        }
        nobody = _Benefit()
        for id, title in titles.items():
            sides = [benefits.get(id, nobody) for benefits in self._benefits]
            if any(side.claims for side in sides):
                claims = (sides[0].claims, sides[1].claims)
                yield BenefitChange(id, title, claims, sides[0].payout, sides[1].payout)

    def _verdict_moves(self) -> Iterable[VerdictMove]:
        for before, row in enumerate(self._verdicts.tolist()):
            for after, claims in enumerate(row):
                yield VerdictMove(VERDICTS[before], VERDICTS[after], claims)


def _apart(certificate: Array, outcomes: Sequence[Outcome]) -> Array:
    """Rows of certificates in which some claim has no bound under some wording."""
    unlimited = np.zeros(len(certificate), np.bool_)
    for outcome in outcomes:
        unlimited |= outcome.unlimited
    if not unlimited.any():
        return unlimited
    return np.isin(certificate, certificate[unlimited])


def _moved(ends: tuple[Outcome, Outcome], apart: Array) -> Array:
    """By row, the larger of the two changes; where no bound is known, the certain one."""
    before, after = ends
    certain = np.abs(after.lo - before.lo)
    possible: Array = np.where(apart, 0, np.abs(after.hi - before.hi))
    larger: Array = np.maximum(certain, possible)
    return larger


def reading_of_figure(edition: Edition, figure: str) -> Text:
    """The first sentence of the wording that says a figure; empty if none does."""
    said = "{" + figure.rsplit(".", 1)[-1] + "}"
    readers: list[Clause | Node] = [
        *(node for _, node in nodes_in(edition)),
        *(entry.clause for entry in clauses_in(edition)),
    ]
    for reader in readers:
        inner = reader.test if isinstance(reader, Clause) else reader
        if said in reader.reading.en and any(f.id == figure for f in figures_inside(inner)):
            return reading_of(reader)
    return Text("", "")
