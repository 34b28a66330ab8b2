"""The list of students: what narrows it, and its rows for the screen and for a file."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Q, QuerySet, When
from django.urls import reverse
from django.utils.translation import gettext

from dosojin_web.accounts.student_log_in import normalise_number
from dosojin_web.components.records import Cell, Column, Filter, TableRow
from dosojin_web.components.shapes import Choice
from dosojin_web.people.models import Person
from dosojin_web.people.operations.find_people import find_people
from dosojin_web.policies.models import Member, Programme
from dosojin_web.policies.standing import SOON_DAYS, Standing, leaving_uncovered, with_standing
from dosojin_web.templatetags.layout import civil_days

from .csv_files import harmless
from .member_card import cover_of, standing_of
from .words import name_of, standing_cell

LEAVING = "leaving"
FOUND_MAX = 200
ROWS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What the reader asks for; what cannot be understood narrows nothing."""

    text: str = ""
    programme: str = ""
    standing: str = ""

    @classmethod
    def read(cls, asked: Mapping[str, str], programmes: Sequence[Programme]) -> "Narrowing":
        """From the address of the page."""
        programme, standing = asked.get("programme", ""), asked.get("standing", "")
        known = {str(each.key) for each in programmes}
        return cls(
            asked.get("q", "").strip(),
            programme if programme in known else "",
            standing if standing in (LEAVING, *Standing.values) else "",
        )

    def find(self, members: QuerySet[Member], today: date) -> list[int]:
        """The ids of the members that are asked for: who leaves next first, then who is away,
        last whose trip is over."""
        found = members
        if self.programme:
            found = found.filter(programme__key=self.programme)
        if self.text:
            found = found.filter(_called(self.text, members))
        if self.standing == LEAVING:
            return list(leaving_uncovered(found, today).values_list("pk", flat=True))
        if self.standing:
            standing: QuerySet[Any, Any] = with_standing(found, today)
            found = standing.filter(standing=self.standing)
        over = Case(
            When(departs_on__gte=today, then=0), When(returns_on__gte=today, then=1), default=2
        )
        ordered = found.order_by(over, "departs_on", "student_number", "pk")
        return list(ordered.values_list("pk", flat=True))


def annotate_page(members: QuerySet[Member], page: Sequence[int], today: date) -> list[Member]:
    """The members with these ids, in their order, each with its standing."""
    known = members.filter(pk__in=page).select_related("person", "programme")
    by_id = {member.pk: member for member in with_standing(known, today)}
    return [by_id[one] for one in page if one in by_id]


def _called(text: str, members: QuerySet[Member]) -> Q:
    """By the beginning of the student number, or by name."""
    everybody = Person.objects.filter(pk__in=members.order_by().values("person"))
    people = find_people(text, FOUND_MAX, everybody)
    return Q(student_number__startswith=normalise_number(text)) | Q(person__in=people)


def list_filters(asked: Narrowing, programmes: Sequence[Programme]) -> list[Filter]:
    """The two choices above the list."""
    leaving = gettext("Leaves within %(days)s days without cover") % {"days": SOON_DAYS}
    return [
        Filter(
            "standing",
            gettext("Status"),
            [Choice(LEAVING, leaving), *(Choice(one.value, str(one.label)) for one in Standing)],
            asked.standing,
        ),
        Filter(
            "programme",
            gettext("Programme"),
            [Choice(str(each.key), each.title) for each in programmes],
            asked.programme,
        ),
    ]


def list_columns() -> list[Column]:
    """The columns of ``list_row``."""
    return [
        Column(gettext("Student")),
        Column(gettext("Status")),
        Column(gettext("Trip")),
        Column(gettext("Cover")),
    ]


def list_row(member: Member) -> TableRow:
    """A member with its standing, for the screen."""
    cover = cover_of(member)
    words, number = ("", "")
    if cover is not None and standing_of(member) is not Standing.CANCELLED:
        words, number = civil_days(cover.first_day, cover.last_day), cover.certificate_number
    return TableRow(
        (
            Cell(
                name_of(member),
                reverse("university:member", args=[member.key]),
                note=member.student_number,
            ),
            standing_cell(standing_of(member)),
            Cell(civil_days(member.departs_on, member.returns_on), note=member.programme.title),
            Cell(words, note=number),
        )
    )


def file_header() -> list[str]:
    """The columns of ``file_rows``."""
    return [
        gettext("Student number"),
        gettext("Family name"),
        gettext("Given name"),
        gettext("E-mail address"),
        gettext("Programme"),
        gettext("Departure"),
        gettext("Return"),
        gettext("Status"),
        gettext("Cover from"),
        gettext("Cover until"),
        gettext("Certificate"),
    ]


def file_rows(
    members: QuerySet[Member], found: Sequence[int], today: date
) -> Iterator[Sequence[str]]:
    """The members with these ids and their standing, for a file."""
    for first in range(0, len(found), ROWS_AT_ONCE):
        yield from _file_rows(annotate_page(members, found[first : first + ROWS_AT_ONCE], today))


def _file_rows(members: Sequence[Member]) -> Iterator[Sequence[str]]:
    for member in members:
        cover, person = cover_of(member), member.person
        covered = (
            (str(cover.first_day), str(cover.last_day), cover.certificate_number)
            if cover
            else ("", "", "")
        )
        cells = (
            member.student_number,
            person.family_name,
            person.given_name,
            person.email,
            member.programme.title,
            str(member.departs_on),
            str(member.returns_on),
            str(standing_of(member).label),
            *covered,
        )
        yield [harmless(cell) for cell in cells]
