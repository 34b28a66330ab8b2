"""The list of study trips, and the form that drafts and changes one."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest

from dosojin_web.policies.models import Programme, ProgrammeState
from dosojin_web.policies.operations.approve_programme import (
    ProgrammeForm,
    change_programme,
    draft_programme,
)
from dosojin_web.policies.tests.conftest import DEPARTS, RETURNS, World

from .conftest import NOW, Office

pytestmark = pytest.mark.django_db
LIST, NEW = "/university/programmes/", "/university/programmes/new/"
FORM = {
    "title": "Helsinki school visits",
    "host": "University of Helsinki",
    "country": "FI",
    "starts_on": "2027-08-10",
    "ends_on": "2027-08-24",
}


def edit_address(world: World) -> str:
    return f"{LIST}{world.programme.key}/edit/"


def test_the_list_is_narrowed_by_state(office: Office, world: World) -> None:
    assert "ボストン語学研修" in office.read(LIST)
    assert "ボストン語学研修" in office.read(LIST, state="approved")
    assert "No programme is in this state" in office.read(LIST, state="draft")


def test_a_strange_state_narrows_nothing(office: Office, world: World) -> None:
    assert "ボストン語学研修" in office.read(LIST, state="?", page="no")


def test_another_university_sees_nothing_of_it(stranger: Office, world: World) -> None:
    assert "ボストン語学研修" not in stranger.read(LIST)
    assert stranger.get(edit_address(world)).status_code == 404
    assert stranger.post(edit_address(world), **FORM).status_code == 404


@pytest.mark.parametrize("address", [LIST, NEW])
def test_a_student_gets_403(student: Office, address: str) -> None:
    assert student.get(address).status_code == 403


def test_many_programmes_take_no_query_for_each(
    office: Office, world: World, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    for number in range(30):
        form = ProgrammeForm(f"Trip {number}", "Host", "FI", DEPARTS, RETURNS)
        draft_programme(
            world.scheme.master, world.programme.university, form, world.office.actor, NOW
        )
    with django_assert_max_num_queries(10):
        assert "Trip 29" in office.read(LIST)


def test_a_draft_is_made_once(office: Office, world: World) -> None:
    assert 'name="key"' in office.read(NEW)
    key = str(uuid4())
    for _ in range(2):
        response = office.post(NEW, key=key, **FORM)
        assert response.status_code == 302
    made = Programme.objects.get(title=FORM["title"])
    assert str(made.key) == key and made.state == ProgrammeState.DRAFT
    assert made.university == world.programme.university and made.entries.count() == 1


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("title", " ", "Give the study trip a title"),
        ("title", "x" * 121, "at most 120"),
        ("host", "", "Name the institution"),
        ("country", "ZZ", "Choose the country"),
        ("country", "JP", "Choose the country"),
        ("starts_on", "soon", "is not a date"),
        ("starts_on", "", "Enter the first day"),
        ("ends_on", "2027-08-09", "ends before it begins"),
        ("starts_on", "2031-08-10", "no contract for trips"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_kept(
    office: Office, world: World, field: str, typed: str, said: str
) -> None:
    response = office.post(NEW, **FORM | {field: typed})
    assert response.status_code == 422
    assert response.text.count(said) == 2 and f'href="#{field}"' in response.text
    assert "University of Helsinki" in response.text or field == "host"
    assert not Programme.objects.filter(host=FORM["host"]).exists()


def test_all_faults_are_said_at_once(office: Office, world: World) -> None:
    response = office.post(NEW)
    for field in ("title", "host", "country", "starts_on", "ends_on"):
        assert f'id="{field}-error"' in response.text


def test_a_change_waits_for_approval_anew(office: Office, world: World) -> None:
    assert 'value="Charles River College"' in office.read(edit_address(world))
    response = office.post(edit_address(world), version="1", **FORM)
    assert response.status_code == 302
    changed = Programme.objects.get(pk=world.programme.pk)
    assert (changed.state, changed.version, changed.country) == (ProgrammeState.DRAFT, 2, "FI")


def test_a_stale_form_shows_both_versions(office: Office, world: World) -> None:
    meanwhile = ProgrammeForm("Boston, in autumn", "Charles River College", "US", DEPARTS, RETURNS)
    change_programme(world.programme, meanwhile, 1, world.approver.actor, NOW)
    response = office.post(edit_address(world), version="1", **FORM)
    assert response.status_code == 409
    assert "Boston, in autumn" in response.text and FORM["title"] in response.text
    sent = FORM | {"version": "2", "conflict": "yes"}
    undecided = office.post(edit_address(world), **sent)
    assert undecided.status_code == 409 and "Choose one of the two" in undecided.text
    office.post(edit_address(world), keep="theirs", **sent)
    assert Programme.objects.get(pk=world.programme.pk).title == "Boston, in autumn"
    office.post(edit_address(world), keep="mine", **sent)
    assert Programme.objects.get(pk=world.programme.pk).title == FORM["title"]


def test_a_withdrawn_programme_is_not_changed(office: Office, world: World) -> None:
    Programme.objects.update(state=ProgrammeState.WITHDRAWN)
    response = office.post(edit_address(world), version="1", **FORM)
    assert response.status_code == 422 and "was withdrawn" in response.text
