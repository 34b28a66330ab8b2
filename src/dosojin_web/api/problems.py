"""Refusals in one shape: ``{"problems": [{code, place, message, remedy}, …]}``.

Messages are in the active language, which the middleware takes from Accept-Language.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from ninja.errors import ValidationError

from dosojin_web.policies.mapping import Refusal, say

JSON = "application/json; charset=utf-8"
# The parts of a place that ninja puts before the field's own name.
WRAPPERS = {"query", "body", "path", "header", "asked"}


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong; ``place`` is "" for the request as a whole."""

    code: str
    place: str
    message: str
    remedy: str

    def plain(self) -> dict[str, str]:
        """For the answer."""
        return {
            "code": self.code,
            "place": self.place,
            "message": self.message,
            "remedy": self.remedy,
        }


class Refused(Exception):
    """The request cannot be taken, with the status that says so."""

    def __init__(self, status: int, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(f"{each.place}: {each.message}" for each in problems))
        self.status = status
        self.problems = problems


def answer_problems(status: int, problems: Iterable[Problem]) -> HttpResponse:
    """The answer that refuses."""
    content = json.dumps({"problems": [each.plain() for each in problems]}, ensure_ascii=False)
    response = HttpResponse(content, status=status, content_type=JSON)
    if status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def refuse(request: HttpRequest, refused: Refused) -> HttpResponse:
    """Handler of ``Refused``."""
    return answer_problems(refused.status, refused.problems)


def refuse_by_engine(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Handler of what rating refuses: 422."""
    found = Problem(refusal.code, refusal.place, say(refusal.message), say(refusal.remedy))
    return answer_problems(422, [found])


def refuse_fields(request: HttpRequest, fault: ValidationError) -> HttpResponse:
    """Handler of fields that do not have their shape: 422."""
    return answer_problems(422, [read_fault(each) for each in fault.errors])


def read_fault(error: dict[str, object]) -> Problem:
    """A fault as pydantic finds it, in words."""
    kind, place = str(error["type"]), place_of(error["loc"])
    if kind == "missing":
        return Problem(
            "field.missing", place, gettext("This field is missing."), gettext("Give it a value.")
        )
    if kind == "extra_forbidden":
        return unknown_field(place)
    if kind == "civil_day":
        return wrong_day(place)
    if kind == "country":
        return Problem(
            "field.country", place,
            gettext("This is not the code of a country abroad."),
            gettext("Use two letters of ISO 3166-1, such as US."),
        )  # fmt: skip
    if kind == "json_invalid":
        return unreadable()
    return Problem(
        "field.value", place,
        gettext("This value cannot be taken here."),
        gettext("See the description of the field at %(address)s.") % {"address": "/api/"},
    )  # fmt: skip


def wrong_day(place: str) -> Problem:
    """A day that is none, or is written otherwise."""
    return Problem(
        "field.day", place, gettext("This is not a day."), gettext("Write it like 2026-08-03.")
    )


def unknown_field(place: str) -> Problem:
    """A field that no description names."""
    return Problem(
        "field.unknown", place,
        gettext("There is no such field here."),
        gettext("Leave it out, or check how it is written."),
    )  # fmt: skip


def no_such_thing() -> Problem:
    """404: it is not there, or not the caller's; which of the two is not said."""
    return Problem(
        "thing.unknown", "",
        gettext("There is no such thing, or it is not yours."),
        gettext("Check the address; a list names what is yours."),
    )  # fmt: skip


def unreadable() -> Problem:
    """A body that is no JSON."""
    return Problem(
        "body.syntax", "",
        gettext("The body of the request is not JSON."),
        gettext("Send one JSON object, in UTF-8."),
    )  # fmt: skip


def place_of(location: object) -> str:
    """``("body", "asked", "riders", 0)`` as "riders[0]"."""
    assert isinstance(location, Sequence)
    place = ""
    for at, part in enumerate(location):
        if isinstance(part, int):
            place += f"[{part}]"
        elif not (at < 2 and part in WRAPPERS):
            place += f".{part}" if place else str(part)
    return place
