"""What every possible claim obeys; a claim that does not is bad input, whatever the wording says.

A check never fails for a fact that does not apply or is not known: it only rules out what is
certainly impossible.
"""

from __future__ import annotations

from dosojin.facts.declaration import Check, Fact
from dosojin.facts.expressions import all_of, not_
from dosojin.products.gakkensai.facts.body import (
    accident_on,
    accident_on_trip,
    admitted_on,
    cause,
    craft_missing_on,
    died_on,
    disability_on,
    discharged_on,
    first_treated_on,
    returned_home_on,
)
from dosojin.products.gakkensai.facts.earlier_illness import worsened_on
from dosojin.products.gakkensai.facts.policy import policy_expiry, policy_inception
from dosojin.products.gakkensai.facts.words import Cause
from dosojin.values.text import Text


def _not_earlier(later: Fact, earlier: Fact, ja: str, en: str) -> Check:
    """By civil date: events of one day may come in either order."""
    return Check(not_(later.day < earlier.day), Text(ja, en))


PERIOD_RUNS_FORWARD = _not_earlier(
    policy_expiry,
    policy_inception,
    "保険期間の末日が初日より前です。",
    "The last policy day is before the first.",
)
DISCHARGED_AFTER_ADMITTED = _not_earlier(
    discharged_on,
    admitted_on,
    "退院した日が入院した日より前です。",
    "The day of discharge is before the day of admission.",
)
DIED_AFTER_ACCIDENT = _not_earlier(
    died_on,
    accident_on,
    "死亡の日が事故の日より前です。",
    "The day of death is before the day of the accident.",
)
DISABLED_AFTER_ACCIDENT = _not_earlier(
    disability_on,
    accident_on,
    "後遺障害が生じた日が事故の日より前です。",
    "The day the disability arose is before the day of the accident.",
)
DIED_AFTER_MISSING = _not_earlier(
    died_on,
    craft_missing_on,
    "死亡の日が行方不明・遭難の日より前です。",
    "The day of death is before the day the craft went missing.",
)
DISCHARGED_BY_DEATH = _not_earlier(
    died_on,
    discharged_on,
    "退院した日が死亡の日より後です。入院中に亡くなった場合は、死亡の日を退院した日としてください。",
    "The day of discharge is after the day of death, on which a stay ends at the latest.",
)
TREATED_BY_DEATH = _not_earlier(
    died_on,
    first_treated_on,
    "初診の日が死亡の日より後です。",
    "The first treatment is after the day of death.",
)
INJURY_TREATED_AFTER_ACCIDENT = Check(
    not_(all_of(cause.is_(Cause.INJURY), first_treated_on.day < accident_on.day)),
    Text(
        "初診の日が事故の日より前です。",
        "The first treatment is before the day of the accident.",
    ),
)
ADMITTED_AFTER_ACCIDENT = Check(
    not_(all_of(cause.is_(Cause.INJURY), admitted_on.day < accident_on.day)),
    Text(
        "入院した日が事故の日より前です。",
        "The day of admission is before the day of the accident.",
    ),
)
ACCIDENT_BEFORE_RETURN = Check(
    not_(all_of(accident_on_trip, returned_home_on.moment < accident_on.moment)),
    Text(
        "住居に帰った後の事故は、旅行中の事故ではありません。事故の日か帰った日を確かめてください。",
        "An accident after the return home was not on the trip. Check the two days.",
    ),
)
WORSENED_BY_DEATH = _not_earlier(
    died_on,
    worsened_on,
    "悪化した日が死亡の日より後です。",
    "The worsening is after the day of death.",
)

BODY_CHECKS = (
    PERIOD_RUNS_FORWARD,
    DISCHARGED_AFTER_ADMITTED,
    DIED_AFTER_ACCIDENT,
    DISABLED_AFTER_ACCIDENT,
    DIED_AFTER_MISSING,
    DISCHARGED_BY_DEATH,
    TREATED_BY_DEATH,
    INJURY_TREATED_AFTER_ACCIDENT,
    ADMITTED_AFTER_ACCIDENT,
    ACCIDENT_BEFORE_RETURN,
    WORSENED_BY_DEATH,
)
