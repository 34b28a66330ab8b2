"""The key that signs tokens: from the environment, or made once and kept beside the database."""

import os
import secrets
from pathlib import Path


def read_or_make_secret_key(path: Path) -> str:
    """The key kept at ``path``; the first call makes it, readable by the owner only."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        # O_EXCL: of two servers that start together, one makes the key and the other reads it.
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text("ascii").strip()
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        key = secrets.token_urlsafe(50)
        file.write(key)
    return key
