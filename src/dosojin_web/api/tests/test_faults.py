"""Schemathesis tries every operation, from its own description: nothing fails, answers conform.

It calls the site in this process, where an operation has roles with a token of each, on the records
of two schemes. What it draws is aimed at them: mostly an address that names a record, and now and
then a whole call that is taken, or one that is wrong in a single field. So operations run to their
end, and not only to 404. The claims of decisions are tried more closely in ``test_decisions``:
their whole shape is not in the description, but has a schema of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, settings
from schemathesis.core import NOT_SET
from schemathesis.core.parameters import ParameterLocation

from tests.web.states import States

from .conftest import House

EXAMPLES_MAX = 12
CHECKS = [
    schemathesis.checks.not_a_server_error,
    schemathesis.checks.status_code_conformance,
    schemathesis.checks.content_type_conformance,
    schemathesis.checks.response_schema_conformance,
    schemathesis.checks.negative_data_rejection,
]
# In this process nobody unpacks what was compressed for the way.
PLAIN = {"Accept-Encoding": "identity"}
PART = re.compile(r"(?:(\w[\w-]*)/)?\{(\w+)\}")

# Django closes old connections with every request; inside a test, that would end its transaction.
request_started.disconnect(close_old_connections)
schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
request_started.connect(close_old_connections)
OPERATIONS = {
    found.ok().definition.raw["operationId"]: found.ok() for found in schema.get_all_operations()
}


@pytest.fixture(autouse=True)
def connections_stay(db: None) -> Iterator[None]:
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@schema.parametrize()
@settings(
    max_examples=EXAMPLES_MAX,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_no_operation_fails(case: schemathesis.Case, house: House) -> None:
    aim(case, house.states)
    for role in case.operation.definition.raw["x-roles"]:
        with house.undone():
            case.call_and_validate(headers=PLAIN | house.headers(role), checks=CHECKS)


@pytest.mark.parametrize("id", sorted(OPERATIONS))
def test_every_operation_takes_what_is_right(house: House, id: str) -> None:
    operation, taken = OPERATIONS[id], house.states.taken[id]
    for role in operation.definition.raw["x-roles"]:
        headers = {"Idempotency-Key": "right"} if has_key(operation) else {}
        kinds = [body.media_type for body in operation.body]
        case = operation.Case(
            path_parameters={name: str(taken.places[name]) for _, name in parts_of(operation)},
            query=taken.query,
            headers=headers,
            **({"body": taken.body, "media_type": kinds[0]} if kinds else {}),
        )
        with house.undone():
            found = case.call_and_validate(headers=PLAIN | house.headers(role), checks=CHECKS)
        assert found.status_code == 200, (role, found.text)


def parts_of(operation: Any) -> list[tuple[str, str]]:
    """The parts of an address that differ from call to call: the word before, and the name."""
    return [(before or "", name) for before, name in PART.findall(operation.path)]


def has_key(operation: Any) -> bool:
    """Whether its caller chooses an Idempotency-Key."""
    return any(each.name == "Idempotency-Key" for each in operation.headers)


def aim(case: Any, states: States) -> None:
    """Turn what was drawn as right towards the records; what was drawn as wrong stays as it is.

    The dice are thrown by the case itself, so that the same case is always aimed alike.
    """
    dice = Random(repr(case))
    taken = states.taken[case.operation.definition.raw["operationId"]]
    is_whole = dice.random() < 0.6
    wrong = {
        place for place, drawn in (case.meta.components if case.meta else {}).items()
        if drawn.mode.is_negative
    }  # fmt: skip
    if ParameterLocation.PATH not in wrong:
        for before, name in parts_of(case.operation):
            known = states.pools.get((before, name), states.pools.get(("", name), ()))
            if is_whole:
                case.path_parameters[name] = str(taken.places[name])
            elif known and dice.random() < 0.8:
                case.path_parameters[name] = str(dice.choice(known))
    if ParameterLocation.BODY not in wrong and case.body is not NOT_SET:
        case.body = mix(taken.body, case.body, is_whole, dice)
    if ParameterLocation.QUERY not in wrong and is_whole:
        case.query = dict(taken.query)


def mix(right: Any, drawn: Any, is_whole: bool, dice: Random) -> Any:
    """The right body, mostly with one field as it was drawn; or all as it was drawn."""
    if right is None or dice.random() < (0.1 if is_whole else 0.6):
        return drawn
    shared = sorted(right.keys() & drawn.keys()) if isinstance(right, dict) else ()
    if not shared or (is_whole and dice.random() < 0.6):
        return right
    changed = dice.choice(shared)
    return right | {changed: drawn[changed]}
