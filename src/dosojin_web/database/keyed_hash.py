"""Keyed hashes, by which encrypted values are found again.

A hash says nothing to whoever lacks the key, except that two values are the same. Its key is
derived from a field key: while keys are being rotated, rows have hashes under the old and the new
one, and a search asks for both.
"""

import hmac
from functools import lru_cache

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand
from django.conf import settings

HASH_BYTES = 8


@lru_cache(maxsize=32)
def _derive_key(field_key: bytes, purpose: str) -> bytes:
    return HKDFExpand(SHA256(), 32, f"dosojin keyed hash\0{purpose}".encode()).derive(field_key)


@lru_cache(maxsize=100_000)
def _hash(field_key: bytes, purpose: str, text: str) -> int:
    """A signed number of 64 bits, which both databases index well."""
    digest = hmac.digest(_derive_key(field_key, purpose), text.encode("utf-8"), "sha256")
    return int.from_bytes(digest[:HASH_BYTES], "big", signed=True)


def hash_newest(purpose: str, text: str) -> int:
    """The hash to write: HMAC-SHA256 under the newest key, cut to 64 bits."""
    return _hash(settings.FIELD_KEYS[-1], purpose, text)


def hash_all(purpose: str, text: str) -> list[int]:
    """The hashes to search for: one for each key in use."""
    return [_hash(key, purpose, text) for key in settings.FIELD_KEYS]
