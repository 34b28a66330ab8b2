"""What a field of the roles' operations may hold, beside the kinds of ``shapes``.

Text takes no control characters: neither database nor letter has a use for them.
"""

from collections.abc import Iterable
from datetime import datetime
from itertools import chain
from typing import Annotated, Any
from uuid import UUID

from django.db import models
from django.utils.text import format_lazy
from ninja import Header
from pydantic import AfterValidator, Field, StrictBool, StrictInt, StrictStr, WithJsonSchema
from pydantic_core import PydanticCustomError

from dosojin_web.policies.countries import is_country

ONE_LINE = r"^[^\x00-\x1f\x7f]*$"
LINES = r"^[^\x00-\x08\x0b-\x1f\x7f]*$"
MONTH = r"^20[0-9]{2}-(0[1-9]|1[0-2])$"
WHOLE_MAX = 2_000_000_000
YEN_MAX = 100_000_000
ROWS_MAX = 100
ROWS = 50


def one_of(words: Iterable[str]) -> WithJsonSchema:
    """The description of a text that is one of these words."""
    return WithJsonSchema({"type": "string", "enum": list(words)})


def states(choices: type[models.TextChoices]) -> WithJsonSchema:
    """The description of a text that is a state, with what each word means."""
    words = format_lazy("; ".join("`{}`: {}" for _ in choices), *chain(*choices.choices))
    return WithJsonSchema({"type": "string", "enum": choices.values, "description": words})


def _check_country(code: str) -> str:
    if not is_country(code):
        raise PydanticCustomError("country", "not the code of a country abroad")
    return code


Line = Annotated[StrictStr, Field(max_length=120, pattern=ONE_LINE)]
FilledLine = Annotated[StrictStr, Field(min_length=1, max_length=120, pattern=ONE_LINE)]
Reason = Annotated[StrictStr, Field(max_length=400, pattern=LINES)]
Country = Annotated[
    StrictStr,
    Field(pattern="^[A-Z]{2}$", description="ISO 3166-1, not Japan", examples=["US"]),
    AfterValidator(_check_country),
]
Code = Annotated[StrictStr, Field(pattern="^[a-z0-9-]{1,40}$", examples=["gakkensai-2026"])]
Number = Annotated[StrictStr, Field(pattern="^[A-Z0-9-]{1,16}$", examples=["G26-000001"])]
Month = Annotated[StrictStr, Field(pattern=MONTH, examples=["2026-08"])]
Version = Annotated[StrictInt, Field(ge=1, le=WHOLE_MAX, examples=[1])]
Count = Annotated[StrictInt, Field(ge=0, le=WHOLE_MAX)]
PaidYen = Annotated[StrictInt, Field(ge=0, le=YEN_MAX, examples=[4730])]
Truth = StrictBool
Key = Annotated[
    UUID,
    WithJsonSchema(
        {
            "type": "string",
            "format": "uuid",
            "description": "names the record for good",
            "examples": ["0b8f8a52-3f8e-4c39-9a52-6a1a6b1c2d3e"],
        }
    ),
]
Moment = Annotated[
    datetime,
    WithJsonSchema(
        {
            "type": "string",
            "format": "date-time",
            "description": "a moment in UTC",
            "examples": ["2026-08-03T01:30:00Z"],
        }
    ),
]
Digest = Annotated[StrictStr, Field(pattern="^[0-9a-f]{64}$")]
Cursor = Annotated[StrictStr, Field(pattern="^[A-Za-z0-9_-]{1,64}$")]
Next = Annotated[
    str | None, Field(description="the cursor of the part that follows, null at the end")
]
RowsAsked = Annotated[int, Field(ge=1, le=ROWS_MAX)]
IdempotencyKey = Annotated[
    StrictStr,
    Field(pattern="^[!-~]{1,100}$"),
    Header(..., alias="Idempotency-Key", description="chosen anew for each new request"),
]
Plain = dict[str, Any]
