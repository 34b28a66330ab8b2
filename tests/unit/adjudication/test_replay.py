"""Replay: the same bytes from the same record, also from a revision that was kept."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from dosojin.adjudication import replay as module
from dosojin.adjudication.decide import decide
from dosojin.adjudication.read_claim import read_claim
from dosojin.adjudication.replay import (
    decide_as_issued,
    issue,
    read_issued,
    record_of,
    replay,
    stored_bytes,
)
from dosojin.values.problems import Problem
from tests.unit.explanation.claims import boston


def record(**changes: Any) -> dict[str, Any]:
    claim = read_claim(boston(**changes))
    found: dict[str, Any] = json.loads(json.dumps(record_of(claim, decide(claim))))
    return found


def test_a_record_gives_the_same_bytes() -> None:
    done = replay(record())
    assert done.is_same
    assert done.recorded == done.replayed.digest


def test_an_altered_record_differs() -> None:
    altered = record()
    altered["decision"]["payable"]["hi"] += 1
    assert not replay(altered).is_same


def test_an_altered_claim_differs() -> None:
    altered = record()
    altered["claim"]["expenses"][0]["amount"] += 1
    done = replay(altered)
    assert done.is_intact and not done.is_same


@pytest.mark.parametrize("product", ["gakkensai-2026", "gakkensai-2025"])
def test_a_kept_revision_comes_back_as_it_was(product: str) -> None:
    kept = stored_bytes(issue(product))
    again = read_issued(kept)
    assert stored_bytes(again) == kept
    assert again.lowered == issue(product).lowered


def test_an_older_revision_decides_by_its_own_terms(monkeypatch: pytest.MonkeyPatch) -> None:
    """Revision 0 paid for two rescuers only; today's pays for three."""
    today = issue("gakkensai-2026")
    steps = today.lowered.numbers
    nodes = {node.id: node for node in today.lowered.nodes}
    number = nodes["rescue.rescuers_max"].numbers[0]
    older = replace(
        today.lowered,
        revision=0,
        numbers=(*steps[:number], ("constant", 2), *steps[number + 1 :]),
    )
    kept = read_issued(stored_bytes(replace(today, lowered=older)))
    raw = boston()
    then = decide_as_issued(raw, kept, with_questions=True)
    assert then.revision == 0
    assert then.payable.hi == 210_000 * 2 + 300_000 * 14 // 20
    monkeypatch.setattr(module, "load_issued", lambda product, revision: kept)
    done = replay({"claim": raw, "decision": then.to_json()}, with_latest=True)
    assert done.is_same
    assert done.latest is not None and done.latest.payable.hi == 810_000


def test_sums_of_a_plan_are_those_of_the_revision() -> None:
    today = issue("gakkensai-2026")
    plans = json.loads(json.dumps(today.plans))
    plans["D"]["sums"]["medical_rescue"] = 500_000
    older = replace(today, plans=plans)
    decision = decide_as_issued(boston(), older, with_questions=False)
    assert decision.payable.hi == 500_000
    assert decision.input_digest == decide(read_claim(boston())).input_digest


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"decision": None}, "decision"),
        ({"claim": []}, "claim"),
        ({"decision": {"edition": "gakkensai-2026"}}, "decision.revision"),
    ],
)
def test_what_is_no_record_is_refused(change: dict[str, Any], place: str) -> None:
    with pytest.raises(Problem) as refused:
        replay({**record(), **change})
    assert refused.value.place == place


def test_a_revision_that_was_never_issued_is_refused() -> None:
    unknown = record()
    unknown["decision"]["revision"] = 99
    with pytest.raises(Problem) as refused:
        replay(unknown)
    assert refused.value.code == "replay.revision"
