"""The scheme of ``policies``, two people of its agency, one of another agency, and things to do."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from dosojin_web.accounts.models import User
from dosojin_web.accounts.roles import Role
from dosojin_web.accounts.seats import Seat
from dosojin_web.directory.models import Organisation, OrganisationKind
from dosojin_web.payments.models import CardRefund, Payment, PaymentState, RefundState
from dosojin_web.policies.disclosure import Disclosure, Hazard
from dosojin_web.policies.japan import JAPAN
from dosojin_web.policies.models import (
    Application,
    Certificate,
    CertificateVersion,
    ChangeRequest,
    Referral,
    TransferDue,
)
from dosojin_web.policies.operations.decide_change import confirm_change, review_extension
from dosojin_web.policies.operations.request_change import request_extension
from dosojin_web.policies.operations.send_refund import send_return_premium
from dosojin_web.policies.operations.submit_application import payment_reference
from dosojin_web.policies.proxies import Proxy
from dosojin_web.policies.tests.conftest import NOW, World, add_member, fill_in, seat_of
from dosojin_web.policies.tests.conftest import enrolled as enrolled
from dosojin_web.policies.tests.conftest import world as world
from dosojin_web.policies.tests.test_certificate_changes import end_early

JULY_10 = datetime(2027, 7, 10, 9, 0, tzinfo=JAPAN)
PROXY = Proxy("佐藤一郎", "父", "+81311112222", "father@example.jp", "2027-08-30")
SPORTS = Disclosure(
    return_planned=True,
    sports=(Hazard.SKYDIVING,),
    sports_note="two jumps with a school",
    dangerous_work=True,
    work_note="ski patrol",
)


class Desk:
    """A browser of somebody at the agency, reading one language."""

    def __init__(self, seat: Seat | User, language: str = "en") -> None:
        self.user = seat.user if isinstance(seat, Seat) else seat
        self.client = Client(headers={"Accept-Language": language})
        self.client.force_login(self.user)

    def get(self, address: str, **query: str) -> HttpResponse:
        return self.client.get(address, query)

    def post(self, address: str, /, **sent: Any) -> HttpResponse:
        return self.client.post(address, sent)

    def read(self, address: str, **query: str) -> str:
        response = self.get(address, **query)
        assert response.status_code == 200, (address, response.status_code)
        return response.text


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Views read this clock; ``set_clock`` sets another."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture(autouse=True)
def _documents(settings: Any, tmp_path: Any) -> None:
    settings.VAR = tmp_path


@pytest.fixture
def july(monkeypatch: pytest.MonkeyPatch) -> datetime:
    """It is 10 July 2027, three weeks before cover ends. Log in after this."""
    monkeypatch.setattr("django.utils.timezone.now", lambda: JULY_10)
    return JULY_10


@pytest.fixture
def desk(world: World) -> Desk:
    return Desk(world.agency)


@pytest.fixture
def second(world: World) -> Desk:
    return Desk(world.second_agency)


@pytest.fixture
def stranger(world: World) -> Desk:
    """Somebody of another agency."""
    other, _ = Organisation.objects.get_or_create(
        code="other", defaults={"kind": OrganisationKind.AGENCY, "name_ja": "他", "name_en": "O"}
    )
    return Desk(seat_of("stranger", Role.AGENCY, other))


@pytest.fixture
def referral(world: World) -> Referral:
    found: Referral = fill_in(world, disclosure=SPORTS).referrals.get()
    return found


def ask(certificate: Certificate, seat: Seat, new_end: date = date(2027, 8, 31)) -> ChangeRequest:
    """An extension to 31 August: 9,960 yen more."""
    number = certificate.versions.latest("number").number
    return request_extension(certificate, new_end, PROXY, "thesis", number, seat.actor, JULY_10)


def bring_to_payment(world: World, change: ChangeRequest) -> ChangeRequest:
    change = review_extension(change, change.version, 0, "", world.second_agency.actor, JULY_10)
    return confirm_change(change, change.version, world.policyholder.actor, JULY_10)


@pytest.fixture
def extension(world: World, enrolled: Certificate) -> ChangeRequest:
    return ask(enrolled, world.student)


@pytest.fixture
def payment(enrolled: Certificate) -> Payment:
    """The card payment behind the certificate."""
    return Payment.objects.create(
        purpose="application", reference=payment_reference(enrolled.application), key="p1",
        amount=26_130, description="", return_url="http://x/", cancel_url="http://x/",
        language="ja", state=PaymentState.SUCCEEDED, created_at=NOW, asked_at=NOW, changed_at=NOW,
    )  # fmt: skip


@pytest.fixture
def refund(world: World, enrolled: Certificate, payment: Payment) -> CardRefund:
    """17,370 yen that the card would not take."""
    return make_refund(world, enrolled, payment)


def make_refund(
    world: World, certificate: Certificate, payment: Payment, key: str = "r1"
) -> CardRefund:
    june = datetime(2027, 6, 20, 9, tzinfo=JAPAN)
    end_early(world, certificate, None, june)
    return CardRefund.objects.create(
        payment=payment, key=key, amount=17_370, reason="cancellation", maker="system",
        state=RefundState.FAILED, failure="expired_or_canceled_card", created_at=june,
        changed_at=june,
    )  # fmt: skip


@pytest.fixture
def transfer(world: World, enrolled: Certificate) -> TransferDue:
    """17,370 yen for which no card payment is left."""
    june = datetime(2027, 6, 20, 9, tzinfo=JAPAN)
    end_early(world, enrolled, None, june)
    send_return_premium(enrolled.changes.get(), june)
    return TransferDue.objects.get()


def another_certificate(world: World, extension: ChangeRequest, number: int) -> Certificate:
    """The certificate of ``extension`` once more, for another student."""
    base = extension.certificate
    member = add_member(world.programme, number, world.member.departs_on, world.member.returns_on)
    application = Application.objects.create(
        member=member, state="enrolled", began_at=base.issued_at
    )
    certificate = Certificate.objects.create(
        number=f"G26-00010{number}-0", master=base.master, member=member,
        application=application, issued_at=base.issued_at,
    )  # fmt: skip
    version = base.versions.get(number=1)
    CertificateVersion.objects.create(
        certificate=certificate, number=1, kind="issue", recorded_at=version.recorded_at,
        effective_from=version.effective_from, plan="D", inception=version.inception,
        expiry=version.expiry, premium=26_130, premium_change=26_130, actor="system",
    )  # fmt: skip
    return certificate


@contextmanager
def count_queries() -> Iterator[CaptureQueriesContext]:
    with CaptureQueriesContext(connection) as queries:
        yield queries
