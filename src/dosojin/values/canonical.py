"""Bytes that are the same for the same meaning, and their fingerprint."""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Mapping, Sequence, Set
from typing import Any


def _plain(value: Any) -> Any:
    kind = type(value)
    if kind is str:
        return value if value.isascii() else unicodedata.normalize("NFC", value)
    if value is None or kind is int or kind is bool:
        return value
    if kind is dict:
        return {_plain(str(key)): _plain(inner) for key, inner in value.items()}
    if kind is list or kind is tuple:
        return [_plain(inner) for inner in value]
    return _plain_of_others(value)


def _plain_of_others(value: Any) -> Any:
    """Subclasses and unusual containers."""
    if isinstance(value, float):
        raise TypeError("a float has no canonical form: amounts are integers")
    if isinstance(value, str):
        return _plain(str(value))
    if isinstance(value, int):
        return int(value)
    if isinstance(value, Mapping):
        return _plain(dict(value))
    if isinstance(value, Set):
        return sorted(_plain(item) for item in value)
    if isinstance(value, Sequence) and not isinstance(value, (bytes, bytearray)):
        return _plain(list(value))
    raise TypeError(f"{type(value).__name__} has no canonical form")


def canonical_bytes(value: Any) -> bytes:
    """UTF-8 JSON: NFC, keys by code point, integers of any size, sets sorted, no spaces."""
    return json.dumps(
        _plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    ).encode()


def digest(value: Any) -> str:
    """SHA-256 of the canonical bytes, as "sha256:" and 64 hexadecimal digits."""
    return "sha256:" + hashlib.sha256(canonical_bytes(value)).hexdigest()
