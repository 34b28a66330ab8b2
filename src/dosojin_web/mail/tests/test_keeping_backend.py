"""Without a mail server nothing leaves, and nothing is said to have left."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.core.mail import send_mail
from pytest_django import Settings

from dosojin_web.mail.models import OutgoingMail, Progress
from dosojin_web.mail.operations.send_queued import send_queued
from dosojin_web.mail.smtp_server import KEEPING_BACKEND

from .conftest import Queue

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_server(settings: Settings) -> None:
    settings.EMAIL_BACKEND = KEEPING_BACKEND


def test_in_demonstration_mode_it_counts_as_sent(
    queue: Queue, settings: Settings, now: datetime
) -> None:
    settings.DOSOJIN_DEMO = True
    queue()
    assert send_queued(now) == 1
    assert OutgoingMail.objects.get().progress is Progress.SENT


def test_otherwise_it_waits_and_says_why(queue: Queue, settings: Settings, now: datetime) -> None:
    settings.DOSOJIN_DEMO = False
    queue()
    assert send_queued(now) == 0
    kept = OutgoingMail.objects.get()
    assert kept.progress is Progress.WAITING and "DOSOJIN_SMTP" in kept.last_error


@pytest.mark.parametrize("demo", [True, False])
def test_mail_sent_past_the_outbox_is_put_into_it(settings: Settings, demo: bool) -> None:
    settings.DOSOJIN_DEMO = demo
    assert send_mail("件名", "本文", None, ["a@b.example", "c@d.example"]) == 1
    kept = OutgoingMail.objects.order_by("id")
    assert [letter.to for letter in kept] == ["a@b.example", "c@d.example"]
    assert all((letter.progress is Progress.SENT) == demo for letter in kept)
