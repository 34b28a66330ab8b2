"""Letters of a sample template, and a mail server that takes them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pytest_django import Settings

from dosojin_web.components.records import ContactCard, Telephone
from dosojin_web.mail.attachments import Attachment
from dosojin_web.mail.models import OutgoingMail
from dosojin_web.mail.operations.queue_mail import queue_mail
from tests.web.mail_server import MailServer, running_mail_server

NOW = datetime(2026, 8, 20, 10, 30, tzinfo=ZoneInfo("Asia/Tokyo"))
AGENCY = ContactCard(
    name="道の駅保険サービス株式会社",
    purpose="取扱代理店（ご契約内容のお問い合わせ）",
    telephones=(Telephone("0120000000", "0120-000-000", "日本国内から、無料"),),
    mail="desk@agency.example",
    hours=("平日 9:00〜17:00（12:00〜13:00を除く）",),
)
CONTEXT: dict[str, Any] = {
    "name": "山田 花子",
    "number": "K26-000123",
    "plan": "C",
    "scheme": "海外留学保険制度",
    "contacts": [AGENCY],
}
Queue = Callable[..., OutgoingMail]


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture(autouse=True)
def sample_templates(settings: Settings) -> None:
    folder = Path(__file__).with_name("templates")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [folder]}]


@pytest.fixture
def queue() -> Queue:
    """Queue the sample letter under a key."""

    def queue_sample(
        key: str = "enrolled:1",
        to: str = "hanako@univ.example",
        language: str = "ja",
        attachments: tuple[Attachment, ...] = (),
        **context: Any,
    ) -> OutgoingMail:
        return queue_mail(
            key,
            "sample/enrolled",
            to,
            CONTEXT | context,
            "en" if language == "en" else "ja",
            attachments,
            about="certificate:K26-000123",
            now=NOW,
        )

    return queue_sample


@pytest.fixture
def server(settings: Settings) -> Iterator[MailServer]:
    """A mail server, to which the outbox sends."""
    with running_mail_server() as running:
        send_to(settings, running.port)
        yield running


def send_to(settings: Settings, port: int) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_TIMEOUT = 5
