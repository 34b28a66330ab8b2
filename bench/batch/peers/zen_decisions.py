"""GoRules zen-engine: a precompiled decision, asked for each occurrence of a sample."""

from __future__ import annotations

import json
from importlib.metadata import version
from pathlib import Path
from typing import Any

import zen

from bench.batch.peers.serve import Answer, Contestant, Form, load
from bench.batch.rules import (
    CALLS,
    CALLS_MAX,
    CARE,
    FARE,
    FLAGS,
    GOODS,
    GOODS_MAX,
    HOSPITAL_DAYS_MIN,
    INTERPRETER,
    NIGHTS_MAX,
    NIGHTS_POSSIBLE,
    RECEIPT_ARRAYS,
    REMAINS,
    REMAINS_MAX,
    RESCUERS_MAX,
    ROOM,
    SUNDRIES,
    SUNDRIES_MAX,
    TRANSPORT,
    WINDOW_DAYS,
)

SAMPLE = 50_000


def _added(test: str, yen: str = "#.amount") -> str:
    return f"sum(map(filter(receipts, {test}), {yen}))"


def _covered(must: str, may: str) -> str:
    return f"""(f.injury {must} or
        (f.illness {must} and f.began_on_trip {must} and f.treated_in_time {must}))
        and not (f.intent {may} or (f.war {may} and not (f.terrorism {must}))
        or f.drunk_driving {may} or (f.dangerous_sport {may} and not (f.rider {must})))"""


def _paid(plane: str, in_hospital: str) -> str:
    return f"""$.covered_{plane} ? min([$.free_{plane} + $.capped
        + ({in_hospital} ? $.fares + $.rooms_{plane} + $.sundries : 0), sum_insured]) : 0"""


def expressions() -> dict[str, str]:
    care = f"#.category in [{CARE}, {INTERPRETER}] and #.days < {WINDOW_DAYS}"
    room = f"#.category == {ROOM} and #.rescuer <= {RESCUERS_MAX}"
    within = f"#.nights > {NIGHTS_MAX} ? floor(#.amount * {NIGHTS_MAX} / #.nights) : #.amount"
    unknown = f"floor(#.amount * {NIGHTS_MAX} / {NIGHTS_POSSIBLE})"
    fare = f"#.category == {FARE} and #.rescuer <= {RESCUERS_MAX}"
    calls = f"{_added(f'#.category == {CALLS}')} + min([$.goods, {GOODS_MAX}])"
    remains = _added(f"#.category == {REMAINS}")
    surely = f"hospital_days >= {HOSPITAL_DAYS_MIN}"
    return {
        "free_lo": _added(f"#.category == {TRANSPORT} or ({care} and #.days >= 0)"),
        "free_hi": _added(f"#.category == {TRANSPORT} or ({care})"),
        "goods": _added(f"#.category == {GOODS}"),
        "capped": f"min([{calls}, {CALLS_MAX}]) + min([{remains}, {REMAINS_MAX}])",
        "sundries": f"min([{_added(f'#.category == {SUNDRIES}')}, {SUNDRIES_MAX}])",
        "fares": _added(fare),
        "rooms_lo": _added(room, f"#.nights == 0 ? {unknown} : ({within})"),
        "rooms_hi": _added(room, within),
        "covered_lo": _covered("== 1", "!= 0"),
        "covered_hi": _covered("!= 0", "== 1"),
        "lo": _paid("lo", surely),
        "hi": _paid("hi", f"({surely} or hospital_days < 0)"),
    }


def graph() -> str:
    entries = [
        {"id": name, "key": name, "value": " ".join(value.split())}
        for name, value in expressions().items()
    ]
    place = {"x": 0, "y": 0}
    nodes: list[dict[str, Any]] = [
        {"id": "in", "type": "inputNode", "name": "in", "position": place},
        {"id": "do", "type": "expressionNode", "name": "do", "position": place,
         "content": {"expressions": entries}},
        {"id": "out", "type": "outputNode", "name": "out", "position": place},
    ]  # fmt: skip
    edges = [
        {"id": "1", "type": "edge", "sourceId": "in", "targetId": "do"},
        {"id": "2", "type": "edge", "sourceId": "do", "targetId": "out"},
    ]
    return json.dumps({"nodes": nodes, "edges": edges})


def contexts(given: dict[str, Any], count: int) -> list[dict[str, Any]]:
    """What each of the first `count` decisions is asked about."""
    offsets = given["offsets"][: count + 1].tolist()
    columns = (given[name][: offsets[-1]].tolist() for name in RECEIPT_ARRAYS)
    receipts = [
        dict(zip(RECEIPT_ARRAYS, row, strict=True)) for row in zip(*columns, strict=True)
    ]
    days, insured = (given[name][:count].tolist() for name in ("hospital_days", "sum_insured"))
    flags = [given[name][:count].tolist() for name in FLAGS]
    return [
        {
            "receipts": receipts[offsets[row] : offsets[row + 1]],
            "hospital_days": days[row],
            "sum_insured": insured[row],
            "f": {name: flag[row] for name, flag in zip(FLAGS, flags, strict=True)},
        }
        for row in range(len(days))
    ]


def contestant(folder: Path) -> Contestant:
    given = load(folder)
    asked = contexts(given, SAMPLE)
    receipts = sum(len(entry["receipts"]) for entry in asked)
    content = zen.ZenDecisionContent(graph())
    engine = zen.ZenEngine({"loader": lambda key: content})
    engine.evaluate("rules", asked[0])

    def one_by_one() -> list[dict[str, Any]]:
        return [engine.evaluate("rules", entry)["result"] for entry in asked]

    def answer(found: list[dict[str, Any]]) -> Answer:
        return [int(entry["lo"]) for entry in found], [int(entry["hi"]) for entry in found]

    forms = {"precompiled": Form(one_by_one, receipts, answer)}
    about = f"zen-engine {version('zen-engine')}, a sample of {len(asked):,} decisions"
    return Contestant(about, forms)
