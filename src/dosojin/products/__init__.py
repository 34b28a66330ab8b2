"""The product families, one folder each, found by what lies in the folders.

In: nothing but the folders beside this file.
Out: `editions()`, the issued wordings by id ("gakkensai-2026") with the files that belong to them.
Never: names a product, imports a clause module, or reads the content of a file. Asking which
editions exist must stay cheap, because a quote needs no clause.

A family folder holds for each edition one file plans_YEAR.toml; the edition's id is the folder's
name, with hyphens, and that year. A new product is a new folder and no edit anywhere else.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

_HERE = os.path.dirname(__file__)
_PLANS = "plans_"
_TOML = ".toml"


@dataclass(frozen=True, slots=True)
class EditionFiles:
    """The files of one issued wording: `id` "gakkensai-2026" is folder `family` and `suffix`."""

    id: str
    family: str
    suffix: str

    @property
    def package(self) -> str:
        """The package whose resources are the edition's files."""
        return f"{__name__}.{self.family}"

    @property
    def plans_name(self) -> str:
        """The name of the file of plans, sums insured and tariff terms."""
        return f"{_PLANS}{self.suffix}{_TOML}"


@lru_cache(maxsize=1)
def editions() -> Mapping[str, EditionFiles]:
    """Every edition by id, families in order of name, the newest edition of each first."""
    found: dict[str, EditionFiles] = {}
    for family in sorted(os.listdir(_HERE)):
        folder = os.path.join(_HERE, family)
        if not os.path.isfile(os.path.join(folder, "__init__.py")):
            continue
        for name in sorted(os.listdir(folder), reverse=True):
            if name.startswith(_PLANS) and name.endswith(_TOML):
                suffix = name.removeprefix(_PLANS).removesuffix(_TOML)
                edition = EditionFiles(f"{family.replace('_', '-')}-{suffix}", family, suffix)
                found[edition.id] = edition
    return MappingProxyType(found)
