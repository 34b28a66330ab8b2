"""Where the bytes of documents lie: each encrypted, under the digest of its PDF (`sealed_files`).

So the same bytes lie there once, and a transaction that rolls back leaves nothing that misleads.
"""

import hashlib
from pathlib import Path

from dosojin_web.database.sealed_files import FileDamaged, FileGone, SealedFiles

FILES = SealedFiles("documents")


class DocumentAltered(Exception):
    """The bytes in the store are not those that were issued. Restore the file from a backup."""


class DocumentMissing(DocumentAltered):
    """The store has no such file. Restore it from a backup."""


def find_path(sha256: str) -> Path:
    """Where the file with this digest lies."""
    return FILES.find_path(_name(sha256))


def keep(content: bytes) -> str:
    """Write the bytes for their owner only (0600), on disk before this returns; their SHA-256."""
    sha256 = hashlib.sha256(content).hexdigest()
    try:
        fetch(sha256)
    except DocumentAltered:
        FILES.keep(_name(sha256), content)
    return sha256


def fetch(sha256: str) -> bytes:
    """The bytes that were kept. DocumentMissing, or DocumentAltered if they changed.

    The digest is asked for too: a file may have been altered while it still lay there in clear.
    """
    try:
        content = FILES.fetch(_name(sha256))
    except FileGone:
        raise DocumentMissing(
            f"The store has no document {sha256[:12]}…. Restore it from a backup."
        ) from None
    except FileDamaged as problem:
        raise DocumentAltered(str(problem)) from None
    if hashlib.sha256(content).hexdigest() != sha256:
        raise DocumentAltered(
            f"The document {sha256[:12]}… is not as it was issued. Restore it from a backup."
        )
    return content


def seal_clear_files() -> int:
    """Encrypt the documents of before, which lay there in clear; how many there were.

    Drafts of that time, left by processes that were killed, are in clear as well and go.
    """
    for draft in FILES.find_folder().glob("??/.*.part"):
        draft.unlink(missing_ok=True)
    return FILES.seal_clear()


def _name(sha256: str) -> str:
    return f"{sha256}.pdf"
