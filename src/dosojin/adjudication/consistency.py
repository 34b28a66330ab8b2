"""Input checks: refuses what no possible claim obeys, and narrows what the checks leave open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from dosojin.adjudication.case import Case, Known
from dosojin.adjudication.completions import is_decided
from dosojin.adjudication.evaluation import Evaluator
from dosojin.values.moments import days_between

ROUNDS_MAX = 8


class Inconsistent(Exception):
    """No completion passes the check with this number."""

    def __init__(self, check: int) -> None:
        super().__init__(f"check {check} cannot hold")
        self.check = check


def narrow_by_checks(
    evaluator: Evaluator, case: Case, changed: Iterable[int] | None = None
) -> Case:
    """The same case, open facts narrowed to what the checks allow; Inconsistent if nothing is.

    changed: where the case differs from one that the checks leave as it is, the variables that
    differ; checks that read none of them are passed over, for they would narrow nothing.
    """
    reads = evaluator.program.truth_reads
    moved = None if changed is None else set(changed)
    for _ in range(ROUNDS_MAX):
        before = case
        for number, check in enumerate(evaluator.lowered.checks):
            if moved is not None and moved.isdisjoint(reads[check]):
                continue
            value = _value(evaluator, case.known, check)
            if value == 0:
                raise Inconsistent(number)
            if value == 2:
                narrowed = _narrow(evaluator, case, check, number)
                if moved is not None and narrowed is not case:
                    moved |= {v for v in reads[check] if narrowed.known[v] != case.known[v]}
                case = narrowed
        if case is before:
            return case
    return case


def _value(evaluator: Evaluator, known: Sequence[Known], check: int) -> int:
    found: int = evaluator.program.truths((check,))(known, (), "", None)[0]
    return found


def _narrow(evaluator: Evaluator, case: Case, check: int, number: int) -> Case:
    for variable in sorted(evaluator.program.truth_reads[check]):
        spec = evaluator.lowered.variables[variable]
        known = case.known[variable]
        if spec.kind in ("choices", "grades", "persons") or is_decided(spec.kind, known, -1):
            continue
        kept = _kept(evaluator, case, check, variable)
        if kept is None:
            raise Inconsistent(number)
        if kept != known:
            case = case.with_known(variable, kept)
    return case


def _kept(evaluator: Evaluator, case: Case, check: int, variable: int) -> Known | None:
    spec = evaluator.lowered.variables[variable]
    known = case.known[variable]
    tried = list(case.known)

    def passes(value: Known) -> bool:
        tried[variable] = value
        return _value(evaluator, tried, check) != 0

    if spec.kind == "flag":
        kept = [value for value in (0, 3) if passes(value)]
        return None if not kept else known if len(kept) == 2 else kept[0]
    if spec.kind == "choice":
        mask = sum(bit for bit in _bits(known) if passes(bit))
        return mask or None
    offset = case.place_offset if spec.utc_offset is None else spec.utc_offset

    def cell(first: int, last: int) -> Known:
        if spec.kind != "day":
            return (first, last)
        when = days_between(first, last, offset)
        return (first, last, max(when.minute_first, known[2]), min(when.minute_last, known[3]))

    if not passes(known):
        return None
    first, last = known[0], known[1]
    low, high = first, last
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if passes(cell(first, middle)) else (middle + 1, high)
    start = low
    low, high = start, last
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if passes(cell(middle, last)) else (low, middle - 1)
    return known if (start, low) == (first, last) else cell(start, low)


def _bits(mask: int) -> Iterator[int]:
    bit = 1
    while bit <= mask:
        if mask & bit:
            yield bit
        bit <<= 1
