"""The overview: what is urgent, what waits, and the numbers behind it."""

from collections.abc import Callable

import pytest

from dosojin_web.policies.models import Certificate
from dosojin_web.policies.operations.approve_programme import ProgrammeForm, draft_programme
from dosojin_web.policies.tests.conftest import DEPARTS, RETURNS, World, add_member

from .conftest import NOW, Office

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
    assert text.index("HANAKO SATO") < text.index("How the students stand")


@pytest.mark.parametrize(
    ("days", "advice"),
    [(53, "Online enrolment is closed"), (70, "Telephone now"), (60, "Online enrolment is closed")],
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


def test_a_long_list_takes_no_query_for_each(
    office: Office, world: World, django_assert_max_num_queries: object
) -> None:
    for number in range(2, 40):
        add_member(world.programme, number, DEPARTS, RETURNS)
    with django_assert_max_num_queries(16):  # type: ignore[operator]
        office.read(HOME)
