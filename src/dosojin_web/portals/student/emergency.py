"""Who to contact when something happens abroad: the desk's numbers, ready to be dialled.

In:  an edition of the wording, the country of destination.
Out: the desk with its number for every country, and those that are free in this one.
Never: a number that the edition does not print.
"""

import re
from dataclasses import dataclass

from dosojin_web.components.records import Telephone
from dosojin_web.policies.mapping import Desk, desk_of, guide_address, say


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

    @property
    def numbers(self) -> tuple[Telephone, ...]:
        """All of them, the free ones first."""
        return (*self.free, self.number)


def find_emergency(product: str, country: str) -> Emergency | None:
    """Who to contact; None if the edition prints no desk."""
    desk = desk_of(product)
    if desk is None:
        return None
    return Emergency(
        name=say(desk.name),
        hours=say(desk.hours),
        languages=say(desk.languages),
        note=say(desk.note),
        free=_list_free(desk, country),
        number=Telephone(f"+{_digits(desk.number)}", f"+{desk.number}"),
        guide=guide_address(product),
    )


def _list_free(desk: Desk, country: str) -> tuple[Telephone, ...]:
    """Each number once, with the parts of the country from which it is free."""
    parts: dict[str, list[str]] = {}
    for free in desk.free_in(country):
        parts.setdefault(free.number, []).extend([say(free.part)] if free.part else [])
    return tuple(
        Telephone(_digits(number), number, " / ".join(told)) for number, told in parts.items()
    )


def _digits(number: str) -> str:
    """What a telephone dials."""
    return re.sub(r"\D", "", number)
