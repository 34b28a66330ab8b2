"""An auditor reads letters, but nothing that would let them act as somebody else."""

import pytest

from dosojin_web.accounts.passwords import draw_password
from dosojin_web.mail.models import OutgoingMail
from dosojin_web.mail.operations.queue_mail import queue_mail
from dosojin_web.policies.letters import pay_token
from dosojin_web.policies.models import Certificate, ChangeState
from dosojin_web.policies.operations.decide_change import confirm_change
from dosojin_web.policies.tests.conftest import NOW, World
from dosojin_web.portals.auditor.masking import PASSWORD, read_masked
from dosojin_web.portals.tests.reading import JULY_10, Reader, ask_to_extend

INVITATION = {
    "address": "http://127.0.0.1:8000/accounts/enter/hokurei/", "student_number": "26A0001",
    "programme": "p", "host": "h", "departs_on": NOW.date(), "enrol_by": NOW.date(), "name": "n",
    "university": "u", "policyholder": "p", "agency": "a",
}  # fmt: skip


def page_of(reader: Reader, mail: OutgoingMail) -> str:
    return reader.read(f"/auditor/letters/{mail.key}/")


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_password_of_an_invitation_is_hidden(
    world: World, reader: Reader, language: str
) -> None:
    password = draw_password()
    context = INVITATION | {"password": password}
    mail = queue_mail("k", "policies/mail/invitation", "a@example.jp", context, language)
    assert password in mail.body
    text = page_of(reader, mail)
    assert password not in text and "[hidden]" in text and "/accounts/enter/hokurei/" in text


def test_no_invitation_shows_its_password_anywhere(world: World, reader: Reader) -> None:
    for mail in OutgoingMail.objects.all():
        found = PASSWORD.search(mail.body)
        assert found is not None and found.group() not in page_of(reader, mail)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_an_invitation_without_a_password_is_shown(world: World, language: str) -> None:
    context = INVITATION | {"password": ""}
    mail = queue_mail("k", "policies/mail/invitation", "a@example.jp", context, language)
    assert "26A0001" in read_masked(mail)


def test_an_invitation_that_is_not_understood_is_hidden(world: World) -> None:
    mail = OutgoingMail(template="policies/mail/invitation", body="Secret: Ab1!", language="en")
    assert "Ab1!" not in read_masked(mail)


def test_addresses_that_pay_are_hidden(world: World, enrolled: Certificate, reader: Reader) -> None:
    change = ask_to_extend(world, enrolled)
    change = confirm_change(change, change.version, world.policyholder.actor, JULY_10)
    assert change.state == ChangeState.AWAITING_PREMIUM
    for mail in OutgoingMail.objects.filter(template__endswith="change_to_pay"):
        assert pay_token(change) in mail.body
        assert pay_token(change) not in page_of(reader, mail)


def test_addresses_that_reset_a_password_are_hidden(world: World) -> None:
    body = "Follow http://127.0.0.1:8000/accounts/password/reset/key/3-abc/ now."
    mail = OutgoingMail(template="accounts/mail/password_reset_key", body=body, language="en")
    assert "3-abc" not in read_masked(mail)


def test_other_letters_are_whole(enrolled: Certificate, reader: Reader) -> None:
    mail = OutgoingMail.objects.get(template="policies/mail/enrolment")
    assert enrolled.number in page_of(reader, mail)
