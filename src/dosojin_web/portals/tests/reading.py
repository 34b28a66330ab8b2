"""Somebody at the pages of oversight, and a certificate with a past for them to look at."""

import re
from datetime import date, datetime, timedelta
from typing import Any

from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dosojin_web.accounts.roles import Role
from dosojin_web.accounts.seats import Seat
from dosojin_web.directory.models import Organisation, OrganisationKind
from dosojin_web.policies.japan import JAPAN
from dosojin_web.policies.models import Certificate, ChangeRequest, Member
from dosojin_web.policies.operations.decide_change import review_extension
from dosojin_web.policies.operations.enrol_student import enrol_student
from dosojin_web.policies.operations.request_change import request_early_end, request_extension
from dosojin_web.policies.proxies import Proxy
from dosojin_web.policies.tests.conftest import (
    DEPARTS,
    RETURNS,
    World,
    add_member,
    fill_in,
    seat_of,
    submit,
)

JULY_10 = datetime(2027, 7, 10, 9, 0, tzinfo=JAPAN)
PROXY = Proxy("佐藤一郎", "父", "+81311112222", "father@example.jp")
AUGUST_31 = date(2027, 8, 31)


class Reader:
    """A browser of somebody in a seat, reading one language."""

    def __init__(self, seat: Seat, language: str = "en") -> None:
        self.seat = seat
        self.client = Client(headers={"Accept-Language": language})
        self.client.force_login(seat.user)

    def get(self, address: str, **query: str) -> HttpResponse:
        return self.client.get(address, query)

    def post(self, address: str, **sent: Any) -> HttpResponse:
        return self.client.post(address, sent)

    def read(self, address: str, **query: str) -> str:
        """The page, each id of which stands there once."""
        response = self.get(address, **query)
        assert response.status_code == 200, (address, response.status_code)
        ids = re.findall(r'\sid="([^"]+)"', response.text)
        assert sorted(ids) == sorted(set(ids)), address
        return response.text.replace("\xa0", " ")

    def count_queries(self, address: str) -> int:
        with CaptureQueriesContext(connection) as asked:
            self.read(address)
        return len(asked)


def words_of(text: str) -> str:
    """What of a page is read, on one line."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


def strange_seat(role: Role, kind: OrganisationKind) -> Seat:
    """Somebody in the same role at another organisation, which has nothing here."""
    other = Organisation.objects.create(
        kind=kind, code=f"other-{kind}", name_ja="よその組織", name_en="Another organisation"
    )
    return seat_of(f"stranger-{kind}", role, other)


def ask_to_extend(world: World, certificate: Certificate, reviewed: bool = True) -> ChangeRequest:
    """1 June to 31 August: 9,960 yen more (003 l.221-222)."""
    number = certificate.versions.latest("number").number
    change = request_extension(
        certificate, AUGUST_31, PROXY, "thesis", number, world.student.actor, JULY_10
    )
    if reviewed:
        review_extension(change, change.version, 0, "", world.agency.actor, JULY_10)
        change.refresh_from_db()
    return change


def ask_to_cancel(world: World, certificate: Certificate) -> ChangeRequest:
    number = certificate.versions.latest("number").number
    return request_early_end(certificate, None, "illness", number, world.student.actor, JULY_10)


def enrol_another(world: World, number: int, now: datetime) -> Certificate:
    """Another student with the same cover, whose premium arrived at ``now``."""
    first = world.member
    world.member = add_member(world.programme, number, DEPARTS, RETURNS)
    Member.objects.filter(pk=world.member.pk).update(invited_at=now)
    application = submit(world, fill_in(world), 26_130)
    world.member = first
    return enrol_student(application, f"receipt-{number}", "card-clearing", now)


def days(number: int) -> timedelta:
    return timedelta(days=number)
