"""Who plays which scene: students for every state, shared out over the study trips.

Special scenes come first, each at least once; then the plain ones fill up to the number of
certificates that was asked for. The same random numbers give the same students.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import cycle, islice
from random import Random

from .changes import (
    REASON_NOT_AT_ALL,
    UNTIL_ASKED,
    UNTIL_CONFIRMED,
    UNTIL_DONE_BY_BANK,
    UNTIL_REVIEWED,
    EndEarly,
    Extend,
    ask_and_take_back,
    both,
)
from .delays import report_delay
from .enrolments import (
    CLIMBING,
    NOTHING_SPECIAL,
    SKYDIVING,
    STAYING,
    WORKING,
    Disclose,
    Enrolment,
    give_up,
    log_in_only,
    stay_invited,
    stop_before_payment,
    stop_half_way,
    take_back_consent,
)
from .names import Name, draw_names
from .personas import ABROAD, NEW, SPARE_STUDENTS, number_of
from .stage import Scene, Student
from .study_trips import STUDY_TRIPS

SPECIAL_SHARE = 60
"""One more of each special scene for so many certificates."""
UNCOVERED_SHARE = 70
AGES = (18, 24)
AGE_OF_GRADE_LIMIT = 71
NO_PROOF = "研修先の在籍期間が延びたことを確かめられないため、お引き受けできません。"


@dataclass(frozen=True, slots=True)
class Part:
    """A scene, and the trips that it can be played on."""

    scene: Scene
    trips: tuple[str, ...]


LONG = ("uppsala", "boston")
ABROAD_NOW = ("uppsala", "lyon", "boston")
SHORT_NOW = ("vancouver", "sydney")
AHEAD = ("heidelberg", "zurich", "auckland")
HOME = ("manila", "taipei", "hanoi")

SPECIAL: Mapping[str, Part] = {
    "extended": Part(Enrolment(follows=Extend(20, 10)), ("lyon", "uppsala")),
    "extended into another plan": Part(
        Enrolment(plan="C", follows=Extend(16, 5, by_agency=True)), ("vancouver",)
    ),
    "shortened": Part(Enrolment(follows=EndEarly(6, ends_in=20)), LONG),
    "shortened, refund settles later": Part(
        Enrolment(card="refund_pending", follows=EndEarly(9, ends_in=30)), LONG
    ),
    "cancelled before inception": Part(
        Enrolment(days_ago=12, follows=EndEarly(3, reason=REASON_NOT_AT_ALL)), ("heidelberg",)
    ),
    "cancelled abroad": Part(
        Enrolment(follows=EndEarly(15, reason="体調不良により早期帰国したため")), ("lyon", *LONG)
    ),
    "with a loading": Part(
        Enrolment(disclosure=CLIMBING, loading=4_800, days_ago=9), ("heidelberg",)
    ),
    "with a loading that two decided": Part(
        Enrolment(disclosure=SKYDIVING, loading=21_600, days_ago=16), ("zurich",)
    ),
    "refund failed": Part(
        Enrolment(card="refund_fails", follows=EndEarly(11, ends_in=14)), ("boston", "uppsala")
    ),
    "extension asked for": Part(Enrolment(follows=Extend(30, 1, UNTIL_ASKED)), ("lyon", "uppsala")),
    "extension asked for by the agency": Part(
        Enrolment(follows=Extend(10, 1, UNTIL_ASKED, by_agency=True)), ("vancouver",)
    ),
    "extension checked": Part(Enrolment(follows=Extend(25, 2, UNTIL_REVIEWED)), ("uppsala",)),
    "extension to be paid": Part(Enrolment(follows=Extend(14, 3, UNTIL_CONFIRMED)), ("lyon",)),
    "extension refused": Part(
        Enrolment(follows=Extend(60, 8, refused_because=NO_PROOF)), ("uppsala",)
    ),
    "extension lapsed": Part(
        Enrolment(follows=Extend(12, 0, UNTIL_REVIEWED, before_expiry=3)), ("hanoi", "taipei")
    ),
    "cancellation asked for": Part(
        Enrolment(days_ago=14, follows=EndEarly(1, None, UNTIL_ASKED, REASON_NOT_AT_ALL)),
        ("auckland", "heidelberg"),
    ),
    "shortening asked for": Part(
        Enrolment(follows=EndEarly(2, 25, UNTIL_ASKED)), ("uppsala", "boston")
    ),
    "request taken back": Part(Enrolment(follows=ask_and_take_back), ("lyon", "uppsala")),
    # The card gives back what it took; what came through a bank goes back through a bank.
    "extended by bank transfer, then cancelled": Part(
        Enrolment(
            days_ago=14,
            follows=both(
                Extend(40, 9, UNTIL_DONE_BY_BANK, by_agency=True),
                EndEarly(3, None, reason=REASON_NOT_AT_ALL),
            ),
        ),
        ("heidelberg",),
    ),
    "delayed": Part(Enrolment(follows=report_delay), ("vancouver",)),
    "consent taken back": Part(Enrolment(follows=take_back_consent), ("boston",)),
    "aged 71": Part(Enrolment(disclosure=NOTHING_SPECIAL, days_ago=7), ("auckland",)),
}
PLAIN: Sequence[Part] = (
    Part(Enrolment(), AHEAD),
    Part(Enrolment(card="challenge"), ABROAD_NOW),
    Part(Enrolment(), HOME),
    Part(Enrolment(), ("penang", *AHEAD)),
    Part(Enrolment(), (*SHORT_NOW, *ABROAD_NOW)),
)
UNCOVERED: Mapping[str, Part] = {
    "not invited": Part(stay_invited, ("seoul",)),
    "leaving soon": Part(stay_invited, ("penang",)),
    "away without cover": Part(log_in_only, ("sydney",)),
    "invited": Part(stay_invited, AHEAD),
    "logged in": Part(log_in_only, AHEAD),
    "filling in": Part(stop_half_way, ("auckland", "heidelberg")),
    "before payment": Part(stop_before_payment, ("auckland", "heidelberg")),
    "declined": Part(Enrolment(card="insufficient_funds", days_ago=2), ("heidelberg", "zurich")),
    "referred": Part(Disclose(WORKING), ("zurich", "heidelberg")),
    "loading proposed": Part(Disclose(SKYDIVING, "proposed"), ("heidelberg",)),
    "refused, stays abroad": Part(Disclose(STAYING), ("zurich",)),
    "refused by the agency": Part(Disclose(WORKING, "refused"), ("auckland",)),
    "given up": Part(give_up, ("auckland", "heidelberg")),
}
PERSONA_SCENES: Mapping[str, Part] = {
    NEW: Part(log_in_only, ("auckland",)),
    ABROAD: Part(Enrolment(disclosure=NOTHING_SPECIAL), ("uppsala",)),
}


def find_scene(student: Student) -> Scene:
    """What a student plays."""
    if student.scene in PERSONA_SCENES:
        return PERSONA_SCENES[student.scene].scene
    if student.scene.startswith("plain"):
        return PLAIN[int(student.scene.removeprefix("plain"))].scene
    return {**SPECIAL, **UNCOVERED}[student.scene].scene


def assign(random: Random, today: date, certificates: int) -> list[Student]:
    """All students, of every trip; ``certificates`` is about how many of them enrol."""
    parts = [(key, part, place) for key, part in PERSONA_SCENES.items() for place in _places()]
    chosen = list(SPECIAL.items())
    with_papers = len(chosen)
    for _ in range(certificates // SPECIAL_SHARE):
        chosen += SPECIAL.items()
    plain = cycle([(f"plain{place}", part) for place, part in enumerate(PLAIN)])
    missing = certificates - len(chosen) - SPARE_STUDENTS
    chosen += islice(plain, max(len(PLAIN), missing))
    for _ in range(1 + certificates // UNCOVERED_SHARE):
        chosen += UNCOVERED.items()
    names = iter(draw_names(random, len(parts) + len(chosen)))
    students = [
        _student(random, today, number_of(key, place), next(names), key, part.trips[0])
        for key, part, place in parts
    ]
    for place, (scene, part) in enumerate(chosen):
        number = f"{random.choice(['23', '24', '25', '26'])}{random.choice('AELS')}-{1000 + place}"
        trip = part.trips[(place // len(chosen) + random.randrange(60)) % len(part.trips)]
        student = _student(random, today, number, next(names), scene, trip)
        students.append(replace(student, papers_later=place >= with_papers))
    return students


def _places() -> range:
    return range(1, SPARE_STUDENTS + 1)


def _student(
    random: Random, today: date, number: str, name: Name, scene: str, trip_key: str
) -> Student:
    trip = STUDY_TRIPS[trip_key]
    starts = today + timedelta(days=trip.starts)
    ends = starts + timedelta(days=trip.lasts - 1)
    # Some fly a day or two before the programme begins, some stay on a little.
    departs = starts - timedelta(days=random.choice([0, 0, 1, 1, 2]))
    returns = ends + timedelta(days=random.choice([0, 1, 1, 2]))
    if scene == "delayed":
        returns = today
    age = AGE_OF_GRADE_LIMIT if scene == "aged 71" else random.randint(*AGES)
    born = departs - timedelta(days=age * 365 + random.randint(30, 330))
    return Student(number, name, born, trip, departs, returns, scene)
