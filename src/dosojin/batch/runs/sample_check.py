"""`--explain-sample`: some decisions explained in full by the single evaluator, and compared.

A sample of what was written is decided once more, from the claim that its rows say, certificate by
certificate in the order of posting. Nothing of the column engine is used for it but the reading of
tables. Whatever differs is named.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from dosojin.adjudication.case import Case
from dosojin.adjudication.catalogue import load_edition
from dosojin.adjudication.decide import Adjudication, decide
from dosojin.adjudication.plain_decision import deciding_clause, plain_decision, verdict_of
from dosojin.adjudication.policy_year import policy_years
from dosojin.adjudication.read_claim import Claim, read_claim
from dosojin.batch.layout.table_files import read_rows
from dosojin.batch.layout.tables import Tables
from dosojin.batch.layout.unpack import claim_of_row
from dosojin.batch.runs.decide_partition import tables_of
from dosojin.batch.runs.manifest import Places
from dosojin.batch.runs.run_batch import Job
from dosojin.batch.runs.tighten import certain_use
from dosojin.batch.write_whole import write_bytes_whole
from dosojin.explanation.explain_decision import explain_to_claimant
from dosojin.explanation.render_text import render_text
from dosojin.values.money import UNBOUNDED, bounded
from dosojin.values.problems import Problem
from dosojin.values.text import Language

Booked = tuple[int, int, int, int, int]
"""node, first year, last year, lo, hi of what an occurrence used."""
Row = dict[str, Any]
"""A decision as it stands in the output, without the ids."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of a sample: how many were explained, and what differs."""

    explained: int
    differences: tuple[str, ...]


def check_sample(
    job: Job, rows: Sequence[int], count: int, seed: int, language: Language
) -> Checked:
    """Explains and compares up to `count` occurrences; `rows`: decisions by partition.

    Writes NUMBER.json and NUMBER.txt into the sample folder of the output.
    """
    shutil.rmtree(job.places.sample, ignore_errors=True)
    chosen = sorted(Random(seed).sample(range(sum(rows)), min(count, sum(rows))))
    ends = np.cumsum(rows)
    differences: list[str] = []
    explained = 0
    for number in np.unique(np.searchsorted(ends, chosen, "right")).tolist():
        before = int(ends[number]) - rows[number]
        local = [each - before for each in chosen if before <= each < int(ends[number])]
        decisions = _decisions(job.places, before, number, rows[number])
        tables = tables_of(job.partitions[number], job.options.edition)
        for occurrence in pc.unique(decisions["occurrence"].take(pa.array(local))):
            one = _Certificate(job, tables, occurrence)
            try:
                again = one.again()
            except Problem as problem:
                # what was decided is what a claim can say
                differences.append(problem.in_(language))
                continue
            explained += 1
            mine = decisions.filter(pc.equal(decisions["occurrence"], occurrence))
            written = [_as_row(row) for row in mine.to_pylist()]
            differences += _differences(occurrence.as_py(), written, again.rows, job)
            _write(job.places, explained, occurrence.as_py(), written, again, language)
    return Checked(explained, tuple(differences))


def _decisions(places: Places, before: int, number: int, rows: int) -> pa.Table:
    """The decisions of one partition as they were written."""
    if not places.is_single:
        return pq.read_table(places.part(number))
    return read_rows(places.out, before, before + rows)


@dataclass(frozen=True, slots=True)
class Again:
    """A claim decided by the single evaluator, with what earlier ones used."""

    claim: Claim
    rows: list[Row]


