"""What befell the travellers of one partition, and what of it is known on the valuation day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from dosojin.batch.columns import Array
from dosojin.batch.portfolio.draw_bills import Bills, draw_bills
from dosojin.batch.portfolio.draw_policies import Policies
from dosojin.batch.portfolio.scene import NOT_SAID, Drawn, Scene, certain
from dosojin.batch.portfolio.specs import (
    PER_THOUSAND_MILLION,
    STATES,
    WHEN,
    Assumptions,
    Event,
    Knowledge,
)
from dosojin.batch.portfolio.streams import Stream

AGAIN_MOST = 3
AHEAD = 0
"""Said of a day that may run on: it lies after the day of knowledge."""
_CLOSED, _OPEN, _FRESH = range(len(STATES))
_THOUSAND = 1000


@dataclass(frozen=True, slots=True)
class Occurrences:
    """The reported occurrences of one event kind. of: the policy, by place. day: of the event.

    as_of: the day of knowledge. state: place in STATES. facts: by name, as far as known.
    bills: receipts filed by then, `of` an occurrence by place.
    """

    of: Array
    day: Array
    as_of: Array
    state: Array
    facts: Mapping[str, Drawn]
    bills: Bills

    @property
    def count(self) -> int:
        return len(self.of)


def draw_occurrences(
    assumptions: Assumptions,
    event: Event,
    policies: Policies,
    carries: Array,
    stream: Stream,
) -> Occurrences:
    """The occurrences of one kind; carries: by policy, whether the benefit is carried."""
    of = _whom(event, policies, carries, stream)
    moment = stream.pick(len(of), event.when)
    day, is_on_trip = _days(assumptions, policies, of, moment, stream)
    given = {
        WHEN: certain(moment),
        "event": certain(day),
        "inception": certain(policies.inception[of]),
        "expiry": certain(policies.expiry[of]),
        "home": certain(policies.home[of]),
        "is_on_trip": certain(is_on_trip.astype(np.int64)),
    }
    scene = Scene(len(of), event.rules, given, stream, assumptions.vocabulary)
    facts = {fact: scene.fact(fact) for fact in event.rules}
    bills = draw_bills(assumptions, event, scene, stream)
    return _as_known(assumptions, policies, Occurrences(of, day, day, day, facts, bills), stream)


def _whom(event: Event, policies: Policies, carries: Array, stream: Stream) -> Array:
    """The policy, by place, of each occurrence: a chance for each trip or travel day."""
    count = policies.count
    exposure = np.full(count, _THOUSAND, np.int64) if event.per_trip else policies.travel_days
    expected = exposure * (event.per_trip or event.per_day)
    times = expected // PER_THOUSAND_MILLION
    times += stream.below(count, PER_THOUSAND_MILLION) < expected % PER_THOUSAND_MILLION
    files = stream.happens(count, event.without_cover)
    times = np.where(carries | files, times, 0)
    more = times > 0
    for _ in range(AGAIN_MOST if event.again else 0):
        more = more & stream.happens(count, event.again)
        times = times + more
    return np.repeat(np.arange(count), times)


def _days(
    assumptions: Assumptions, policies: Policies, of: Array, moment: Array, stream: Stream
) -> tuple[Array, Array]:
    """The day of each event, and whether it was on the trip.

    Events on the trip leave out its last day, if it has others: it is spent on the way home.
    """
    words = assumptions.vocabulary[WHEN]
    inception, home = policies.inception[of], policies.home[of]
    days = inception + stream.within(np.maximum(home - inception, 1))
    before = inception - stream.quantile(len(of), assumptions.trip.before_days)
    after = home + stream.quantile(len(of), assumptions.trip.after_days)
    places = {"before": before, "after": after, "first_day": inception, "last_day": home}
    is_on_trip = np.ones(len(of), bool)
    for word, place in places.items():
        if word in words:
            there = moment == words.index(word)
            days = np.where(there, place, days)
            if word in ("before", "after"):
                is_on_trip &= ~there
    return days, is_on_trip


def _as_known(
    assumptions: Assumptions, policies: Policies, told: Occurrences, stream: Stream
) -> Occurrences:
    """What of it is in the files on the valuation day; what is not yet reported drops out."""
    knowledge, valuation = assumptions.knowledge, assumptions.policies.valuation_day
    hard, running = _last_days(assumptions, told)
    reported = hard + stream.quantile(told.count, knowledge.report_delay)
    closed = reported + stream.quantile(told.count, knowledge.settlement_delay)
    np.maximum.at(closed, told.bills.of, told.bills.on)
    closed = np.maximum(closed, running)
    as_of = np.minimum(closed, valuation)
    is_fresh = valuation - reported < knowledge.fresh_days
    state = np.where(closed <= valuation, _CLOSED, np.where(is_fresh, _FRESH, _OPEN))
    facts = {
        fact: _as_far_as_known(knowledge, fact, drawn, state, stream)
        for fact, drawn in told.facts.items()
    }
    facts |= _end_of_trip(assumptions, policies, told.of, as_of)
    for fact, drawn in facts.items():
        if fact in assumptions.running:
            ahead = np.where(drawn.stated & (drawn.values > as_of), AHEAD, NOT_SAID)
            facts[fact] = Drawn(drawn.values, drawn.stated, ahead)
    kept = np.flatnonzero(reported <= valuation)
    place = np.full(told.count, -1, np.int64)
    place[kept] = np.arange(len(kept))
    bills = told.bills
    filed = np.flatnonzero((place[bills.of] >= 0) & (bills.on <= as_of[bills.of]))
    return Occurrences(
        told.of[kept],
        told.day[kept],
        as_of[kept],
        state[kept],
        {fact: drawn.take(kept) for fact, drawn in facts.items()},
        bills.take(filed, place[bills.of[filed]]),
    )


def _end_of_trip(
    assumptions: Assumptions, policies: Policies, of: Array, as_of: Array
) -> dict[str, Drawn]:
    """The day of reaching home, and once it has come, what else is said of the end of the trip."""
    is_home = policies.home[of] <= as_of
    trip = {fact: drawn.take(of) for fact, drawn in policies.trip.items()}
    return {
        fact: drawn if fact == assumptions.home_fact else drawn.only(is_home)
        for fact, drawn in trip.items()
    }


def _last_days(assumptions: Assumptions, told: Occurrences) -> tuple[Array, Array]:
    """The last day that a file states as past, and the last that may still run."""
    hard, running = told.day.copy(), told.day.copy()
    for fact, drawn in told.facts.items():
        if assumptions.kinds[fact] == "day":
            last = running if fact in assumptions.running else hard
            np.maximum(last, drawn.values, out=last, where=drawn.stated)
    return hard, running


def _as_far_as_known(
    knowledge: Knowledge, fact: str, drawn: Drawn, state: Array, stream: Stream
) -> Drawn:
    word = knowledge.said.get(fact)
    if word is None and fact not in knowledge.left_out:
        return drawn
    chances = np.array(knowledge.unknown, np.int64)[state]
    unknown = drawn.stated & (stream.below(len(state), 1_000_000) < chances)
    if word is None:
        return drawn.only(~unknown)
    before = np.full(len(state), NOT_SAID, np.int64) if drawn.said is None else drawn.said
    return Drawn(drawn.values, drawn.stated, np.where(unknown, word, before))
