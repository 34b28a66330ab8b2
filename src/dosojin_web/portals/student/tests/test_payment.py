"""Back from the card company, however it went."""

from datetime import timedelta

import pytest
from pytest import MonkeyPatch

from dosojin_web.payments.fake.server import Fake
from dosojin_web.payments.models import Payment, PaymentState
from dosojin_web.policies.models import ApplicationState, Certificate

from .conftest import NOW, Reader, World, make_ready, pay_with, set_clock, submit

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_the_card_page(reader: Reader, world: World, fake: Fake) -> None:
    make_ready(world)
    reader.send("check/")


def test_paid_and_enrolled(reader: Reader) -> None:
    back = pay_with("success")
    assert back.endswith(f"{reader.root}payment/?taken=1")
    text = reader.get("payment/", taken="1").text
    certificate = Certificate.objects.get()
    assert "You are enrolled" in text and certificate.number in text
    assert "From Fri 2 April 2027 you will get an e-mail" in text
    assert f"/my/certificates/{certificate.number}/" in text
    assert reader.get()["Location"] == f"{reader.root}payment/"


def test_looking_again_enrols_no_second_time(reader: Reader) -> None:
    pay_with("success")
    for _ in range(2):
        assert reader.get("payment/", taken="1").status_code == 200
    assert Certificate.objects.count() == 1


def test_after_three_d_secure(reader: Reader, fake: Fake) -> None:
    challenge = pay_with("challenge")
    assert challenge.startswith("/challenge/")
    assert "taken=1" in submit(fake.base + challenge, answer="approve")
    assert "You are enrolled" in reader.get("payment/", taken="1").text


def test_under_way_says_so_and_looks_again(reader: Reader, fake: Fake) -> None:
    pay_with("processing")
    text = reader.get("payment/", taken="1").text
    assert "Your payment is being processed" in text
    assert 'hx-trigger="every 4s"' in text and '<noscript><meta http-equiv="refresh"' in text
    polled = reader.client.get(f"{reader.root}payment/?taken=1", headers={"HX-Request": "true"})
    assert polled.status_code == 204 and "HX-Refresh" not in polled
    fake.till.finish()
    polled = reader.client.get(f"{reader.root}payment/?taken=1", headers={"HX-Request": "true"})
    assert polled["HX-Refresh"] == "true"
    assert "You are enrolled" in reader.get("payment/").text


def test_processed_in_vain_is_declined(reader: Reader, fake: Fake) -> None:
    pay_with("processing_fails")
    fake.till.finish()
    assert "The card was declined" in reader.get("payment/", taken="1").text
    assert reader.send("payment/")["Location"].startswith(fake.base)
    pay_with("success")
    assert "You are enrolled" in reader.get("payment/", taken="1").text


def test_declined_says_why_and_takes_another_card(reader: Reader, fake: Fake) -> None:
    pay_with("insufficient_funds")
    text = reader.get("payment/").text
    assert "The card was declined" in text and "Nothing was charged" in text
    assert "There is not enough money or credit on this card." in text
    assert "Pay 26,130\N{NO-BREAK SPACE}yen with another card" in text
    assert reader.send("payment/")["Location"].startswith(fake.base)
    pay_with("success")
    assert "You are enrolled" in reader.get("payment/", taken="1").text
    assert sum(payment.is_paid for payment in Payment.objects.all()) == 1


def test_given_up_at_the_card_page(reader: Reader, fake: Fake) -> None:
    text = reader.get("payment/").text
    assert "You have not paid yet" in text and "Nothing was charged" in text
    assert reader.send("payment/")["Location"] == Payment.objects.get().url


def test_out_of_time(reader: Reader, fake: Fake, monkeypatch: MonkeyPatch) -> None:
    later = NOW + timedelta(hours=2)
    fake.till.clock = later.timestamp
    set_clock(monkeypatch, later)
    text = reader.get("payment/").text
    assert "The payment page ran out of time" in text
    assert reader.send("payment/")["Location"].startswith(fake.base)
    assert Payment.objects.count() == 2


def test_the_back_button_and_a_second_click_charge_nothing_twice(
    reader: Reader, fake: Fake
) -> None:
    pay_with("success")
    again = reader.post("payment/")
    assert again["Location"].endswith(f"{reader.root}payment/")
    assert reader.post("check/")["Location"] == f"{reader.root}payment/"
    assert Payment.objects.count() == 1


def test_changing_an_answer_calls_the_open_payment_off(reader: Reader, fake: Fake) -> None:
    answer = reader.send("plans/", plan="B")
    assert answer["Location"] == f"{reader.root}check/"
    assert Payment.objects.get().state == PaymentState.CANCELLED
    assert reader.application().state == ApplicationState.DRAFT
    assert reader.get("payment/")["Location"] == reader.root


def test_the_payer_was_quicker_than_the_change(reader: Reader) -> None:
    pay_with("success")
    answer = reader.send("plans/", plan="B")
    assert answer["Location"] == f"{reader.root}payment/"
    assert reader.application().plan == "D"
    assert "Your payment came first" in reader.get("payment/").text


def test_giving_up_calls_the_open_payment_off(reader: Reader) -> None:
    assert reader.send("give-up/")["Location"] == "/my/"
    assert Payment.objects.get().state == PaymentState.CANCELLED
    assert reader.application().state == ApplicationState.WITHDRAWN


def test_the_payer_was_quicker_than_giving_up(reader: Reader) -> None:
    fields = {"application": str(reader.application().key)}
    pay_with("success")
    assert reader.post("give-up/", fields)["Location"] == f"{reader.root}payment/"
    assert reader.application().state == ApplicationState.ENROLLED


def test_no_other_try_once_enrolment_is_closed(
    reader: Reader, fake: Fake, monkeypatch: MonkeyPatch
) -> None:
    later = NOW.replace(month=5, day=30)
    fake.till.clock = later.timestamp
    set_clock(monkeypatch, later, reader)
    answer = reader.post("payment/")
    assert answer.status_code == 422
    assert "Online enrolment closes nine days before departure" in answer.text
    assert Payment.objects.count() == 1


def test_a_strangers_payment_is_not_there(stranger: Reader) -> None:
    assert stranger.get("payment/").status_code == 404
    assert stranger.post("payment/").status_code == 404


def test_staff_read_403(staff: Reader) -> None:
    assert staff.get("payment/").status_code == 403
