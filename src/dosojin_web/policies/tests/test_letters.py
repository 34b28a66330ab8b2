"""What stands in the mails: what happened, until when, whom to ask, and nothing that is wrong."""

from datetime import date, datetime, timedelta

import pytest

from dosojin_web.mail.models import OutgoingMail
from dosojin_web.policies.japan import JAPAN
from dosojin_web.policies.letters import mail_certificate, mail_change, mail_invitation
from dosojin_web.policies.models import Certificate, ChangeRequest

from .conftest import NOW, World
from .test_certificate_changes import end_early, enrol_for_20_days
from .test_reviewed_cases import extend

pytestmark = pytest.mark.django_db
AGENCY, CENTRE = "019-623-2291", "0120-868-100"


def latest(template: str) -> OutgoingMail:
    found: OutgoingMail = OutgoingMail.objects.filter(
        template=f"policies/mail/{template}", about__startswith="member:"
    ).latest("pk")
    return found


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ja", ("学研災付帯海外留学保険", "取扱代理店（共益商事株式会社）", "毎日 9:00～18:00")),
        ("en", ("Study-abroad insurance", "Kyoeki Shoji", "Every day: 9:00 to 18:00")),
    ],
)
def test_every_letter_says_whom_to_call_and_when(
    enrolled: Certificate, language: str, words: tuple[str, ...]
) -> None:
    enrolled.member.language = language
    mail_certificate(enrolled, 1, now=NOW)
    body = latest("certificate").body
    assert all(each in body for each in (*words, AGENCY, CENTRE, "+81 19-623-2291"))


def invite(world: World, days_before: int) -> OutgoingMail:
    """The invitation to somebody who leaves in so many days."""
    member = world.member
    member.language = "en"
    again = datetime.combine(member.departs_on, datetime.min.time(), JAPAN)
    mail_invitation(member, "abcd-efgh", again=again - timedelta(days=days_before))
    return latest("invitation")


def test_an_invitation_names_the_last_day(world: World) -> None:
    world.member.departs_on = date(2027, 6, 1)
    mail = invite(world, 30)
    assert "Please enrol by Sat 22 May 2027" in mail.subject, "ten days before departure"
    assert "Enrol by: Sat 22 May 2027" in mail.body
    assert "Enrol by: Sun 23 May 2027" in invite(world, 9).body, "still taken, not shown earlier"


def test_an_invitation_that_comes_too_late_says_to_call(world: World) -> None:
    mail = invite(world, 8)
    assert mail.subject.startswith("Please call the agency")
    assert "cannot enrol online any more" in mail.body and "Enrol by" not in mail.body


def change_of(world: World, certificate: Certificate, last_day: date | None) -> ChangeRequest:
    end_early(world, certificate, last_day, NOW)
    found: ChangeRequest = certificate.changes.latest("pk")
    return found


def test_a_cancellation_before_cover_begins_names_no_last_day(
    world: World, enrolled: Certificate
) -> None:
    change = change_of(world, enrolled, None)
    change.certificate.member.language = "en"
    for template in ("change_requested", "change_done"):
        OutgoingMail.objects.filter(template__endswith=template).delete()
        mail_change(change, template, now=NOW)
        assert "last day of cover" not in latest(template).body.lower()
    assert latest("change_done").subject.startswith("Cancelled:")


def test_money_that_came_by_bank_is_not_said_to_go_to_a_card_only(
    world: World, enrolled: Certificate
) -> None:
    change = change_of(world, enrolled, None)
    change.certificate.member.language = "en"
    OutgoingMail.objects.filter(template__endswith="change_done").delete()
    mail_change(change, "change_done", now=NOW)
    assert "the agency asks you for an account" in latest("change_done").body


def test_no_line_begins_with_a_stray_blank(world: World, enrolled: Certificate) -> None:
    mail_certificate(enrolled, 1, now=NOW)
    for mail in OutgoingMail.objects.all():
        bad = [line for line in mail.body.split("\n") if line.startswith(" ") and line[1:2] != " "]
        assert bad == [], mail


def test_a_plan_that_changes_on_the_way_is_said_with_its_first_day(world: World) -> None:
    """Until 20 June in C; the extension to 10 July is in D."""
    world.member.language = "en"
    world.member.save(update_fields=["language"])
    certificate = enrol_for_20_days(world)
    certificate.member.language = "en"
    extend(world, certificate, date(2027, 7, 10))
    for letter in ("change_requested", "change_done"):
        said = "Plan from Mon 21 June 2027 on: Plan D. Until then your plan stays as it is."
        assert said in latest(letter).body, letter
