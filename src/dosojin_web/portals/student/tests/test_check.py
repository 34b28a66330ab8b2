"""Everything once more, and the way to the card company."""

from datetime import timedelta

import pytest
from pytest import MonkeyPatch

from dosojin_web.payments.fake.server import Fake
from dosojin_web.payments.models import Payment
from dosojin_web.policies.disclosure import Disclosure, Hazard
from dosojin_web.policies.models import Application, ApplicationState, ReferralState
from dosojin_web.policies.operations.answer_application import choose_plan
from dosojin_web.policies.operations.answer_referral import check_loading, quote_loading

from .conftest import NOW, Reader, World, fill_in, hidden_fields, make_ready, set_clock

pytestmark = pytest.mark.django_db


def test_everything_is_looked_over_with_a_way_to_change_it(reader: Reader, world: World) -> None:
    make_ready(world)
    text = reader.get("check/").text
    assert "Tue 1 June 2027 00:00 to Sat 31 July 2027 24:00 (Japan time)" in text
    assert "26,130" in text and "Pay 26,130\N{NO-BREAK SPACE}yen by card" in text
    assert "Medical and rescue expenses" in text and "Enrol online by Sat 22 May 2027" in text
    for step in ("trip", "plans", "details", "consents", "questions/sports"):
        assert f'href="{reader.root}{step}/"' in text


def test_it_may_lead_to_the_card_company_and_nowhere_else(
    reader: Reader, world: World, fake: Fake
) -> None:
    make_ready(world)
    policy = reader.get("check/").headers["Content-Security-Policy"]
    assert f"form-action 'self' {fake.base}" in policy


def test_paying_fixes_the_price_and_opens_the_card_page(
    reader: Reader, world: World, fake: Fake
) -> None:
    make_ready(world)
    answer = reader.send("check/")
    payment = Payment.objects.get()
    assert answer["Location"] == payment.url and payment.url.startswith(fake.base)
    assert payment.amount == 26_130
    assert reader.application().state == ApplicationState.AWAITING_PAYMENT


def test_a_double_click_is_one_payment(reader: Reader, world: World, fake: Fake) -> None:
    make_ready(world)
    fields = hidden_fields(reader.get("check/").text)
    first, second = reader.post("check/", fields), reader.post("check/", fields)
    assert first["Location"] == second["Location"]
    assert Payment.objects.count() == 1 and len(fake.till.sessions) == 1


def test_what_is_missing_is_named_with_its_place_and_nothing_is_charged(
    reader: Reader, world: World, fake: Fake
) -> None:
    fill_in(world)
    text = reader.get("check/").text
    assert "Something is still missing" in text and f'href="{reader.root}details/"' in text
    answer = reader.send("check/")
    assert answer.status_code == 422
    assert '<a href="#details">' in answer.text and '<a href="#consents">' in answer.text
    assert not Payment.objects.exists()


def test_another_amount_than_the_one_shown_is_not_charged(
    reader: Reader, world: World, fake: Fake
) -> None:
    make_ready(world)
    answer = reader.send("check/", seen_total="100")
    assert answer.status_code == 422 and "The premium has changed." in answer.text
    assert not Payment.objects.exists()


def test_an_old_page_shows_what_it_said_and_what_stands(
    reader: Reader, world: World, fake: Fake
) -> None:
    application = make_ready(world)
    old = hidden_fields(reader.get("check/").text)
    choose_plan(application, "B", application.version, world.actor, NOW)
    answer = reader.post("check/", old)
    assert answer.status_code == 409
    assert "Your answers have changed since you opened this page" in answer.text
    assert "26,130" in answer.text and not Payment.objects.exists()


def test_the_card_company_does_not_answer(reader: Reader, world: World) -> None:
    make_ready(world)
    answer = reader.send("check/")
    assert answer.status_code == 422
    assert "The card company does not answer. Nothing was charged" in answer.text
    assert 'id="pay"' in answer.text


def test_a_loading_stands_beside_the_premium_with_its_reason(
    reader: Reader, world: World, fake: Fake
) -> None:
    sports = Disclosure(return_planned=True, sports=(Hazard.SKYDIVING,), sports_note="two jumps")
    application = make_ready(world, disclosure=sports)
    assert reader.get("check/")["Location"] == reader.root
    referral = application.referrals.get()
    agency, second = world.agency, world.second_agency
    quote_loading(referral, 8_000, "with a licensed school", agency.user, agency.actor, NOW)
    referral.refresh_from_db()
    assert referral.state == ReferralState.PROPOSED
    check_loading(referral, second.user, second.actor, NOW)
    text = reader.get("check/").text
    assert "Quoted by the agency: with a licensed school" in text
    assert "8,000" in text and "Pay 34,130\N{NO-BREAK SPACE}yen by card" in text
    reader.send("check/")
    assert Payment.objects.get().amount == 34_130


def test_the_last_day_is_said_and_after_it_nothing_is_taken(
    reader: Reader, world: World, fake: Fake, monkeypatch: MonkeyPatch
) -> None:
    make_ready(world)
    departs = NOW.replace(month=6, day=1)
    set_clock(monkeypatch, departs - timedelta(days=9), reader)
    assert "Enrol today: this is the last day" in reader.get("check/").text
    set_clock(monkeypatch, departs - timedelta(days=8), reader)
    answer = reader.send("check/")
    assert answer.status_code == 422 and not Payment.objects.exists()


def test_without_a_plan_there_is_nothing_to_check(reader: Reader) -> None:
    reader.post("start/")
    assert reader.get("check/")["Location"] == reader.root


def test_a_strangers_trip_is_not_there(stranger: Reader, world: World, fake: Fake) -> None:
    make_ready(world)
    assert stranger.get("check/").status_code == 404
    assert stranger.post("check/").status_code == 404
    assert Application.objects.get().state == ApplicationState.DRAFT


def test_staff_read_403(staff: Reader, world: World) -> None:
    make_ready(world)
    assert staff.get("check/").status_code == 403
