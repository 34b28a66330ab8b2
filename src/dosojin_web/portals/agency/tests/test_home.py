"""What waits, most urgent first."""

from datetime import datetime

import pytest

from dosojin_web.payments.models import CardRefund
from dosojin_web.policies.japan import JAPAN
from dosojin_web.policies.models import ChangeRequest, Referral, TransferDue
from dosojin_web.policies.tests.conftest import World

from .conftest import Desk, another_certificate, bring_to_payment, count_queries

pytestmark = pytest.mark.django_db


def test_nothing_to_do_is_said(desk: Desk) -> None:
    assert "Nothing to do" in desk.read("/agency/")


def test_a_referral_says_until_when_and_what_is_next(desk: Desk, referral: Referral) -> None:
    text = desk.read("/agency/")
    assert "Quote a loading, or refuse" in text
    assert "until Sun 23 May 2027, 24:00 (Japan time)" in text, "nine days before departure"
    assert "52 days left" in text
    assert '<span class="tab-count">1</span>' in text


def test_an_extension_says_whose_turn_it_is(
    world: World, extension: ChangeRequest, july: datetime
) -> None:
    desk = Desk(world.agency)
    assert "Accept or refuse" in desk.read("/agency/")
    bring_to_payment(world, extension)
    text = desk.read("/agency/")
    assert "Record the bank transfer when it comes" in text
    assert "21 days left" in text


def test_a_near_deadline_is_marked_and_comes_first(
    world: World, extension: ChangeRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    evening = datetime(2027, 7, 31, 19, 0, tzinfo=JAPAN)
    monkeypatch.setattr("django.utils.timezone.now", lambda: evening)
    text = Desk(world.agency, "ja").read("/agency/")
    assert "残り5時間" in text
    assert "state-bad" in text


def test_a_failed_refund_and_a_transfer_wait(desk: Desk, refund: CardRefund) -> None:
    text = desk.read("/agency/")
    assert "Refund to the card failed" in text
    assert f"/agency/refunds/{refund.pk}/" in text


def test_a_transfer_waits(desk: Desk, transfer: TransferDue) -> None:
    assert "Write down the account to pay to" in desk.read("/agency/")


def test_more_tasks_take_no_more_queries(
    world: World, desk: Desk, extension: ChangeRequest
) -> None:
    with count_queries() as few:
        desk.read("/agency/")
    for number in range(2, 5):
        copy = ChangeRequest.objects.get(pk=extension.pk)
        copy.pk, copy.certificate = None, another_certificate(world, extension, number)
        copy.key = f"00000000-0000-4000-8000-00000000000{number}"
        copy.save(force_insert=True)
    with count_queries() as many:
        text = desk.read("/agency/")
    assert text.count("Extension to check") == 4
    assert len(many) == len(few)
