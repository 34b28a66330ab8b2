"""The scheme of ``policies`` and people of two university offices, ready to look at pages."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from dosojin_web.accounts.models import User
from dosojin_web.accounts.roles import Role
from dosojin_web.deadlines.operations.run_due import run_due
from dosojin_web.policies.models import Member, RosterUpload
from dosojin_web.policies.operations.take_roster import send_roster
from dosojin_web.policies.tests.conftest import NOW, World, days_later, seat_of
from dosojin_web.policies.tests.conftest import enrolled as enrolled
from dosojin_web.policies.tests.conftest import world as world
from dosojin_web.uploads.operations.accept_upload import accept

HEADER = "学籍番号,姓,名,姓カナ,名カナ,姓ローマ字,名ローマ字,生年月日,メールアドレス,出発日,帰国日"
TAKAHASHI = (
    "26B0001,髙橋,一郎,タカハシ,イチロウ,TAKAHASHI,ICHIRO,"
    "2004-12-03,ichiro@example.jp,2027-06-01,2027-07-31"
)
TANAKA = (
    "26B0002,田中,美咲,タナカ,ミサキ,TANAKA,MISAKI,2005-01-09,misaki@example.jp,"
    "2027-06-01,2027-07-31"
)


class Office:
    """A browser of somebody, at the moment ``NOW``, reading one language."""

    def __init__(self, user: User, language: str = "en") -> None:
        self.client = Client(headers={"Accept-Language": language})
        self.user = user
        self.client.force_login(user)

    def get(self, address: str, **query: str) -> HttpResponse:
        return self.client.get(address, query)

    def post(self, address: str, **sent: Any) -> HttpResponse:
        return self.client.post(address, sent)

    def read(self, address: str, **query: str) -> str:
        response = self.get(address, **query)
        assert response.status_code == 200, (address, response.status_code)
        return response.text


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    """Views read this clock; a test may set another."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Callable[[Office, int], None]:
    """So many days after ``NOW``, logged in anew: no session lasts that long."""

    def wait(somebody: Office, days: int) -> None:
        monkeypatch.setattr("django.utils.timezone.now", lambda: days_later(days))
        somebody.client.force_login(somebody.user)

    return wait


@pytest.fixture
def office(world: World) -> Office:
    """The one who drafted the study trip."""
    return Office(world.office.user)


@pytest.fixture
def colleague(world: World) -> Office:
    """Another person of the same office."""
    return Office(world.approver.user)


@pytest.fixture
def stranger(world: World) -> Office:
    """The office of another university."""
    return Office(seat_of("elsewhere", Role.UNIVERSITY, world.scheme.universities[1]).user)


@pytest.fixture
def student(world: World) -> Office:
    return Office(world.student.user)


def roster_of(*rows: str) -> str:
    return "\r\n".join([HEADER, *rows]) + "\r\n"


def file_of(text: str, encoding: str = "utf-8", name: str = "roster.csv") -> BytesIO:
    file = BytesIO(text.encode(encoding))
    file.name = name
    return file


def take(world: World, *rows: str) -> RosterUpload:
    """A roster that has been sent and read."""
    upload = accept(file_of(roster_of(*rows)), "roster", world.office.actor, NOW)
    roster = send_roster(world.programme, upload, world.office.actor, NOW)
    while run_due(NOW):
        pass
    roster.refresh_from_db()
    return roster


def address_of(member: Member, act: str = "") -> str:
    return f"/university/members/{member.key}/{act}"
