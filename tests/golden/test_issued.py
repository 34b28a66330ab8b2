"""Issued revisions: the kept form of every edition is what its code gives, and replays the same.

`DOSOJIN_GOLDEN=record` (`make golden`) keeps the current revision anew. That is allowed until the
edition is in force. From then on the kept file never changes: what has to change becomes the next
revision, by raising `revision` in the edition's TOML, and the old file stays beside the new one.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import replace
from importlib import resources
from pathlib import Path
from typing import Any

import pytest

from dosojin.adjudication.catalogue import edition_files
from dosojin.adjudication.decide import decide
from dosojin.adjudication.read_claim import read_claim
from dosojin.adjudication.replay import (
    FOLDER,
    decide_as_issued,
    file_name,
    issue,
    load_issued,
    read_issued,
    record_of,
    replay,
    stored_bytes,
)
from dosojin.adjudication.worked_cases import WorkedCase, worked_cases
from dosojin.products import editions

RECORD = os.environ.get("DOSOJIN_GOLDEN") == "record"


def kept_file(product: str, revision: int) -> Path:
    folder = Path(str(resources.files(edition_files(product).package))) / FOLDER
    return folder / file_name(product, revision)


def first_cases() -> Iterator[WorkedCase]:
    """The first case of every file of worked cases, once for each edition."""
    for product in editions():
        found: dict[str, WorkedCase] = {}
        for case in worked_cases(product):
            found.setdefault(case.file, case)
        yield from found.values()


@pytest.fixture(autouse=True, scope="module")
def _record() -> None:
    """Before anything is compared, so that one run records and then checks."""
    if not RECORD:
        return
    for product in editions():
        issued = issue(product)
        path = kept_file(product, issued.revision)
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(stored_bytes(issued))
    load_issued.cache_clear()


@pytest.mark.parametrize("product", list(editions()))
def test_the_kept_form_is_what_the_code_gives(product: str) -> None:
    issued = issue(product)
    path = kept_file(product, issued.revision)
    assert path.is_file(), f"{path.name} was never kept: run make golden"
    assert path.read_bytes() == stored_bytes(issued), (
        f"{path.name} differs from the code: if the edition is in force, raise its revision; "
        "else run make golden and review what changed"
    )


@pytest.mark.parametrize("product", list(editions()))
def test_all_revisions_up_to_the_current_one_are_kept(product: str) -> None:
    for revision in range(1, issue(product).revision + 1):
        kept = read_issued(kept_file(product, revision).read_bytes())
        assert (kept.edition, kept.revision) == (product, revision)


@pytest.mark.parametrize("case", list(first_cases()), ids=lambda c: f"{c.product}:{c.file}")
def test_a_record_is_replayed_with_the_kept_form(case: WorkedCase) -> None:
    raw = case.steps[0].claim
    claim = read_claim(raw)
    decision = decide(claim)
    record: dict[str, Any] = json.loads(json.dumps(record_of(claim, decision)))
    assert replay(record).is_same
    kept = read_issued(kept_file(case.product, decision.revision).read_bytes())
    assert decide_as_issued(raw, kept, with_questions=True).digest == decision.digest


@pytest.mark.parametrize("case", list(first_cases()), ids=lambda c: f"{c.product}:{c.file}")
def test_the_kept_form_decides_by_itself(case: WorkedCase) -> None:
    """Told to be another revision, it goes the long way round and pays the same."""
    raw = case.steps[0].claim
    kept = read_issued(kept_file(case.product, issue(case.product).revision).read_bytes())
    other = replace(kept, lowered=replace(kept.lowered, revision=kept.revision + 1))
    alone = decide_as_issued(raw, other, with_questions=True)
    today = decide(read_claim(raw))
    assert alone.revision == today.revision + 1
    assert (alone.verdict, alone.payable) == (today.verdict, today.payable)
    assert (alone.benefits, alone.questions) == (today.benefits, today.questions)


def test_a_changed_figure_is_noticed() -> None:
    issued = issue("gakkensai-2026")
    numbers = tuple(
        ("constant", 50_001) if step == ("constant", 50_000) else step
        for step in issued.lowered.numbers
    )
    changed = replace(issued, lowered=replace(issued.lowered, numbers=numbers))
    assert stored_bytes(changed) != kept_file("gakkensai-2026", issued.revision).read_bytes()
