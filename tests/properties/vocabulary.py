"""Facts of every kind with small domains, and the tests and numbers that random wordings are of.

Amounts are a few yen and periods a few days, so that every completion of a claim can be tried.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from dosojin.facts.declaration import Choice, Fact, Kind, Owner
from dosojin.facts.expressions import (
    Constant,
    DayInJapan,
    Expression,
    Figure,
    MonthsOn,
    Number,
    StartInJapan,
    all_of,
    any_line,
    any_of,
    days_counted,
    either,
    greatest,
    least,
    not_,
)
from dosojin.facts.lines import (
    LINE_FACTS,
    deductions,
    line_excessive,
    line_nights,
    line_on,
    line_public_scheme,
    line_refunded,
    line_repair_cost,
)
from dosojin.values.text import Text

TEXT = Text("あ", "a")


class Cause(Choice):
    INJURY = "injury"
    ILLNESS = "illness"
    OTHER = "other"


class Place(Choice):
    LAND = "land"
    SEA = "sea"
    AIR = "air"
    NONE = "none"


class Circumstance(Choice):
    WAR = "war"
    FIGHT = "fight"
    DRUNK = "drunk"


class Rider(Choice):
    WIDE = "wide"
    NARROW = "narrow"


class Cost(Choice):
    CARE = "care"
    FARE = "fare"
    ROOM = "room"
    GOODS = "goods"


def _fact(name: str, kind: Kind, **more: Any) -> Fact:
    return Fact(name, more.pop("owner", Owner.OCCURRENCE), kind, TEXT, TEXT, **more)


def _figure(value: int, unit: str, id: str = "") -> Figure:
    return Figure(id or f"{unit}.{value}", value, unit, "x")


inception = _fact("policy_inception", Kind.DAY, owner=Owner.POLICY, utc_offset=540)
expiry = _fact("policy_expiry", Kind.DAY, owner=Owner.POLICY, utc_offset=540)
riders = _fact("riders", Kind.CHOICES, owner=Owner.POLICY, choices=Rider)
sum_a = _fact("sums.a", Kind.YEN, owner=Owner.POLICY, unit="yen", least=0)
sum_b = _fact("sums.b", Kind.YEN, owner=Owner.POLICY, unit="yen", least=0)
flag = _fact("flag", Kind.FLAG, medical=True)
opening = _fact("opening", Kind.FLAG)
cause = _fact("cause", Kind.CHOICE, choices=Cause)
circumstances = _fact("circumstances", Kind.CHOICES, choices=Circumstance)
count = _fact("count", Kind.COUNT, unit="persons", least=0, most=6)
yen = _fact("yen", Kind.YEN, unit="yen", least=0)
percent = _fact("percent", Kind.COUNT, unit="percent", least=0, most=100)
first_on = _fact("first_on", Kind.DAY)
last_on = _fact("last_on", Kind.DAY, may_run=True)
moment_a = _fact("moment_a", Kind.DAY)
moment_b = _fact("moment_b", Kind.DAY, utc_offset=540)
grades = _fact("grades", Kind.GRADES)
named = _fact("named", Kind.PERSONS)
delay = _fact("delay", Kind.DURATION, unit="minutes", least=0)
guarded_flag = _fact("guarded_flag", Kind.FLAG, applies_when=cause.is_(Cause.INJURY))
guarded_place = _fact("guarded_place", Kind.CHOICE, choices=Place, applies_when=flag.is_true)
guarded_on = _fact(
    "guarded_on", Kind.DAY, applies_when=any_of(flag, circumstances.has(Circumstance.WAR))
)
guarded_count = _fact(
    "guarded_count", Kind.COUNT, unit="persons", least=0, most=4, applies_when=not_(flag)
)
guarded_yen = _fact(
    "guarded_yen", Kind.YEN, unit="yen", least=0, applies_when=guarded_flag.is_true
)
guarded_other = _fact(
    "guarded_other", Kind.COUNT, unit="persons", least=0, most=3,
    applies_when=cause.is_(Cause.ILLNESS),
)  # fmt: skip
line_flag = _fact("abroad", Kind.FLAG, owner=Owner.LINE)

FACTS = (
    inception, expiry, riders, sum_a, sum_b, flag, opening, cause, circumstances, count, yen,
    percent, first_on, last_on, moment_a, moment_b, grades, named, delay, guarded_flag,
    guarded_place, guarded_on, guarded_count, guarded_other, guarded_yen,
    deductions,
)  # fmt: skip
RECEIPT_FACTS = tuple(line_flag if fact.name == "abroad" else fact for fact in LINE_FACTS)

D2, D3 = _figure(2, "days"), _figure(3, "days")
M1 = _figure(1, "months")
SUMS: tuple[Number, ...] = (sum_a.quantity, sum_b.quantity)


def persons(value: int) -> Figure:
    return _figure(value, "persons")


def yens(value: int) -> Figure:
    return _figure(value, "yen")


def minutes(value: int) -> Figure:
    return _figure(value, "minutes")


PLAIN_TESTS: tuple[Expression, ...] = (
    flag.is_true,
    opening.is_true,
    cause.is_(Cause.INJURY),
    cause.is_(Cause.ILLNESS),
    cause.is_(Cause.INJURY, Cause.OTHER),
    circumstances.has(Circumstance.WAR),
    circumstances.has(Circumstance.FIGHT),
    riders.has(Rider.WIDE),
    guarded_flag.is_true,
    guarded_place.is_(Place.SEA),
    guarded_place.is_(Place.AIR, Place.NONE),
    count >= persons(3),
    count.quantity.equals(persons(2)),
    count < guarded_count,
    guarded_count <= persons(2),
    least(count, persons(4)) + guarded_count.quantity <= persons(5),
    guarded_count <= guarded_other,
    guarded_count.quantity + guarded_other.quantity >= persons(4),
    yen <= yens(4),
    guarded_yen > yens(2),
    yen < guarded_yen,
    percent >= _figure(50, "percent"),
    delay >= minutes(360),
    either(flag, persons(1), persons(3)) <= count.quantity,
    either(cause.is_(Cause.ILLNESS), count, persons(2)).equals(persons(2)),
    greatest(count, guarded_count) - least(count, persons(3)) >= persons(1),
    days_counted(first_on, last_on) >= D3,
    last_on.within(D2, of=first_on),
    guarded_on.day <= last_on.day,
    guarded_on.within(D3, of=first_on),
    first_on.day.equals(inception.day),
    last_on.day <= expiry.day,
    last_on.day <= MonthsOn(first_on.day, M1),
    moment_a.moment <= moment_b.moment,
    moment_a.moment < StartInJapan(moment_b.day),
    DayInJapan(moment_a.moment) <= expiry.day,
    moment_b.moment - moment_a.moment >= minutes(600),
)
"""Tests of the occurrence."""

LINE_TESTS: tuple[Expression, ...] = (
    line_flag.is_true,
    line_on.within(D2, of=first_on),
    line_on.day <= last_on.day,
    line_nights <= _figure(2, "nights"),
    line_refunded >= yens(2),
    line_refunded < guarded_yen,
    line_repair_cost <= yens(3),
    all_of(line_flag, guarded_flag),
    any_of(not_(line_flag), count >= persons(2)),
)
"""Tests of one receipt."""

ANY_LINE_TESTS: tuple[Expression, ...] = (
    any_line(Cost.CARE),
    any_line(Cost.FARE, Cost.ROOM, where=line_flag),
    any_line(Cost.CARE, Cost.GOODS, where=line_on.day <= last_on.day),
)

YEN_NUMBERS: tuple[Number, ...] = (
    *(yens(value) for value in (0, 1, 3, 4, 5, 7, 9, 12)),
    yen.quantity,
    guarded_yen.quantity,
    least(yen, yens(5)),
    greatest(yen, yens(2)),
    either(flag, yens(2), yens(6)),
    either(cause.is_(Cause.ILLNESS), yens(3), yen),
    either(riders.has(Rider.NARROW), yens(4), yens(8)),
    yen.quantity + yens(1),
)
LINE_YENS: tuple[Number, ...] = (
    line_refunded.quantity,
    line_public_scheme.quantity,
    line_excessive.quantity,
    least(line_refunded, yens(3)),
)
LINE_BOUNDS: tuple[Number, ...] = (
    line_repair_cost.quantity,
    either(line_flag, yens(4), line_repair_cost),
    yens(5),
)
PERCENTS: tuple[Number, ...] = (
    *(_figure(value, "percent") for value in (0, 30, 50, 67, 100)),
    percent.quantity,
    either(flag, _figure(80, "percent"), percent),
)
PERSON_COUNTS: tuple[Number, ...] = (persons(0), persons(1), persons(2))
NIGHT_COUNTS: tuple[Number, ...] = tuple(_figure(value, "nights") for value in (0, 1, 2, 3, 5))
PARTS_OF_TIME: tuple[tuple[Number, Number], ...] = (
    (persons(1), persons(3)),
    (count.quantity, persons(4)),
    (persons(2), greatest(count, persons(1))),
    (count.quantity, count.quantity + persons(1)),
    (guarded_count.quantity, persons(4)),
    (persons(3), persons(2)),
)
GRADE_PERCENTS = tuple(
    _figure(value, "percent", f"grade.{place}")
    for place, value in enumerate((100, 89, 78, 69, 59, 50, 42, 34, 26, 20, 15, 10, 7, 4), 1)
)
WORST_GRADE = _figure(3, "grade")
CHECKS: tuple[Expression, ...] = (
    first_on.day <= last_on.day,
    not_(all_of(flag, cause.is_(Cause.OTHER))),
    count >= guarded_count,
    any_of(flag, opening, not_(circumstances.has(Circumstance.WAR))),
    yen <= yens(11),
    guarded_on.day >= first_on.day,
)
NO_YEN = Constant(0, "yen")


@dataclass(frozen=True, slots=True)
class Missing:
    """Stands for a value that a claim does not give."""


MISSING = Missing()
NIGHTS_FACT = line_nights
