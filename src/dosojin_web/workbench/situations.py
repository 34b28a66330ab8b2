"""What can have happened, in a few words of choice, and what each choice says at once.

A situation states the facts that open a benefit, and names the kinds of cost that usually follow;
the first of them stand ready as receipts to fill in. What an edition does not know is left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from dosojin_web.components.shapes import Choice

NOTHING_ELSE = "nothing_else"
"""Chosen beside situations: none of the others happened."""


@dataclass(frozen=True, slots=True)
class Situation:
    """One card. ``states``: facts if it is chosen; ``denies``: facts if it did not happen.

    ``ready`` are kinds of cost that stand ready to fill in, ``usual`` others that often follow.
    """

    id: str
    label: str | Promise
    hint: str | Promise
    states: dict[str, Any] = field(default_factory=dict)
    denies: dict[str, Any] = field(default_factory=dict)
    ready: tuple[str, ...] = ()
    usual: tuple[str, ...] = ()


TREATMENT = (
    "emergency_transport", "treatment_transport", "interpreter", "medical_certificate",
    "return_to_itinerary", "lodging_in_place_of_hospital", "prosthesis_repair",
)  # fmt: skip

SITUATIONS = (
    Situation(
        "injury", gettext_lazy("An injury"), gettext_lazy("A fall, a road accident, a burn …"),
        {"cause": "injury"}, ready=("physician_and_hospital",), usual=TREATMENT,
    ),
    Situation(
        "illness", gettext_lazy("An illness"), gettext_lazy("Also an infection or food poisoning"),
        {"cause": "illness"}, ready=("physician_and_hospital",),
        usual=(*TREATMENT, "disinfection"),
    ),
    Situation(
        "hospital", gettext_lazy("A stay in hospital"), gettext_lazy("One night or more"),
        {"admitted": True}, {"admitted": False},
        usual=("hospital_communication", "hospital_personal_goods"),
    ),
    Situation(
        "someone_comes", gettext_lazy("Someone must come"),
        gettext_lazy("Relatives fly in, or the patient is brought home"),
        ready=("rescuer_fare", "rescuer_room"),
        usual=("rescuer_formalities", "rescuer_sundries", "patient_transport"),
    ),
    Situation(
        "teeth", gettext_lazy("Trouble with teeth"), gettext_lazy("A disease of the teeth or gums"),
        {"cause": "dental"}, ready=("dentist_fee", "physician_and_hospital"),
        usual=("dental_drugs_and_materials", "dental_tests", "dental_certificate"),
    ),
    Situation(
        "death", gettext_lazy("A death"), gettext_lazy("The traveller died"),
        {"died": True}, {"died": False}, usual=("remains", "rescuer_fare", "rescuer_room"),
    ),
    Situation(
        "disability", gettext_lazy("A permanent disability"),
        gettext_lazy("Something that will not heal"),
        {"disabled": True}, {"disabled": False},
    ),
    Situation(
        "search", gettext_lazy("Missing, or being searched for"),
        gettext_lazy("A craft is missing, or a rescue is under way"),
        {"distress": ["craft_missing", "life_uncertain", "public_search"]}, {"distress": "none"},
        ready=("search",), usual=("rescuer_fare", "rescuer_room"),
    ),
    Situation(
        "liability", gettext_lazy("Harm to someone else"),
        gettext_lazy("A person was hurt, or another’s property damaged"),
        denies={"liable": False}, ready=("damages",), usual=("loss_prevention", "defence_agreed"),
    ),
    Situation(
        "belongings", gettext_lazy("Belongings lost or broken"),
        gettext_lazy("Theft, breakage, fire; also a passport"),
        ready=("belonging",),
        usual=("phone_or_computer", "glasses", "ticket", "passport_reissue", "licence_reissue",
               "effects_loss_prevention"),
    ),
    Situation(
        "baggage_late", gettext_lazy("Baggage came late"),
        gettext_lazy("Checked in, but not there on arrival"),
        {"baggage_delayed": True}, {"baggage_delayed": False}, ready=("baggage_purchase",),
    ),
    Situation(
        "flight_late", gettext_lazy("A flight was late"),
        gettext_lazy("Or cancelled, diverted, or the connection missed"),
        {"flight_disrupted": True}, {"flight_disrupted": False}, ready=("delay_lodging",),
        usual=("delay_meals", "delay_transport", "delay_cancelled_service", "delay_other"),
    ),
    Situation(
        "broken_off", gettext_lazy("The trip was broken off"), gettext_lazy("Home early"),
        {"trip_curtailed": True}, {"trip_curtailed": False}, ready=("fare_home",),
        usual=("lodging_home", "sundries_home", "cancellation_charge"),
    ),
    Situation(
        "given_up", gettext_lazy("The trip was given up"), gettext_lazy("Before leaving Japan"),
        {"trip_cancelled": True}, {"trip_cancelled": False}, ready=("cancellation_charge",),
        usual=("travel_formality_cost",),
    ),
    Situation(
        "temporary_return", gettext_lazy("An emergency visit home"),
        gettext_lazy("Found by the insurer to be covered"),
        {"temporary_return": True}, {"temporary_return": False},
    ),
)  # fmt: skip


def situation_choices() -> list[Choice]:
    """The cards."""
    return [Choice(s.id, str(s.label), str(s.hint)) for s in SITUATIONS]


def opening_facts(chosen: Sequence[str]) -> dict[str, Any]:
    """What the chosen situations say at once; where two disagree, one of both is left to ask."""
    words: dict[str, list[Any]] = {}
    denied: dict[str, Any] = {}
    for situation in SITUATIONS:
        if situation.id in chosen:
            for name, value in situation.states.items():
                words.setdefault(name, []).extend(value if isinstance(value, list) else [value])
        elif NOTHING_ELSE in chosen:
            denied |= situation.denies
    stated = {
        name: values[0] if len(values) == 1 else {"one_of": values}
        for name, values in words.items()
    }
    return denied | stated


def ready_categories(chosen: Sequence[str], taken: Sequence[str]) -> list[str]:
    """The kinds of cost to stand ready; ``teeth`` wants the first that the edition takes."""
    found: dict[str, None] = {}
    for situation in SITUATIONS:
        if situation.id in chosen:
            known = [category for category in situation.ready if category in taken]
            for category in known[:1] if situation.id == "teeth" else known:
                found.setdefault(category)
    return list(found)


def usual_categories(chosen: Sequence[str], taken: Sequence[str]) -> list[str]:
    """The kinds of cost that fit what happened."""
    found: dict[str, None] = {}
    for situation in SITUATIONS:
        if situation.id in chosen:
            for category in (*situation.ready, *situation.usual):
                if category in taken:
                    found.setdefault(category)
    return list(found)


def situation_labels(chosen: Sequence[str]) -> list[str]:
    """The chosen cards in words."""
    return [str(s.label) for s in SITUATIONS if s.id in chosen]
