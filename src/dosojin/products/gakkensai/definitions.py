"""The wording's defined terms, as tests and numbers over facts.

Policy days run from 00:00 to 24:00 in Japan, and an event has the civil date of its own place
(D1). The end of the trip is the end of cover: coming home, or the last policy day with its
automatic extension, whichever is earlier (D26).
"""

from __future__ import annotations

from dosojin.facts.declaration import Fact
from dosojin.facts.expressions import (
    Constant,
    DayInJapan,
    Expression,
    MonthsOn,
    Number,
    StartInJapan,
    all_of,
    as_number,
    days_counted,
    either,
    greatest,
    least,
)
from dosojin.products.gakkensai.facts.body import (
    accident,
    accident_on,
    accident_on_trip,
    admitted_on,
    cause,
    craft_missing_on,
    delayed_return,
    delayed_return_time,
    died,
    died_on,
    discharged_on,
    distress,
    first_treated_on,
    illness_began,
    infected_on_trip,
    infection_class,
    return_planned_in_time,
    returned_home_on,
    treated,
)
from dosojin.products.gakkensai.facts.earlier_illness import (
    home_hospital_on,
    preexisting_circumstances,
    worsened_on,
)
from dosojin.products.gakkensai.facts.policy import (
    policy_expiry,
    policy_inception,
    premium_paid_on,
)
from dosojin.products.gakkensai.facts.words import (
    Cause,
    DelayedReturn,
    Distress,
    InfectionClass,
    Onset,
    PreexistingCircumstance,
)
from dosojin.terms.editions import Figures

ONE_DAY = Constant(1, "days")
ONE_MINUTE = Constant(1, "minutes")
ONE_YEN = Constant(1, "yen")

EXTENDING_UP_TO_A_LIMIT = (
    DelayedReturn.TRANSPORT,
    DelayedReturn.BOARDING_REFUSED,
    DelayedReturn.TREATMENT,
    DelayedReturn.PASSPORT,
    DelayedReturn.COMPANION_ADMITTED,
)
CLASSES_1_TO_4 = (
    InfectionClass.CLASS_1,
    InfectionClass.CLASS_2,
    InfectionClass.CLASS_3,
    InfectionClass.CLASS_4,
)
CLASSES_1_TO_4_AND_DESIGNATED = (*CLASSES_1_TO_4, InfectionClass.DESIGNATED)


def carries(sum_insured: Fact) -> Expression:
    """The certificate shows a sum insured for it."""
    return sum_insured >= ONE_YEN


# When cover runs.


def period_begins() -> Number:
    """00:00 in Japan of the first policy day, or the receipt of the premium if that is later."""
    return greatest(StartInJapan(policy_inception.day), premium_paid_on.moment)


def period_ends(f: Figures) -> Number:
    """24:00 in Japan of the last policy day, later by the time that the return is delayed."""
    written = StartInJapan(policy_expiry.day + ONE_DAY)
    delay = as_number(delayed_return_time)
    to_a_limit = all_of(delayed_return.is_(*EXTENDING_UP_TO_A_LIMIT), return_planned_in_time)
    held = all_of(delayed_return.is_(DelayedReturn.UNLAWFUL_CONTROL), return_planned_in_time)
    extended = either(to_a_limit, written + least(delay, f.automatic_extension_max), written)
    return either(held, written + delay, extended)


def cover_ends(f: Figures) -> Number:
    """The moment of coming home, or the end of the period if that is earlier."""
    return least(returned_home_on.moment, period_ends(f))


def last_day_of_trip(f: Figures) -> Number:
    """The civil day in Japan on which cover ends; one that ends at 24:00 ends on that day."""
    return least(returned_home_on.day, DayInJapan(period_ends(f) - ONE_MINUTE))


def in_the_period(event: Fact, f: Figures) -> Expression:
    """The event falls into the policy period, automatically extended."""
    return all_of(period_begins() <= event.moment, event.moment < period_ends(f))


def on_the_trip(event: Fact, f: Figures) -> Expression:
    """The event falls into the policy period, and is no later than coming home."""
    return all_of(period_begins() <= event.moment, event.moment <= cover_ends(f))


