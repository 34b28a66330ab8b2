"""Keeps the secrets of authenticator apps unreadable in the database.

The key follows from the site's secret key: whoever replaces that lets people set up their apps
anew, and loses nothing else.
"""

import base64

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

KEY_BYTES = 32


def _fernet() -> Fernet:
    derived = HKDF(SHA256(), KEY_BYTES, salt=None, info=b"dosojin accounts factors")
    return Fernet(base64.urlsafe_b64encode(derived.derive(settings.SECRET_KEY.encode())))


def seal(text: str) -> str:
    """The text, unreadable without the site's secret key."""
    return _fernet().encrypt(text.encode()).decode("ascii")


def unseal(sealed: str) -> str:
    """The text again; raises InvalidToken if the key or the text is another."""
    return _fernet().decrypt(sealed.encode("ascii")).decode()
