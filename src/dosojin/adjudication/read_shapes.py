"""The shapes a claim is made of: entries by name, lists, and what is said when one is missing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dosojin.adjudication.read_values import wrong_type
from dosojin.values.problems import Problem
from dosojin.values.text import Text


def missing(place: str, ja: str, en: str) -> Problem:
    """A needed entry is not there; `ja` and `en` say what it is."""
    return Problem(
        "key.missing",
        place,
        Text(f"{ja}。", f"This entry {en}."),
        Text(f"「{place}」を書き足してください。", f"Add {place}."),
    )


def mapping_of(raw: Any, place: str) -> Mapping[str, Any]:
    """Entries by name; nothing at all counts as none."""
    if raw is None:
        return {}
    if not isinstance(raw, Mapping):
        raise wrong_type(place, raw, "項目: 値 の並び", "entries of the form name: value")
    return raw


def list_of(raw: Any, place: str) -> Sequence[Any]:
    """A list of entries; nothing at all counts as none."""
    if raw is None:
        return ()
    if isinstance(raw, (str, bytes, Mapping)) or not isinstance(raw, Sequence):
        raise wrong_type(place, raw, "一覧", "a list")
    return raw
