"""The overview: what is urgent, what waits, and the numbers behind it."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from dosojin_web.policies.models import Certificate
from dosojin_web.policies.operations.approve_programme import ProgrammeForm, draft_programme
from dosojin_web.policies.tests.conftest import DEPARTS, RETURNS, World

from .conftest import NOW, Office
from .crowd import UNCOVERED_EVERY, fill_roster

Later = Callable[[Office, int], None]

pytestmark = pytest.mark.django_db
HOME = "/university/"


def test_nobody_leaves_soon(office: Office, world: World) -> None:
    text = office.read(HOME)
    assert "Nobody leaves within 30 days without cover" in text
    assert "standing=invited" in text


def test_who_leaves_soon_without_cover_stands_first(
    office: Office, world: World, later: Later
) -> None:
    later(office, 40)
    text = office.read(HOME)
    assert "1 student leaves within 30 days" in text
    assert "HANAKO SATO" in text and "in 21 days" in text and "Invite again" in text
    assert text.index("HANAKO SATO") < text.index("Students by status")


@pytest.mark.parametrize(
    ("days", "advice"),
    [
        (53, "Online enrolment has closed"),
        (70, "Call the student now"),
        (60, "Online enrolment has closed"),
    ],
)
def test_what_to_do_changes_as_the_day_comes(
    office: Office, world: World, later: Later, days: int, advice: str
) -> None:
    later(office, days)
    text = office.read(HOME)
    assert advice in text
    assert ("Away without cover" in text) == (days == 70)


def test_who_is_covered_is_not_urgent(office: Office, enrolled: Certificate, later: Later) -> None:
    later(office, 40)
    text = office.read(HOME)
    assert "Nobody leaves" in text and "standing=enrolled" in text


def test_drafts_wait_for_another_person(office: Office, colleague: Office, world: World) -> None:
    form = ProgrammeForm("トロント研修", "Lakeshore College", "CA", DEPARTS, RETURNS)
    draft_programme(world.scheme.master, world.programme.university, form, world.office.actor, NOW)
    assert "a colleague of yours" in office.read(HOME)
    assert "you, or a colleague" in colleague.read(HOME)


def test_an_office_without_programmes_reads_how_to_begin(stranger: Office) -> None:
    text = stranger.read(HOME)
    assert "Begin with a programme" in text and "SATO" not in text


def test_a_student_gets_403(student: Office) -> None:
    assert student.get(HOME).status_code == 403


def test_a_visitor_is_asked_to_log_in(office: Office) -> None:
    office.client.logout()
    assert office.get(HOME).status_code == 302


@pytest.mark.parametrize("count", [200, 5_000])
def test_thousands_of_students_take_no_more_queries(
    office: Office, world: World, later: Later, count: int
) -> None:
    """Two of them look at all students: who leaves uncovered, and how many stand where."""
    fill_roster(world, count)
    later(office, 40)
    with CaptureQueriesContext(connection) as asked:
        text = office.read(HOME)
    uncovered = count // UNCOVERED_EVERY + 1
    assert f"{uncovered:,} students leave within 30 days" in text
    assert len(asked) == 8
