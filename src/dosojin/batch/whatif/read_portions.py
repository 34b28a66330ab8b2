"""Reads a portfolio partition by partition, as every wording of the comparison sees it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from dosojin.adjudication.unfolded import Unfolded
from dosojin.batch.columns import Array, Columns
from dosojin.batch.layout.ingest import Ingested, ingest
from dosojin.batch.layout.tables import Tables
from dosojin.batch.narrow import narrow
from dosojin.batch.runs.decide_partition import tables_of
from dosojin.batch.runs.partitions import Partition
from dosojin.batch.whatif.compare_columns import Portion, Wording
from dosojin.batch.whatif.loss_ratios import PolicyColumns
from dosojin.batch.whatif.same_certificate import under_other_edition
from dosojin.terms.lowered import Lowered

IMPOSSIBLE = "facts.impossible"
UNSTATED = -1


def read_portion(partition: Partition, wordings: Sequence[Wording]) -> Portion:
    """The claims of a partition under every wording; Problem if a file or column can't be taken.

    The claims are those of the first wording's edition.
    """
    home = wordings[0].edition.id
    tables = tables_of(partition, home)
    ingested: dict[str, Ingested] = {}
    for wording in wordings:
        product = wording.edition.id
        if product not in ingested:
            own = tables if product == home else under_other_edition(tables, product)
            ingested[product] = ingest(own)
    views = [ingested[wording.edition.id] for wording in wordings]
    columns = _narrowed([each.columns for each in views], wordings)
    return _portion(tables, views, columns)


@dataclass(frozen=True, slots=True)
class _Narrowed:
    """Claims as planes, and the rows that contradict themselves."""

    columns: Columns
    bad: Array


def _narrowed(columns: Sequence[Columns], wordings: Sequence[Wording]) -> list[_Narrowed]:
    """Open facts narrowed by each wording's checks; the same checks narrow once."""
    done: dict[tuple[str, tuple[str, ...]], _Narrowed] = {}
    found = []
    for own, wording in zip(columns, wordings, strict=True):
        key = (wording.edition.id, _checks(wording.lowered))
        if key not in done:
            narrowed, bad = narrow(replace(own, lowered=wording.lowered, _filled={}))
            done[key] = _Narrowed(narrowed, np.array(sorted(bad), np.int64))
        known = done[key]
        under = replace(known.columns, lowered=wording.lowered, _filled={})
        found.append(_Narrowed(under, known.bad))
    return found


def _checks(lowered: Lowered) -> tuple[str, ...]:
    unfolded = Unfolded(lowered, without_figures=False)
    return tuple(unfolded.truth(check) for check in lowered.checks)


def _portion(
    tables: Tables, views: Sequence[Ingested], narrowed: Sequence[_Narrowed]
) -> Portion:
    """Only the claims that every wording can take, the same rows in each."""
    everywhere = np.ones(tables.occurrences.num_rows, np.bool_)
    for view, own in zip(views, narrowed, strict=True):
        taken = np.zeros(len(everywhere), np.bool_)
        taken[np.delete(view.row, own.bad)] = True
        everywhere &= taken
    columns = []
    for view, own in zip(views, narrowed, strict=True):
        rows = np.flatnonzero(everywhere[view.row])
        is_all = len(rows) == own.columns.rows
        columns.append(own.columns if is_all else own.columns.take(rows))
    first = views[0]
    kept = np.flatnonzero(everywhere[first.row])
    policies, occurrences = first.policy, first.occurrence

    def name_of(row: int) -> tuple[str, str]:
        place = int(kept[row])
        return str(policies[place].as_py()), str(occurrences[place].as_py())

    left_out = _left_out(tables, views, narrowed, everywhere)
    return Portion(
        tuple(columns), _policies(tables), first.policy_row[kept], name_of, left_out
    )


def _left_out(
    tables: Tables,
    views: Sequence[Ingested],
    narrowed: Sequence[_Narrowed],
    everywhere: Array,
) -> dict[str, int]:
    """Claims left out, each once, by the first reason that a wording gives."""
    waiting = ~everywhere
    found: dict[str, int] = {}
    if not waiting.any():
        return found
    ids = tables.occurrences.column("occurrence")
    for view, own in zip(views, narrowed, strict=True):
        codes = view.rejects.column("code").cast(pa.string())
        for code in sorted(set(codes.to_pylist())):
            of_code = view.rejects.filter(pc.equal(codes, code)).column("occurrence")
            named = of_code.combine_chunks().drop_null()
            _count(found, code, waiting, np.asarray(pc.is_in(ids, value_set=named)))
        contradicts = np.zeros(len(waiting), np.bool_)
        contradicts[view.row[own.bad]] = True
        _count(found, IMPOSSIBLE, waiting, contradicts)
    if waiting.any():
        found["row.lost"] = int(waiting.sum())
    return found


def _count(found: dict[str, int], code: str, waiting: Array, rows: Array) -> None:
    hit = waiting & rows
    if hit.any():
        found[code] = found.get(code, 0) + int(hit.sum())
        waiting &= ~rows


def _policies(tables: Tables) -> PolicyColumns:
    policies = tables.policies
    names = policies.column_names
    plans: list[str | None] = [None] * policies.num_rows
    if "plan" in names:
        plans = policies.column("plan").cast(pa.string()).to_pylist()
    inception, expiry = (_days(policies, name) for name in ("inception", "expiry"))
    premium = np.full(policies.num_rows, UNSTATED, np.int64)
    if "premium" in names:
        column = policies.column("premium")
        premium = np.asarray(pc.fill_null(column, UNSTATED)).astype(np.int64)
    exact = (inception > UNSTATED) & (expiry >= inception)
    premium = np.where(exact, premium, UNSTATED)
    return PolicyColumns([plan or "" for plan in plans], inception, expiry, premium)


def _days(policies: pa.Table, name: str) -> Array:
    """Days since 1970-01-01, UNSTATED where no exact day is stated."""
    if name not in policies.column_names:
        return np.full(policies.num_rows, UNSTATED, np.int64)
    column = pc.fill_null(policies.column(name).cast(pa.int32()), UNSTATED)
    return np.asarray(column).astype(np.int64)
