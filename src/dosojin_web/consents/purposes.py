"""What people are asked to agree to, read from ``purposes.toml``."""

import hashlib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType

FILE = Path(__file__).with_name("purposes.toml")
PARTS = ("title", "text", "without")


class Language(StrEnum):
    """The languages in which the words are shown."""

    JA = "ja"
    EN = "en"


class SignerKind(StrEnum):
    """Who signs: the person, a guardian, or in an emergency whoever states it."""

    SELF = "self"
    GUARDIAN = "guardian"
    EMERGENCY = "emergency"


@dataclass(frozen=True, slots=True)
class Words:
    """What is shown of a purpose: its title, its text, and what happens without it."""

    title: str
    text: str
    without: str


@dataclass(frozen=True, slots=True)
class Purpose:
    """One of them. ``refusable``: cover stays the same without it. No ``editions`` means all."""

    id: str
    version: int
    source: str
    needed_for_enrolment: bool
    refusable: bool
    signers: frozenset[SignerKind]
    editions: frozenset[str]
    words: Mapping[Language, Words]

    def is_asked_under(self, edition: str) -> bool:
        """Whether it stands in an edition of the wording, such as "gakkensai-2026"."""
        return not self.editions or edition in self.editions

    def digest(self, language: str) -> str:
        """SHA-256 over what was shown in a language: says which words somebody agreed to."""
        shown = self.words[Language(language)]
        parts = [self.id, self.version, language, shown.title, shown.text, shown.without]
        return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


@cache
def all_purposes() -> Mapping[str, Purpose]:
    """Every purpose by its id, in the order of the file."""
    with FILE.open("rb") as file:
        tables = tomllib.load(file)["purpose"]
    found = {table["id"]: _read(table) for table in tables}
    if len(found) != len(tables):
        raise ValueError(f"{FILE.name}: a purpose stands twice")
    return MappingProxyType(found)


def find_purpose(id: str) -> Purpose:
    """The purpose with that id. KeyError if there is none."""
    return all_purposes()[id]


def _read(table: dict[str, object]) -> Purpose:
    words = {
        language: Words(*(_join(table, f"{part}_{language}") for part in PARTS))
        for language in Language
    }
    signers, editions = table["signers"], table.get("editions", [])
    assert isinstance(signers, list) and isinstance(editions, list)
    return Purpose(
        id=str(table["id"]),
        version=int(str(table["version"])),
        source=str(table["source"]),
        needed_for_enrolment=table["needed_for_enrolment"] is True,
        refusable=table["refusable"] is True,
        signers=frozenset(map(SignerKind, signers)),
        editions=frozenset(map(str, editions)),
        words=MappingProxyType(words),
    )


def _join(table: dict[str, object], name: str) -> str:
    """A text on one line; the file breaks it where it likes, and Japanese has no spaces there."""
    lines = str(table[name]).strip().splitlines()
    return ("" if name.endswith("_ja") else " ").join(lines)
