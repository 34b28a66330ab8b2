"""Where the demonstration plays: the day, the staff at their desks, the students on rosters."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random

from dosojin_web.accounts.models import User
from dosojin_web.accounts.roles import Role
from dosojin_web.accounts.seats import Seat, find_seat
from dosojin_web.policies.japan import JAPAN, day_in_japan
from dosojin_web.policies.models import Member

from .card_desk import CardDesk
from .names import Name
from .operations.set_up_scheme import Scheme
from .study_trips import STUDY_TRIPS, StudyTrip
from .timetable import Act, Timetable

ENROL_DAYS_BEFORE = 11
DRAFTED_DAYS_BEFORE = 100
DRAFTED_DAYS_AGO = 70
APPROVED_AFTER, ROSTER_AFTER, INVITED_AFTER = 2, 4, 6


@dataclass(frozen=True, slots=True)
class Student:
    """Who is on the roster of a trip, and which scene is played with them.

    ``papers_later``: typesetting takes as long as all the rest, so the worker makes the documents
    of this student's certificate once the demonstration runs.
    """

    number: str
    name: Name
    born: date
    trip: StudyTrip
    departs: date
    returns: date
    scene: str
    papers_later: bool = False


@dataclass(slots=True)
class Stage:
    """Everything that scenes need. ``seats`` are those of the staff, by the key of the persona."""

    now: datetime
    random: Random
    timetable: Timetable
    desk: CardDesk
    scheme: Scheme
    seats: Mapping[str, Seat]

    @property
    def today(self) -> date:
        """The day of the demonstration, in Japan."""
        return day_in_japan(self.now)

    def day(self, offset: int) -> date:
        """So many days from today."""
        return self.today + timedelta(days=offset)

    def moment(self, day: date, hours: tuple[int, int] = (9, 21)) -> datetime:
        """Some minute of that day, in Japan."""
        hour, minute = self.random.randint(*hours), self.random.randint(0, 59)
        return datetime.combine(day, time(hour, minute), JAPAN)

    def at(self, day: date, act: Act) -> None:
        """Do this some time that day."""
        self.timetable.at(self.moment(day), act)

    def in_days(self, offset: int, act: Act) -> None:
        """Do this so many days from today, mostly before it."""
        self.at(self.day(offset), act)

    def drafted_on(self, trip: StudyTrip) -> date:
        """When the office drafted a study trip."""
        return self.day(min(trip.starts - DRAFTED_DAYS_BEFORE, -DRAFTED_DAYS_AGO))

    def invited_on(self, trip: StudyTrip) -> date:
        """When its students got their mail."""
        return self.drafted_on(trip) + timedelta(days=INVITED_AFTER)

    def enrols_on(self, student: Student) -> date:
        """Some day on which a student has the mail, time enough, and not yet today."""
        first = self.invited_on(student.trip) + timedelta(days=1)
        last = min(student.departs - timedelta(days=ENROL_DAYS_BEFORE), self.day(-1))
        return first + timedelta(days=self.random.randint(0, max(0, (last - first).days)))

    def desk_of(self, university: str) -> tuple[Seat, Seat]:
        """Who drafts and who approves at a university."""
        if university == "hokurei":
            return self.seats["university-maker"], self.seats["university-approver"]
        return self.seats[f"university-{university}"], self.seats[f"university-{university}-2"]


Scene = Callable[[Stage, Student], None]


def member_of(student: Student) -> Member:
    """The student's place on the roster."""
    return Member.objects.select_related("person", "user", "university", "programme__master").get(
        student_number=student.number, programme__title=student.trip.title
    )


def seat_of(user: User, role: Role) -> Seat:
    """The seat of a user whom the fill has made."""
    seat = find_seat(user, role)
    if seat is None:
        raise LookupError(f"{user.username} has no seat as {role}: the fill was cut short.")
    return seat


def trip_of(key: str) -> StudyTrip:
    """A study trip by its key."""
    return STUDY_TRIPS[key]
