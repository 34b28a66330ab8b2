"""Letters that no server took and deadlines that were given up: seen, called about, done again."""

from datetime import timedelta

import pytest

from dosojin_web.audit.models import Event
from dosojin_web.deadlines.models import Deadline
from dosojin_web.mail.models import OutgoingMail
from dosojin_web.people.models import Person
from dosojin_web.policies.letters import INVITATION, mail_certificate, mail_invitation
from dosojin_web.policies.models import Certificate, ChangeRequest
from dosojin_web.policies.tests.conftest import NOW, World

from .conftest import Desk, bring_to_payment, count_queries

pytestmark = pytest.mark.django_db
REFUSED = "550 5.1.1 no such mailbox"


def give_up(mail: OutgoingMail, error: str = REFUSED) -> OutgoingMail:
    """As the sender leaves a letter after its last attempt."""
    mail.failed_at, mail.attempts, mail.last_error = NOW, 3, error
    mail.save()
    return mail


@pytest.fixture
def letter(enrolled: Certificate) -> OutgoingMail:
    """The mail that the certificate is ready, which no server took."""
    mail_certificate(enrolled, 1, now=NOW)
    return give_up(OutgoingMail.objects.get(template="policies/mail/certificate"))


@pytest.fixture
def deadline(enrolled: Certificate) -> Deadline:
    """The documents were not made."""
    found = Deadline.objects.get(kind="certificate.send", key=enrolled.number)
    found.failed_at, found.attempts, found.last_error = NOW, 12, "OSError: disk full"
    found.save()
    return found


def page_of(letter: OutgoingMail) -> str:
    return f"/agency/letters/{letter.key}/"


def test_the_worklist_says_what_did_not_arrive(
    desk: Desk, letter: OutgoingMail, deadline: Deadline
) -> None:
    text = desk.read("/agency/")
    assert "Letter not delivered" in text and page_of(letter) in text
    assert "Making the certificate and sending it" in text
    assert f"/agency/deadlines/{deadline.pk}/" in text


def test_the_page_of_a_letter_says_why_and_whom_to_call(desk: Desk, letter: OutgoingMail) -> None:
    text = desk.read(page_of(letter))
    assert "The server of this address does not take the letter" in text
    assert REFUSED in text and 'href="tel:' in text
    give_up(letter, "TimeoutError: timed out")
    assert "No mail server took the letter" in desk.read(page_of(letter))


def test_a_corrected_address_is_kept_and_the_letter_leaves_again(
    desk: Desk, enrolled: Certificate, letter: OutgoingMail
) -> None:
    person = enrolled.member.person
    sent = {"address": "new@example.jp", "version": str(person.version)}
    for _ in range(2):
        assert desk.post(f"{page_of(letter)}send/", **sent).status_code == 302
    letter.refresh_from_db()
    person.refresh_from_db()
    assert (letter.to, letter.failed_at, letter.attempts) == ("new@example.jp", None, 0)
    assert person.email == "new@example.jp"
    for act in ("person.changed", "mail.readdressed", "mail.retried"):
        assert Event.objects.filter(act=act).count() == 1, act
    assert "Letter not delivered" not in desk.read("/agency/")
    assert "Waiting to leave" in desk.read(page_of(letter))


def test_no_address_is_refused_and_what_was_typed_stays(desk: Desk, letter: OutgoingMail) -> None:
    version = "1"
    for typed in ("nobody", "", "a@b.example, c@d.example"):
        response = desk.post(f"{page_of(letter)}send/", address=typed, version=version)
        assert response.status_code == 422
        assert f'value="{typed}"' in response.text or not typed
    letter.refresh_from_db()
    assert letter.failed_at is not None


def test_a_stale_form_shows_both_addresses(
    desk: Desk, enrolled: Certificate, letter: OutgoingMail
) -> None:
    Person.objects.filter(pk=enrolled.member.person_id).update(version=2)
    response = desk.post(f"{page_of(letter)}send/", address="new@example.jp", version="1")
    assert response.status_code == 409
    assert "new@example.jp" in response.text and enrolled.member.person.email in response.text
    letter.refresh_from_db()
    assert letter.failed_at is not None


