"""Random claims for columns: many on one wording, several of one certificate, and what they bring.

Wordings and claims come from the makers of the other laws, drawn from a numbered seed: a law that
compares thousands of pairs cannot afford to have each choice shrunk.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any
from unittest.mock import patch

import numpy as np
from hypothesis import strategies as st

from dosojin.adjudication import read_claim
from dosojin.adjudication.case import Case
from dosojin.adjudication.evaluation import Evaluator, evaluator
from dosojin.adjudication.plain_decision import PlainBenefit, PlainUse, plain_decision
from dosojin.adjudication.policy_year import policy_years
from dosojin.adjudication.run import Run
from dosojin.batch.columns import UNLIMITED_FROM, Columns, Decided, Planes
from dosojin.batch.decide_columns import VERDICTS
from dosojin.batch.through_scalar import columns_of
from dosojin.facts.expressions import AllOf, AnyOf
from dosojin.terms.editions import Edition
from dosojin.terms.lowered import Lowered
from dosojin.terms.money_tree import POLICY_YEAR, Limit, Part, limit
from dosojin.values.money import UNBOUNDED, is_unbounded
from dosojin.values.problems import Problem
from tests.properties import vocabulary as words
from tests.properties.claims import OPEN, Filing, FilingMaker, Openness
from tests.properties.situations import nodes_of
from tests.properties.sketches import sketch
from tests.properties.wordings import ALWAYS, ANY, BY_PERSON, OVER_CLAIMS, Kind, Tree, WordingMaker

POLICY_START = "policy_inception"
OFFSETS = (None, None, "+09:00", "-04:00", "+05:30")
EARLIER_STARTS = (
    "2025-06-03", "2024-06-04", "2024-02-29", {"from": "2025-06-02", "to": "2025-06-05"},
    {"from": "2023-06-02", "to": "2026-05-30"},
)  # fmt: skip
LARGE = 123_456_789_012
"""Yen of a receipt; more than 32 bits hold."""
RECEIPTS = (0, 1, 2, 2, 3, 4, 6, 8)
CERTIFICATE_ROWS_MAX = 4
"""Occurrences of one certificate, at most."""


# wordings and claims ------------------------------------------------------------------------


class SeededWordings(WordingMaker):
    """Wordings from a seed, with limits by policy year, tests that are always so, deeper trees.

    Half of them grant everything: where covers exclude each other, little money flows to compare.
    """

    def __init__(self, chance: random.Random, kind: Kind = ANY) -> None:
        super().__init__(undrawn, kind)
        self.chance = chance
        self.tests = (*self.tests, AllOf(()), AnyOf(()))
        self.is_generous = self.pick((True, False))
        self.deeper = 0

    def pick(self, options: Sequence[Any]) -> Any:
        return options[self.chance.randrange(len(options))]

    def tree(self, depth: int) -> Tree | None:
        depth, self.deeper = depth + self.deeper, 0
        return super().tree(depth)

    def part(self, benefit: str) -> tuple[Part, int] | None:
        self.deeper = self.pick((0, 0, 1, 2))
        made = super().part(benefit)
        if made is None or not self.is_generous:
            return made
        grant = self.clause("c", ALWAYS)
        return replace(made[0], grants=(grant,), excludes=()), made[1]

    def above(self, tree: Tree) -> Tree:
        """Persons are chosen often: the fewer ways to stand anywhere, the more must be tried."""
        if tree.level <= BY_PERSON and self.pick((True, False, False)):
            return self.first(tree)
        return super().above(tree)

    def period_limit(self, tree: Tree) -> Tree:
        if self.pick((True, False)):
            return super().period_limit(tree)
        yen = self.pick((*words.YEN_NUMBERS[2:8], *words.SUMS, *words.SUMS))
        when = self.clause("w", self.test()) if self.pick((0, 0, 1)) else None
        dated = self.pick((words.first_on, words.last_on, words.guarded_on))
        node = limit(yen, tree.node, per=POLICY_YEAR, when=when, dated=dated, **self.texts("u"))
        return Tree(node, OVER_CLAIMS)


class SeededFilings(FilingMaker):
    """Claims from a seed, as claim files; some without names, some at a known place."""

    def __init__(self, chance: random.Random, edition: Edition, openness: Openness = OPEN) -> None:
        super().__init__(undrawn, edition, openness)
        self.chance = chance
        self.yearly = {node.id for node in limits_over_claims(edition) if node.per is POLICY_YEAR}

    def pick(self, choices: Sequence[Any]) -> Any:
        return choices[self.chance.randrange(len(choices))]

    def raw(self, *, without_names: bool) -> dict[str, Any]:
        """One claim file."""
        filing: Filing = self.filing(self.pick(RECEIPTS))
        if without_names:
            lines = tuple(replace(line, person=None, item=None) for line in filing.lines)
            filing = replace(filing, lines=lines)
        found = filing.raw()
        if self.pick((True, False, False)):
            found["policy"]["inception"] = self.pick(EARLIER_STARTS)
        if found["expenses"] and self.pick(range(12)) == 0:
            found["expenses"][0]["amount"] = LARGE
        offset = self.pick(OFFSETS)
        if offset is not None:
            found["place_offset"] = offset
        for use in found["usage"]:
            if use["node"] in self.yearly:
                use["year"] = self.pick((1, 1, 2, 3))
        return found


def undrawn(strategy: st.SearchStrategy[Any]) -> Any:
    raise AssertionError("a seeded maker draws from its seed alone")


def limits_over_claims(edition: Edition) -> list[Limit]:
    return [
        node
        for benefit in edition.benefits
        for node in nodes_of(benefit.money)
        if isinstance(node, Limit) and node.per.value.startswith("policy")
    ]


@contextmanager
def unnarrowed() -> Iterator[None]:
    """Within, claims are read without their input checks."""
    with patch.object(read_claim, "narrow_by_checks", lambda evaluator, case: case):
        yield


@dataclass(frozen=True, slots=True)
class Sheet:
    """Claims on one wording: as files, as cases, and the certificate of each, not falling."""

    lowered: Lowered
    raws: tuple[Mapping[str, Any], ...]
    cases: tuple[Case, ...]
    as_of: tuple[int, ...]
    certificates: tuple[int, ...]

    @property
    def evaluator(self) -> Evaluator:
        return evaluator(self.lowered)

    def columns(self) -> Columns:
        """The claims as columns; what nobody states is left out, as from tables."""
        made = columns_of(self.lowered, self.evaluator.program, self.cases)
        made = replace(
            made,
            as_of=np.array(self.as_of, np.int64),
            certificate=np.array(self.certificates, np.int64),
        )
        return with_shared_planes(without_domains(without_absent_names(made, self.cases)))


def with_shared_planes(columns: Columns) -> Columns:
    """Where both ends are the same they are one array, as ingest makes them: kernels use it."""
    receipts = columns.receipts
    same = np.array_equal(receipts.lo, receipts.hi)
    return replace(
        columns,
        planes={i: shared(planes) for i, planes in columns.planes.items()},
        receipts=replace(
            receipts,
            hi=receipts.lo if same else receipts.hi,
            planes={i: shared(planes) for i, planes in receipts.planes.items()},
        ),
    )


def shared(planes: Planes) -> Planes:
    """The planes of a number or day, one array for both ends where they are equal."""
    found = list(planes)
    for first in range(0, len(planes) - 1, 2):
        if np.array_equal(planes[first], planes[first + 1]):
            found[first + 1] = found[first]
    return tuple(found)


def without_absent_names(columns: Columns, cases: Sequence[Case]) -> Columns:
    """Persons and items are left out where no receipt bears such a name."""
    lines = [line for case in cases for line in case.lines]
    receipts = columns.receipts
    return replace(
        columns,
        receipts=replace(
            receipts,
            person=receipts.person if any(line.person for line in lines) else None,
            item=receipts.item if any(line.item for line in lines) else None,
            estimated=receipts.estimated if any(line.estimated for line in lines) else None,
        ),
    )


def without_domains(columns: Columns) -> Columns:
    """Variables of which nothing is known in any claim are left out, those of receipts too."""
    receipts = columns.receipts
    untold = replace(columns, planes={}, receipts=replace(receipts, planes={}), _filled={})

    def told(planes: Mapping[int, Planes]) -> dict[int, Planes]:
        return {
            variable: own
            for variable, own in planes.items()
            if not all(map(np.array_equal, own, untold.known(variable)))
        }

    return replace(
        columns,
        planes=told(columns.planes),
        receipts=replace(receipts, planes=told(receipts.planes)),
        _filled={},
    )


def sheet_of(
    lowered: Lowered, raws: Sequence[Mapping[str, Any]], certificates: Sequence[int] | None = None
) -> Sheet:
    """Claim files read one by one; those that contradict themselves are left out."""
    read: list[tuple[Mapping[str, Any], Case, int, int]] = []
    for number, raw in enumerate(raws):
        try:
            claim = read_claim.read_claim(raw, lowered=lowered)
        except Problem as problem:
            if problem.code != "facts.impossible":
                raise
            continue
        certificate = number if certificates is None else certificates[number]
        read.append((raw, claim.case, claim.as_of.toordinal(), certificate))
    raws_read, cases, days, numbers = zip(*read, strict=True) if read else ((), (), (), ())
    return Sheet(lowered, raws_read, cases, days, numbers)


def certificates(chance: random.Random, count: int) -> list[int]:
    """Certificate numbers of `count` rows, a few rows each."""
    found: list[int] = []
    while len(found) < count:
        number = found[-1] + chance.choice((1, 1, 5)) if found else 3
        found += [number] * chance.randint(1, CERTIFICATE_ROWS_MAX)
    return found[:count]


# what they bring, one by one ----------------------------------------------------------------


Answer = tuple[Any, ...]
"""Benefit, verdict, yen at worst and at best (None: no bound), deciding clause, uses."""


def one_by_one(sheet: Sheet) -> tuple[list[list[Answer]], list[Run]]:
    """By row: what the single evaluator says, each claim finding what earlier ones used."""
    answers: list[list[Answer]] = []
    runs: list[Run] = []
    earlier: list[PlainUse] = []
    for row, case in enumerate(sheet.cases):
        if row and sheet.certificates[row] != sheet.certificates[row - 1]:
            earlier = []
        found = replace(case, others=with_uses(sheet.lowered, case, earlier))
        benefits, run = plain_decision(sheet.evaluator, found, POLICY_START)
        answers.append([answer(benefit) for benefit in benefits])
        runs.append(run)
        earlier += [use for benefit in benefits for use in benefit.uses]
    return answers, runs


def with_uses(
    lowered: Lowered, case: Case, earlier: Sequence[PlainUse]
) -> dict[int, tuple[int, int]]:
    """What others used, by the rule of a claim's `usage`: of another year nothing counts."""
    others = dict(case.others)
    for use in earlier:
        first, last = policy_years(lowered, case.known, use.node, POLICY_START)
        if use.last_year < first or last < use.first_year:
            continue
        least, most = others.get(use.node, (0, 0))
        certain = first == last == use.first_year == use.last_year
        others[use.node] = (yen_least(least + use.lo * certain), yen_least(most + use.hi))
    return others


