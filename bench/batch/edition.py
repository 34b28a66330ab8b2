"""The same rules as a wording of this project: a simplified medical and rescue benefit.

The figures are those of `rules`; their words are short, since nobody is ever shown them.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from bench.batch import rules
from dosojin.facts.declaration import Choice, Fact, Kind, Owner
from dosojin.facts.expressions import Constant, Expression, Figure, all_of
from dosojin.facts.lines import line_nights, line_on
from dosojin.terms.clauses import Clause, clause
from dosojin.terms.editions import Benefit, Edition
from dosojin.terms.lower_edition import lower
from dosojin.terms.lowered import Lowered
from dosojin.terms.money_tree import (
    OCCURRENCE,
    Node,
    Part,
    all_together,
    gate,
    limit,
    lines,
    nights,
    part,
    sieve,
)
from dosojin.values.text import Text

SOURCE = "bench/batch/rules.py"


def _text(word: str) -> Text:
    return Text(word, word.replace("_", " "))


class Cost(Choice):
    """What a receipt is for."""

    CALLS = "calls"
    CARE = "care"
    FARE = "fare"
    GOODS = "goods"
    INTERPRETER = "interpreter"
    REMAINS = "remains"
    ROOM = "room"
    SUNDRIES = "sundries"
    TRANSPORT = "transport"

    @classmethod
    def titles(cls) -> dict[str, Text]:
        return {cost.value: _text(cost.value) for cost in cls}


class Rider(Choice):
    SPORT = "sport"

    @classmethod
    def titles(cls) -> dict[str, Text]:
        return {rider.value: _text(rider.value) for rider in cls}


class Proof(Choice):
    RECEIPT = "receipt"

    @classmethod
    def titles(cls) -> dict[str, Text]:
        return {proof.value: _text(proof.value) for proof in cls}


def _fact(name: str, kind: Kind, owner: Owner = Owner.OCCURRENCE, **more: Any) -> Fact:
    return Fact(name, owner, kind, _text(name), _text(name), **more)


def _figure(name: str, value: int, unit: str) -> Figure:
    return Figure(f"medical_rescue.{name}", value, unit, SOURCE)


inception = _fact("policy_inception", Kind.DAY, Owner.POLICY, utc_offset=540)
expiry = _fact("policy_expiry", Kind.DAY, Owner.POLICY, utc_offset=540)
riders = _fact("riders", Kind.CHOICES, Owner.POLICY, choices=Rider)
sum_insured = _fact("sums.medical_rescue", Kind.YEN, Owner.POLICY, unit="yen", least=0)
injury = _fact("injury", Kind.FLAG)
illness = _fact("illness", Kind.FLAG)
began_on_trip = _fact("began_on_trip", Kind.FLAG)
treated_in_time = _fact("treated_in_time", Kind.FLAG)
intent = _fact("intent", Kind.FLAG)
war = _fact("war", Kind.FLAG)
terrorism = _fact("terrorism", Kind.FLAG)
drunk_driving = _fact("drunk_driving", Kind.FLAG)
dangerous_sport = _fact("dangerous_sport", Kind.FLAG)
hospital_days = _fact("hospital_days", Kind.COUNT, unit="days", least=0, most=3650)
line_days = _fact("days", Kind.COUNT, Owner.LINE, unit="days", least=0, most=3650)
line_rescuer = _fact("rescuer", Kind.COUNT, Owner.LINE, unit="persons", least=1, most=99)

FACTS = (
    inception, expiry, riders, sum_insured, injury, illness, began_on_trip, treated_in_time,
    intent, war, terrorism, drunk_driving, dangerous_sport, hospital_days,
)  # fmt: skip

WINDOW_DAYS = _figure("window_days", rules.WINDOW_DAYS, "days")
CALLS_MAX = _figure("calls_max", rules.CALLS_MAX, "yen")
GOODS_MAX = _figure("goods_max", rules.GOODS_MAX, "yen")
RESCUERS_MAX = _figure("rescuers_max", rules.RESCUERS_MAX, "persons")
NIGHTS_MAX = _figure("nights_max", rules.NIGHTS_MAX, "nights")
SUNDRIES_MAX = _figure("sundries_max", rules.SUNDRIES_MAX, "yen")
HOSPITAL_DAYS_MIN = _figure("hospital_days_min", rules.HOSPITAL_DAYS_MIN, "days")
REMAINS_MAX = _figure("remains_max", rules.REMAINS_MAX, "yen")
FIGURES = (
    WINDOW_DAYS, CALLS_MAX, GOODS_MAX, RESCUERS_MAX, NIGHTS_MAX, SUNDRIES_MAX, HOSPITAL_DAYS_MIN,
    REMAINS_MAX,
)  # fmt: skip


def _says(name: str, test: Expression | Fact, *restored_by: Clause) -> Clause:
    id = f"medical_rescue.{name}"
    return clause(id, test, ja=name, en=name, source=SOURCE, restored_by=restored_by)


def _at_most(yen: Figure, of: Node) -> Node:
    return limit(yen, of, per=OCCURRENCE, ja="まで", en="at most")


def _money() -> Node:
    care = sieve(_says("in_window", line_days < WINDOW_DAYS), lines(Cost.CARE, Cost.INTERPRETER))
    calls = all_together(lines(Cost.CALLS), _at_most(GOODS_MAX, lines(Cost.GOODS)))
    rooms = nights(NIGHTS_MAX, lines(Cost.ROOM), ja="泊まで", en="nights at most")
    rescuers = sieve(
        _says("first_rescuers", line_rescuer <= RESCUERS_MAX),
        all_together(lines(Cost.FARE), rooms),
    )
    rescue = gate(
        _says("in_hospital", hospital_days >= HOSPITAL_DAYS_MIN),
        all_together(rescuers, _at_most(SUNDRIES_MAX, lines(Cost.SUNDRIES))),
    )
    together = all_together(
        care,
        _at_most(CALLS_MAX, calls),
        rescue,
        lines(Cost.TRANSPORT),
        _at_most(REMAINS_MAX, lines(Cost.REMAINS)),
    )
    return limit(
        sum_insured, together, per=OCCURRENCE, id="medical_rescue.sum_insured", ja="保険金額まで",
        en="up to the sum insured", source=SOURCE,
    )  # fmt: skip


def _part() -> Part:
    by_illness = all_of(illness, began_on_trip, treated_in_time)
    return part(
        "medical_rescue", ja="治療・救援費用", en="medical and rescue expenses", source=SOURCE,
        grants=[_says("1", injury), _says("2", by_illness)],
        excludes=[
            _says("x.intent", intent),
            _says("x.war", war, _says("x.war.unless", terrorism)),
            _says("x.drunk", drunk_driving),
            _says("x.sport", dangerous_sport, _says("x.sport.unless", riders.has(Rider.SPORT))),
        ],
        money=_money(),
    )  # fmt: skip


@cache
def edition() -> Edition:
    benefit = Benefit(
        "medical_rescue", Text("治療・救援費用", "Medical and rescue expenses"), SOURCE,
        carried=sum_insured >= Constant(1, "yen"), money=_part(),
    )  # fmt: skip
    return Edition(
        id="bench-2026", revision=1, title=_text("bench"), family="bench", facts=FACTS,
        line_facts=(line_on, line_nights, line_days, line_rescuer), categories=Cost,
        benefits=(benefit,), checks=(), figures={figure.id: figure for figure in FIGURES},
        proofs=Proof, sums={"medical_rescue": sum_insured}, policy_start=inception,
        policy_end=expiry, riders=riders,
    )  # fmt: skip


@cache
def lowered() -> Lowered:
    return lower(edition())
