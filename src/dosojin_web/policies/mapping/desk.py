"""The support desk abroad and the guide of an edition, as its file gives them."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from dosojin.products import editions
from dosojin.values.text import Text


@dataclass(frozen=True, slots=True)
class FreeNumber:
    """A number that is free in one country, or in ``part`` of it."""

    country: str
    number: str
    part: Text | None


@dataclass(frozen=True, slots=True)
class Desk:
    """Who answers day and night, and on which numbers. ``number`` begins with Japan's code."""

    name: Text
    number: str
    hours: Text
    languages: Text
    note: Text
    free: tuple[FreeNumber, ...]

    def free_in(self, country: str) -> tuple[FreeNumber, ...]:
        """The free numbers of one country; none for most."""
        return tuple(number for number in self.free if number.country == country)


@cache
def desk_of(product: str) -> Desk | None:
    """The desk of an edition; None if its files name none."""
    table = _read(product)
    if table is None:
        return None
    desk = table["desk"]
    return Desk(
        name=_text(desk["name"]),
        number=desk["number"],
        hours=_text(desk["hours"]),
        languages=_text(desk["languages"]),
        note=_text(desk["note"]),
        free=tuple(
            FreeNumber(row["country"], row["number"], _text(row["part"]) if "part" in row else None)
            for row in table["free"]
        ),
    )


@cache
def guide_address(product: str) -> str:
    """Where the guide of an edition is; "" if its files name none."""
    table = _read(product)
    return "" if table is None else str(table["guide"]["address"])


@dataclass(frozen=True, slots=True)
class MemberSchools:
    """How many schools take part in 学研災, and on which day that was counted."""

    count: int
    as_of: date


@cache
def member_schools(product: str) -> MemberSchools | None:
    """The schools of an edition; None if its files do not say."""
    table = _read(product)
    if table is None:
        return None
    schools = table["member_schools"]
    return MemberSchools(schools["value"], schools["as_of"])


def _read(product: str) -> dict[str, Any] | None:
    found = editions().get(product)
    if found is None:
        return None
    file = files(found.package) / f"desk_{found.suffix}.toml"
    return tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else None


def _text(table: dict[str, str]) -> Text:
    return Text(table["ja"], table["en"])
