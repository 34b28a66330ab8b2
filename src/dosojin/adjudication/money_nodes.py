"""What each kind of money node does to the portions that come to it.

A portion is (line, lo, hi): what is left of a receipt, at worst and at best; line −1 is money that
can no longer be told apart. A maker takes a node and gives the closure that pays it out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from dosojin.adjudication.case import LineKnown
from dosojin.adjudication.run import EMPTY, Portion, Portions, Run
from dosojin.terms.lowered import LoweredNode
from dosojin.values.money import UNBOUNDED, is_unbounded

if TYPE_CHECKING:
    from dosojin.adjudication.payout import Payout

Pay = Callable[[Run], Portions]
Maker = Callable[["Payout", int, LoweredNode], Pay]
PER_CENT = 100
YES = 3
STATEFUL = ("policy_year", "policy_period")
"""Scopes of limits that run over several occurrences."""
SOURCES_WITHOUT_RECEIPTS = ("fixed", "graded")


def _total(portions: Portions) -> tuple[int, int]:
    lo = hi = 0
    for _, least, most in portions:
        lo += least
        hi += most
    return lo, hi


def _lines(payout: Payout, index: int, node: LoweredNode) -> Pay:
    categories = node.categories
    numbers = node.numbers

    def pay(run: Run) -> Portions:
        found: list[Portion] = []
        for category in categories:
            for line in run.case.by_category.get(category, ()):
                state = run.case.lines[line]
                lo, hi = state.lo, state.hi
                for number in numbers:
                    least, most = run.line_number(number, line)
                    lo = min(lo, least)
                    hi = min(hi, most)
                found.append((line, lo, hi))
        return found

    return pay


def _fixed(payout: Payout, index: int, node: LoweredNode) -> Pay:
    def pay(run: Run) -> Portions:
        lo = hi = UNBOUNDED
        for number in node.numbers:
            least, most = run.number(number)
            lo = min(lo, least)
            hi = min(hi, most)
        return [(-1, max(lo, 0), max(hi, 0))]

    return pay


def combined_percent(grades: Sequence[int], percents: Sequence[int]) -> int:
    """Per cent of the sum for several impairments of one accident.

    grades 1–14, percents by grade (14 entries). Two or more of grades 1–5 count three grades
    above the worst; else of 1–8, two above; else of 1–13, one above, but the plain sum if that is
    less. Otherwise the worst alone.
    """
    worst = min(grades)
    for below, raised in ((5, 3), (8, 2), (13, 1)):
        if sum(1 for grade in grades if grade <= below) >= 2:
            percent = percents[max(worst - raised, 1) - 1]
            if raised == 1:
                plain = sum(percents[grade - 1] for grade in grades)
                return min(percent, plain)
            return percent
    return percents[worst - 1]


def _graded(payout: Payout, index: int, node: LoweredNode) -> Pay:
    def pay(run: Run) -> Portions:
        sum_lo, sum_hi = run.number(node.numbers[0])
        worst = run.number(node.numbers[1])[0]
        percents = [run.number(number)[0] for number in node.numbers[2:]]
        grades = run.known[node.variable]
        if grades is None:
            lo, hi = min(percents), max(percents)
        else:
            lo = hi = combined_percent(grades, percents)
        only = run.truths[node.truth]
        if only >= 2 and lo < worst:
            lo = 0
        if only == 3 and hi < worst:
            hi = 0
        return [(-1, sum_lo * lo // PER_CENT, sum_hi * hi // PER_CENT)]

    return pay


def _gated(portions: Portions, truth: int) -> Portions:
    if truth == 3:
        return portions
    if truth == 0:
        return EMPTY
    return [(line, 0, hi) for line, _, hi in portions]


def _part(payout: Payout, index: int, node: LoweredNode) -> Pay:
    child = node.children[0]

    def pay(run: Run) -> Portions:
        return _gated(run.memo[child], run.truths[node.truth])

    return pay


def _gate(payout: Payout, index: int, node: LoweredNode) -> Pay:
    child = node.children[0]

    def pay(run: Run) -> Portions:
        portions = run.memo[child]
        return _gated(portions, run.truths[node.truth]) if portions else EMPTY

    return pay


def _sieve(payout: Payout, index: int, node: LoweredNode) -> Pay:
    child = node.children[0]
    truth = node.truth

    def pay(run: Run) -> Portions:
        kept: list[Portion] = []
        for line, lo, hi in run.memo[child]:
            passes = run.line_truth(truth, line)
            if passes == 3:
                kept.append((line, lo, hi))
            elif passes:
                kept.append((line, 0, hi))
        return kept

    return pay


GroupKey = str | int
"""A name; or the number of a receipt that bears none and stands alone."""


def _group_key(state: LineKnown, line: int, scope: str) -> GroupKey:
    name = state.item if scope == "item" else state.person
    return line if name is None else name


def _grouped(run: Run, portions: Portions, scope: str) -> dict[GroupKey, list[int]]:
    """Per item or person: [a line of theirs, lo, hi]. A line without a name stands alone."""
    groups: dict[GroupKey, list[int]] = {}
    for line, lo, hi in portions:
        key = _group_key(run.case.lines[line], line, scope)
        group = groups.setdefault(key, [line, 0, 0])
        group[1] += lo
        group[2] += hi
    return groups


def _first(payout: Payout, index: int, node: LoweredNode) -> Pay:
    child = node.children[0]

    def pay(run: Run) -> Portions:
        portions = run.memo[child]
        count = run.number(node.numbers[0])[0]
        groups = _grouped(run, portions, "person")
        if len(groups) <= count:
            return portions
        names: dict[GroupKey, None] = dict.fromkeys(run.case.named.get(node.variable, ()))
        named = [name for name in names if name in groups][:count]
        rest = [name for name in groups if name not in names]
        chances = _chances(groups, named, rest, count - len(named))
        if 2 in chances.values() and not payout.is_told_apart[index]:
            at_worst = named + sorted(rest, key=lambda name: -groups[name][1])
            at_best = named + sorted(rest, key=lambda name: -groups[name][2])
            lo = sum(groups[name][1] for name in at_worst[:count])
            hi = sum(groups[name][2] for name in at_best[:count])
            return [(-1, lo, hi)]
        kept: list[Portion] = []
        for line, lo, hi in portions:
            chance = chances[_group_key(run.case.lines[line], line, "person")]
            if chance:
                kept.append((line, lo if chance == 3 else 0, hi))
        return kept

    return pay


def _chances(
    groups: dict[GroupKey, list[int]], named: list[GroupKey], rest: list[GroupKey], places: int
) -> dict[GroupKey, int]:
    """Whether each is among the first (0, 2 or 3): those named, and the costliest of the rest.

    Of two that cost the same the one filed first goes before.
    """
    found: dict[GroupKey, int] = dict.fromkeys(groups, 0)
    found.update(dict.fromkeys(named, 3))
    for place, name in enumerate(rest):
        _, lo, hi = groups[name]
        surely = possibly = 0
        for other_place, other in enumerate(rest):
            _, least, most = groups[other]
            earlier = other_place < place
            surely += other != name and (least > hi or (earlier and least == hi))
            possibly += other != name and (most > lo or (earlier and most == lo))
        found[name] = 3 if possibly < places else 2 if surely < places else 0
    return found


def _nights_known(payout: Payout, run: Run, line: int) -> tuple[int, int]:
    slot = payout.nights_slot
    nights: tuple[int, int] = run.case.lines[line].known[slot]
    return nights


def _nights(payout: Payout, index: int, node: LoweredNode) -> Pay:
    child = node.children[0]

    def pay(run: Run) -> Portions:
        allowed = run.number(node.numbers[0])[0]
        portions = run.memo[child]
        if len(portions) == 1:
            return _nights_of_one(payout, run, [*portions], allowed)
        by_person: dict[GroupKey, list[Portion]] = {}
        for portion in portions:
            key = _group_key(run.case.lines[portion[0]], portion[0], "person")
            by_person.setdefault(key, []).append(portion)
        kept: list[Portion] = []
        for bills in by_person.values():
            kept += _nights_of_one(payout, run, bills, allowed)
        return kept

    return pay


def _nights_of_one(payout: Payout, run: Run, bills: list[Portion], allowed: int) -> list[Portion]:
    """One person's bills: each pays its share of the nights still allowed, one floor a bill.

    In the order of their dates; of one date the dearer night goes first, then the shorter stay, so
    that it never matters in which order bills come in. Where the order is not known, the others
    may all come before a bill, or none of them.
    """
    if len(bills) == 1:
        line, lo, hi = bills[0]
        least, most = _nights_known(payout, run, line)
        return [(line, lo * min(most, allowed) // most, hi * min(least, allowed) // least)]
    nights = [_nights_known(payout, run, line) for line, _, _ in bills]
    kept: list[Portion] = []
    for place, (line, lo, hi) in enumerate(bills):
        used_least = used_most = 0
        for other, stay in enumerate(nights):
            if other != place:
                before = _goes_before(run, bills[other], stay, bills[place], nights[place])
                before = before if before >= 0 else YES * (other < place)
                used_least += stay[0] if before == 3 else 0
                used_most += stay[1] if before else 0
        least, most = nights[place]
        worst = min(most, max(allowed - used_most, 0))
        best = min(least, max(allowed - used_least, 0))
        kept.append((line, lo * worst // most, hi * best // least))
    return kept


def _goes_before(
    run: Run, one: Portion, nights: tuple[int, int], other: Portion, others: tuple[int, int]
) -> int:
    """Whether one bill is counted before another: 0, 2 or 3; −1 if they are alike."""
    day, other_day = run.case.lines[one[0]].day, run.case.lines[other[0]].day
    if day is None or other_day is None:
        return 2
    if day != other_day:
        return YES * (day < other_day)
    if one[1] != one[2] or other[1] != other[2] or nights[0] != nights[1] or others[0] != others[1]:
        return 2
    key, other_key = (-one[1] * others[0], nights[0]), (-other[1] * nights[0], others[0])
    return -1 if key == other_key else YES * (key < other_key)


def _limit(payout: Payout, index: int, node: LoweredNode) -> Pay:
    child = node.children[0]
    scope = node.scope
    number = node.numbers[0]

    def by_group(run: Run) -> Portions:
        cap_lo, cap_hi = run.number(number)
        groups = _grouped(run, run.memo[child], scope)
        return [(line, min(lo, cap_lo), min(hi, cap_hi)) for line, lo, hi in groups.values()]

    def by_total(run: Run) -> Portions:
        portions = run.memo[child]
        if not portions:
            return EMPTY
        cap_lo, cap_hi = run.number(number)
        if scope in STATEFUL:
            used_least, used_most = run.case.others.get(index, (0, 0))
            cap_lo, cap_hi = _left(cap_lo, used_most), _left(cap_hi, used_least)
        lo, hi = run.lo[child], run.hi[child]
        if hi <= cap_lo:
            return portions
        return [(-1, min(lo, cap_lo), min(hi, cap_hi))]

    return by_group if scope in ("item", "person") else by_total


def _left(cap: int, used: int) -> int:
    """What others left of a limit; one without a bound is never used up."""
    return cap if is_unbounded(cap) else max(cap - used, 0)


def _deductible(payout: Payout, index: int, node: LoweredNode) -> Pay:
    child = node.children[0]
    scope = node.scope

    def pay(run: Run) -> Portions:
        off_lo, off_hi = run.number(node.numbers[0])
        portions = run.memo[child]
        if scope in ("item", "person"):
            groups = _grouped(run, portions, scope).values()
            return [(line, max(lo - off_hi, 0), max(hi - off_lo, 0)) for line, lo, hi in groups]
        lo, hi = _total(portions)
        return [(-1, max(lo - off_hi, 0), max(hi - off_lo, 0))] if portions else EMPTY

    return pay


def _share(payout: Payout, index: int, node: LoweredNode) -> Pay:
    child = node.children[0]

    def pay(run: Run) -> Portions:
        portions = run.memo[child]
        off_lo, off_hi = run.number(node.numbers[0])
        if off_hi == 0 or not portions:
            return portions
        lo, hi = _total(portions)
        return [(-1, lo * (PER_CENT - off_hi) // PER_CENT, hi * (PER_CENT - off_lo) // PER_CENT)]

    return pay


def _ratio(payout: Payout, index: int, node: LoweredNode) -> Pay:
    child = node.children[0]

    def pay(run: Run) -> Portions:
        portions = run.memo[child]
        least, most = run.number(node.numbers[0])
        least, most = min(least, PER_CENT), min(most, PER_CENT)
        lo, hi = _total(portions)
        return [(-1, lo * least // PER_CENT, hi * most // PER_CENT)] if portions else EMPTY

    return pay


def _pro_rata(payout: Payout, index: int, node: LoweredNode) -> Pay:
    child = node.children[0]

    def pay(run: Run) -> Portions:
        portions = run.memo[child]
        if not portions:
            return EMPTY
        part_lo, part_hi = run.number(node.numbers[0])
        whole_lo, whole_hi = run.number(node.numbers[1])
        lo, hi = _total(portions)
        least = min(max(part_lo, 0), max(whole_hi, 1))
        most, whole = max(part_hi, 0), max(whole_lo, 1)
        best = hi if most >= whole else hi * most // whole
        return [(-1, lo * least // max(whole_hi, 1), best)]

    return pay


def _less(payout: Payout, index: int, node: LoweredNode) -> Pay:
    child = node.children[0]
    on_line = [number for number in node.numbers if payout.program.number_on_line[number]]
    whole = [number for number in node.numbers if not payout.program.number_on_line[number]]
    guards = payout.guards[index]

    def pay(run: Run) -> Portions:
        portions = run.memo[child]
        if not portions:
            return EMPTY
        if on_line and (not guards or any(run.truths[guard] for guard in guards)):
            portions = _less_by_line(run, portions, on_line)
        if not (whole or node.paid):
            return portions
        off_lo = off_hi = 0
        for number in whole:
            least, most = run.number(number)
            off_lo += least
            off_hi += most
        for earlier in node.paid:
            least, most = run.paid(earlier)
            off_lo += least
            off_hi += most
        if off_hi == 0:
            return portions
        lo, hi = _total(portions)
        return [(-1, max(lo - off_hi, 0), max(hi - off_lo, 0))]

    return pay


def _less_by_line(run: Run, portions: Portions, numbers: list[int]) -> list[Portion]:
    kept: list[Portion] = []
    for line, lo, hi in portions:
        for number in numbers:
            least, most = run.line_number(number, line)
            lo = max(lo - most, 0)
            hi = max(hi - least, 0)
        kept.append((line, lo, hi))
    return kept


def _highest(payout: Payout, index: int, node: LoweredNode) -> Pay:
    def pay(run: Run) -> Portions:
        paid = [run.memo[child] for child in node.children]
        los = [run.lo[child] for child in node.children]
        his = [run.hi[child] for child in node.children]
        best = his.index(max(his))
        if all(los[best] >= hi for i, hi in enumerate(his) if i != best):
            return paid[best]
        return [(-1, max(los), max(his))]

    return pay


def _all(payout: Payout, index: int, node: LoweredNode) -> Pay:
    children = node.children

    def pay(run: Run) -> Portions:
        found: Portions = EMPTY
        for child in children:
            portions = run.memo[child]
            if portions:
                found = [*found, *portions] if found else portions
        return found

    return pay


KINDS: dict[str, Maker] = {
    "lines": _lines, "fixed": _fixed, "graded": _graded, "part": _part, "gate": _gate,
    "sieve": _sieve, "first": _first, "nights": _nights, "limit": _limit,
    "deductible": _deductible, "share": _share, "ratio": _ratio, "pro_rata": _pro_rata,
    "less": _less, "highest": _highest, "all": _all,
}  # fmt: skip
