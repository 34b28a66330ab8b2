"""The contacts of an edition, as its file in the engine gives them.

The only module of this slice that imports the engine.
"""

import tomllib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from typing import Any

from dosojin.products import editions

from .contacts import Contact, Days, Hours, Staffed, YearEnd

Table = Mapping[str, Any]


def _minutes(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


def _month_day(written: str) -> tuple[int, int]:
    month, day = written.split("-")
    return int(month), int(day)


def _read_hours(rows: Sequence[Table]) -> tuple[Hours, ...]:
    return tuple(
        Hours(
            days=Days(row["days"]),
            opens=_minutes(row["opens"]),
            closes=_minutes(row["closes"]),
            breaks=tuple(
                (_minutes(one["from"]), _minutes(one["until"])) for one in row.get("breaks", ())
            ),
            year_end=row["year_end"],
        )
        for row in rows
    )


def _read_contact(row: Table, year_end: YearEnd, language: str) -> Contact:
    return Contact(
        id=row["id"],
        name=row["name"][language],
        purpose=row["purpose"][language],
        telephone=row["telephone"],
        year_end=year_end,
        source=row["source"],
        free=row.get("free", False),
        fax=row.get("fax", ""),
        mail=row.get("mail", ""),
        place=row.get("place", {}).get(language, ""),
        hours=_read_hours(row.get("hours", ())),
        staffed=tuple(
            Staffed(
                staffed["label"][language],
                staffed["note"][language],
                _read_hours(staffed["hours"]),
            )
            for staffed in row.get("staffed", ())
        ),
    )


@lru_cache(maxsize=16)
def list_contacts(edition: str, language: str) -> tuple[Contact, ...]:
    """The contacts of an edition such as "gakkensai-2026", in the order of its file.

    Empty if the edition has no such file or does not exist; ``language`` is "ja" or "en".
    """
    found = editions().get(edition)
    if found is None:
        return ()
    file = files(found.package) / f"contacts_{found.suffix}.toml"
    if not file.is_file():
        return ()
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    year_end = YearEnd(
        _month_day(table["year_end"]["first"]), _month_day(table["year_end"]["last"])
    )
    return tuple(_read_contact(row, year_end, language) for row in table["contacts"])


@lru_cache(maxsize=4)
def list_editions(language: str) -> tuple[tuple[str, str], ...]:
    """The editions that have contacts, newest of each family first: id and title."""
    titled = []
    for edition in editions().values():
        if list_contacts(edition.id, language):
            text = (files(edition.package) / f"edition_{edition.suffix}.toml").read_text("utf-8")
            titled.append((edition.id, tomllib.loads(text)["edition"]["title"][language]))
    return tuple(titled)
