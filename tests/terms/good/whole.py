"""A wording in order: windows, persons, nights, limits, restores, figures in the TOML."""

from __future__ import annotations

from dosojin.facts.lines import line_nights
from dosojin.terms.money_tree import (
    OCCURRENCE,
    PERSON,
    all_together,
    first,
    limit,
    lines,
    nights,
    share,
    sieve,
)
from tests.terms.tiny import (
    ALL_FACTS,
    LINE_ON,
    WORDS,
    Circumstance,
    Cost,
    care,
    circumstances,
    edition,
    figure,
    hurt_on,
    line_on,
    percent,
    says,
    sum_care,
    war,
)

days = figure("care.window_days", 180, "days")
rescuers = figure("care.rescuers_max", 3, "persons")
room_nights = figure("care.room_nights_max", 14, "nights")
fare = figure("care.fare_max", 50_000)

terrorism = says("care.r.terrorism", circumstances.has(Circumstance.TERRORISM))
window = says(
    "care.window",
    line_on.within(days, of=hurt_on),
    ja="{window_days}日以内の費用",
    en="costs within {window_days} days",
)
EDITION = edition(
    limit(
        sum_care,
        care(
            share(
                percent,
                all_together(
                    sieve(window, lines(Cost.CARE)),
                    first(
                        rescuers,
                        all_together(
                            limit(fare, lines(Cost.FARE), per=PERSON, ja="文", en="words"),
                            nights(room_nights, lines(Cost.ROOM), ja="文", en="words"),
                            id="care.persons",
                        ),
                        ja="{rescuers_max}名まで",
                        en="up to {rescuers_max} persons",
                    ),
                    id="care.costs",
                ),
                id="care.share",
                **WORDS,
            ),
            excludes=(war(restored_by=(terrorism,)),),
        ),
        per=OCCURRENCE,
        id="care.sum",
        **WORDS,
    ),
    facts=(*ALL_FACTS, hurt_on, percent),
    line_facts=(*LINE_ON, line_nights),
    figures={each.id: each for each in (days, rescuers, room_nights, fare)},
)
