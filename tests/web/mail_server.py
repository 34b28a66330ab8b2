"""A real SMTP server on loopback, for tests: what it took, and whom it refuses.

Comes in: the port that ``running_mail_server`` found. Goes out: messages as a mail program reads
them, in the order in which they came. Never: a message that leaves this machine.
"""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

HOST = "127.0.0.1"
TAKEN = "250 taken"


@dataclass
class MailServer:
    """``answers`` gives, by recipient, what to say instead of taking a message."""

    host: str = HOST
    port: int = 0
    messages: list[EmailMessage] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    sessions: list[Session] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    after_data: str = TAKEN

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        if self.after_data == TAKEN:
            content = envelope.content
            assert isinstance(content, bytes)
            self.raw.append(content)
            self.messages.append(message_from_bytes(content, policy=policy.default))
            if session not in self.sessions:
                self.sessions.append(session)
        return self.after_data

    @property
    def subjects(self) -> list[str]:
        return [str(message["Subject"]) for message in self.messages]

    @property
    def ids(self) -> list[str]:
        return [str(message["Message-ID"]) for message in self.messages]


@contextmanager
def running_mail_server(port: int = 0) -> Iterator[MailServer]:
    """The server, in a thread of its own, until the block ends."""
    mail = MailServer()
    controller = Controller(mail, hostname=HOST, port=port or find_free_port(), decode_data=False)
    controller.start()
    mail.port = controller.port
    try:
        yield mail
    finally:
        controller.stop()


def find_free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
