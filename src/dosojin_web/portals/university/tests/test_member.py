"""One student: what the office may see, invite again, off the roster and back."""

from collections.abc import Callable
from dataclasses import fields
from typing import Any

import pytest
from django.db import models
from django.template import Context

from dosojin_web.mail.models import OutgoingMail
from dosojin_web.policies.disclosure import Disclosure
from dosojin_web.policies.models import Certificate, CertificateVersion, Member, VersionKind
from dosojin_web.policies.operations.enrol_student import enrol_student
from dosojin_web.policies.tests.conftest import World, add_member, fill_in, submit
from dosojin_web.portals.university.member_card import Cover

from .conftest import NOW, Office, address_of

pytestmark = pytest.mark.django_db
Later = Callable[[Office, int], None]


def test_the_page_says_who_it_is_and_how_it_stands(office: Office, world: World) -> None:
    text = office.read(address_of(world.member))
    assert "佐藤 花子" in text and "SATO HANAKO" in text and "student1@example.jp" in text
    assert "Invited" in text and "There is no certificate." in text


def test_cover_is_a_number_and_two_days(
    office: Office, world: World, enrolled: Certificate
) -> None:
    text = office.read(address_of(world.member))
    assert enrolled.number in text and "Tue 1 June 2027" in text and "Sat 31 July 2027" in text
    assert "Invite again" not in text


def test_nothing_of_answers_premiums_or_reasons_is_shown(
    office: Office, world: World, enrolled: Certificate
) -> None:
    first = enrolled.versions.get()
    CertificateVersion.objects.create(
        certificate=enrolled,
        number=2,
        kind=VersionKind.SHORTENING,
        recorded_at=NOW,
        effective_from=first.inception,
        plan=first.plan,
        inception=first.inception,
        expiry=first.expiry,
        premium=first.premium,
        premium_change=0,
        reason="hospital, appendicitis",
        actor="system",
    )
    text = office.read(address_of(world.member))
    assert "Cover shortened" in text
    for secret in ("appendicitis", "26,130", "26130", "yen", "Plan D"):
        assert secret not in text, secret


def test_templates_get_only_what_the_office_may_see(
    office: Office, world: World, enrolled: Certificate
) -> None:
    """No model reaches them but the study trip, the roster and the reader's own account."""
    allowed = {"User", "Organisation", "Programme", "RosterUpload", "Appointment"}
    addresses = [
        "/university/",
        "/university/members/",
        f"/university/programmes/{world.programme.key}/",
        address_of(world.member),
        address_of(world.member, "withdraw/"),
    ]
    for address in addresses:
        response: Any = office.get(address)
        found = {
            value.__class__.__name__
            for context in response.context
            for value in values_in(context)
            if isinstance(value, models.Model)
        }
        assert found <= allowed, (address, found - allowed)
    assert [field.name for field in fields(Cover)] == [
        "certificate_number",
        "first_day",
        "last_day",
    ]


def values_in(context: Context) -> list[object]:
    flat = list(context.flatten().values())
    return flat + [each for value in flat if isinstance(value, list | tuple) for each in value]


def test_an_answer_about_dangerous_sports_stays_with_the_student(
    office: Office, world: World
) -> None:
    answers = Disclosure(return_planned=True, school_note="Zürich")
    application = submit(world, fill_in(world, disclosure=answers), 26_130)
    enrol_student(application, "receipt-1", "card-clearing", NOW)
    assert "Zürich" not in office.read(address_of(world.member))


def test_an_invitation_is_sent_again(office: Office, world: World, later: Later) -> None:
    before = OutgoingMail.objects.count()
    later(office, 1)
    for _ in range(2):
        assert office.post(address_of(world.member, "invite/")).status_code == 302
    assert OutgoingMail.objects.count() == before + 1
    text = office.read(address_of(world.member))
    assert "sent a moment ago" in text and "Invited again" in text


def test_an_invitation_that_leads_nowhere_is_not_offered(
    office: Office, world: World, later: Later
) -> None:
    later(office, 55)
    text = office.read(address_of(world.member))
    assert "Online enrolment has closed" in text and "member_invite" not in text
    assert "Invite again" not in text and "090-1234-5678" in text


def test_off_the_roster_and_back(office: Office, world: World) -> None:
    assert "off the roster?" in office.read(address_of(world.member, "withdraw/"))
    for _ in range(2):
        assert office.post(address_of(world.member, "withdraw/")).status_code == 302
    text = office.read(address_of(world.member))
    assert "Taken off the roster" in text and "Put back on the roster" in text
    assert office.post(address_of(world.member, "invite/")).status_code == 422
    for _ in range(2):
        assert office.post(address_of(world.member, "put-back/")).status_code == 302
    assert Member.objects.get(pk=world.member.pk).withdrawn_at is None


def test_not_off_the_roster_while_there_is_cover(
    office: Office, world: World, enrolled: Certificate
) -> None:
    address = address_of(world.member, "withdraw/")
    assert "still gives cover" in office.read(address)
    response = office.post(address)
    assert response.status_code == 422 and enrolled.number in response.text
    assert Member.objects.get(pk=world.member.pk).withdrawn_at is None


def test_a_member_who_was_never_invited(office: Office, world: World) -> None:
    member = add_member(world.programme, 2, world.member.departs_on, world.member.returns_on)
    assert "Put on the roster" in office.read(address_of(member))
    office.post(address_of(member, "invite/"))
    assert Member.objects.get(pk=member.pk).invited_at == NOW


@pytest.mark.parametrize("act", ["", "invite/", "withdraw/", "put-back/"])
def test_another_university_gets_404_and_a_student_403(
    stranger: Office, student: Office, world: World, act: str
) -> None:
    for somebody, status in ((stranger, 404), (student, 403)):
        send = somebody.post if act else somebody.get
        assert send(address_of(world.member, act)).status_code == status
