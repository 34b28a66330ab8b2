"""Who can be reached, for what and when: values, without a clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

MINUTES_A_DAY = 24 * 60


class Days(StrEnum):
    """On which days a contact works: on all, or Monday to Friday without public holidays."""

    ALL = "all"
    WEEKDAYS = "weekdays"


@dataclass(frozen=True, slots=True)
class YearEnd:
    """Days on which those who close at the year's end are closed: (month, day), both included."""

    first: tuple[int, int]
    last: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Hours:
    """Minutes after midnight in Japan; ``breaks`` are within; 24:00 is 1440.

    ``year_end`` says that the contact works through the year's end.
    """

    days: Days
    opens: int
    closes: int
    breaks: Sequence[tuple[int, int]] = ()
    year_end: bool = False

    @property
    def spans(self) -> list[tuple[int, int]]:
        """The minutes of a working day during which somebody answers, in order."""
        spans = []
        start = self.opens
        for begins, ends in sorted(self.breaks):
            spans.append((start, begins))
            start = ends
        return [*spans, (start, self.closes)]

    @property
    def never_closes(self) -> bool:
        """Day and night, every day."""
        whole = self.opens == 0 and self.closes == MINUTES_A_DAY and not self.breaks
        return whole and self.days is Days.ALL and self.year_end


@dataclass(frozen=True, slots=True)
class Staffed:
    """Narrower hours of a number, within which those answer who decide; ``note`` says what else."""

    label: str
    note: str
    hours: Sequence[Hours]


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact of an edition, in one language.

    ``hours`` is empty where the wording prints none. ``free``: free of charge, within Japan only.
    ``source`` cites the line of the seed.
    """

    id: str
    name: str
    purpose: str
    telephone: str
    year_end: YearEnd
    source: str
    free: bool = False
    fax: str = ""
    mail: str = ""
    place: str = ""
    hours: Sequence[Hours] = ()
    staffed: Sequence[Staffed] = ()
