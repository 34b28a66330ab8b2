"""A tiny edition whose every figure can be worked out in the head, and ways to decide under it.

`SMALL` has two deaths that exclude each other and medical costs with a rescue. `edition_of` makes
an edition of whatever benefits a test needs, over the same facts. Nothing here is a real wording.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from typing import Any
from unittest.mock import patch

from dosojin.adjudication import read_claim
from dosojin.adjudication.decide import Adjudication, decide
from dosojin.adjudication.decision import Decision
from dosojin.adjudication.read_claim import Claim
from dosojin.facts.declaration import Check, Choice, Fact, Kind, Owner
from dosojin.facts.expressions import Constant, Expression, Figure, all_of, any_of, days_counted
from dosojin.facts.lines import LINE_FACTS, deductions, line_on, line_refunded
from dosojin.terms.clauses import Clause, clause
from dosojin.terms.editions import Benefit, Edition
from dosojin.terms.lower_edition import ALWAYS, lower
from dosojin.terms.lowered import Lowered
from dosojin.terms.money_tree import (
    OCCURRENCE,
    Node,
    Part,
    all_together,
    first,
    fixed,
    less,
    limit,
    lines,
    nights,
    part,
    sieve,
)
from dosojin.values.text import Text

TEXT = Text("あ", "a")
CITED: dict[str, Any] = {"ja": "あ", "en": "a", "source": "x"}


class Cause(Choice):
    INJURY = "injury"
    ILLNESS = "illness"
    OTHER = "other"


class Circumstance(Choice):
    WAR = "war"
    TERRORISM = "terrorism"
    FIGHT = "fight"


class Rider(Choice):
    WIDE = "wide"


class Cost(Choice):
    CARE = "care"
    FARE = "fare"
    ROOM = "room"
    SUNDRIES = "sundries"
    GOODS = "goods"


class Paper(Choice):
    DEATH_CERTIFICATE = "death_certificate"
    MEDICAL_REPORT = "medical_report"


def fact(name: str, kind: Kind, **more: Any) -> Fact:
    return Fact(name, more.pop("owner", Owner.OCCURRENCE), kind, TEXT, TEXT, **more)


def policy_day(name: str) -> Fact:
    return fact(name, Kind.DAY, owner=Owner.POLICY, utc_offset=540)


def policy_sum(name: str) -> Fact:
    return fact(f"sums.{name}", Kind.YEN, owner=Owner.POLICY, unit="yen", least=0)


def figure(value: int, unit: str, id: str = "") -> Figure:
    return Figure(id or f"{unit}.{value}", value, unit, "x")


def yen(value: int, id: str = "") -> Figure:
    return figure(value, "yen", id)


inception = policy_day("policy_inception")
expiry = policy_day("policy_expiry")
riders = fact("riders", Kind.CHOICES, owner=Owner.POLICY, choices=Rider)
sum_medical = policy_sum("medical")
sum_injury_death = policy_sum("injury_death")
sum_sickness_death = policy_sum("sickness_death")

cause = fact("cause", Kind.CHOICE, choices=Cause, proof=(Paper.MEDICAL_REPORT,))
died = fact("died", Kind.FLAG, medical=True, proof=(Paper.DEATH_CERTIFICATE,))
accident_on = fact("accident_on", Kind.DAY, applies_when=cause.is_(Cause.INJURY))
first_treated_on = fact("first_treated_on", Kind.DAY, medical=True)
circumstances = fact("circumstances", Kind.CHOICES, choices=Circumstance)
admitted_on = fact("admitted_on", Kind.DAY)
discharged_on = fact("discharged_on", Kind.DAY, may_run=True)
delayed = fact("delayed", Kind.FLAG)
delay_time = fact("delay_time", Kind.DURATION, unit="minutes", least=0)
grades = fact("grades", Kind.GRADES)
rescuers = fact("rescuers", Kind.PERSONS)
assessed = fact("assessed", Kind.YEN, unit="yen", least=0)
recovered = fact("recovered", Kind.YEN, unit="yen", least=0)
earlier_share = fact("earlier_share", Kind.COUNT, unit="percent", least=0, most=100)
days_lost = fact("days_lost", Kind.COUNT, unit="days", least=0, most=30)
tour_days = fact("tour_days", Kind.COUNT, unit="days", least=1, most=30)
loss_on = fact("loss_on", Kind.DAY)

FACTS = (
    inception, expiry, riders, sum_medical, sum_injury_death, sum_sickness_death,
    cause, died, accident_on, first_treated_on, circumstances, admitted_on, discharged_on,
    delayed, delay_time, grades, rescuers, assessed, recovered, earlier_share, days_lost,
    tour_days, loss_on, deductions,
)  # fmt: skip
PERIOD_CHECK = Check(
    inception.day <= expiry.day,
    Text("保険期間の終わりが始まりより前です。", "The policy ends before it begins."),
)
STAY_CHECK = Check(
    admitted_on.day <= discharged_on.day,
    Text("退院日が入院日より前です。", "Discharged before admitted."),
)

WINDOW_DAYS = figure(180, "days", "medical.window_days")
STAY_DAYS = figure(3, "days", "rescue.stay_days_min")
ROOM_NIGHTS = figure(14, "nights", "rescue.room_nights_max")
RESCUERS = figure(3, "persons", "rescue.rescuers_max")
SUNDRIES = yen(200_000, "rescue.sundries_max")


def cited(id: str, test: Expression | Fact, **more: Any) -> Clause:
    return clause(id, test, **CITED, **more)


def _death(id: str, by: Cause, insured: Fact) -> Benefit:
    return Benefit(
        id,
        TEXT,
        "x",
        insured >= Constant(1, "yen"),
        part(
            id,
            ja="",
            en="",
            source="x",
            grants=[cited(f"{id}.1", all_of(died, cause.is_(by)))],
            opens=[died],
            money=fixed(insured, id=f"{id}.sum", **CITED),
        ),
    )


def _medical() -> Part:
    in_time = any_of(
        all_of(cause.is_(Cause.INJURY), line_on.within(WINDOW_DAYS, of=accident_on)),
        all_of(cause.is_(Cause.ILLNESS), line_on.within(WINDOW_DAYS, of=first_treated_on)),
    )
    terrorism = cited("medical.r.terrorism", circumstances.has(Circumstance.TERRORISM))
    return part(
        "medical",
        ja="",
        en="",
        source="x",
        grants=[
            cited("medical.1", cause.is_(Cause.INJURY)),
            cited("medical.2", cause.is_(Cause.ILLNESS)),
        ],
        excludes=[
            cited("medical.x.war", circumstances.has(Circumstance.WAR), restored_by=(terrorism,)),
            cited("medical.x.fight", circumstances.has(Circumstance.FIGHT)),
        ],
        money=sieve(
            cited("medical.window_days", in_time),
            of=less(line_refunded, of=lines(Cost.CARE), id="medical.less", **CITED),
        ),
    )


def _rescue() -> Part:
    stays = all_of(
        cause.is_(Cause.INJURY, Cause.ILLNESS),
        days_counted(admitted_on, discharged_on) >= STAY_DAYS,
    )
    return part(
        "rescue",
        ja="",
        en="",
        source="x",
        grants=[cited("rescue.1", stays)],
        excludes=[cited("rescue.x.war", circumstances.has(Circumstance.WAR))],
        money=all_together(
            first(
                RESCUERS,
                all_together(
                    lines(Cost.FARE), nights(ROOM_NIGHTS, lines(Cost.ROOM), ja="あ", en="a")
                ),
                ja="あ",
                en="a",
            ),
            limit(SUNDRIES, lines(Cost.SUNDRIES), per=OCCURRENCE, ja="あ", en="a"),
        ),
    )


_editions = count(1)
EDITIONS: dict[str, Edition] = {}
_LOWERED: dict[str, Lowered] = {}


def edition_of(*benefits: Benefit, checks: tuple[Check, ...] = (), id: str = "") -> Edition:
    """An edition of these benefits over the facts above, known under its own id from now on."""
    edition = Edition(
        id or f"small-{next(_editions)}", 1, TEXT, "small", FACTS, LINE_FACTS, Cost, benefits,
        checks, {}, Paper,
        {
            "injury_death": sum_injury_death,
            "sickness_death": sum_sickness_death,
            "medical": sum_medical,
        },
        inception, expiry, riders,
    )  # fmt: skip
    EDITIONS[edition.id] = edition
    return edition


SMALL = edition_of(
    _death("injury_death", Cause.INJURY, sum_injury_death),
    _death("sickness_death", Cause.ILLNESS, sum_sickness_death),
    Benefit(
        "medical_rescue",
        TEXT,
        "x",
        sum_medical >= Constant(1, "yen"),
        limit(
            sum_medical,
            all_together(_medical(), _rescue()),
            per=OCCURRENCE,
            id="medical_rescue.sum",
            **CITED,
        ),
    ),
    checks=(STAY_CHECK, PERIOD_CHECK),
    id="small",
)


def benefit(
    money: Node,
    *,
    id: str = "benefit",
    grants: tuple[Clause, ...] = (),
    excludes: tuple[Clause, ...] = (),
    opens: tuple[Fact, ...] = (delayed,),
    carried: Expression = ALWAYS,
) -> Benefit:
    """A benefit of one part; `delayed` opens it, and it grants always unless told otherwise."""
    gated = part(
        f"{id}.part",
        ja="",
        en="",
        source="x",
        grants=grants or (cited(f"{id}.1", ALWAYS),),
        excludes=excludes,
        opens=opens,
        money=money,
    )
    return Benefit(id, TEXT, "x", carried, gated)


def edition_paying(money: Node, **more: Any) -> Edition:
    """An edition of one benefit that pays what this tree brings."""
    checks = more.pop("checks", ())
    return edition_of(benefit(money, **more), checks=checks)


def lowered_of(edition: Edition) -> Lowered:
    if edition.id not in _LOWERED:
        _LOWERED[edition.id] = lower(edition)
    return _LOWERED[edition.id]


@contextmanager
def in_force() -> Iterator[None]:
    """Within, claims may name the editions made here as their product; plans there are none."""
    with (
        patch.object(read_claim, "load_edition", EDITIONS.__getitem__),
        patch.object(read_claim, "load_lowered", lambda product: lowered_of(EDITIONS[product])),
        patch.object(read_claim, "plan_ids", lambda product: ()),
    ):
        yield


POLICY: dict[str, Any] = {
    "inception": "2026-06-01",
    "expiry": "2026-08-31",
    "riders": "none",
    "sums": {"medical": "unlimited", "injury_death": 1000, "sickness_death": 700},
}


def claim_file(edition: Edition, **entries: Any) -> dict[str, Any]:
    """A claim as people write it, with a policy of three months and nothing else said."""
    return {
        "product": edition.id,
        "as_of": "2026-08-01",
        "place_offset": "-04:00",
        "policy": POLICY,
        **entries,
    }


def read(edition: Edition, **entries: Any) -> Claim:
    with in_force():
        return read_claim.read_claim(claim_file(edition, **entries))


def decided(edition: Edition, **entries: Any) -> Decision:
    with in_force():
        return decide(read_claim.read_claim(claim_file(edition, **entries)))


def worked(edition: Edition, **entries: Any) -> Adjudication:
    """The adjudication itself, for what a decision does not show."""
    claim = read(edition, **entries)
    with in_force():
        return Adjudication(claim.evaluator, claim.case)


def plain(money: Node, **entries: Any) -> tuple[int, int]:
    """The two planes of one pass over this tree, opened by a delay.

    A visit of the tree is compiled when its shape comes again, so the pass is made three times.
    """
    facts = {"delayed": True, "deductions": "none", **entries.pop("facts", {})}
    edition = edition_paying(money)
    found: set[tuple[int, int]] = set()
    for _ in range(3):
        work = worked(edition, facts=facts, **entries)
        root = work.units[0].benefit.root
        found.add((work.run.lo[root], work.run.hi[root]))
    assert len(found) == 1, f"compiled and not, a tree brings the same: {found}"
    return found.pop()


def bill(category: Cost, amount: int | str, **more: Any) -> Mapping[str, Any]:
    return {"category": category.value, "amount": amount, **more}


def estimate(category: Cost, amount: int, **more: Any) -> Mapping[str, Any]:
    return bill(category, amount, status="estimated", **more)
