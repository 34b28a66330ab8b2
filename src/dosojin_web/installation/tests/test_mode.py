"""Demonstration mode and real people never meet."""

from datetime import datetime

import pytest
from django.core import checks
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from dosojin_web.installation.checks import REAL_DATA, NotADemonstration, refuse_real_data
from dosojin_web.installation.mode import find_kind, is_demonstration, is_filled_demonstration
from dosojin_web.installation.models import InstallationKind
from dosojin_web.installation.operations.mark_installation import mark_installation

pytestmark = pytest.mark.django_db
DEMO, REAL = InstallationKind.DEMO, InstallationKind.REAL
ADDRESSES = ["/demo/", "/mail/", "/mail/00000000-0000-4000-8000-000000000000/"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_real_data_hides_every_page_of_a_demonstration(
    client: Client, settings: Settings, now: datetime, address: str
) -> None:
    settings.DOSOJIN_DEMO = True
    mark_installation(REAL, now)
    assert client.get(address).status_code == 404
    assert client.post("/demo/enter/", {"persona": "auditor"}).status_code == 404
    assert not is_demonstration()


@pytest.mark.parametrize("address", ADDRESSES)
def test_without_the_setting_there_is_no_demonstration(
    client: Client, settings: Settings, now: datetime, address: str
) -> None:
    settings.DOSOJIN_DEMO = False
    mark_installation(DEMO, now)
    assert client.get(address).status_code == 404
    assert client.post("/demo/enter/", {"persona": "auditor"}).status_code == 404
    assert not is_demonstration()


def test_an_unmarked_database_has_no_doors(client: Client, settings: Settings) -> None:
    settings.DOSOJIN_DEMO = True
    assert is_demonstration() and not is_filled_demonstration()
    assert client.get("/demo/").status_code == 404
    assert client.post("/demo/enter/", {"persona": "auditor"}).status_code == 404


@pytest.mark.parametrize(
    ("setting", "kind", "refused"),
    [(True, REAL, True), (True, DEMO, False), (False, REAL, False), (True, None, False)],
)
def test_the_check_stops_the_start(
    settings: Settings,
    now: datetime,
    setting: bool,
    kind: InstallationKind | None,
    refused: bool,
) -> None:
    settings.DOSOJIN_DEMO = setting
    if kind is not None:
        mark_installation(kind, now)
    found = [fault for fault in checks.run_checks() if fault.id == REAL_DATA]
    assert bool(found) == refused
    assert all(fault.level == checks.ERROR for fault in found)
    if refused:
        with pytest.raises(NotADemonstration, match="real people"):
            refuse_real_data()
    else:
        refuse_real_data()


def test_appointing_by_hand_means_real_people(now: datetime) -> None:
    call_command("appoint", "kato", "auditor", "--email", "kato@example.jp", verbosity=0)
    assert find_kind() is REAL


def test_appointing_somebody_into_a_demonstration_leaves_it_one(now: datetime) -> None:
    mark_installation(DEMO, now)
    call_command("appoint", "kato", "auditor", "--email", "kato@example.jp", verbosity=0)
    assert find_kind() is DEMO


def test_an_appointment_that_fails_decides_nothing() -> None:
    with pytest.raises(CommandError):
        call_command("appoint", "kato", "agency", "--email", "kato@example.jp", verbosity=0)
    assert find_kind() is None
