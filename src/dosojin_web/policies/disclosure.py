"""What is asked before a contract is made (003 l.893-907, 004 l.1243-1278)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy

from dosojin_web.components.shapes import Fault


class Hazard(models.TextChoices):
    """Dangerous sports: covered only with the special hazard rider and its loading.

    What the wording takes out of them again needs neither, and the labels say so.
    """

    MOUNTAINEERING = "mountaineering", gettext_lazy("Mountaineering with ice axe or crampons")
    SLEDGE = "sledge", gettext_lazy("Luge, bobsleigh, skeleton")
    SKYDIVING = "skydiving", gettext_lazy("Skydiving")
    HANG_GLIDING = "hang_gliding", gettext_lazy("Hang-gliding")
    ULTRALIGHT = (
        "ultralight",
        gettext_lazy("Powered ultralight or gyroplane (but not a paraplane or the like)"),
    )
    PILOTING = (
        "piloting",
        gettext_lazy("Piloting an aircraft, other than as a job (but not a glider or an airship)"),
    )
    RACING = (
        "racing",
        gettext_lazy("Races, test drives or free laps on a circuit, by car or the like"),
    )
    SIMILAR = "similar", gettext_lazy("Something as dangerous as these")


class Cover(StrEnum):
    """Whether there is similar cover elsewhere. Not knowing is an honest answer."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class SchoolDemand(models.TextChoices):
    """What the host institution demands beside this cover."""

    MINIMUM = "minimum", gettext_lazy("It sets minimum sums or kinds of cover")
    LOCAL = "local", gettext_lazy("It demands a local insurance")


NOTE_MAX = 400


@dataclass(frozen=True, slots=True)
class Disclosure:
    """A student's answers. What refers an application to the agency is ``hazards``.

    ``school_unknown``: the student has not found out what the host institution demands.
    """

    return_planned: bool
    sports: tuple[Hazard, ...] = ()
    sports_note: str = ""
    dangerous_work: bool = False
    work_note: str = ""
    similar_cover: Cover = Cover.NO
    similar_note: str = ""
    school_demands: tuple[SchoolDemand, ...] = ()
    school_unknown: bool = False
    school_note: str = ""
    said_on: date | None = field(default=None, compare=False)

    @property
    def hazards(self) -> list[str]:
        """Everything that needs a loading, in the order of the questions."""
        return [*(sport.value for sport in self.sports), *(["work"] if self.dangerous_work else [])]

    def to_json(self) -> dict[str, Any]:
        """For keeping."""
        return {
            "return_planned": self.return_planned,
            "sports": [sport.value for sport in self.sports],
            "sports_note": self.sports_note,
            "dangerous_work": self.dangerous_work,
            "work_note": self.work_note,
            "similar_cover": self.similar_cover.value,
            "similar_note": self.similar_note,
            "school_demands": [demand.value for demand in self.school_demands],
            "school_unknown": self.school_unknown,
            "school_note": self.school_note,
        }

    @classmethod
    def of_json(cls, kept: Mapping[str, Any]) -> Self:
        """The reverse of ``to_json``."""
        return cls(
            return_planned=kept["return_planned"],
            sports=tuple(Hazard(word) for word in kept["sports"]),
            sports_note=kept["sports_note"],
            dangerous_work=kept["dangerous_work"],
            work_note=kept["work_note"],
            similar_cover=Cover(kept["similar_cover"]),
            similar_note=kept["similar_note"],
            school_demands=tuple(SchoolDemand(word) for word in kept["school_demands"]),
            school_unknown=kept.get("school_unknown", False),
            school_note=kept["school_note"],
        )


def find_faults(disclosure: Disclosure) -> list[Fault]:
    """What is missing or too long, each beside its field; nothing if all can be taken."""
    faults = []
    notes = {
        "sports_note": (
            disclosure.sports,
            disclosure.sports_note,
            gettext_lazy("Say which and how often."),
        ),
        "work_note": (
            disclosure.dangerous_work,
            disclosure.work_note,
            gettext_lazy("Say which work."),
        ),
    }
    for name, (needed, note, message) in notes.items():
        if needed and not note.strip():
            faults.append(Fault(name, str(message)))
    for name in ("sports_note", "work_note", "similar_note", "school_note"):
        if len(getattr(disclosure, name)) > NOTE_MAX:
            faults.append(Fault(name, str(gettext_lazy("Say it in at most 400 characters."))))
    return faults
