"""What goes in and out: strict shapes, described for the OpenAPI file.

Days are civil days written 2026-08-03; money is whole units of the currency beside it; a text is
given in both languages. A field that is not described is refused.
"""

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictStr, WithJsonSchema
from pydantic_core import PydanticCustomError

from dosojin_web.policies.mapping import product_ids

WRITTEN_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _read_day(given: Any) -> date:
    """Only the one writing: no moments, no numbers of seconds."""
    if isinstance(given, date):
        return given
    if isinstance(given, str) and WRITTEN_DAY.fullmatch(given):
        try:
            return date.fromisoformat(given)
        except ValueError:
            pass
    raise PydanticCustomError("civil_day", "not a day written as 2026-08-03")


Day = Annotated[
    date,
    BeforeValidator(_read_day),
    WithJsonSchema({"type": "string", "format": "date", "examples": ["2026-08-03"]}),
]
Product = Annotated[
    StrictStr, WithJsonSchema({"type": "string", "enum": list(product_ids()), "title": "Product"})
]
PlanLetter = Annotated[StrictStr, Field(min_length=1, max_length=8, examples=["A"])]
Yen = Annotated[
    int, WithJsonSchema({"type": "integer", "description": "whole yen", "examples": [4730]})
]
Currency = Annotated[str, Field(pattern="^[A-Z]{3}$", examples=["JPY"])]
Verdict = Literal["covered", "not_covered", "depends"]


class Shape(BaseModel):
    """Nothing but the fields that are described, each in the words below it."""

    model_config = ConfigDict(
        extra="forbid", from_attributes=True, frozen=True, use_attribute_docstrings=True
    )


class Words(Shape):
    """The same in both languages."""

    ja: str
    en: str


class ProblemShape(Shape):
    """One thing that is wrong. `code` is stable; `place` points into what was sent."""

    code: str = Field(examples=["rating.end_before_start"])
    """what is wrong, for programs: its kind and, behind a dot, the case"""
    place: str = Field(examples=["end"])
    """the field, such as riders[0] or proxy.phone; empty for the request as a whole"""
    message: str
    """what is wrong"""
    remedy: str
    """what to do; may be empty where the message says it"""


class Problems(Shape):
    """Every refusal has this shape, in the language of Accept-Language."""

    problems: Annotated[list[ProblemShape], Field(min_length=1)]


# Products -----------------------------------------------------------------------------------------


class SumShape(Shape):
    """A benefit of a plan. `amount` is null unless `kind` is "yen"."""

    benefit: str
    """its code, as in the wording"""
    title: Words
    kind: Literal["yen", "unlimited", "included", "certificate"]
    """`yen`: up to `amount`; `certificate`: as the certificate says"""
    amount: int | None
    """whole yen"""


class PlanShape(Shape):
    """A plan as printed; `pair` is the plan with the same cover for other lengths."""

    plan: str
    """the letter of the plan"""
    title: Words
    length: Words
    pair: str
    sums: list[SumShape]


class RiderShape(Shape):
    """A rider; an extension beyond `carried_to` does not carry it."""

    rider: str
    """its code"""
    title: Words
    plans: list[str]
    """the letters of the plans that can have it"""
    carried_to: Words | None
    source: str
    """where the wording says it"""


class ProductShape(Shape):
    """An edition; not `is_published`: it has no public tariff, and no quote."""

    product: str
    """the id of the edition"""
    title: Words
    is_published: bool
    plans: list[PlanShape]
    riders: list[RiderShape]


class ProductsAnswer(Shape):
    """Every edition, the newest first."""

    products: list[ProductShape]


# Quotes -------------------------------------------------------------------------------------------


class StepShape(Shape):
    """The next step of the premium: returns from `first_day` to `last_day` cost `premium`."""

    plan: str
    """the plan that takes such a trip"""
    first_day: Day
    """the first return that costs this"""
    last_day: Day
    """the last return that costs this"""
    premium: Yen
    band: Words


