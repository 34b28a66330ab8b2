"""Who is in the middle of enrolling."""

from datetime import datetime

import pytest

from dosojin_web.payments.models import Payment, PaymentState
from dosojin_web.policies.japan import JAPAN
from dosojin_web.policies.models import Application, Referral
from dosojin_web.policies.operations.submit_application import payment_reference
from dosojin_web.policies.tests.conftest import (
    DEPARTS,
    NOW,
    PREMIUM_D_2_MONTHS,
    RETURNS,
    World,
    add_member,
    fill_in,
    submit,
)

from .conftest import Desk, count_queries

pytestmark = pytest.mark.django_db
PAGE = "/agency/applications/"


def test_a_declined_card_is_explained(world: World, desk: Desk) -> None:
    application = submit(world, fill_in(world), PREMIUM_D_2_MONTHS)
    Payment.objects.create(
        purpose="application", reference=payment_reference(application), key="p1", amount=26_130,
        description="", return_url="http://x/", cancel_url="http://x/", language="ja",
        state=PaymentState.OPEN, last_decline="insufficient_funds", created_at=NOW, asked_at=NOW,
        changed_at=NOW,
    )  # fmt: skip
    text = desk.read(PAGE)
    assert "Card declined" in text
    assert "not enough money" in text


def test_what_waits_for_the_agency_leads_there(desk: Desk, referral: Referral) -> None:
    assert f"/agency/referrals/{referral.key}/" in desk.read(PAGE)


def test_after_the_window_it_is_said_that_help_is_outside(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill_in(world)
    late = datetime(2027, 5, 25, 9, tzinfo=JAPAN)
    monkeypatch.setattr("django.utils.timezone.now", lambda: late)
    text = Desk(world.agency).read(PAGE)
    assert "Closed" in text and "closed on Sun 23 May 2027" in text
    assert "happens outside of it" in text


@pytest.mark.parametrize(
    ("query", "found"),
    [({"q": "佐藤"}, True), ({"q": "nobody"}, False), ({"q": "26A0001"}, True),
     ({"state": "draft"}, True), ({"state": "referred"}, False)],
)  # fmt: skip
def test_it_is_searched(world: World, desk: Desk, query: dict[str, str], found: bool) -> None:
    fill_in(world)
    assert ("HANAKO SATO" in desk.read(PAGE, **query)) == found


def test_more_applications_take_no_more_queries(world: World, desk: Desk) -> None:
    fill_in(world)
    with count_queries() as few:
        desk.read(PAGE)
    for number in range(2, 5):
        member = add_member(world.programme, number, DEPARTS, RETURNS)
        Application.objects.create(member=member, began_at=NOW)
    with count_queries() as many:
        assert desk.read(PAGE).count("HANAKO SATO") == 4
    assert len(many) == len(few)
