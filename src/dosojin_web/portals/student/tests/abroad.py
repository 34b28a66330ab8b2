"""A student with a certificate at its pages; those of the enrolment are ``conftest.Reader``'s."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import HttpResponse
from django.test import Client
from pytest import MonkeyPatch

from dosojin_web.accounts.models import User
from dosojin_web.accounts.seats import Seat
from dosojin_web.policies.japan import JAPAN
from dosojin_web.policies.models import Certificate, CertificateVersion, ChangeRequest
from dosojin_web.policies.operations.decide_change import confirm_change
from dosojin_web.policies.operations.request_change import request_early_end, request_extension
from dosojin_web.policies.proxies import Proxy
from dosojin_web.policies.versions import latest_version

from .conftest import World, hidden_fields, set_clock

PROXY = Proxy("佐藤一郎", "father", "+81311112222", "father@example.jp")
JUNE_20 = datetime(2027, 6, 20, 9, 0, tzinfo=JAPAN)
JULY_10 = datetime(2027, 7, 10, 9, 0, tzinfo=JAPAN)
JULY_31 = datetime(2027, 7, 31, 12, 0, tzinfo=JAPAN)


class Traveller:
    """Somebody in front of the pages of one certificate."""

    def __init__(self, client: Client, number: str, language: str = "en") -> None:
        self.client, self.number, self.language = client, number, language

    @property
    def root(self) -> str:
        return f"/my/certificates/{self.number}/"

    def open(self, address: str, **query: str) -> HttpResponse:
        """Any address."""
        return self.client.get(address, query, headers={"Accept-Language": self.language})

    def get(self, page: str = "", **query: str) -> HttpResponse:
        return self.open(self.root + page, **query)

    def post(self, page: str, fields: dict[str, Any] | None = None, **more: Any) -> HttpResponse:
        """Send just these fields."""
        headers = {"Accept-Language": self.language}
        return self.client.post(self.root + page, {**(fields or {}), **more}, headers=headers)

    def send(self, page: str, **fields: Any) -> HttpResponse:
        """Open the page and send its form with its hidden fields and these."""
        return self.post(page, hidden_fields(self.get(page).text), **fields)


def travel(
    certificate: Certificate, monkeypatch: MonkeyPatch, moment: datetime = JULY_10
) -> Traveller:
    """The insured, logged in at that moment."""
    set_clock(monkeypatch, moment)
    return as_user(certificate.member.user_id, certificate)


def as_user(user_id: int | None, certificate: Certificate) -> Traveller:
    """Anybody at the pages of the certificate."""
    client = Client()
    client.force_login(User.objects.get(pk=user_id))
    return Traveller(client, certificate.number)


def extend(certificate: Certificate, world: World) -> ChangeRequest:
    """The student asks to stay until 31 August."""
    return request_extension(
        certificate, date(2027, 8, 31), PROXY, "thesis", 1, world.actor, JUNE_20
    )


def change_meanwhile(
    certificate: Certificate, policyholder: Seat, now: datetime
) -> CertificateVersion:
    """Somebody shortens the cover to 25 July, and it is confirmed: version 2."""
    last_day = datetime(2027, 7, 25).date()
    student = certificate.member.user
    assert student is not None
    actor = Seat(student, policyholder.role, None).actor
    number = latest_version(certificate).number
    change = request_early_end(certificate, last_day, "", number, actor, now)
    confirm_change(change, change.version, policyholder.actor, now)
    return latest_version(certificate)
