"""One study trip: who approves it, who is invited, how it is withdrawn."""

import pytest

from dosojin_web.deadlines.operations.run_due import run_due
from dosojin_web.policies.models import Certificate, Member, Programme, ProgrammeState
from dosojin_web.policies.operations.approve_programme import (
    ProgrammeForm,
    change_programme,
    draft_programme,
)
from dosojin_web.policies.tests.conftest import DEPARTS, RETURNS, World, add_member
from dosojin_web.portals.tests.reading import words_of

from .conftest import NOW, Office

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(world: World) -> Programme:
    form = ProgrammeForm("Helsinki", "University of Helsinki", "FI", DEPARTS, RETURNS)
    return draft_programme(
        world.scheme.master, world.programme.university, form, world.office.actor, NOW
    )


def address_of(programme: Programme, act: str = "") -> str:
    return f"/university/programmes/{programme.key}/{act}"


def test_the_page_says_what_it_is_and_what_happened(office: Office, world: World) -> None:
    text = words_of(office.read(address_of(world.programme)))
    assert "Charles River College, United States" in text
    assert "Tue 1 June – Sat 31 July 2027" in text
    assert "Approved by the office" in text and "(approver)" in text and "(office)" in text


def test_who_drafted_it_reads_who_else_can_approve(office: Office, draft: Programme) -> None:
    text = office.read(address_of(draft))
    assert "somebody else has to approve it: approver." in text
    assert "/approve/" not in text


def test_who_drafted_it_cannot_approve_by_hand_either(office: Office, draft: Programme) -> None:
    response = office.post(address_of(draft, "approve/"), version="1")
    assert response.status_code == 403 and "Another person of your office" in response.text
    assert Programme.objects.get(pk=draft.pk).state == ProgrammeState.DRAFT


def test_a_colleague_approves_and_twice_is_once(colleague: Office, draft: Programme) -> None:
    assert "/approve/" in colleague.read(address_of(draft))
    for _ in range(2):
        assert colleague.post(address_of(draft, "approve/"), version="1").status_code == 302
    assert Programme.objects.get(pk=draft.pk).state == ProgrammeState.APPROVED
    assert draft.entries.filter(act="approved").count() == 1


def test_what_was_changed_meanwhile_is_not_approved(
    colleague: Office, world: World, draft: Programme
) -> None:
    form = ProgrammeForm("Helsinki", "University of Turku", "FI", DEPARTS, RETURNS)
    change_programme(draft, form, 1, world.office.actor, NOW)
    response = colleague.post(address_of(draft, "approve/"), version="1")
    assert response.status_code == 409
    assert "University of Helsinki" in response.text and "University of Turku" in response.text
    assert Programme.objects.get(pk=draft.pk).state == ProgrammeState.DRAFT
    assert "University of Helsinki → University of Turku" in colleague.read(address_of(draft))


def test_a_version_that_is_no_number_is_stale(colleague: Office, draft: Programme) -> None:
    assert colleague.post(address_of(draft, "approve/"), version="?").status_code == 409


def test_everybody_is_invited_once(office: Office, world: World) -> None:
    for number in (2, 3):
        add_member(world.programme, number, DEPARTS, RETURNS)
    assert "Invite 2 students" in office.read(address_of(world.programme))
    for _ in range(2):
        response = office.post(address_of(world.programme, "invite/"))
        assert response.status_code == 302
    text = office.read(address_of(world.programme))
    assert "2 invitations are on their way" in text and "Invite 2 students" not in text
    run_due(NOW)
    assert not Member.objects.filter(invited_at=None).exists()
    office.post(address_of(world.programme, "invite/"))
    assert "has been invited already" in office.read(address_of(world.programme))


def test_nobody_is_invited_to_a_draft(office: Office, draft: Programme) -> None:
    add_member(draft, 5, DEPARTS, RETURNS)
    assert "once the programme is approved" in office.read(address_of(draft))
    assert office.post(address_of(draft, "invite/")).status_code == 422


def test_it_is_withdrawn_with_a_reason(office: Office, world: World, enrolled: Certificate) -> None:
    address = address_of(world.programme, "withdraw/")
    assert "1 student already has cover" in office.read(address)
    assert office.post(address, reason=" ").status_code == 422
    assert office.post(address, reason="x" * 401).status_code == 422
    assert office.post(address, reason="The host has closed.").status_code == 302
    text = office.read(address_of(world.programme))
    assert "This programme was withdrawn" in text and "The host has closed." in text
    assert "/roster/" not in text and "withdraw/" not in text


@pytest.mark.parametrize("act", ["", "approve/", "withdraw/", "invite/"])
def test_another_university_gets_404(stranger: Office, world: World, act: str) -> None:
    send = stranger.post if act else stranger.get
    assert send(address_of(world.programme, act), version="1").status_code == 404


@pytest.mark.parametrize("act", ["", "approve/", "withdraw/", "invite/"])
def test_a_student_gets_403(student: Office, world: World, act: str) -> None:
    send = student.post if act else student.get
    assert send(address_of(world.programme, act), version="1").status_code == 403
