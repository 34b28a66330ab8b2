"""A letter as an auditor may read it: everything but what would let the reader act as its owner.

In:  a letter of the outbox.
Out: its body with passwords and addresses that open something replaced.
Never: a guess in favour of showing: an address that is not known to be harmless is hidden, and so
is the body of an invitation in which no password is found although one was sent.
"""

import re
from urllib.parse import urlsplit

from django.utils.translation import gettext, override

from dosojin_web.accounts.passwords import ALPHABET, GROUP_LETTERS, GROUPS
from dosojin_web.mail.models import OutgoingMail

ADDRESS = re.compile(r"https?://[!-~]+")
GROUP = f"[{ALPHABET}]{{{GROUP_LETTERS}}}"
PASSWORD = re.compile(rf"(?<![\w-]){GROUP}(?:-{GROUP}){{{GROUPS - 1}}}(?![\w-])")
HARMLESS = ("/my/", "/accounts/enter/", "/university/", "/agency/", "/policyholder/")
"""Pages that ask everybody to log in."""
INVITATION = "policies/mail/invitation"


def read_masked(mail: OutgoingMail) -> str:
    """The body, masked, in the language it was written in."""
    masked, found = PASSWORD.subn(_hidden(), mail.body)
    masked = ADDRESS.sub(_address, masked)
    if mail.template == INVITATION and not found and not _has_own_password(mail):
        return _hidden()
    return masked


def _hidden() -> str:
    return gettext("[hidden]")


def _address(match: "re.Match[str]") -> str:
    address = match.group()
    found = urlsplit(address)
    if found.path.startswith(HARMLESS) or not found.path.strip("/"):
        return address
    return f"{found.scheme}://{found.netloc}/… {_hidden()}"


def _has_own_password(mail: OutgoingMail) -> bool:
    """An invitation to somebody who has an account already carries none."""
    with override(mail.language):
        return gettext("Password: the one you have chosen") in mail.body
