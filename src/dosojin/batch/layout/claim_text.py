"""A claim as one line of JSON that loses nothing, and back.

Keys by code point, no spaces, exact decimals as they were written. Unlike `values.canonical` it
keeps every character as it is: a name must come back in the letters it was filed in.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from dosojin.values.problems import Problem
from dosojin.values.text import Text

WHOLE_DIGITS_MAX = 40
"""Longer whole numbers are read as decimals, the same as in claim files."""


def claim_text(claim: Any) -> str:
    """The text of plain data (what JSON or YAML gave); days become their text."""
    return "".join(_parts(claim))


def claim_of_text(text: str, place: str) -> Any:
    """The plain data again, equal to what was given; Problem if it is not JSON."""
    try:
        return json.loads(
            text,
            parse_float=Decimal,
            parse_int=lambda digits: (
                int(digits) if len(digits) < WHOLE_DIGITS_MAX else Decimal(digits)
            ),
        )
    except (ValueError, RecursionError):
        raise Problem(
            "file.syntax",
            place,
            Text("JSON として読めません。", "This is not JSON."),
            Text(
                "dosojin pack が書いたままの列を渡すか、列を空にしてください。",
                "Leave the column as `dosojin pack` wrote it, or leave it out.",
            ),
        ) from None


def _parts(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        opening = "{"
        for key, inner in sorted((str(key), inner) for key, inner in value.items()):
            yield f"{opening}{json.dumps(key, ensure_ascii=False)}:"
            yield from _parts(inner)
            opening = ","
        yield "{}" if opening == "{" else "}"
    elif isinstance(value, Sequence) and not isinstance(value, str):
        opening = "["
        for inner in value:
            yield opening
            yield from _parts(inner)
            opening = ","
        yield "[]" if opening == "[" else "]"
    else:
        yield _scalar(value)


def _scalar(value: Any) -> str:
    if isinstance(value, Decimal):
        text = str(value)
        # a decimal that looks like a whole number must not come back as one
        is_whole = text.lstrip("-").isdigit() and len(text) < WHOLE_DIGITS_MAX
        return f"{text}.0" if is_whole else text
    if isinstance(value, datetime):
        return json.dumps(value.isoformat(timespec="minutes"))
    if isinstance(value, date):
        return json.dumps(value.isoformat())
    return json.dumps(value, ensure_ascii=False)