def after_the_trip(event: Fact, f: Figures) -> Expression:
    return cover_ends(f) < event.moment


def soon_after_the_trip(event: Fact, f: Figures) -> Expression:
    """At most `days_after_trip` days from the last day of the trip, that day counted."""
    return event.day - last_day_of_trip(f) + ONE_DAY <= f.days_after_trip


# Injury and illness.


def injury_by_accident(f: Figures) -> Expression:
    """An injury by a sudden, fortuitous and external accident on the trip."""
    return all_of(
        cause.is_(Cause.INJURY), accident, accident_on_trip, in_the_period(accident_on, f)
    )


def sickness() -> Expression:
    """Any disorder other than an injury; what is no illness of the wording, exclusions take out."""
    return cause.is_(Cause.ILLNESS, Cause.PREGNANCY, Cause.DENTAL)


def illness_from_the_trip() -> Expression:
    """It began after the trip had started; after its end only if its cause arose on the trip."""
    return all_of(sickness(), illness_began.is_(Onset.ON_TRIP, Onset.AFTER_TRIP_CAUSE_ON_TRIP))


def illness_begun_on_the_trip() -> Expression:
    """An illness proper (no pregnancy, D27, and no dental disease) that began on the trip."""
    return all_of(cause.is_(Cause.ILLNESS), illness_began.is_(Onset.ON_TRIP))


def listed_infection(classes: tuple[InfectionClass, ...]) -> Expression:
    """An infection of the listed classes that was caught on the trip."""
    return all_of(infection_class.is_(*classes), infected_on_trip)


# Treatment, hospital, death.


def treated_on_the_trip(f: Figures) -> Expression:
    return all_of(treated, on_the_trip(first_treated_on, f))


def treated_in_time(f: Figures) -> Expression:
    """Treated by the last of the hours that the wording gives after the end of the trip."""
    return all_of(treated, first_treated_on.moment <= cover_ends(f) + f.treatment_after_trip_max)


def days_in_hospital() -> Number:
    """Calendar days touched, at the place (D5); midnight makes two of one night."""
    return days_counted(admitted_on, discharged_on)


def died_of_the_accident(f: Figures) -> Expression:
    """Death within the days that the wording gives, that of the accident counted."""
    return all_of(died, died_on.within(f.death_days, of=accident_on))


def died_on_the_trip(f: Figures) -> Expression:
    return all_of(died, on_the_trip(died_on, f))


def died_soon_after_the_trip(f: Figures) -> Expression:
    return all_of(died, soon_after_the_trip(died_on, f))


def craft_missing(f: Figures) -> Expression:
    """The aircraft or ship that the traveller is on is missing or in distress, on the trip."""
    return all_of(distress.is_(Distress.CRAFT_MISSING), in_the_period(craft_missing_on, f))


def sought_after_an_accident(f: Figures) -> Expression:
    """Life uncertain after an accident, or an urgent search that an authority confirmed."""
    return all_of(
        distress.is_(Distress.LIFE_UNCERTAIN, Distress.PUBLIC_SEARCH),
        in_the_period(accident_on, f),
    )


# An illness treated before the trip.


def worsened_on_the_trip(f: Figures) -> Expression:
    return on_the_trip(worsened_on, f)


def last_day_of_the_rider() -> Number:
    """Coming home or, for this rider alone, reaching a hospital in the country of destination."""
    return either(
        preexisting_circumstances.has(PreexistingCircumstance.HOME_HOSPITAL),
        least(returned_home_on.day, home_hospital_on.day),
        returned_home_on.day,
    )


def rider_days_end(f: Figures) -> Number:
    """24:00 in Japan of the last day for which the pre-existing rider can be carried (D13)."""
    if f.has("carried_months"):
        last = MonthsOn(policy_inception.day, f.carried_months)
        return StartInJapan(last + ONE_DAY)
    return StartInJapan(policy_inception.day + f.carried_days)


# A waiting period.


def waiting_ends(f: Figures) -> Number:
    """00:00 in Japan of the day after the waiting period (D15)."""
    return StartInJapan(policy_inception.day + f.waiting_days)
