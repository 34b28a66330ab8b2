"""What other occurrences used up, said as the JSON list of a claim's `usage`."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dosojin.adjudication.payout import STATEFUL
from dosojin.adjudication.policy_year import policy_years
from dosojin.adjudication.read_claim import LINES_MAX
from dosojin.adjudication.read_shapes import list_of, mapping_of
from dosojin.adjudication.read_values import only_keys, unknown_word, whole_yen, wrong_type
from dosojin.batch.columns import TOTAL_MAX, Planes
from dosojin.batch.layout.cells import Cells
from dosojin.batch.layout.fact_rows import FactRows
from dosojin.batch.layout.known_planes import refuse_entries, too_much
from dosojin.terms.lowered import Lowered
from dosojin.values.problems import Problem

Array = NDArray[Any]
KEYS = ("node", "year", "settled", "guaranteed")
KnownPlanes = Callable[[int], Planes]
"""The planes of a variable, for all rows."""


@dataclass(frozen=True, slots=True)
class _Use:
    node: int
    year: int | None
    settled: int
    guaranteed: int


def usage_planes(
    cells: Cells, rows: FactRows, lowered: Lowered, start_name: str, known: KnownPlanes
) -> dict[int, Planes]:
    """By node, yen that other occurrences used, (least, most), already for the policy year.

    Use in another policy year does not count; while the year of this one is open, it may.
    `start_name`: the policy fact with the first day.
    """
    nodes = {node.id: i for i, node in enumerate(lowered.nodes) if node.scope in STATEFUL}
    planes: dict[int, Planes] = {}
    if cells.codes is None:
        return planes
    years = _Years(lowered, start_name, known)
    spoken = np.flatnonzero(cells.codes >= 0)
    refused: dict[int, Problem] = {}
    for code, place in groups_of(cells.codes[spoken]):
        where = spoken[place]
        try:
            uses = _read(cells.entries[code], nodes, lowered)
        except Problem as problem:
            refused[code] = problem.with_traceback(None)
            continue
        for use in uses:
            _add(planes, use, where, cells.count, years)
    refuse_entries("usage", refused, cells, rows)
    for node, (least, most) in planes.items():
        bad = np.flatnonzero(most > TOTAL_MAX)
        for amount in set(most[bad].tolist()):
            rows.refuse("usage", too_much(amount), bad[most[bad] == amount], lowered.nodes[node].id)
        least[bad] = most[bad] = 0
    return planes


def groups_of(keys: Array) -> list[tuple[int, Array]]:
    """Each distinct key and where it stands."""
    order = np.argsort(keys, kind="stable")
    ascending = keys[order]
    cuts = np.flatnonzero(ascending[1:] != ascending[:-1]) + 1
    parts = np.split(order, cuts) if len(order) else []
    return [(int(keys[part[0]]), part) for part in parts]


def _add(planes: dict[int, Planes], use: _Use, where: Array, count: int, years: _Years) -> None:
    if use.node not in planes:
        planes[use.node] = np.zeros(count, np.int64), np.zeros(count, np.int64)
    least, most = planes[use.node]
    whole = use.settled + use.guaranteed
    if use.year is None:
        least[where] += use.settled
        most[where] += whole
        return
    first, last = years.of(use.node, where)
    least[where] += np.where((first == use.year) & (last == use.year), use.settled, 0)
    most[where] += np.where((first <= use.year) & (use.year <= last), whole, 0)


class _Years:
    """Policy years to which occurrences may belong, found once for equal days."""

    def __init__(self, lowered: Lowered, start_name: str, known: KnownPlanes) -> None:
        self.lowered = lowered
        self.start_name = start_name
        self.start = [variable.name for variable in lowered.variables].index(start_name)
        self.known = known
        self.found: dict[tuple[int, ...], tuple[int, int]] = {}

    def of(self, node: int, where: Array) -> tuple[Array, Array]:
        """First and last policy year of these rows at a node."""
        dated = self.lowered.nodes[node].variable
        start, day = self.known(self.start), self.known(dated)
        ends = [plane[where].tolist() for plane in (start[0], start[1], day[0], day[1])]
        spans = [self._one(node, dated, *days) for days in zip(*ends, strict=True)]
        return np.array([span[0] for span in spans]), np.array([span[1] for span in spans])

    def _one(self, node: int, dated: int, *days: int) -> tuple[int, int]:
        found = self.found.get((node, *days))
        if found is None:
            known: list[Any] = [None] * len(self.lowered.variables)
            known[self.start] = days[:2]
            known[dated] = days[2:]
            found = policy_years(self.lowered, known, node, self.start_name)
            self.found[(node, *days)] = found
        return found


def _read(text: str, nodes: Mapping[str, int], lowered: Lowered) -> list[_Use]:
    """The uses of one cell; Problem as for a claim that says the same."""
    try:
        listed = list_of(json.loads(text, parse_float=Decimal), "usage")
    except (ValueError, RecursionError):
        raise wrong_type("usage", text, "JSON の一覧", "a list in JSON") from None
    if len(listed) > LINES_MAX:
        raise wrong_type(
            "usage", f"{len(listed)}", f"{LINES_MAX}行まで", f"at most {LINES_MAX} entries"
        )
    found = []
    for number, entry in enumerate(listed):
        place = f"usage[{number}]"
        raw = mapping_of(entry, place)
        only_keys(raw, KEYS, place)
        if not isinstance(raw.get("node"), str) or raw["node"] not in nodes:
            raise unknown_word(f"{place}.node", raw.get("node"), tuple(nodes))
        index = nodes[raw["node"]]
        amounts = [_yen(raw.get(key, 0), f"{place}.{key}") for key in ("settled", "guaranteed")]
        found.append(_Use(index, _year(raw, lowered.nodes[index].scope, place), *amounts))
    return found


def _yen(value: Any, place: str) -> int:
    amount = whole_yen(value, place)
    if amount > TOTAL_MAX:
        raise too_much(amount)
    return amount


def _year(raw: Mapping[str, Any], scope: str, place: str) -> int | None:
    if scope != "policy_year":
        if "year" in raw:
            raise wrong_type(f"{place}.year", raw["year"], "年のない使用額", "no year here")
        return None
    year = raw.get("year")
    if isinstance(year, bool) or not isinstance(year, int) or year < 1:
        raise wrong_type(f"{place}.year", year, "保険年度（1, 2 …）", "the policy year: 1, 2 …")
    return year
