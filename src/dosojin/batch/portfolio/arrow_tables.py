"""The three tables of a partition, from what was drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from dosojin.batch.columns import Array
from dosojin.batch.layout.tables import SAID
from dosojin.batch.portfolio.draw_bills import Bills, joined_bills, joined_facts
from dosojin.batch.portfolio.draw_occurrences import Occurrences
from dosojin.batch.portfolio.draw_policies import Policies
from dosojin.batch.portfolio.scene import Drawn
from dosojin.batch.portfolio.specs import SAID_AMOUNTS, STATUSES, Assumptions
from dosojin.batch.portfolio.streams import Stream

OCCURRENCES_A_POLICY = 1000
"""An occurrence has the number of its policy times this, and its `seq`."""
_TEXTS = ("choice", "choices", "grades", "persons")
_THOUSAND_YEN = 1000
_HUNDRED = 100
_RANGED, _UNKNOWN = SAID_AMOUNTS.index("ranged"), SAID_AMOUNTS.index("unknown")
_ESTIMATED = SAID_AMOUNTS.index("estimated")


@dataclass(frozen=True, slots=True)
class PartitionTables:
    """One partition in the layout of docs/columns.md, sorted."""

    policies: pa.Table
    occurrences: pa.Table
    receipts: pa.Table


def partition_tables(
    assumptions: Assumptions,
    plans: Sequence[str],
    policies: Policies,
    parts: Sequence[Occurrences],
    stream: Stream,
) -> PartitionTables:
    """The tables of the policies and of all that befell them, each part of one kind of event."""
    told = _joined(assumptions, parts)
    order = np.lexsort((np.arange(told.count), told.day, told.of))
    rank = np.empty(told.count, np.int64)
    rank[order] = np.arange(told.count)
    of = told.of[order]
    seq = _numbered_within(of)
    occurrence = policies.policy[of] * OCCURRENCES_A_POLICY + seq
    bills = told.bills
    filing = np.lexsort((bills.order, rank[bills.of]))
    bills = bills.take(filing, rank[bills.of[filing]])
    return PartitionTables(
        _policy_table(assumptions, plans, policies),
        _occurrence_table(assumptions, policies, told, order, seq, occurrence),
        _receipt_table(assumptions, bills, occurrence, told.state[order], stream),
    )


def _joined(assumptions: Assumptions, parts: Sequence[Occurrences]) -> Occurrences:
    sizes = [part.count for part in parts]
    starts = np.cumsum([0, *sizes])
    names = (*assumptions.facts, *assumptions.trip_facts)
    moved = [
        part.bills.take(np.arange(part.bills.count), part.bills.of + start)
        for part, start in zip(parts, starts, strict=False)
    ]
    return Occurrences(
        np.concatenate([part.of for part in parts]),
        np.concatenate([part.day for part in parts]),
        np.concatenate([part.as_of for part in parts]),
        np.concatenate([part.state for part in parts]),
        {name: joined_facts([part.facts.get(name) for part in parts], sizes) for name in names},
        joined_bills(moved, assumptions.line_facts),
    )


def _numbered_within(of: Array) -> Array:
    """1, 2 … within each run of equal numbers."""
    places = np.arange(len(of))
    begins = np.ones(len(of), bool)
    begins[1:] = of[1:] != of[:-1]
    return places - np.maximum.accumulate(np.where(begins, places, 0)) + 1


def _policy_table(assumptions: Assumptions, plans: Sequence[str], policies: Policies) -> pa.Table:
    columns = {
        "policy": pa.array(policies.policy),
        "plan": _texts(policies.plan, policies.plan >= 0, tuple(plans)),
        "inception": _days(policies.inception),
        "expiry": _days(policies.expiry),
        "premium_paid_on": _days(policies.paid_on),
        "extended": pa.array(policies.extended.astype(bool)),
        "riders": _texts(policies.riders, policies.riders >= 0, assumptions.vocabulary["riders"]),
        "age_at_inception": pa.array(policies.age.astype(np.int16)),
        **{
            f"sums.{benefit}": _numbers(drawn.values, drawn.stated)
            for benefit, drawn in policies.sums.items()
        },
        "premium": pa.array(policies.premium),
    }
    return pa.table(columns)


def _occurrence_table(
    assumptions: Assumptions,
    policies: Policies,
    told: Occurrences,
    order: Array,
    seq: Array,
    occurrence: Array,
) -> pa.Table:
    of, as_of = told.of[order], told.as_of[order]
    place = policies.place_offset[of]
    columns = {
        "policy": pa.array(policies.policy[of]),
        "occurrence": pa.array(occurrence),
        "seq": pa.array(seq.astype(np.int32)),
        "as_of": _days(as_of),
        "place_offset": _texts(place, place >= 0, assumptions.vocabulary["place_offset"]),
    }
    for name, drawn in told.facts.items():
        taken = drawn.take(order)
        if name in assumptions.running:
            columns |= _running_day(name, taken, as_of)
        else:
            columns |= _fact(assumptions, name, taken)
    return pa.table(columns)


def _fact(assumptions: Assumptions, name: str, drawn: Drawn) -> dict[str, pa.Array]:
    """The column of a fact, and its companion if words may be said in its place."""
    kind = assumptions.kinds[name]
    vocabulary = assumptions.vocabulary
    is_said = np.zeros(len(drawn.values), bool) if drawn.said is None else drawn.said >= 0
    said = drawn.values if drawn.said is None else drawn.said
    if kind in _TEXTS or (kind == "flag" and name in vocabulary):
        return {name: _texts(np.where(is_said, said, drawn.values), drawn.stated, vocabulary[name])}
    exact = drawn.stated & ~is_said
    if kind == "flag":
        return {name: pa.array(drawn.values == 1, mask=~exact)}
    column = _days(drawn.values, exact) if kind == "day" else _numbers(drawn.values, exact)
    companion = f"{name}{SAID}"
    if companion not in vocabulary:
        return {name: column}
    words = _texts(said, drawn.stated & is_said, vocabulary[companion])
    return {name: column, companion: words}


def _running_day(name: str, drawn: Drawn, as_of: Array) -> dict[str, pa.Array]:
    """A day that may run on: exact, or "from the day of knowledge on"."""
    ahead = np.zeros(len(as_of), bool) if drawn.said is None else drawn.said >= 0
    ahead &= drawn.stated
    days, place = np.unique(as_of, return_inverse=True)
    words = tuple(f"{day}.." for day in days.astype("datetime64[D]").astype(str).tolist())
    return {
        name: _days(drawn.values, drawn.stated & ~ahead),
        f"{name}{SAID}": _texts(place, ahead, words),
    }


def _receipt_table(
    assumptions: Assumptions, bills: Bills, occurrence: Array, state: Array, stream: Stream
) -> pa.Table:
    said = _said_amounts(assumptions, bills, state[bills.of], stream)
    columns = {
        "occurrence": pa.array(occurrence[bills.of]),
        "category": _texts(
            bills.category, np.ones(bills.count, bool), assumptions.vocabulary["category"]
        ),
        **_amounts(assumptions, bills, said),
        "on": _days(bills.on),
        "person": _texts(bills.person, bills.person >= 0, assumptions.vocabulary["person"]),
        "item": _texts(bills.item, bills.item >= 0, assumptions.vocabulary["item"]),
    }
    for name, drawn in bills.facts.items():
        is_part = assumptions.kinds[name] == "yen"
        # nobody knows a part of an amount that is not known itself
        known = drawn.only(said < _RANGED) if is_part else drawn
        columns |= _fact(assumptions, name, known)
    return pa.table(columns)


def _said_amounts(assumptions: Assumptions, bills: Bills, state: Array, stream: Stream) -> Array:
    """By receipt, how its amount is said: a place in SAID_AMOUNTS."""
    knowledge = assumptions.knowledge
    said = np.zeros(bills.count, np.int64)
    for number, weights in enumerate(knowledge.amounts):
        said = np.where(state == number, stream.pick(bills.count, weights), said)
    may_be_unknown = np.isin(bills.category, sorted(knowledge.unknown_only))
    found: Array = np.where((said == _UNKNOWN) & ~may_be_unknown, _RANGED, said)
    return found


def _amounts(assumptions: Assumptions, bills: Bills, said: Array) -> dict[str, pa.Array]:
    """Paid and billed amounts exactly, estimates in thousands, others as a range or unknown."""
    rounded = (bills.amount + _THOUSAND_YEN - 1) // _THOUSAND_YEN * _THOUSAND_YEN
    amount = np.where(said == _ESTIMATED, rounded, bills.amount)
    low, high = assumptions.knowledge.range_percent
    texts: list[str | None] = [None] * bills.count
    for row in np.flatnonzero(said >= _RANGED).tolist():
        yen = int(bills.amount[row])
        ends = f"{yen * low // _HUNDRED}..{yen * high // _HUNDRED}"
        texts[row] = "unknown" if said[row] == _UNKNOWN else ends
    exact = said < _RANGED
    return {
        "amount": _numbers(amount, exact),
        f"amount{SAID}": pa.array(texts, pa.string()).dictionary_encode(),
        "status": _texts(said, exact, STATUSES),
    }


def _texts(codes: Array, stated: Array, words: tuple[str, ...]) -> pa.Array:
    indices = pa.array(np.where(stated, codes, 0).astype(np.int32), mask=~stated)
    return pa.DictionaryArray.from_arrays(indices, pa.array(words, pa.string()))


def _numbers(values: Array, stated: Array) -> pa.Array:
    return pa.array(values, pa.int64(), mask=~stated)


def _days(days: Array, stated: Array | None = None) -> pa.Array:
    mask = None if stated is None else ~stated
    return pa.array(days.astype(np.int32), mask=mask).cast(pa.date32())


def columns_by_table(tables: PartitionTables) -> Mapping[str, pa.Table]:
    """The tables by the name of their file, that of the policies last: it completes a partition."""
    return {
        "receipts": tables.receipts,
        "occurrences": tables.occurrences,
        "policies": tables.policies,
    }
