"""Schemathesis tries every operation, from its own description: nothing fails, answers conform.

It calls the site in this process. The claims of decisions are tried more closely in
``test_decisions``: their whole shape is not in the description, but has a schema of its own.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, settings

EXAMPLES_MAX = 30 if os.environ.get("DOSOJIN_PROFILE") == "ci" else 100
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


@schema.parametrize()
@settings(
    max_examples=EXAMPLES_MAX,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_no_operation_fails(case: schemathesis.Case) -> None:
    # In this process nobody unpacks what was compressed for the way.
    case.call_and_validate(headers={"Accept-Encoding": "identity"}, checks=CHECKS)
