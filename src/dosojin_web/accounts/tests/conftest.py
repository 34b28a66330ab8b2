"""A university, an agency, and who works or studies there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import pytest
from django.core.cache import cache
from django.utils import timezone

from dosojin_web.accounts.actors import SYSTEM
from dosojin_web.accounts.models import User
from dosojin_web.accounts.operations.open_account import open_account
from dosojin_web.accounts.roles import Role
from dosojin_web.directory.models import Organisation

PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True)
def unlimited() -> Iterator[None]:
    """Each test starts with nobody having tried anything."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def university(db: None) -> Organisation:
    return Organisation.objects.create(
        kind="university",
        code="kitakami",
        name_ja="北上大学",
        name_en="Kitakami University",
        has_adopted=True,
    )


@pytest.fixture
def agency(db: None) -> Organisation:
    return Organisation.objects.create(
        kind="agency", code="morioka", name_ja="盛岡代理店", name_en="Morioka Agency"
    )


@pytest.fixture
def invited(university: Organisation, now: datetime) -> tuple[User, str]:
    """A student who has the mail of invitation, and the password in it."""
    return open_account(
        "kitakami:S2600123", "s@example.ac.jp", Role.STUDENT, university, SYSTEM, now
    )


@pytest.fixture
def clerk(university: Organisation, now: datetime) -> User:
    """Somebody of a university office, with an own password."""
    user, _ = open_account("clerk", "clerk@example.ac.jp", Role.UNIVERSITY, university, SYSTEM, now)
    user.set_password(PASSWORD)
    user.must_choose_secret = False
    user.save()
    return user
