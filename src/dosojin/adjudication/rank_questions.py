"""Which question to ask next: the one whose answer narrows the payout most."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from dosojin.adjudication.bounds import Bounds, Exploration, Splitter
from dosojin.adjudication.case import Case
from dosojin.adjudication.completions import UP, Key, OpenFact
from dosojin.adjudication.decision import Question
from dosojin.values.money import is_unbounded

Place = tuple[int, int]
"""(line or −1, variable)"""


def rank_questions(splitter: Splitter, before: Exploration) -> tuple[Question, ...]:
    """Open facts by worth: unbounding first, then most yen; ties: not medical, vocabulary order."""
    whole = before.total()
    if whole is None:
        return ()
    by_place: dict[Place, list[OpenFact]] = {}
    for key, fact in splitter.open.found.items():
        if (fact.in_money or fact.tests) and _is_askable(splitter, key):
            by_place.setdefault(key[:2], []).append(fact)
    found: list[tuple[Any, Question]] = []
    for place, facts in by_place.items():
        worth = _worth(whole, list(_widths_after(splitter, before, place, facts)))
        found.append(_ranked(splitter, place, worth, facts))
    found += _amount_questions(splitter, whole)
    return tuple(question for _, question in sorted(found, key=lambda entry: entry[0]))


def _is_askable(splitter: Splitter, key: Key) -> bool:
    line, variable, _ = key
    if line < 0 and variable in splitter.case.asked:
        return False
    spec = splitter.lowered.variables[variable]
    applies = spec.applies
    return applies < 0 or splitter.open.value(applies, line) == 3


def _ranked(
    splitter: Splitter, place: Place, worth: int | None, facts: list[OpenFact]
) -> tuple[Any, Question]:
    line, variable = place
    spec = splitter.lowered.variables[variable]
    members = tuple(
        spec.choices[fact.key[2]] for fact in sorted(facts, key=lambda f: f.key) if fact.key[2] >= 0
    )
    question = Question(spec.name, line if line >= 0 else None, worth, spec.medical, members)
    return _order(worth, spec.medical, variable, line), question


def _order(worth: int | None, medical: bool, variable: int, line: int) -> Any:
    return (0 if worth is None else 1, -(worth or 0), medical, variable, line)


def _widths_after(
    splitter: Splitter, before: Exploration, place: Place, facts: list[OpenFact]
) -> Iterable[int | None]:
    """The width of the payout in each cell of a fact; inconsistent cells say nothing."""
    spec = splitter.lowered.variables[place[1]]
    axis = splitter.by_key.get(facts[0].key)
    if axis is not None and spec.kind in ("flag", "choice"):
        for number in range(len(axis.cells)):
            yield from _width(before.total(splitter.mask(axis, number)))
        return
    for case in _answered(splitter, place, facts, spec.kind):
        after = splitter.explore_case(case)
        if after is not None:
            yield from _width(after.total())


def _width(total: Bounds | None) -> Iterable[int | None]:
    if total is not None:
        yield None if is_unbounded(total[1]) else total[1] - total[0]


def _answered(
    splitter: Splitter, place: Place, facts: list[OpenFact], kind: str
) -> Iterable[Case]:
    case = splitter.case
    if kind == "choices":
        outside = worst = case
        for fact in facts:
            outside = splitter.with_cell(outside, fact.key, False)
            worst = splitter.with_cell(worst, fact.key, fact.signs != UP)
        yield outside
        yield worst
        return
    fact = facts[0]
    if kind in ("flag", "choice"):
        for cell in splitter.cells(fact):
            yield splitter.with_cell(case, fact.key, cell)
        return
    if kind == "grades":
        for grades in ((14,), (1,)):
            yield splitter.with_cell(case, fact.key, grades)
        return
    known = splitter.open.known(place[1], place[0])
    if kind == "day" and known[0] == known[1]:
        for minute in known[2:]:
            yield splitter.with_cell(case, fact.key, (known[0], known[0], minute, minute))
        return
    for end in sorted({known[0], known[1]}):
        yield splitter.with_cell(case, fact.key, (end, end))


def _worth(before: Bounds, after: list[int | None]) -> int | None:
    if is_unbounded(before[1]):
        return None if any(width is not None for width in after) else 0
    known = [width for width in after if width is not None]
    if not known:
        return 0
    return ((before[1] - before[0]) * len(known) - sum(known)) // len(known)


def _amount_questions(splitter: Splitter, whole: Bounds) -> list[tuple[Any, Question]]:
    """A receipt whose amount nobody knows leaves the payout unbounded: ask for an estimate."""
    found: list[tuple[Any, Question]] = []
    if not is_unbounded(whole[1]):
        return found
    for index, line in enumerate(splitter.case.lines):
        if is_unbounded(line.hi):
            found.append((_order(None, False, -1, index), Question("amount", index, None, False)))
    return found


