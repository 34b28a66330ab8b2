"""The published schema of claim files takes what reading takes, and refuses nothing else."""

from __future__ import annotations

import copy
import random
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from dosojin.adjudication.read_claim import read_claim
from dosojin.adjudication.worked_cases import worked_cases
from dosojin.explanation.schema import schema_of, schema_of_all
from dosojin.products import editions
from dosojin.values.problems import Problem

PRODUCTS = tuple(editions())
MUTATIONS = 2500
JUNK: tuple[Any, ...] = (
    None, True, False, 0, -1, 7, 10**16, Decimal("1.5"), "", "x", "unknown", "none", "unlimited",
    "2026-06-02", "2026-13-40", "2026-06-02T03:10-04:00", "6:30", "6:75", [], ["x"], [3], {},
    {"x": 1}, {"from": 1, "to": 2}, {"from": "2026-06-01"}, {"one_of": []}, {"has": ["war"]},
)  # fmt: skip


def claims_of(product: str) -> list[Mapping[str, Any]]:
    return [step.claim for case in worked_cases(product) for step in case.steps]


def is_taken(claim: Any) -> bool:
    try:
        read_claim(claim)
    except Problem:
        return False
    return True


@pytest.mark.parametrize("product", PRODUCTS)
def test_it_is_a_schema(product: str) -> None:
    Draft202012Validator.check_schema(schema_of(product))
    Draft202012Validator.check_schema(schema_of(product, "ja"))


@pytest.mark.parametrize("product", PRODUCTS)
def test_every_worked_case_is_valid(product: str) -> None:
    for schema in (schema_of(product), schema_of_all(PRODUCTS)):
        validator = Draft202012Validator(schema)
        for claim in claims_of(product):
            assert [error.message for error in validator.iter_errors(claim)] == []


def places_in(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if path:
        yield path
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from places_in(inner, (*path, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from places_in(inner, (*path, number))


def mutated(claim: Mapping[str, Any], dice: random.Random) -> Any:
    """The claim with one entry replaced, taken out, or added."""
    changed = copy.deepcopy(dict(claim))
    path = dice.choice(list(places_in(changed)))
    holder: Any = changed
    for step in path[:-1]:
        holder = holder[step]
    way = dice.randrange(4)
    if way == 0:
        del holder[path[-1]]
    elif way == 1 and isinstance(holder, dict):
        holder["stranger"] = dice.choice(JUNK)
    else:
        holder[path[-1]] = dice.choice(JUNK)
    return changed


@pytest.mark.parametrize("product", PRODUCTS)
def test_what_the_schema_refuses_reading_refuses(product: str) -> None:
    dice = random.Random(product)
    validator = Draft202012Validator(schema_of(product))
    claims = claims_of(product)
    refused = taken_wrongly = 0
    for _ in range(MUTATIONS):
        claim = mutated(dice.choice(claims), dice)
        if validator.is_valid(claim):
            taken_wrongly += not is_taken(claim)
            continue
        refused += 1
        assert not is_taken(claim), next(validator.iter_errors(claim)).message
    assert refused > MUTATIONS // 3
    # What is left to reading: dates that do not exist, facts that contradict each other.
    assert taken_wrongly < MUTATIONS // 50


def test_a_claim_of_another_edition_is_refused() -> None:
    newest, older = PRODUCTS[:2]
    validator = Draft202012Validator(schema_of(newest))
    assert not validator.is_valid({**claims_of(older)[0], "product": older})
    both = Draft202012Validator(schema_of_all(PRODUCTS))
    assert not both.is_valid({**claims_of(newest)[0], "product": "nowhere-2026"})