class _Certificate:
    """The claims of the certificate of one occurrence, from the rows of the tables."""

    def __init__(self, job: Job, tables: Tables, occurrence: pa.Scalar) -> None:
        self.edition = load_edition(job.options.edition)
        self.is_tight = job.options.tight
        own = tables.occurrences.filter(pc.equal(tables.occurrences["occurrence"], occurrence))
        policy = own["policy"][0]
        mine = tables.occurrences.filter(pc.equal(tables.occurrences["policy"], policy))
        order = np.argsort(np.asarray(mine["seq"].combine_chunks().fill_null(0)), kind="stable")
        mine = mine.take(pa.array(order))
        self.tables = Tables(
            self.edition.id,
            tables.policies.filter(pc.equal(tables.policies["policy"], policy)),
            mine,
            tables.receipts.filter(
                pc.is_in(
                    tables.receipts["occurrence"], value_set=mine["occurrence"].combine_chunks()
                )
            ),
        )
        self.at = mine["occurrence"].to_pylist().index(occurrence.as_py())

    def again(self) -> Again:
        """The occurrence decided anew; Problem if its rows say what no claim can say."""
        booked: list[Booked] = []
        for row in range(self.at):
            try:
                claim = read_claim(claim_of_row(self.tables, row))
            except Problem:
                # what cannot be read was rejected, and uses nothing
                continue
            booked += self._decided(self._after(claim, booked))[1]
        claim = self._after(read_claim(claim_of_row(self.tables, self.at)), booked)
        return Again(claim, self._decided(claim)[0])

    def _after(self, claim: Claim, booked: Sequence[Booked]) -> Claim:
        """The claim, with what earlier occurrences used."""
        others = dict(claim.case.others)
        for node, *used in booked:
            own = self._years(claim.case, claim, node)
            lo, hi = certain_use(own, (used[0], used[1], used[2], used[3]))
            least, most = others.get(node, (0, 0))
            if hi:
                others[node] = least + lo, most + hi
        return replace(claim, case=replace(claim.case, others=others))

    def _years(self, case: Case, claim: Claim, node: int) -> tuple[int, int]:
        start = self.edition.policy_start.name
        return policy_years(claim.evaluator.lowered, case.known, node, start)

    def _decided(self, claim: Claim) -> tuple[list[Row], list[Booked]]:
        lowered, start = claim.evaluator.lowered, self.edition.policy_start.name
        benefits, _ = plain_decision(claim.evaluator, claim.case, start)
        is_open = any(each.lo != each.hi or each.verdict == "depends" for each in benefits)
        if is_open and self.is_tight:
            return self._tight(claim)
        rows, booked = [], []
        for each in benefits:
            booked += [(u.node, u.first_year, u.last_year, u.lo, u.hi) for u in each.uses]
            uses = [
                _use(lowered.nodes[u.node].id, u.first_year, u.last_year, u.lo, u.hi)
                for u in each.uses
            ]
            rows.append(
                _row(lowered.benefits[each.benefit].id, each.verdict.value, each.lo, each.hi,
                     each.deciding_clause, uses)
            )  # fmt: skip
        return rows, booked

    def _tight(self, claim: Claim) -> tuple[list[Row], list[Booked]]:
        work = Adjudication(claim.evaluator, claim.case)
        lowered, start = work.lowered, self.edition.policy_start.name
        numbers = {node.id: index for index, node in enumerate(lowered.nodes)}
        used = [(numbers[u.node], u.consumed) for u in work.usage(start)]
        rows, booked = [], []
        for position, unit in enumerate(work.units):
            parts = [part for part in unit.benefit.parts if part in work.open_parts]
            verdict, at = verdict_of([work.part_truth(part) for part in parts])
            clause = deciding_clause(lowered, work.run.truths, unit, parts[at])
            span = work.benefit_span(position)
            own = [(node, *self._years(claim.case, claim, node), span) for node, span in used
                   if node in unit.nodes]  # fmt: skip
            booked += [(node, a, b, s.lo, _high(s.hi)) for node, a, b, s in own]
            uses = [_use(lowered.nodes[n].id, a, b, s.lo, _high(s.hi)) for n, a, b, s in own]
            rows.append(_row(unit.benefit.id, verdict.value, span.lo, _high(span.hi), clause, uses))
        return rows, booked


def _high(amount: int | None) -> int:
    return UNBOUNDED if amount is None else amount


def _row(benefit: str, verdict: str, lo: int, hi: int, clause: str, uses: list[Row]) -> Row:
    return {
        "benefit": benefit, "verdict": verdict, "lo": bounded(lo), "hi": bounded(hi),
        "clause": clause, "usage": sorted(uses, key=lambda use: str(use["node"])),
    }  # fmt: skip


def _use(node: str, first: int, last: int, lo: int, hi: int) -> Row:
    year = first if first == last > 0 else None
    return {"node": node, "year": year, "lo": bounded(lo), "hi": bounded(hi)}


def _as_row(written: Mapping[str, Any]) -> Row:
    own = {name: value for name, value in written.items() if name not in ("policy", "occurrence")}
    return {**own, "usage": sorted(own["usage"], key=lambda use: str(use["node"]))}


def _differences(
    occurrence: Any, written: Sequence[Row], again: Sequence[Row], job: Job
) -> Iterator[str]:
    """One line for every decision that the single evaluator makes otherwise."""
    asked = {row["benefit"] for row in written}
    expected = {row["benefit"]: row for row in again}
    for row in written:
        mine = expected.get(row["benefit"])
        if mine is None:
            yield f"{occurrence} {row['benefit']}: decided, but not claimed"
        elif mine != row:
            names = [name for name in mine if mine[name] != row[name]]
            told = ", ".join(f"{name} {row[name]}, alone {mine[name]}" for name in names)
            yield f"{occurrence} {row['benefit']}: {told}"
    if not any(text.replace(" ", "").startswith("benefit") for text in job.options.where):
        for benefit in expected.keys() - asked:
            yield f"{occurrence} {benefit}: claimed, but not decided"


def _write(
    places: Places, number: int, occurrence: Any, written: Sequence[Row], again: Again,
    language: Language,
) -> None:  # fmt: skip
    claim = again.claim
    decision = decide(claim)
    page = explain_to_claimant(decision, claim, claim.edition, language)
    nodes = claim.evaluator.lowered.nodes
    used = {
        nodes[node].id: {"lo": lo, "hi": bounded(hi)}
        for node, (lo, hi) in claim.case.others.items()
    }
    content = {
        "occurrence": occurrence, "claim": claim.source, "used_before": used,
        "decision": decision.to_json(), "batch": list(written),
    }  # fmt: skip
    name = f"{number:04d}"
    plain = json.dumps(content, ensure_ascii=False, indent=2, default=str) + "\n"
    write_bytes_whole(places.sample / f"{name}.json", plain.encode(), name)
    text = f"{occurrence}\n\n{render_text(page, is_styled=False)}\n"
    write_bytes_whole(places.sample / f"{name}.txt", text.encode(), name)
