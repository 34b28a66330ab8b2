"""What files are sent for, and what is taken for each purpose."""

from collections.abc import Mapping
from dataclasses import dataclass

from .models import FileKind

MEGABYTE = 1_000_000
PAPERS = frozenset({FileKind.PDF, FileKind.JPEG, FileKind.PNG, FileKind.HEIC})


@dataclass(frozen=True, slots=True)
class UploadPurpose:
    """The kinds and sizes that are taken. ``pages_max`` is for PDF, ``pixels_max`` for images."""

    name: str
    kinds: frozenset[FileKind]
    bytes_max: int
    pages_max: int = 50
    pixels_max: int = 50_000_000


_declared: dict[str, UploadPurpose] = {}


def declare_purpose(purpose: UploadPurpose) -> UploadPurpose:
    """Make a purpose known; each slice declares its own. ValueError if the name means another."""
    if _declared.setdefault(purpose.name, purpose) != purpose:
        raise ValueError(f"the purpose {purpose.name} is declared already, with other limits")
    return purpose


def find_purpose(name: str) -> UploadPurpose:
    """The purpose of that name. KeyError if nobody declared it."""
    return _declared[name]


def all_purposes() -> Mapping[str, UploadPurpose]:
    """Every purpose by name."""
    return dict(_declared)


ROSTER = declare_purpose(UploadPurpose("roster", frozenset({FileKind.CSV}), 20 * MEGABYTE))
CONSENT_EVIDENCE = declare_purpose(
    UploadPurpose("consent-evidence", PAPERS, 10 * MEGABYTE, pages_max=10)
)
PAPER = declare_purpose(UploadPurpose("paper", PAPERS, 20 * MEGABYTE))
