"""Schemathesis tries every operation, from its own description: nothing fails, answers conform.

It calls the site in this process, where an operation has roles with a token of each. The claims of
decisions are tried more closely in ``test_decisions``: their whole shape is not in the description,
but has a schema of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, settings

from dosojin_web.accounts.actors import SYSTEM
from dosojin_web.accounts.roles import Role
from dosojin_web.api.operations.create_token import create_token

from .conftest import NOW, Appoint

EXAMPLES_MAX = 6
CHECKS = [
    schemathesis.checks.not_a_server_error,
    schemathesis.checks.status_code_conformance,
    schemathesis.checks.content_type_conformance,
    schemathesis.checks.response_schema_conformance,
    schemathesis.checks.negative_data_rejection,
]


# Django closes old connections with every request; inside a test, that would end its transaction.
request_started.disconnect(close_old_connections)
schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
request_started.connect(close_old_connections)


@pytest.fixture(autouse=True)
def connections_stay(db: None) -> Iterator[None]:
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def tokens(appoint: Appoint) -> dict[str, str]:
    """A token for each role."""
    found = {}
    for role in Role:
        held = appoint(Role.UNIVERSITY if role is Role.STUDENT else role, role.value)
        held.role = role
        held.save()
        _, found[role.value] = create_token(held, "tries", SYSTEM, NOW)
    return found


@schema.parametrize()
@settings(
    max_examples=EXAMPLES_MAX,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_no_operation_fails(case: schemathesis.Case, tokens: dict[str, str]) -> None:
    # In this process nobody unpacks what was compressed for the way.
    plain = {"Accept-Encoding": "identity"}
    for role in case.operation.definition.raw["x-roles"]:
        headers = plain | ({"Authorization": f"Bearer {tokens[role]}"} if role in tokens else {})
        case.call_and_validate(headers=headers, checks=CHECKS)
