"""Products, their plans and riders; their wordings; the shape of their claims."""

import json
from functools import lru_cache

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from ninja import Router

from dosojin_web.api.access import accepts, anyone, later
from dosojin_web.api.answers import answer_bytes
from dosojin_web.api.decision_shapes import WordingAnswer
from dosojin_web.api.mapping import claim_schema_of, is_edition, wording_of
from dosojin_web.api.problems import Problem, Refused
from dosojin_web.api.shapes import ProductsAnswer
from dosojin_web.policies.mapping import list_riders, plan_limits, product_titles

router = Router(tags=["products"])


@router.get(
    "/products",
    response=ProductsAnswer,
    operation_id="list_products",
    summary=later(_("Editions, their plans, sums insured and riders")),
    **anyone(),
)
@accepts()
def list_products(request: HttpRequest) -> HttpResponse:
    """Every edition with its plans, the newest first."""
    return answer_bytes(write_products())


@router.get(
    "/wordings/{product}",
    response={200: WordingAnswer},
    operation_id="read_wording",
    summary=later(_("An edition’s wording: every clause with its plain reading and source")),
    **anyone(),
)
@accepts()
def read_wording(request: HttpRequest, product: str) -> HttpResponse:
    """Benefits with their clauses in the order of the wording, and the figures that they read."""
    require_edition(product)
    return answer_bytes(write_wording(product))


@router.get(
    "/claim-schemas/{product}",
    response={200: dict[str, object]},
    operation_id="read_claim_schema",
    summary=later(_("The JSON Schema of an edition’s claims, as decisions take them")),
    **anyone(),
)
@accepts()
def read_claim_schema(request: HttpRequest, product: str) -> HttpResponse:
    """JSON Schema 2020-12, its titles in the language of Accept-Language."""
    require_edition(product)
    return answer_bytes(write_claim_schema(product, get_language() or "en"))


def require_edition(product: str, status: int = 404) -> None:
    """Refused if there is no such edition; with 422 where it stands in no path."""
    if not is_edition(product):
        known = ", ".join(each.product for each in product_titles())
        raise Refused(
            status,
            [
                Problem(
                    "product.unknown",
                    "product",
                    gettext("There is no edition of this name."),
                    gettext("Use one of these: %(known)s.") % {"known": known},
                )
            ],
        )


@lru_cache(maxsize=1)
def write_products() -> bytes:
    """The answer on all products, written once: nothing in it changes while the site runs."""
    products = [
        {
            "product": each.product,
            "title": each.title,
            "is_published": each.is_published,
            "plans": [plan_limits(each.product, plan) for plan in each.plans],
            "riders": list_riders(each.product),
        }
        for each in product_titles()
    ]
    shape = ProductsAnswer.model_validate({"products": products})
    return shape.model_dump_json().encode()


@lru_cache(maxsize=16)
def write_wording(product: str) -> bytes:
    """The answer on one wording."""
    return WordingAnswer.model_validate(wording_of(product)).model_dump_json().encode()


@lru_cache(maxsize=16)
def write_claim_schema(product: str, language: str) -> bytes:
    """The schema of claims."""
    return json.dumps(claim_schema_of(product, language), ensure_ascii=False).encode()
