"""Letters leave through a real server: in order, once, whatever goes wrong on the way."""

from __future__ import annotations

from datetime import datetime, timedelta
from importlib import import_module

import pytest
from pytest_django import Settings

from dosojin_web.accounts.actors import SYSTEM
from dosojin_web.audit.models import Event
from dosojin_web.database.leases import ATTEMPTS_MAX
from dosojin_web.mail.attachments import Attachment
from dosojin_web.mail.messages import message_id
from dosojin_web.mail.models import OutgoingMail, Progress
from dosojin_web.mail.operations.list_failed import list_failed
from dosojin_web.mail.operations.retry_mail import retry_mail
from dosojin_web.mail.operations.send_queued import ATTEMPTS_REFUSED_MAX, LEASE, send_queued
from tests.web.mail_server import MailServer, find_free_port, running_mail_server

from .conftest import Queue, send_to

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def test_japanese_arrives_as_it_was_written(
    queue: Queue, server: MailServer, now: datetime
) -> None:
    pdf = b"%PDF-1.7 " + bytes(range(256))
    letter = queue(
        attachments=(
            Attachment("被保険者証（山田花子）.pdf", pdf, "application/pdf"),
            Attachment("note.txt", "𠮷野家".encode(), "text/plain"),
        )
    )
    assert send_queued(now) == 1
    [message] = server.messages
    assert message["Subject"] == "ご加入手続きが完了しました（K26-000123）"
    assert message["To"] == "hanako@univ.example"
    assert message["From"] == "no-reply@dosojin.example"
    assert message["Message-ID"] == f"<{letter.key}@dosojin.example>" == message_id(letter)
    assert (message["Content-Language"], message["Auto-Submitted"]) == ("ja", "auto-generated")
    text = message.get_body()
    assert text is not None and text.get_content_type() == "text/plain"
    assert text.get_content().replace("\r\n", "\n") == letter.body
    first, second = message.iter_attachments()
    assert first.get_filename() == "被保険者証（山田花子）.pdf"
    assert first.get_content() == pdf
    assert second.get_content().strip() == "𠮷野家"
    assert b"\r\nSubject: =?utf-8?b?" in server.raw[0]
    assert server.raw[0].isascii(), "also for servers that know seven bits only"
    kept = OutgoingMail.objects.get()
    assert kept.progress is Progress.SENT and kept.sent_at is not None and kept.sent_at >= now


def test_a_letter_without_attachments_is_one_plain_text(
    queue: Queue, server: MailServer, now: datetime
) -> None:
    letter = queue(language="en", name="Søren")
    send_queued(now)
    [message] = server.messages
    assert message.get_content_type() == "text/plain" and not message.is_multipart()
    assert message["Content-Transfer-Encoding"] == "quoted-printable"
    assert message.get_content().replace("\r\n", "\n") == letter.body


def test_in_order_once_and_over_one_connection(
    queue: Queue, server: MailServer, now: datetime
) -> None:
    for number in range(12):
        queue(f"enrolled:{number}", number=f"K26-{number:06}")
    assert send_queued(now, limit=10) == 10
    assert len(server.sessions) == 1
    assert [send_queued(now) for _ in range(2)] == [2, 0]
    assert server.subjects == [
        f"ご加入手続きが完了しました（K26-{number:06}）" for number in range(12)
    ]
    assert len(set(server.ids)) == 12


@pytest.mark.parametrize(
    ("answer", "most"),
    [("450 mailbox busy", ATTEMPTS_MAX), ("550 no such mailbox", ATTEMPTS_REFUSED_MAX)],
)
def test_a_refused_recipient_is_tried_again_and_the_others_pass(
    queue: Queue, server: MailServer, now: datetime, answer: str, most: int
) -> None:
    server.answers["hanako@univ.example"] = f"{answer} <hanako@univ.example>"
    queue("refused")
    queue("other", to="taro@univ.example")
    assert send_queued(now) == 1
    assert [message["To"] for message in server.messages] == ["taro@univ.example"]
    refused = OutgoingMail.objects.get(queue_key="refused")
    assert refused.progress is Progress.RETRYING
    assert refused.last_error == f"{answer} <…>"
    assert send_queued(now) == 0, "not at once"
    server.answers.clear()
    assert send_queued(refused.try_at) == 1
    assert server.messages[-1]["To"] == "hanako@univ.example"
    assert most > 1


