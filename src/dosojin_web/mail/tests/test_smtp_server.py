"""DOSOJIN_SMTP as settings."""

from __future__ import annotations

import pytest

from dosojin_web.mail.smtp_server import KEEPING_BACKEND, SMTP_BACKEND, SmtpServer, read_smtp


def test_without_an_address_mail_is_kept() -> None:
    assert read_smtp("") == SmtpServer() and SmtpServer().backend == KEEPING_BACKEND


@pytest.mark.parametrize(
    ("address", "host", "port", "user", "password", "scheme"),
    [
        ("smtp://127.0.0.1:2525", "127.0.0.1", 2525, "", "", "smtp"),
        ("smtp://mail.example", "mail.example", 25, "", "", "smtp"),
        ("smtps://u:p@mail.example", "mail.example", 465, "u", "p", "smtps"),
        ("starttls://u%40x:p%2Fq@mail.example/", "mail.example", 587, "u@x", "p/q", "starttls"),
        ("smtp://[::1]:25", "::1", 25, "", "", "smtp"),
    ],
)
def test_an_address(
    address: str, host: str, port: int, user: str, password: str, scheme: str
) -> None:
    assert read_smtp(address) == SmtpServer(SMTP_BACKEND, host, port, user, password, scheme)


@pytest.mark.parametrize(
    "address", ["mail.example:25", "http://u:secret@mail.example", "smtp://", "smtp://a/b"]
)
def test_what_cannot_be_read_is_said_without_the_password(address: str) -> None:
    with pytest.raises(ValueError, match="DOSOJIN_SMTP reads smtp://") as caught:
        read_smtp(address)
    assert "secret" not in str(caught.value)
