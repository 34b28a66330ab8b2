"""Where the bytes of documents lie: below VAR, outside everything that is served.

A file is named by the digest of its content, so that the same bytes lie there once, a half-written
file never has a name, and a transaction that rolls back leaves nothing that misleads.
"""

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings


class DocumentAltered(Exception):
    """The bytes in the store are not those that were issued. Restore the file from a backup."""


class DocumentMissing(DocumentAltered):
    """The store has no such file. Restore it from a backup."""


def find_path(sha256: str) -> Path:
    """Where the file with this digest lies."""
    return Path(settings.VAR) / "documents" / sha256[:2] / f"{sha256}.pdf"


def keep(content: bytes) -> str:
    """Write the bytes for their owner only (0600), on disk before this returns; their SHA-256."""
    sha256 = hashlib.sha256(content).hexdigest()
    path = find_path(sha256)
    if is_kept(path, sha256):
        return sha256
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    # mkstemp makes the file with 0600.
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)
    return sha256


def is_kept(path: Path, sha256: str) -> bool:
    """Whether the file is there, unaltered."""
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == sha256


def fetch(sha256: str) -> bytes:
    """The bytes that were kept. DocumentMissing, or DocumentAltered if the digest differs."""
    try:
        content = find_path(sha256).read_bytes()
    except FileNotFoundError:
        raise DocumentMissing(
            f"The store has no document {sha256[:12]}…. Restore it from a backup."
        ) from None
    if hashlib.sha256(content).hexdigest() != sha256:
        raise DocumentAltered(
            f"The document {sha256[:12]}… is not as it was issued. Restore it from a backup."
        )
    return content


def _sync_folder(folder: Path) -> None:
    """The new name survives a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
