"""Killed between sent and written down, a letter comes again, with the same name."""

from __future__ import annotations

import signal
from collections.abc import Iterator

import pytest

from tests.web.mail_server import MailServer, running_mail_server
from tests.web.nursery import Nursery

STEPS = "dosojin_web.mail.tests.sender_steps"
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def server() -> Iterator[MailServer]:
    with running_mail_server() as running:
        yield running


@pytest.fixture(scope="module")
def nursery_environment(server: MailServer) -> dict[str, str]:
    return {"DOSOJIN_SMTP": f"smtp://127.0.0.1:{server.port}"}


def test_the_letter_and_those_after_it(nursery: Nursery, server: MailServer) -> None:
    """Three letters; the worker is killed after the server took the second."""
    nursery.ask("queue", letters=3)
    assert nursery.ask("send", dies_at=2) == {"signal": signal.SIGKILL}
    assert len(server.messages) == 2
    nursery.ask("go_on")
    first, second = server.ids[:2]
    assert server.ids[2] == second and len(server.ids) == 4
    assert len(set(server.ids)) == 3 and server.ids.count(first) == 1
