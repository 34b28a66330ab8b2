"""The important matters that a student reads before enrolling, as data."""

import hashlib
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import get_language


@dataclass(frozen=True, slots=True)
class Matter:
    """One matter: a heading and a few sentences in both languages, and where it comes from."""

    id: str
    title_ja: str
    title_en: str
    text_ja: str
    text_en: str
    source: str

    @property
    def title(self) -> str:
        """In the reader's language."""
        return self.title_ja if get_language() == "ja" else self.title_en

    @property
    def text(self) -> str:
        """In the reader's language."""
        return self.text_ja if get_language() == "ja" else self.text_en


@dataclass(frozen=True, slots=True)
class ImportantMatters:
    """All of them. ``digest`` changes with every word; what was read is kept by it."""

    version: str
    digest: str
    matters: tuple[Matter, ...]


@cache
def load_important_matters() -> ImportantMatters:
    """The matters of ``important_matters.toml``."""
    content = Path(__file__).with_suffix(".toml").read_bytes()
    table = tomllib.loads(content.decode("utf-8"))
    return ImportantMatters(
        version=table["version"],
        digest=hashlib.sha256(content).hexdigest(),
        matters=tuple(Matter(id=name, **matter) for name, matter in table["matters"].items()),
    )
