"""Offers: what a trip costs and what each plan insures."""

from __future__ import annotations

from datetime import date

import pytest

from dosojin_web.policies.mapping import (
    Refusal,
    SumKind,
    discount_of,
    list_riders,
    plan_limits,
    product_titles,
    quote_plan,
    quote_plans,
)

PRODUCT = "gakkensai-2026"
START, END = date(2026, 8, 3), date(2026, 8, 10)


def test_eight_days_have_three_offers_with_the_premiums_of_the_flyer() -> None:
    offers = quote_plans(PRODUCT, START, END)
    assert [(offer.plan, offer.premium, offer.days) for offer in offers] == [
        ("A", 3710, 8),
        ("C", 4730, 8),
        ("E", 4920, 8),
    ]
    assert {offer.currency for offer in offers} == {"JPY"}
    assert offers[0].band.en == "up to 8 days" and offers[0].source == "003 l.77"


def test_an_offer_says_until_when_its_band_reaches() -> None:
    offer = quote_plan(PRODUCT, "A", START, date(2026, 8, 18))
    assert (offer.days, offer.band.ja) == (16, "17日まで")
    assert offer.band_last_day == date(2026, 8, 19)


def test_what_others_have_and_this_lacks() -> None:
    a, c, e = quote_plans(PRODUCT, START, END)
    assert [insured.benefit for insured in a.lacking] == [
        "baggage_delay",
        "flight_delay",
        "trip_alteration",
    ]
    assert [insured.benefit for insured in c.lacking] == ["trip_alteration"]
    assert e.lacking == ()


def test_the_students_form_of_liability_is_the_same_cover() -> None:
    offers = quote_plans(PRODUCT, date(2026, 12, 1), date(2027, 2, 8))
    assert [offer.plan for offer in offers] == ["B", "D", "E"]
    assert all("liability" not in insured.cover for offer in offers for insured in offer.lacking)


def test_kinds_of_sums() -> None:
    sums = {insured.benefit: insured for insured in plan_limits(PRODUCT, "C").sums}
    assert (sums["accidental_death"].kind, sums["accidental_death"].amount) == (
        SumKind.YEN,
        10_000_000,
    )
    assert sums["medical_rescue"].kind is SumKind.UNLIMITED
    assert sums["flight_delay"].kind is SumKind.INCLUDED
    assert {insured.kind for insured in plan_limits("gakkensai-2025", "C").sums} == {
        SumKind.CERTIFICATE
    }


@pytest.mark.parametrize(
    ("product", "plan", "end", "code", "place"),
    [
        ("gakkensai-2025", "A", END, "rating.no_published_tariff", "product"),
        ("nowhere-1999", "A", END, "rating.unknown_product", "product"),
        (PRODUCT, "Z", END, "rating.unknown_plan", "plan"),
        (PRODUCT, "B", END, "rating.plan_does_not_fit", "plan"),
        (PRODUCT, "A", date(2026, 8, 1), "rating.end_before_start", "end"),
        (PRODUCT, "F", date(2029, 8, 1), "rating.period_too_long", "end"),
    ],
)
def test_refusals_name_their_place(
    product: str, plan: str, end: date, code: str, place: str
) -> None:
    with pytest.raises(Refusal) as refused:
        quote_plan(product, plan, START, end)
    assert (refused.value.code, refused.value.place) == (code, place)
    assert refused.value.remedy.ja and refused.value.remedy.en
    assert refused.value.fault().message


def test_products_and_riders() -> None:
    assert [(found.product, found.is_published) for found in product_titles()][:2] == [
        ("gakkensai-2026", True),
        ("gakkensai-2025", False),
    ]
    riders = {rider.rider: rider for rider in list_riders(PRODUCT)}
    assert riders["war_exclusion_amendment"].plans == ("A", "B", "C", "D", "E", "F")
    assert riders["preexisting_emergency"].carried_to is not None
    assert discount_of(PRODUCT).percent == "37.1"
