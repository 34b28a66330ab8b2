"""Bytes that are the same for the same meaning, and their fingerprint."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Mapping, Sequence, Set
from typing import Any


def _plain(value: Any) -> Any:
    if isinstance(value, float):
        raise TypeError("a float has no canonical form: amounts are integers")
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, Mapping):
        return {unicodedata.normalize("NFC", str(k)): _plain(value[k]) for k in value}
    if isinstance(value, Set):
        return sorted(_plain(item) for item in value)
    if isinstance(value, Sequence):
        return [_plain(item) for item in value]
    raise TypeError(f"{type(value).__name__} has no canonical form")


def canonical_bytes(value: Any) -> bytes:
    """UTF-8 JSON: NFC, keys by code point, integers of any size, sets sorted, no spaces."""
    return json.dumps(
        _plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    ).encode()


def digest(value: Any) -> str:
    """SHA-256 of the canonical bytes, as "sha256:" and 64 hexadecimal digits."""
    return "sha256:" + hashlib.sha256(canonical_bytes(value)).hexdigest()
