"""A student at the pages: the world of policies, its clock, and a stand-in for the card company."""

from __future__ import annotations

import http.client
import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest import MonkeyPatch

from dosojin_web.accounts.models import User
from dosojin_web.consents.purposes import all_purposes
from dosojin_web.payments.fake.server import Fake, run_fake
from dosojin_web.payments.models import Payment
from dosojin_web.policies.models import Application, Member
from dosojin_web.policies.operations.confirm_details import confirm_details
from dosojin_web.policies.operations.invite_members import invite_member
from dosojin_web.policies.operations.say_consents import last_entry, say_consents
from dosojin_web.policies.tests.conftest import (  # noqa: F401
    DEPARTS,
    NOW,
    RETURNS,
    World,
    add_member,
    enrolled,
    fill_in,
    world,
)

KEY, SECRET = "sk_test_only", "whsec_only_for_tests"
PURPOSES = [
    id for id, purpose in all_purposes().items() if purpose.is_asked_under("gakkensai-2026")
]


def set_clock(monkeypatch: MonkeyPatch, moment: datetime, reader: Reader | None = None) -> None:
    """It is that moment now; ``reader``, whose session may have ended by then, is logged in."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: moment)
    if reader is not None and reader.member.user is not None:
        reader.client.force_login(User.objects.get(pk=reader.member.user.pk))


@pytest.fixture(autouse=True)
def clock(monkeypatch: MonkeyPatch) -> None:
    """It is ``NOW``, two months before departure."""
    set_clock(monkeypatch, NOW)


class Reader:
    """A student in front of the pages; every address is below the one trip."""

    def __init__(self, client: Client, member: Member, language: str = "en") -> None:
        self.client, self.member, self.language = client, member, language

    @property
    def root(self) -> str:
        return f"/my/trips/{self.member.key}/"

    def get(self, page: str = "", **query: str) -> HttpResponse:
        headers = {"Accept-Language": self.language}
        return self.client.get(self.root + page, query, headers=headers)

    def post(self, page: str, fields: dict[str, Any] | None = None, **more: Any) -> HttpResponse:
        """Send just these fields."""
        headers = {"Accept-Language": self.language}
        return self.client.post(self.root + page, {**(fields or {}), **more}, headers=headers)

    def send(self, page: str, **fields: Any) -> HttpResponse:
        """Open the page and send its form with its hidden fields and these."""
        return self.post(page, hidden_fields(self.get(page).text), **fields)

    def application(self) -> Application:
        return Application.objects.filter(member=self.member).latest("pk")


def hidden_fields(text: str) -> dict[str, str]:
    """The hidden fields of the page's own forms, not those of its header."""
    main = text[text.index("<main") :]
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', main)
    return {name: value for name, value in found if name != "csrfmiddlewaretoken"}


@pytest.fixture
def reader(client: Client, world: World) -> Reader:  # noqa: F811
    """The student of the world, logged in."""
    client.force_login(world.student.user)
    return Reader(client, world.member)


@pytest.fixture
def stranger(world: World) -> Reader:  # noqa: F811
    """Another student of the same study trip, at the first one's pages."""
    other = add_member(world.programme, 2, DEPARTS, RETURNS)
    invite_member(other, world.office.actor, NOW)
    other.refresh_from_db()
    assert other.user is not None
    User.objects.filter(pk=other.user.pk).update(must_choose_secret=False)
    client = Client()
    client.force_login(User.objects.get(pk=other.user.pk))
    return Reader(client, world.member)


@pytest.fixture
def staff(world: World) -> Reader:  # noqa: F811
    """Somebody of the university's office at the student's pages."""
    client = Client()
    client.force_login(world.office.user)
    return Reader(client, world.member)


def agree(world: World) -> None:  # noqa: F811
    """All uses of the data are agreed to."""
    person = world.member.person
    shown = {id: all_purposes()[id].digest("en") for id in PURPOSES}
    answers = dict.fromkeys(PURPOSES, True)
    say_consents(person, answers, shown, last_entry(person), "en", world.actor, NOW)


def make_ready(world: World, **changes: Any) -> Application:  # noqa: F811
    """An application of which only the payment is missing."""
    application = fill_in(world, **changes)
    confirm_details(application, {}, 1, world.actor, NOW)
    agree(world)
    return Application.objects.get(pk=application.pk)


@pytest.fixture
def fake(settings: Any) -> Iterator[Fake]:
    """The card company, at the same hour."""
    with run_fake(KEY, SECRET) as running:
        running.till.clock = NOW.timestamp
        settings.STRIPE_API_BASE = running.base
        settings.STRIPE_API_KEY = KEY
        settings.STRIPE_WEBHOOK_SECRET = SECRET
        settings.CHECKOUT_ORIGIN = running.base
        yield running


def pay_with(card: str) -> str:
    """Play the payer at the last payment's page; where the payer is sent then."""
    url = Payment.objects.latest("pk").url
    return submit(url, card=card)


def submit(url: str, **fields: str) -> str:
    """Send a form to the card company; the address it sends the payer on to, or ""."""
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=10)
    sent = {"Content-Type": "application/x-www-form-urlencoded"}
    connection.request("POST", parts.path, urlencode(fields), sent)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.getheader("Location", "")
