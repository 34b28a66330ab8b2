"""The keys of encrypted fields: made once, kept beside the database, rotated by adding a newer one.

A key is 32 bytes. Its id, one byte before every encrypted value, comes from the key itself, so
that keys may be listed in any file and an old one dropped without renaming the others. The last
key encrypts; all of them decrypt. Whoever loses the file loses every encrypted field: it belongs
in the backup, and not into the same one as the database.
"""

import base64
import binascii
import contextlib
import hashlib
import os
import secrets
from collections.abc import Iterable
from pathlib import Path

KEY_BYTES = 32


class KeysUnreadable(Exception):
    """The keys of encrypted fields cannot be used; the message says why and what to do."""


def key_id(key: bytes) -> int:
    """The byte that says which key encrypted a value."""
    return hashlib.sha256(b"dosojin field key id\0" + key).digest()[0]


def make_field_key(known: Iterable[bytes] = ()) -> bytes:
    """A new key whose id none of the ``known`` ones has."""
    taken = {key_id(key) for key in known}
    while key_id(key := secrets.token_bytes(KEY_BYTES)) in taken:
        pass
    return key


def read_or_make_field_keys(path: Path) -> list[bytes]:
    """The keys kept at ``path``, newest last; the first call makes one, readable by the owner only.

    KeysUnreadable if the file holds something else.
    """
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        # Of two servers that start together one makes the key, and the other reads it whole.
        with contextlib.suppress(FileExistsError):
            _write(path, [make_field_key()], replace=False)
    return parse_field_keys(path.read_text("ascii").split())


def add_field_key(path: Path) -> int:
    """Write a newer key behind those at ``path``; returns its id. In force from the next start."""
    known = read_or_make_field_keys(path)
    newest = make_field_key(known)
    _write(path, [*known, newest], replace=True)
    return key_id(newest)


def parse_field_keys(words: Iterable[str]) -> list[bytes]:
    """Keys from their base64 form, newest last. KeysUnreadable, never with a key in the message."""
    try:
        keys = [base64.b64decode(word, altchars=b"-_", validate=True) for word in words]
    except (binascii.Error, ValueError):
        raise KeysUnreadable("A field key is not base64. Restore the file from a backup.") from None
    check_field_keys(keys)
    return keys


def check_field_keys(keys: Iterable[bytes]) -> None:
    """KeysUnreadable unless there are keys, of the right length, each with an id of its own."""
    listed = list(keys)
    if not listed:
        raise KeysUnreadable("There is no field key. Restore the file from a backup.")
    if any(len(key) != KEY_BYTES for key in listed):
        raise KeysUnreadable(f"A field key is not {KEY_BYTES} bytes long. Restore the file.")
    if len({key_id(key) for key in listed}) != len(listed):
        raise KeysUnreadable("Two field keys have the same id. Take the one added last away.")


def _write(path: Path, keys: Iterable[bytes], *, replace: bool) -> None:
    """Write the file whole or not at all; FileExistsError unless it may ``replace``."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.writelines(base64.urlsafe_b64encode(key).decode() + "\n" for key in keys)
            file.flush()
            os.fsync(file.fileno())
        if replace:
            os.replace(draft, path)
        else:
            os.link(draft, path)
    finally:
        draft.unlink(missing_ok=True)