def test_an_invitation_never_goes_to_an_address_that_the_agency_typed(
    world: World, desk: Desk
) -> None:
    mail_invitation(world.member, "", again=NOW)
    invitation = give_up(OutgoingMail.objects.filter(template=INVITATION).latest("pk"))
    text = desk.read(page_of(invitation))
    assert "Ask the university" in text and 'name="address"' not in text
    before = world.member.person.email
    desk.post(f"{page_of(invitation)}send/", address="thief@example.jp", version="1")
    invitation.refresh_from_db()
    world.member.person.refresh_from_db()
    assert (invitation.to, invitation.failed_at) == (before, None)
    assert world.member.person.email == before


def test_a_letter_to_the_proxy_is_readdressed_and_nobody_else(
    world: World, extension: ChangeRequest, desk: Desk
) -> None:
    bring_to_payment(world, extension)
    letter = give_up(OutgoingMail.objects.get(about=extension.about))
    assert "acts in Japan for" in desk.read(page_of(letter))
    desk.post(f"{page_of(letter)}send/", address="father2@example.jp", version="1")
    letter.refresh_from_db()
    person = extension.certificate.member.person
    before = person.email
    person.refresh_from_db()
    assert letter.to == "father2@example.jp" and person.email == before


def test_a_later_letter_of_the_same_kind_stands_in_for_it(
    desk: Desk, enrolled: Certificate, letter: OutgoingMail
) -> None:
    mail_certificate(enrolled, 1, "again", NOW + timedelta(hours=1))
    assert "Letter not delivered" not in desk.read("/agency/")


def test_letters_of_accounts_are_nobodys_affair(desk: Desk, letter: OutgoingMail) -> None:
    OutgoingMail.objects.filter(pk=letter.pk).update(about="", template="accounts/mail/notice")
    assert "Letter not delivered" not in desk.read("/agency/")
    assert desk.get(page_of(letter)).status_code == 404


def test_a_deadline_is_tried_again(desk: Desk, deadline: Deadline) -> None:
    address = f"/agency/deadlines/{deadline.pk}/"
    text = desk.read(address)
    assert "The certificate and the receipt are not there yet" in text and "disk full" in text
    for _ in range(2):
        assert desk.post(f"{address}again/").status_code == 302
    deadline.refresh_from_db()
    assert (deadline.failed_at, deadline.attempts) == (None, 0)
    assert Event.objects.filter(act="deadline.retried").count() == 1
    assert "Making the certificate" not in desk.read("/agency/")


def test_the_certificate_says_what_did_not_reach_the_student(
    desk: Desk, enrolled: Certificate, letter: OutgoingMail, deadline: Deadline
) -> None:
    text = desk.read(f"/agency/certificates/{enrolled.number}/")
    assert page_of(letter) in text and f"/agency/deadlines/{deadline.pk}/" in text


def test_another_agency_sees_nothing_and_changes_nothing(
    stranger: Desk, enrolled: Certificate, letter: OutgoingMail, deadline: Deadline
) -> None:
    desk = stranger
    text = desk.read("/agency/")
    assert "Letter not delivered" not in text and "Making the certificate" not in text
    for address in (page_of(letter), f"/agency/deadlines/{deadline.pk}/"):
        assert desk.get(address).status_code == 404
    assert desk.post(f"{page_of(letter)}send/", address="a@example.jp").status_code == 404
    assert desk.post(f"/agency/deadlines/{deadline.pk}/again/").status_code == 404
    letter.refresh_from_db()
    deadline.refresh_from_db()
    assert letter.failed_at and deadline.failed_at


def test_more_letters_take_no_more_queries(
    desk: Desk, enrolled: Certificate, letter: OutgoingMail
) -> None:
    with count_queries() as few:
        desk.read("/agency/")
    for number in range(3):
        OutgoingMail.objects.create(
            queue_key=f"more{number}", to="x@example.jp", template=f"policies/mail/x{number}",
            language="ja", subject="x", body="x", about=letter.about, queued_at=NOW, try_at=NOW,
            failed_at=NOW, last_error=REFUSED,
        )  # fmt: skip
    with count_queries() as many:
        assert desk.read("/agency/").count("Letter not delivered") == 4
    assert len(many) == len(few)


def test_the_page_is_there_in_japanese(world: World, letter: OutgoingMail) -> None:
    text = Desk(world.agency, "ja").read(page_of(letter))
    assert "届かなかったメール" in text and "もう一度送る" in text
