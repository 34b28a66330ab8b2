"""The edition of 2026: which benefits, with which variations."""

from __future__ import annotations

from dosojin.products.gakkensai.benefits.accidental_death import accidental_death
from dosojin.products.gakkensai.benefits.baggage_delay import baggage_delay
from dosojin.products.gakkensai.benefits.disability import disability
from dosojin.products.gakkensai.benefits.flight_delay import flight_delay_2026
from dosojin.products.gakkensai.benefits.liability import liability
from dosojin.products.gakkensai.benefits.medical_rescue import medical_rescue
from dosojin.products.gakkensai.benefits.personal_effects import NOT_COVERED_2026, personal_effects
from dosojin.products.gakkensai.benefits.preexisting_emergency import preexisting_emergency
from dosojin.products.gakkensai.benefits.sickness_death import sickness_death
from dosojin.products.gakkensai.benefits.student_liability import student_liability
from dosojin.products.gakkensai.benefits.temporary_return import temporary_return
from dosojin.products.gakkensai.benefits.trip_alteration import trip_alteration_2026
from dosojin.products.gakkensai.definitions import CLASSES_1_TO_4
from dosojin.products.gakkensai.issue_edition import issue_edition, read_terms, sections_of

TERMS = read_terms("edition_2026.toml")
figures = sections_of(TERMS)

EDITION = issue_edition(
    TERMS,
    benefits=(
        accidental_death(figures("accidental_death")),
        disability(figures("disability")),
        sickness_death(figures("sickness_death"), CLASSES_1_TO_4),
        medical_rescue(figures("medical"), figures("rescue"), CLASSES_1_TO_4, prosthesis=False),
        preexisting_emergency(figures("preexisting"), figures("medical"), figures("rescue")),
        liability(figures("liability"), key_outside_room=True),
        student_liability(figures("student_liability")),
        personal_effects(
            figures("personal_effects"),
            goods_not_covered=NOT_COVERED_2026,
            dangerous_sport_gear=False,
            limited_theft=True,
        ),
        baggage_delay(figures("baggage_delay")),
        flight_delay_2026(figures("flight_delay")),
        trip_alteration_2026(figures("trip_alteration")),
        temporary_return(),
    ),
)
