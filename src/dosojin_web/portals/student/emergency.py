"""Whom to call when something happens abroad: the desk's numbers, ready to be dialled.

In:  an edition of the wording, the country of destination.
Out: the desk with its number for every country, and those that are free in this one.
Never: a number that the edition does not print.
"""

import re
from dataclasses import dataclass

from dosojin_web.components.records import Telephone
from dosojin_web.policies.mapping import desk_of, guide_address, say


@dataclass(frozen=True, slots=True)
class Emergency:
    """The support desk as a card of numbers; ``free`` are those of the country of destination."""

    name: str
    hours: str
    languages: str
    note: str
    free: tuple[Telephone, ...]
    number: Telephone
    guide: str


def find_emergency(product: str, country: str) -> Emergency | None:
    """Whom to call; None if the edition prints no desk."""
    desk = desk_of(product)
    if desk is None:
        return None
    return Emergency(
        name=say(desk.name),
        hours=say(desk.hours),
        languages=say(desk.languages),
        note=say(desk.note),
        free=tuple(
            Telephone(_digits(free.number), free.number, say(free.part) if free.part else "")
            for free in desk.free_in(country)
        ),
        number=Telephone(f"+{_digits(desk.number)}", f"+{desk.number}"),
        guide=guide_address(product),
    )


def _digits(number: str) -> str:
    """What a telephone dials."""
    return re.sub(r"\D", "", number)
