"""What ingest makes of a claim, beside what reading the claim alone makes of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from unittest.mock import patch

from dosojin.adjudication import read_claim as reading
from dosojin.adjudication.case import Case
from dosojin.adjudication.evaluation import evaluator
from dosojin.adjudication.read_claim import read_claim
from dosojin.batch.columns import NOT_NAMED, OFFSET_UNKNOWN, Columns, categories_of, in_plane


def case_of(claim: Mapping[str, Any]) -> Case:
    """The case of a claim before the edition's checks narrow it."""
    with patch.object(reading._ClaimReader, "_checked", lambda self, case: case):
        return read_claim(claim).case


def differences(columns: Columns, row: int, case: Case) -> Iterator[str]:
    """Every way in which a row of the columns says other than the case."""
    lowered = columns.lowered
    for index, spec in enumerate(lowered.variables):
        if spec.owner == "line" or spec.kind == "persons":
            continue
        planes = [int(plane[row]) for plane in columns.known(index)]
        wanted = case.known[index]
        if spec.kind == "grades":
            wanted = [columns.grades.index(wanted)]
        elif spec.kind in ("flag", "choice"):
            wanted = [wanted]
        elif spec.kind != "day":
            wanted = [in_plane(end) for end in wanted]
        if planes != list(wanted):
            yield f"{spec.name}: {planes}, not {list(wanted)}"
    opening = {variable for node in lowered.nodes for variable in node.opens}
    for index in opening:
        stated = index in columns.stated and bool(columns.stated[index][row])
        if stated != (index in case.stated):
            yield f"stated {lowered.variables[index].name}: {stated}"
    offset = int(columns.place_offset[row])
    if (None if offset == OFFSET_UNKNOWN else offset) != case.place_offset:
        yield f"place_offset {offset}"
    for node in {*columns.usage, *case.others}:
        used = columns.usage.get(node)
        found = (0, 0) if used is None else (int(used[0][row]), int(used[1][row]))
        if found != case.others.get(node, (0, 0)):
            yield f"usage {lowered.nodes[node].id}: {found}, not {case.others.get(node)}"
    yield from _line_differences(columns, row, case)


def _line_differences(columns: Columns, row: int, case: Case) -> Iterator[str]:
    receipts = columns.receipts
    first, end = int(receipts.offsets[row]), int(receipts.offsets[row + 1])
    if end - first != len(case.lines):
        yield f"{end - first} receipts, not {len(case.lines)}"
        return
    names = categories_of(columns.lowered)
    slots = evaluator(columns.lowered).program.line_slot
    for number, line in enumerate(case.lines):
        at = first + number
        code = int(receipts.category[at])
        if (names[code] if code < len(names) else None) != (
            line.category if line.category in names else None
        ):
            yield f"line {number}: category {code}"
        if (int(receipts.lo[at]), int(receipts.hi[at])) != (in_plane(line.lo), in_plane(line.hi)):
            yield f"line {number}: {receipts.lo[at]}..{receipts.hi[at]}, not {line.lo}..{line.hi}"
        if (receipts.estimated is not None and bool(receipts.estimated[at])) != line.estimated:
            yield f"line {number}: estimated"
        for index, slot in slots.items():
            spec = columns.lowered.variables[index]
            known = line.known[slot]
            wanted = [known] if isinstance(known, int) else [in_plane(end) for end in known]
            if spec.kind == "day":
                wanted = list(known)
            planes = [int(plane[at]) for plane in columns.known(index)]
            if planes != wanted:
                yield f"line {number} {spec.name}: {planes}, not {wanted}"
    for name in ("person", "item"):
        yield from _group_differences(columns, row, case, name)


def _group_differences(columns: Columns, row: int, case: Case, name: str) -> Iterator[str]:
    groups = getattr(columns.receipts, name)
    names = [getattr(line, name) or number for number, line in enumerate(case.lines)]
    if groups is None:
        if any(isinstance(each, str) for each in names):
            yield f"{name}: not grouped"
        return
    first, end = int(columns.receipts.offsets[row]), int(columns.receipts.offsets[row + 1])
    start = int(groups.offsets[row])
    found = [int(group) - start for group in groups.of_receipt[first:end]]
    order = list(dict.fromkeys(names))
    if found != [order.index(each) for each in names]:
        yield f"{name}: {found}"
    if int(groups.offsets[row + 1]) - start != len(order):
        yield f"{name}: {groups.offsets[row + 1] - start} groups"
    for variable, rank in groups.rank.items():
        listed = list(dict.fromkeys(case.named.get(variable, ())))
        wanted = [listed.index(each) if each in listed else NOT_NAMED for each in order]
        if [int(place) for place in rank[start : start + len(order)]] != wanted:
            yield f"{name}: rank {rank[start : start + len(order)]}, not {wanted}"
