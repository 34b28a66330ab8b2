"""Passwords that we draw: long, random, and without letters that are easily mistaken."""

import secrets

from django.contrib.auth.hashers import make_password

# Without 0 o, 1 i l; without u v, which look alike in some typefaces.
ALPHABET = "abcdefghjkmnpqrstwxyz23456789"
GROUPS = 4
GROUP_LETTERS = 4


def draw_password() -> str:
    """Four groups of four letters, about 77 bits."""
    return "-".join(
        "".join(secrets.choice(ALPHABET) for _ in range(GROUP_LETTERS)) for _ in range(GROUPS)
    )


def encode_initial(password: str) -> str:
    """A drawn password as the user's row keeps it. Not for passwords that people choose."""
    return make_password(password, hasher="initial_pbkdf2_sha256")
