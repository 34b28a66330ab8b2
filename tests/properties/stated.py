"""How a claim may state a fact, and the values it may still have then."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import cache
from itertools import chain, combinations
from typing import Any

from dosojin.facts.declaration import Fact, Kind
from tests.properties.situations import NO_BOUND, Value
from tests.properties.vocabulary import MISSING

AS_OF = date(2026, 7, 20)
FAR = date(2199, 12, 31)
JUNE = date(2026, 6, 1)


@dataclass(frozen=True, slots=True)
class Known:
    """What a claim says of one thing. every: `values` are all it may be, not a sample of them."""

    raw: Any
    values: tuple[Value, ...]
    every: bool = True

    @property
    def is_open(self) -> bool:
        return len(self.values) > 1


def days(first: date, last: date) -> range:
    return range(first.toordinal(), last.toordinal() + 1)


def june(day: int) -> date:
    return JUNE + timedelta(days=day - 1)


def ranged(lo: int, hi: int) -> Known:
    return Known({"from": lo, "to": hi}, tuple(range(lo, hi + 1)))


def exact(values: Iterable[int]) -> list[Known]:
    return [Known(value, (value,)) for value in values]


def subsets(members: Sequence[str]) -> Iterator[frozenset[str]]:
    sizes = range(len(members) + 1)
    return map(frozenset, chain.from_iterable(combinations(members, size) for size in sizes))


def _sets(members: tuple[str, ...]) -> tuple[list[Known], list[Known]]:
    every = tuple(subsets(members))
    known = [Known(sorted(one) if one else "none", (one,)) for one in every]
    one, other = members[0], members[-1]
    narrowed = [
        Known({"has": [one]}, tuple(s for s in every if one in s)),
        Known({"not": [one]}, tuple(s for s in every if one not in s)),
        Known({"has": [other], "not": [one]},
              tuple(s for s in every if other in s and one not in s)),
        Known({"not": list(members[1:])}, tuple(s for s in every if not set(members[1:]) & s)),
    ]  # fmt: skip
    return known, [*narrowed, Known(MISSING, every), Known("unknown", every)]


def _choice(members: tuple[str, ...]) -> tuple[list[Known], list[Known]]:
    narrowed = [
        Known({"one_of": list(some)}, some)
        for some in (members[:2], members[1:], (members[0], members[-1]))
    ]
    return (
        [Known(one, (one,)) for one in members],
        [*narrowed, Known(MISSING, members), Known("unknown", members)],
    )


def civil(day: int) -> tuple[int, int]:
    """A day whose moment nothing reads: 00:00 UTC stands for all of it."""
    return day, day * 1440


def _day(fact: Fact) -> tuple[list[Known], list[Known]]:
    if fact.name.startswith("moment"):
        return _moment(fact)
    known = [Known(june(day).isoformat(), (civil(june(day).toordinal()),)) for day in range(1, 7)]
    narrowed = [
        Known({"from": june(first).isoformat(), "to": june(last).isoformat()},
              tuple(map(civil, days(june(first), june(last)))))
        for first, last in ((1, 2), (2, 4), (1, 5), (3, 4), (5, 8))
    ]  # fmt: skip
    latest = FAR if fact.may_run or fact.name.startswith("policy") else AS_OF
    some = (date(1900, 1, 1), *(june(day) for day in range(0, 8)), date(2026, 7, 2), latest)
    whole = tuple(civil(day.toordinal()) for day in some)
    return known, [*narrowed, Known(MISSING, whole, every=False), Known("unknown", whole, False)]


def _moment(fact: Fact) -> tuple[list[Known], list[Known]]:
    """Moments: exact ones, days of 24 hours at the place, and days nobody knows."""
    offsets = (-4, 9)
    known = []
    for day, hour, offset in ((2, 3, -4), (2, 22, 9), (3, 0, 9), (3, 12, -4), (4, 23, 0)):
        zone = timezone(timedelta(hours=offset))
        at = datetime(2026, 6, day, hour, 10, tzinfo=zone)
        minute = at.date().toordinal() * 1440 + hour * 60 + 10 - offset * 60
        known.append(Known(at.isoformat(timespec="minutes"), ((at.date().toordinal(), minute),)))
    hours = (offsets[1], offsets[1]) if fact.utc_offset is not None else (-12, 14)

    def minutes(day: int) -> list[tuple[int, int]]:
        first, last = day * 1440 - hours[1] * 60, (day + 1) * 1440 - hours[0] * 60 - 1
        return [(day, minute) for minute in (first, first + 700, (first + last) // 2, last)]

    narrowed = [
        Known(june(2).isoformat(), tuple(minutes(june(2).toordinal())), every=False),
        Known(june(3).isoformat(), tuple(minutes(june(3).toordinal())), every=False),
        Known({"from": june(2).isoformat(), "to": june(3).isoformat()},
              tuple(at for day in days(june(2), june(3)) for at in minutes(day)), every=False),
        Known(MISSING, tuple(at for day in (date(1900, 1, 1), june(2), june(3), AS_OF)
                             for at in minutes(day.toordinal())), every=False),
    ]  # fmt: skip
    return known, narrowed


def _counted(fact: Fact) -> tuple[list[Known], list[Known]]:
    most = 10 if fact.most is None else fact.most
    if fact.name == "percent":
        whole = tuple(range(0, 101))
        narrowed = [ranged(40, 60), ranged(0, 3), Known(MISSING, whole), Known("unknown", whole)]
        return exact((0, 33, 50, 51, 100)), narrowed
    known = exact(range(0, min(most, 9) + 1))
    narrowed = [ranged(0, 2), ranged(1, 3), ranged(2, 3), ranged(2, min(most, 6))]
    whole, every = tuple(range(0, most + 1)), fact.most is not None
    if not every:
        whole = (*range(0, 10), 12, 30, NO_BOUND)
    return known, [*narrowed, Known(MISSING, whole, every), Known("unknown", whole, every)]


def _delay() -> tuple[list[Known], list[Known]]:
    known = [Known("5:59", (359,)), Known("6:00", (360,)), Known("9:30", (570,))]
    around = (0, 1, 359, 360, 361, 10_000)
    return known, [
        Known({"from": "5:00", "to": "6:30"}, (300, 359, 360, 390), every=False),
        Known(MISSING, around, every=False),
    ]


def _sums() -> tuple[list[Known], list[Known]]:
    known = [*exact((0, 2, 4, 6, 10)), Known("unlimited", (NO_BOUND,))]
    whole = (*range(0, 12), 30, NO_BOUND)
    return known, [ranged(0, 3), ranged(4, 7), Known("unknown", whole, every=False)]


@cache
def options(fact: Fact) -> tuple[tuple[Known, ...], tuple[Known, ...]]:
    """How a claim may state a fact: (known, still open)."""
    known: list[Known]
    still: list[Known]
    words_of = () if fact.choices is None else tuple(str(one.value) for one in fact.choices)
    match fact.kind:
        case Kind.FLAG:
            both = (False, True)
            known, still = exact(both), [Known(MISSING, both), Known("unknown", both)]
        case Kind.CHOICE:
            known, still = _choice(words_of)
        case Kind.CHOICES:
            known, still = _sets(words_of)
        case Kind.DAY:
            known, still = _day(fact)
        case Kind.COUNT:
            known, still = _counted(fact)
        case Kind.YEN:
            known, still = _sums() if fact.name.startswith("sums") else _counted(fact)
        case Kind.DURATION:
            known, still = _delay()
        case Kind.GRADES:
            some = ((1,), (14,), (5, 5), (7, 12), (9, 13), (3, 4, 8), (12, 13), (14, 14))
            known = [Known(list(one), (one,)) for one in some]
            single = tuple((grade,) for grade in range(1, 15))
            still = [Known(MISSING, (*single, *some), every=False)]
        case Kind.PERSONS:
            names = ((), ("ann",), ("ben", "ann"), ("cat", "ben"))
            known = [Known(list(n) if n else "none", (n,)) for n in names] + [Known(MISSING, ((),))]
            still = known
    return tuple(known), tuple(still)
