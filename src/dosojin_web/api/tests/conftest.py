"""People with roles, and the paths of the interface."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from dosojin_web.accounts.models import Appointment, User
from dosojin_web.accounts.roles import Role
from dosojin_web.directory.models import Organisation, OrganisationKind

V1 = "/api/v1/"
NOW = datetime(2026, 8, 1, 3, tzinfo=UTC)
Post = Callable[..., HttpResponse]
Appoint = Callable[..., Appointment]


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