def test_who_is_refused_for_good_is_given_up_and_can_be_tried_again(
    queue: Queue, server: MailServer, now: datetime
) -> None:
    server.answers["hanako@univ.example"] = "550 no such mailbox"
    queue("refused")
    for _ in range(ATTEMPTS_REFUSED_MAX):
        assert list(list_failed()) == []
        send_queued(OutgoingMail.objects.get().try_at)
    [failed] = list_failed()
    assert failed.progress is Progress.FAILED and "no such mailbox" in failed.last_error
    later = now + timedelta(days=30)
    assert send_queued(later) == 0
    server.answers.clear()
    assert retry_mail("refused", SYSTEM, later) and not retry_mail("refused", SYSTEM, later)
    assert [event.act for event in Event.objects.all()] == ["mail.retried"]
    assert send_queued(later) == 1 and list(list_failed()) == []


def test_while_the_server_is_away_nothing_is_lost_or_counted(
    queue: Queue, settings: Settings, now: datetime
) -> None:
    port = find_free_port()
    send_to(settings, port)
    for number in range(3):
        queue(f"enrolled:{number}")
    for hours in range(ATTEMPTS_MAX + 1):
        assert send_queued(now + hours * HOUR) == 0
    first = OutgoingMail.objects.earliest("id")
    assert first.attempts == 0 and "ConnectionRefused" in first.last_error
    with running_mail_server(port) as server:
        assert send_queued(now + 14 * HOUR) == 3
        assert len(server.messages) == 3


def test_a_server_that_leaves_in_the_middle_ends_the_round(
    queue: Queue, server: MailServer, now: datetime
) -> None:
    queue("one")
    queue("two")
    server.after_data = "421 shutting down"
    assert send_queued(now) == 0
    one, two = OutgoingMail.objects.order_by("id")
    assert (one.attempts, two.attempts) == (1, 0)
    server.after_data = "250 taken"
    assert send_queued(now + HOUR) == 2 and len(server.messages) == 2


def test_an_attachment_that_cannot_be_read_holds_up_nobody(
    queue: Queue, server: MailServer, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue("one", attachments=(Attachment("a.pdf", b"x"),))
    queue("two")

    def altered(attachment: object) -> bytes:
        raise RuntimeError("not as it was issued")

    monkeypatch.setattr("dosojin_web.mail.models.MailAttachment.read", altered)
    assert send_queued(now) == 1
    assert "not as it was issued" in OutgoingMail.objects.get(queue_key="one").last_error


def test_two_workers_do_not_send_the_same_letter(
    queue: Queue, server: MailServer, now: datetime
) -> None:
    queue()
    OutgoingMail.objects.update(lease_holder="another", lease_until=now + LEASE)
    assert send_queued(now) == 0
    assert send_queued(now + LEASE) == 1


def test_a_worker_that_was_taken_over_does_not_write_over_the_other(
    queue: Queue, server: MailServer, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    queue()
    sending = import_module("dosojin_web.mail.operations.send_queued")
    write = sending.write_message

    def slowly(mail: OutgoingMail, connection: object) -> object:
        OutgoingMail.objects.update(lease_holder="another", lease_until=now + 2 * LEASE)
        return write(mail, connection)

    monkeypatch.setattr(sending, "write_message", slowly)
    assert send_queued(now) == 0
    kept = OutgoingMail.objects.get()
    assert kept.sent_at is None and kept.lease_holder == "another"


def test_a_letter_that_kills_every_worker_is_given_up(
    queue: Queue, server: MailServer, now: datetime
) -> None:
    queue("deadly")
    OutgoingMail.objects.update(attempts=ATTEMPTS_MAX, lease_holder="dead", lease_until=now)
    queue("other")
    assert send_queued(now) == 1
    assert [letter.queue_key for letter in list_failed()] == ["deadly"]