def yen_least(amount: int) -> int:
    """Twice no bound is no bound."""
    return UNBOUNDED if is_unbounded(amount) else amount


def answer(benefit: PlainBenefit) -> Answer:
    uses = []
    for use in sorted(benefit.uses, key=lambda use: use.node):
        year = use.first_year if use.first_year == use.last_year else 0
        uses.append((use.node, year, bounded(use.lo), bounded(use.hi)))
    return (
        benefit.benefit, VERDICTS[benefit.verdict.value], bounded(benefit.lo), bounded(benefit.hi),
        benefit.deciding_clause, tuple(uses),
    )  # fmt: skip


def bounded(amount: int) -> int | None:
    return None if is_unbounded(amount) else amount


def in_columns(decided: Decided, lowered: Lowered) -> list[list[Answer]]:
    """By row: what columns say, in the same words."""
    uses: dict[int, list[tuple[Any, ...]]] = {}
    for entry, node, year, lo, hi in zip(
        decided.usage_entry.tolist(), decided.usage_node.tolist(), decided.usage_year.tolist(),
        decided.usage_lo.tolist(), decided.usage_hi.tolist(), strict=True,
    ):  # fmt: skip
        uses.setdefault(entry, []).append((node, year, plane_bounded(lo), plane_bounded(hi)))
    found: list[list[Answer]] = [[] for _ in range(len(decided.through_scalar))]
    for entry, (row, benefit, verdict, lo, hi, clause) in enumerate(
        zip(
            decided.row.tolist(), decided.benefit.tolist(), decided.verdict.tolist(),
            decided.lo.tolist(), decided.hi.tolist(), decided.clause.tolist(), strict=True,
        )
    ):  # fmt: skip
        found[row].append(
            (
                benefit, verdict, plane_bounded(lo), plane_bounded(hi),
                lowered.clauses[clause].id, tuple(uses.get(entry, ())),
            )
        )  # fmt: skip
    return found


def plane_bounded(amount: int) -> int | None:
    return None if amount >= UNLIMITED_FROM else amount


def show(edition: Edition, sheet: Sheet, row: int) -> str:
    """A wording and one claim in few words, for the report of a difference."""
    benefits = "\n".join(
        f"  {one.id} carried {sketch(one.carried)}\n    {sketch(one.money)}"
        for one in edition.benefits
    )
    first = next(i for i, one in enumerate(sheet.certificates) if one == sheet.certificates[row])
    claims = "\n".join(f"  {sheet.raws[i]}" for i in range(first, row + 1))
    return f"{benefits}\n{claims}"
