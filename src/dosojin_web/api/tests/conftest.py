"""People with roles, a house full of records, and the paths of the interface."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client, override_settings
from django.utils import timezone

from dosojin_web.accounts.actors import SYSTEM
from dosojin_web.accounts.models import Appointment, User
from dosojin_web.accounts.roles import Role
from dosojin_web.accounts.seats import Seat
from dosojin_web.api.operations.create_token import create_token
from dosojin_web.directory.models import Organisation, OrganisationKind
from dosojin_web.payments.fake.server import Fake, run_fake
from tests.web.states import States, make_states
from tests.web.two_schemes import Side, keep_both, undone

V1 = "/api/v1/"
NOW = datetime(2026, 8, 1, 3, tzinfo=UTC)
Post = Callable[..., HttpResponse]
Appoint = Callable[..., Appointment]
PAYING_KEY = "sk_test_only"


@pytest.fixture
def post(client: Client) -> Post:
    """POST a body as JSON to a path below /api/v1/."""

    def send(path: str, body: Any, language: str = "en", **options: Any) -> HttpResponse:
        headers = {"Accept-Language": language} | options.pop("headers", {})
        kind = options.pop("content_type", "application/json")
        return client.post(V1 + path, body, content_type=kind, headers=headers)

    return send


@pytest.fixture
def appoint(db: None) -> Appoint:
    """A new user with a running appointment in a role."""

    def make(role: Role = Role.AGENCY, username: str = "desk") -> Appointment:
        organisation = None
        if role is not Role.AUDITOR:
            kind = OrganisationKind(role.value)
            organisation, _ = Organisation.objects.get_or_create(
                code=f"{role.value}-1", kind=kind, name_ja="組織", name_en="Organisation"
            )
        user, _ = User.objects.get_or_create(username=username)
        return Appointment.objects.create(
            user=user, role=role, organisation=organisation, began_at=NOW
        )

    return make


@dataclass
class House:
    """Two schemes, records of the first in every state, and its tokens by role."""

    first: Side
    second: Side
    states: States
    tokens: dict[str, str]
    fake: Fake

    @contextmanager
    def undone(self) -> Iterator[None]:
        """What is written inside is taken back, also at the stand-in for card payments."""
        with undone():
            yield
        self.fake.till.seen.clear()

    def headers(self, role: str) -> dict[str, str]:
        """Of a call from that role's seat, in English."""
        token = self.tokens.get(role)
        return {"Accept-Language": "en"} | ({"Authorization": f"Bearer {token}"} if token else {})

    def call(
        self, role: Role, method: str, path: str, body: Any = None, **headers: str
    ) -> HttpResponse:
        """What the address answers to that role; `headers` with underscores for hyphens."""
        said = {name.replace("_", "-"): value for name, value in headers.items()}
        options: dict[str, Any] = {"headers": self.headers(role) | said}
        if body is not None:
            options |= {"data": body, "content_type": "application/json"}
        client = Client(raise_request_exception=False)
        return getattr(client, method)(V1 + path, **options)


@pytest.fixture
def house(built_house: House) -> House:
    """As it was built: what a test writes goes with its transaction."""
    built_house.fake.till.seen.clear()
    return built_house


@pytest.fixture(scope="module")
def built_house(django_db_setup: None, django_db_blocker: Any) -> Iterator[House]:
    """Built once for a module."""
    for first, second in keep_both(django_db_blocker):
        with run_fake(PAYING_KEY, "whsec_only") as fake:
            paying = {"STRIPE_API_BASE": fake.base, "CHECKOUT_ORIGIN": fake.base}
            with override_settings(STRIPE_API_KEY=PAYING_KEY, **paying):
                states = make_states(first, timezone.now())
                yield House(first, second, states, make_tokens(first.seats), fake)


def make_tokens(seats: dict[Role, Seat]) -> dict[str, str]:
    """The secret of a token for each role."""
    held = Appointment.objects.in_bulk([seat.appointment_id for seat in seats.values()])
    return {
        role.value: create_token(held[seat.appointment_id], "tries", SYSTEM, NOW)[1]
        for role, seat in seats.items()
    }
