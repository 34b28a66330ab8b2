"""Editions and their plans: titles, lengths, sums insured, riders."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from dosojin.adjudication.catalogue import load_edition, plan_sums
from dosojin.products import editions
from dosojin.rating.load_tariff import load_tariff
from dosojin.values.money import is_unbounded
from dosojin.values.text import Text

from .refusal import refusals

# A benefit that is the same cover in another form: a plan with the one does not lack the other,
# and both stand in one row of a comparison.
SAME_COVER = {"student_liability": "liability"}


class SumKind(StrEnum):
    """How a plan insures a benefit."""

    YEN = "yen"
    UNLIMITED = "unlimited"
    INCLUDED = "included"
    CERTIFICATE = "certificate"


@dataclass(frozen=True, slots=True)
class SumInsured:
    """One benefit of a plan. ``amount`` in yen, None unless ``kind`` is YEN.

    ``cover`` is the benefit whose row it stands in: its own id, but for another form of one.
    CERTIFICATE: the edition prints no sum, the certificate does.
    """

    benefit: str
    cover: str
    title: Text
    kind: SumKind
    amount: int | None


@dataclass(frozen=True, slots=True)
class PlanLimits:
    """A plan as printed: the lengths it takes, its pair for other lengths, its sums in order."""

    plan: str
    title: Text
    length: Text
    pair: str
    sums: tuple[SumInsured, ...]


@dataclass(frozen=True, slots=True)
class ProductTitle:
    """An edition; not ``is_published``: nobody can quote a premium for it."""

    product: str
    title: Text
    is_published: bool
    plans: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RiderTitle:
    """A rider: the ``plans`` that include it, and how long a policy may become with it."""

    rider: str
    title: Text
    plans: tuple[str, ...]
    carried_to: Text | None
    source: str


@dataclass(frozen=True, slots=True)
class DiscountTitle:
    """The scheme's discount, which every published premium has in it already."""

    percent: str
    is_about: bool
    source: str


def product_ids() -> tuple[str, ...]:
    """The ids of the editions, the newest of each family first; cheap, no wording is read."""
    return tuple(editions())


@cache
def product_titles() -> tuple[ProductTitle, ...]:
    """Every edition, the newest of each family first."""
    return tuple(
        ProductTitle(
            product,
            load_edition(product).title,
            load_tariff(product).is_published,
            tuple(load_tariff(product).plans),
        )
        for product in editions()
    )


@cache
def default_product() -> str:
    """The newest edition with a published tariff."""
    return next(each.product for each in product_titles() if each.is_published)


def plan_limits(product: str, plan: str) -> PlanLimits:
    """The plan of that letter; Refusal names those there are."""
    with refusals():
        found = load_tariff(product).plan(plan)
    return PlanLimits(plan, found.title, found.length_text, found.pair, sums_of(product, plan))


@cache
def sums_of(product: str, plan: str) -> tuple[SumInsured, ...]:
    """The sums insured of a plan, in the order of the wording."""
    edition = load_edition(product)
    titles = {benefit.id: benefit.title for benefit in edition.benefits}
    stated = plan_sums(product, plan)
    order = [id for id in titles if id in stated] + [id for id in stated if id not in titles]
    return tuple(
        _sum(id, titles.get(id, edition.sums[id].title), stated[id], edition.sums[id].kind.value)
        for id in order
    )


def _sum(benefit: str, title: Text, amount: int | None, kind: str) -> SumInsured:
    cover = SAME_COVER.get(benefit, benefit)
    if amount is None:
        return SumInsured(benefit, cover, title, SumKind.CERTIFICATE, None)
    if kind == "flag":
        return SumInsured(benefit, cover, title, SumKind.INCLUDED, None)
    if is_unbounded(amount):
        return SumInsured(benefit, cover, title, SumKind.UNLIMITED, None)
    return SumInsured(benefit, cover, title, SumKind.YEN, amount)


def list_riders(product: str) -> tuple[RiderTitle, ...]:
    """The riders that a certificate of the edition can show; Refusal if there is no edition."""
    with refusals():
        tariff = load_tariff(product)
    return tuple(
        RiderTitle(
            rider.id,
            rider.title,
            tuple(sorted(rider.plans)),
            None if rider.carried_to is None else rider.carried_to.length_text,
            rider.source,
        )
        for rider in tariff.riders
    )


def discount_of(product: str) -> DiscountTitle:
    """The discount of an edition."""
    with refusals():
        discount = load_tariff(product).discount
    return DiscountTitle(discount.percent, discount.is_about, discount.source)


def warm_up() -> None:
    """Read every tariff and edition before anybody waits for them."""
    for found in product_titles():
        for plan in found.plans:
            sums_of(found.product, plan)
