"""Products, wordings and claim schemas over HTTP."""

from __future__ import annotations

import pytest
from django.test import Client
from jsonschema import Draft202012Validator

from dosojin_web.api.endpoints.decisions import EXAMPLE
from dosojin_web.policies.important_matters import load_important_matters

from .conftest import V1


def test_products_with_their_plans(client: Client) -> None:
    products = client.get(V1 + "products").json()["products"]
    newest = next(each for each in products if each["product"] == "gakkensai-2026")
    assert newest["is_published"]
    assert [plan["plan"] for plan in newest["plans"]] == ["A", "B", "C", "D", "E", "F"]
    earlier = next(each for each in products if each["product"] == "gakkensai-2025")
    assert not earlier["is_published"]


@pytest.mark.parametrize("product", ["gakkensai-2026", "gakkensai-2025"])
def test_a_wording_has_its_clauses(client: Client, product: str) -> None:
    found = client.get(V1 + f"wordings/{product}").json()
    assert found["product"] == product
    assert all(benefit["clauses"] for benefit in found["benefits"] if benefit["id"] == "medical")
    assert any(clause["reading"]["ja"] for each in found["benefits"] for clause in each["clauses"])


def test_the_claim_schema_takes_the_example(client: Client) -> None:
    schema = client.get(V1 + "claim-schemas/gakkensai-2026").json()
    Draft202012Validator.check_schema(schema)
    assert Draft202012Validator(schema).is_valid(EXAMPLE)


def test_the_claim_schema_is_in_the_readers_language(client: Client) -> None:
    ja = client.get(V1 + "claim-schemas/gakkensai-2026", headers={"Accept-Language": "ja"})
    en = client.get(V1 + "claim-schemas/gakkensai-2026", headers={"Accept-Language": "en"})
    assert ja.json() != en.json()


def test_the_important_matters_of_an_edition(client: Client) -> None:
    on_sale = client.get(V1 + "important-matters").json()
    assert on_sale == client.get(V1 + "important-matters?product=gakkensai-2026").json()
    assert on_sale["digest"] == load_important_matters("gakkensai-2026").digest
    earlier = client.get(V1 + "important-matters?product=gakkensai-2025").json()
    assert earlier["digest"] == load_important_matters("gakkensai-2025").digest
    unknown = client.get(V1 + "important-matters?product=nowhere")
    assert unknown.status_code == 422
    assert unknown.json()["problems"][0]["place"] == "product"
