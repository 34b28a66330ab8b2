"""A sheet as canonical JSON, and its digest: the same values give the same text, always."""

import hashlib
import json
from dataclasses import asdict
from datetime import date
from enum import Enum
from typing import Any

from .kinds import Sheet


def write_sheet(sheet: Sheet) -> str:
    """All values of the sheet with its kind, keys in order."""
    values = {"kind": sheet.kind.value, **asdict(sheet)}
    return json.dumps(
        values, default=_write_value, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )


def digest_sheet(written: str) -> str:
    """The SHA-256 of what ``write_sheet`` gave."""
    return hashlib.sha256(written.encode("utf-8")).hexdigest()


def _write_value(value: Any) -> Any:
    match value:
        case date():
            return value.isoformat()
        case Enum():
            return value.value
        case _:
            raise TypeError(f"{type(value).__name__} has no place in a sheet")
