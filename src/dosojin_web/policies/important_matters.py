"""The important matters that a student reads before enrolling, as data."""

import hashlib
import json
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

from .mapping import default_product

FILE = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True, slots=True)
class Matter:
    """One matter: a heading and a few sentences in both languages, and where it comes from.

    No ``editions`` means all.
    """

    id: str
    title_ja: str
    title_en: str
    text_ja: str
    text_en: str
    source: str
    editions: frozenset[str] = frozenset()

    @property
    def title(self) -> str:
        """In the reader's language."""
        return self.title_ja if get_language() == "ja" else self.title_en

    @property
    def text(self) -> str:
        """In the reader's language."""
        return self.text_ja if get_language() == "ja" else self.text_en

    @property
    def words(self) -> tuple[str, ...]:
        """All that can be read of it."""
        return (self.title_ja, self.title_en, self.text_ja, self.text_en)

    def stands_in(self, product: str) -> bool:
        """Whether it stands in an edition of the wording, such as "gakkensai-2026"."""
        return not self.editions or product in self.editions


@dataclass(frozen=True, slots=True)
class ImportantMatters:
    """Those of one edition. ``digest`` changes with every word; what was read is kept by it."""

    version: str
    digest: str
    matters: tuple[Matter, ...]


def load_important_matters(product: str = "") -> ImportantMatters:
    """The matters of ``important_matters.toml`` that stand in an edition; "" is the one on sale."""
    return _load(product or default_product())


@cache
def _load(product: str) -> ImportantMatters:
    table = tomllib.loads(FILE.read_text(encoding="utf-8"))
    version = table["version"]
    every = [
        Matter(id=name, **{**matter, "editions": frozenset(matter.get("editions", ()))})
        for name, matter in table["matters"].items()
    ]
    shown = tuple(matter for matter in every if matter.stands_in(product))
    words = json.dumps([version, *(matter.words for matter in shown)], ensure_ascii=False)
    return ImportantMatters(version, hashlib.sha256(words.encode()).hexdigest(), shown)
