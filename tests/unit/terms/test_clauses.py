"""A clause is a test with a reading; a fact may stand for its own test."""

from __future__ import annotations

from dosojin.facts.expressions import not_
from dosojin.terms.clauses import Status, clause
from dosojin.values.text import Text
from tests.unit.adjudication.small_edition import died


def test_a_clause_written_short_is_coded_and_reachable() -> None:
    found = clause("a.1", died, ja="死亡したとき", en="on death", source="003 l.1")
    assert found.test == died.is_true
    assert found.reading == Text("死亡したとき", "on death")
    assert (found.status, found.unreachable, found.restored_by) == (Status.CODED, None, ())


def test_a_clause_keeps_what_lifts_it() -> None:
    lifts = clause("a.r", not_(died), ja="あ", en="a", source="x", status=Status.HUMAN)
    found = clause("a.x", died, ja="あ", en="a", source="x", restored_by=(lifts,), why="D1")
    assert found.restored_by == (lifts,)
    assert found.why == "D1"
    assert lifts.status is Status.HUMAN