class LongerShape(Shape):
    """How the premium goes on: the same to `same_until`, then `step`, which costs `more` more."""

    same_until: Day
    """the last return for the same premium"""
    spare_days: int
    """days from the asked return to `same_until`"""
    more: Yen
    changes_plan: bool
    step: StepShape | None
    """null: no longer trip can be had"""


class OfferShape(Shape):
    """One plan for the trip. `lacking`: benefits that another offer has and this has not."""

    plan: str
    """the letter of the plan"""
    title: Words
    premium: Yen
    """of the whole trip"""
    band: Words
    """the length that the premium is for"""
    band_last_day: Day
    """the last return for this premium"""
    longer: LongerShape
    sums: list[SumShape]
    """the sums insured"""
    lacking: list[SumShape]
    """what another offer has and this one has not"""
    source: str
    """where the tariff says it"""


class DiscountShape(Shape):
    """The scheme's discount, already inside every premium; `percent` is a decimal in words."""

    percent: str
    """such as 50"""
    is_about: bool
    """whether the tariff says about"""
    source: str
    """where it says so"""


class EnrolmentShape(Shape):
    """Until when one enrols online, days of Japan: the deadline shown, and the last day taken."""

    shown_deadline: Day
    last_accepted: Day


class QuotesAnswer(Shape):
    """An offer of every plan that takes the trip."""

    product: str
    start: Day
    end: Day
    days: int
    """from start to end, both counted"""
    currency: Currency
    discount: DiscountShape
    enrolment: EnrolmentShape
    offers: Annotated[list[OfferShape], Field(min_length=1)]


class QuotesQuery(Shape):
    """A trip, both days counted."""

    product: Product
    """the id of an edition"""
    start: Day
    """the first day of the trip"""
    end: Day
    """the last day, counted"""
    plan: PlanLetter | None = None
    """one plan alone"""


class PolicyShape(Shape):
    """A policy as it stands."""

    product: Product
    """the id of an edition"""
    plan: PlanLetter
    """the letter of the plan"""
    start: Day
    """the first day of cover"""
    end: Day
    """the last day of cover, counted"""


class ExtensionQuestion(PolicyShape):
    """What would it cost to stay until `new_end`?

    `riders`: those the certificate shows; left out: not said. `requested_on`: the day on which the
    extension would be complete and paid.
    """

    new_end: Day
    """the last day of the longer stay, counted"""
    riders: Annotated[list[StrictStr], Field(max_length=20)] | None = None
    """codes of the riders that are held; left out: not said"""
    requested_on: Day | None = None
    """the day on which it would be complete and paid; left out: not said"""


class RiderLostShape(Shape):
    """A rider that ends with `last_day`; `is_held` null: nobody said whether it is held."""

    rider: str
    title: Words
    last_day: Day
    is_held: bool | None
    source: str


class ExtensionAnswer(Shape):
    """`additional_premium` = `extended_premium` - `current_premium`."""

    product: str
    from_plan: str
    """the plan as it is"""
    plan: str
    """the plan that takes the longer stay"""
    changes_plan: bool
    start: Day
    end: Day
    new_end: Day
    days: int
    """of the longer stay, both days counted"""
    currency: Currency
    current_premium: Yen
    current_band: Words
    current_source: str
    """where the tariff says it"""
    extended_premium: Yen
    extended_band: Words
    extended_source: str
    """where the tariff says it"""
    additional_premium: Yen
    complete_by: Day
    """the day by which the extension has to be complete and paid"""
    riders_lost: list[RiderLostShape]
    """riders that the longer stay does not have"""


class RefundQuestion(PolicyShape):
    """What comes back if cover stops after `last_covered_day`? Before `start`: it never began."""

    last_covered_day: Day
    """counted; before `start`: cover never begins"""
    strategy: Literal["tariff_difference", "short_rate", "pro_rata"] | None = None
    """left out: the one of the edition"""


class RefundAnswer(Shape):
    """`paid_premium` = `kept_premium` + `return_premium`."""

    product: str
    plan: str
    start: Day
    end: Day
    last_covered_day: Day
    strategy: str
    """the one that was used"""
    currency: Currency
    paid_premium: Yen
    kept_premium: Yen
    return_premium: Yen
