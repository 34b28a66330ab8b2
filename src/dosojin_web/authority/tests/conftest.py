"""Users of an agency, and what they may do."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import count

import pytest

from dosojin_web.accounts.actors import SYSTEM
from dosojin_web.accounts.models import Appointment, User
from dosojin_web.accounts.roles import Role
from dosojin_web.authority.models import AuthorityProfile
from dosojin_web.authority.operations.set_authority import grant_authority
from dosojin_web.directory.models import Organisation, OrganisationKind

NOW = datetime(2026, 6, 1, 3, 0, tzinfo=UTC)
TODAY = NOW.date()
DAY = timedelta(days=1)
ACT = "policies.loading"
_numbers = count()


@pytest.fixture
def agency(db: None) -> Organisation:
    return make_organisation("agency-a")


def make_organisation(code: str) -> Organisation:
    return Organisation.objects.create(
        kind=OrganisationKind.AGENCY, code=code, name_ja=code, name_en=code
    )


@pytest.fixture
def hire(agency: Organisation) -> Callable[..., User]:
    def hire(role: Role = Role.AGENCY, organisation: Organisation | None = agency) -> User:
        user = User.objects.create(username=f"user-{next(_numbers)}")
        Appointment.objects.create(
            user=user, role=role, organisation=organisation, began_at=NOW - DAY
        )
        return user

    return hire


def grant(
    amount_max: int | None, organisation: Organisation | None = None, begins_on: date = TODAY
) -> AuthorityProfile:
    return grant_authority(Role.AGENCY, organisation, ACT, amount_max, begins_on, SYSTEM, NOW)
