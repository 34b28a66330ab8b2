"""A database marked for a demonstration, with the staff of the scheme in it."""

from datetime import UTC, datetime

import pytest
from pytest_django import Settings

from dosojin_web.accounts.actors import SYSTEM
from dosojin_web.accounts.operations.open_account import open_account
from dosojin_web.demo.operations.answer_invitation import answer_invitation
from dosojin_web.demo.operations.set_up_scheme import set_up_scheme
from dosojin_web.demo.personas import PERSONAS
from dosojin_web.directory.models import Organisation
from dosojin_web.installation.models import InstallationKind
from dosojin_web.installation.operations.mark_installation import mark_installation

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)


@pytest.fixture
def personas(db: None, settings: Settings) -> None:
    settings.DOSOJIN_DEMO = True
    mark_installation(InstallationKind.DEMO, NOW)
    set_up_scheme(NOW.date(), NOW.date())
    for persona in PERSONAS.values():
        organisation = Organisation.objects.filter(code=persona.organisation).first()
        address = "somebody@example.jp"
        user, _ = open_account(persona.username, address, persona.role, organisation, SYSTEM, NOW)
        answer_invitation(user, NOW)
