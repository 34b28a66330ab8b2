"""Every worked case in columns: the plain bounds of a single pass, claim by claim.

The steps of a case are occurrences of one certificate, in order; what a step uses of a limit that
runs over several is gone for the next. The chain is worked out here in plain Python.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from dosojin.adjudication.catalogue import load_edition, load_lowered
from dosojin.adjudication.evaluation import evaluator
from dosojin.adjudication.plain_decision import PlainUse, plain_decision
from dosojin.adjudication.policy_year import policy_years
from dosojin.adjudication.read_claim import Claim, read_claim
from dosojin.adjudication.worked_cases import worked_cases
from dosojin.batch.columns import Decided, in_plane
from dosojin.batch.decide_columns import VERDICTS, decide_columns
from dosojin.batch.layout.ingest import ingest
from dosojin.batch.layout.pack import Filed, pack_claims
from dosojin.batch.narrow import narrow
from dosojin.products import editions

Answer = tuple[int, int, int, int, str, tuple[tuple[int, int, int], ...]]
"""Benefit, verdict, yen at worst and at best, deciding clause, (node, lo, hi) of every use."""


def histories(product: str) -> list[list[dict[str, Any]]]:
    """The steps of every worked case; a step under another policy begins a history of its own."""
    found: list[list[dict[str, Any]]] = []
    for case in worked_cases(product):
        for number, step in enumerate(case.steps):
            policy = (step.claim.get("plan"), step.claim.get("policy"))
            if number and policy == (found[-1][0].get("plan"), found[-1][0].get("policy")):
                found[-1].append(dict(step.claim))
            else:
                found.append([dict(step.claim)])
    return found


def used_before(claim: Claim, uses: list[PlainUse]) -> dict[int, tuple[int, int]]:
    """What others used for a claim: as it states, and of its certificate's earlier occurrences."""
    lowered = claim.evaluator.lowered
    start = load_edition(claim.product).policy_start.name
    others = dict(claim.case.others)
    for use in uses:
        first, last = policy_years(lowered, claim.case.known, use.node, start)
        if use.last_year < first or use.first_year > last:
            continue
        least, most = others.get(use.node, (0, 0))
        is_certain = first == last == use.first_year == use.last_year
        others[use.node] = (least + (use.lo if is_certain else 0), most + use.hi)
    return others


def one_by_one(product: str) -> list[list[Answer]]:
    """The plain decisions on all claims, each by itself."""
    lowered = load_lowered(product)
    found: list[list[Answer]] = []
    for history in histories(product):
        uses: list[PlainUse] = []
        for raw in history:
            claim = read_claim(raw)
            case = replace(claim.case, others=used_before(claim, uses))
            start = load_edition(product).policy_start.name
            benefits, _ = plain_decision(evaluator(lowered), case, start)
            uses += [use for benefit in benefits for use in benefit.uses]
            found.append(
                [
                    (
                        b.benefit, VERDICTS[b.verdict.value], in_plane(b.lo), in_plane(b.hi),
                        b.deciding_clause, tuple((u.node, u.lo, u.hi) for u in b.uses),
                    )
                    for b in benefits
                ]
            )  # fmt: skip
    return found


def answers(product: str, decided: Decided, rows: int) -> list[list[Answer]]:
    """The decisions over columns, in the same shape."""
    lowered = load_lowered(product)
    used: dict[int, list[tuple[int, int, int]]] = {}
    for entry, node, lo, hi in zip(
        decided.usage_entry.tolist(), decided.usage_node.tolist(), decided.usage_lo.tolist(),
        decided.usage_hi.tolist(), strict=True,
    ):  # fmt: skip
        used.setdefault(entry, []).append((node, lo, hi))
    found: list[list[Answer]] = [[] for _ in range(rows)]
    for entry, row in enumerate(decided.row.tolist()):
        found[row].append(
            (
                int(decided.benefit[entry]), int(decided.verdict[entry]), int(decided.lo[entry]),
                int(decided.hi[entry]), lowered.clauses[int(decided.clause[entry])].id,
                tuple(used.get(entry, ())),
            )
        )  # fmt: skip
    return found


@pytest.mark.parametrize("product", editions())
def test_worked_cases_give_their_plain_bounds_in_columns(product: str) -> None:
    filed = [
        Filed(claim, f"{policy:05}-{seq}", f"{policy:05}", seq)
        for policy, history in enumerate(histories(product))
        for seq, claim in enumerate(history)
    ]
    ingested = ingest(pack_claims(filed))
    assert not ingested.rejects.num_rows
    assert ingested.occurrence.to_pylist() == [one.occurrence for one in filed]
    columns, contradictory = narrow(ingested.columns)
    assert not contradictory
    decided = decide_columns(columns, back_end="numpy")
    found = answers(product, decided, columns.rows)
    expected = one_by_one(product)
    wrong = [
        (one.occurrence, want, got)
        for one, want, got in zip(filed, expected, found, strict=True)
        if want != got
    ]
    assert not wrong, f"{len(wrong)} of {len(filed)} differ; the first: {wrong[0]}"
    assert len(filed) > 400
