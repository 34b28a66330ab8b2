"""The only door between policies and the engine's rating.

In:  an edition's id, a plan's letter, civil dates of Japan.
Out: offers, steps of the premium, the price of an extension, what a cancellation gives back: plain
     values in whole yen, with titles in both languages. What cannot be had is a ``Refusal`` with
     its field, what is wrong and what to do.
Never: a clock, a database, a type of the engine other than ``Text``.
"""

from dosojin.values.text import Text

from .bands import BandStep, NextBand, bands_around, next_band
from .changes import ExtensionOffer, RefundOffer, RiderLost, extension_of, refund_of
from .desk import Desk, FreeNumber, MemberSchools, desk_of, guide_address, member_schools
from .offers import PlanOffer, quote_plan, quote_plans
from .plans import (
    PlanLimits,
    ProductTitle,
    RiderTitle,
    SumInsured,
    SumKind,
    default_product,
    discount_of,
    list_riders,
    plan_limits,
    product_ids,
    product_titles,
    warm_up,
)
from .refusal import Refusal, say

__all__ = [
    "BandStep",
    "Desk",
    "ExtensionOffer",
    "FreeNumber",
    "MemberSchools",
    "NextBand",
    "PlanLimits",
    "PlanOffer",
    "ProductTitle",
    "RefundOffer",
    "Refusal",
    "RiderLost",
    "RiderTitle",
    "SumInsured",
    "SumKind",
    "Text",
    "bands_around",
    "default_product",
    "desk_of",
    "discount_of",
    "extension_of",
    "guide_address",
    "list_riders",
    "member_schools",
    "next_band",
    "plan_limits",
    "product_ids",
    "product_titles",
    "quote_plan",
    "quote_plans",
    "refund_of",
    "say",
    "warm_up",
]
