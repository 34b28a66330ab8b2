"""The edition of 2025: which benefits, with which variations. It alone has dental treatment."""

from __future__ import annotations

from dosojin.products.gakkensai.benefits.accidental_death import accidental_death
from dosojin.products.gakkensai.benefits.baggage_delay import baggage_delay
from dosojin.products.gakkensai.benefits.dental import dental
from dosojin.products.gakkensai.benefits.disability import disability
from dosojin.products.gakkensai.benefits.flight_delay import flight_delay_2025
from dosojin.products.gakkensai.benefits.liability import liability
from dosojin.products.gakkensai.benefits.medical_rescue import medical_rescue
from dosojin.products.gakkensai.benefits.personal_effects import NOT_COVERED_2025, personal_effects
from dosojin.products.gakkensai.benefits.preexisting_emergency import preexisting_emergency
from dosojin.products.gakkensai.benefits.sickness_death import sickness_death
from dosojin.products.gakkensai.benefits.student_liability import student_liability
from dosojin.products.gakkensai.benefits.temporary_return import temporary_return
from dosojin.products.gakkensai.benefits.trip_alteration import trip_alteration_2025
from dosojin.products.gakkensai.definitions import CLASSES_1_TO_4_AND_DESIGNATED
from dosojin.products.gakkensai.issue_edition import issue_edition, read_terms, sections_of

TERMS = read_terms("edition_2025.toml")
figures = sections_of(TERMS)

EDITION = issue_edition(
    TERMS,
    benefits=(
        accidental_death(figures("accidental_death")),
        disability(figures("disability")),
        sickness_death(figures("sickness_death"), CLASSES_1_TO_4_AND_DESIGNATED),
        medical_rescue(
            figures("medical"), figures("rescue"), CLASSES_1_TO_4_AND_DESIGNATED, prosthesis=True
        ),
        preexisting_emergency(figures("preexisting"), figures("medical"), figures("rescue")),
        liability(figures("liability"), key_outside_room=False),
        student_liability(figures("student_liability")),
        personal_effects(
            figures("personal_effects"),
            goods_not_covered=NOT_COVERED_2025,
            dangerous_sport_gear=True,
            limited_theft=False,
        ),
        baggage_delay(figures("baggage_delay")),
        flight_delay_2025(figures("flight_delay")),
        trip_alteration_2025(figures("trip_alteration")),
        dental(figures("dental")),
        temporary_return(),
    ),
)
