"""Where mail leaves: ``DOSOJIN_SMTP`` as Django's settings."""

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

SMTP_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
KEEPING_BACKEND = "dosojin_web.mail.keeping_backend.KeepingBackend"
# scheme: usual port
PORTS = {"smtp": 25, "smtps": 465, "starttls": 587}


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """What Django needs to know of the server; without a host, mail is kept here."""

    backend: str = KEEPING_BACKEND
    host: str = ""
    port: int = 0
    user: str = ""
    password: str = ""
    scheme: str = ""


def read_smtp(address: str) -> SmtpServer:
    """The server at ``smtp://user:password@host:port``; without an address, none.

    ``smtps`` speaks TLS from the first byte, ``starttls`` after asking for it. A user name or
    password with characters such as ``@`` is percent-encoded. ValueError says what is wrong,
    without the password.
    """
    if not address:
        return SmtpServer()
    found = urlsplit(address)
    if found.scheme not in PORTS or not found.hostname or found.path not in ("", "/"):
        raise ValueError(
            f"DOSOJIN_SMTP reads {', '.join(f'{scheme}://' for scheme in PORTS)} "
            "and then user:password@host:port or host"
        )
    return SmtpServer(
        SMTP_BACKEND,
        found.hostname,
        found.port or PORTS[found.scheme],
        unquote(found.username or ""),
        unquote(found.password or ""),
        found.scheme,
    )
