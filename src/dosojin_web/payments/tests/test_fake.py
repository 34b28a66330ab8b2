"""The stand-in itself: as strict as the provider, and reachable from this machine only."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime
from pathlib import Path
from urllib.parse import urlencode

import pytest

from dosojin_web.payments.fake.cards import CARDS
from dosojin_web.payments.fake.postman import Mode
from dosojin_web.payments.fake.server import Fake, NotLoopback, check_loopback, run_fake
from dosojin_web.payments.fake.words import EN, JA
from dosojin_web.payments.tests.trial import KEY, SECRET, Page, post, start, visit

ASKED = {
    "mode": "payment",
    "line_items[0][quantity]": "1",
    "line_items[0][price_data][currency]": "jpy",
    "line_items[0][price_data][unit_amount]": "5000",
    "line_items[0][price_data][product_data][name]": "x",
    "success_url": "http://127.0.0.1/paid/?session={CHECKOUT_SESSION_ID}",
}


def call(fake: Fake, key: str = "", api_key: str = KEY, **changes: str) -> Page:
    headers = {"Authorization": f"Bearer {api_key}", "Idempotency-Key": key}
    body = urlencode(ASKED | changes)
    return visit(f"{fake.base}/v1/checkout/sessions", "POST", body, **headers)


def test_the_key_of_the_sdk_is_checked(fake: Fake) -> None:
    assert call(fake, api_key="sk_other").status == 401
    assert call(fake).status == 200


def test_the_same_key_with_the_same_words_gets_the_same_answer(fake: Fake) -> None:
    first, second = call(fake, "k"), call(fake, "k")
    assert first.text == second.text
    assert second.headers["Idempotent-Replayed"] == "true"
    assert "Idempotent-Replayed" not in first.headers
    assert len(fake.till.sessions) == 1


def test_the_same_key_with_other_words_is_an_idempotency_error(fake: Fake) -> None:
    call(fake, "k")
    changed = call(fake, "k", **{"line_items[0][price_data][unit_amount]": "6000"})
    assert changed.status == 400 and '"type": "idempotency_error"' in changed.text


def test_what_was_refused_is_not_kept_under_its_key(fake: Fake) -> None:
    assert call(fake, "k", mode="setup").status == 400
    assert call(fake, "k").status == 200


@pytest.mark.parametrize(
    "changes",
    [
        {"mode": ""},
        {"success_url": ""},
        {"expires_at": "1"},
        {"line_items[0][price_data][currency]": "usd"},
        {"line_items[0][price_data][unit_amount]": "50.5"},
        {"line_items[0][price_data][unit_amount]": "49"},
        {"line_items[0][price_data][unit_amount]": "100000000"},
        {"line_items[0][quantity]": "many"},
    ],
)
def test_bad_requests_are_refused(fake: Fake, changes: dict[str, str]) -> None:
    assert call(fake, **changes).status == 400


def test_unknown_things_are_missing(fake: Fake) -> None:
    headers = {"Authorization": f"Bearer {KEY}"}
    for path in ("checkout/sessions/cs_x", "payment_intents/pi_x", "refunds/re_x", "customers"):
        assert visit(f"{fake.base}/v1/{path}", **headers).status == 404


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1"])
def test_it_refuses_to_be_reached_from_elsewhere(host: str) -> None:
    with pytest.raises(NotLoopback), run_fake(KEY, SECRET, host=host):
        pass
    with pytest.raises(NotLoopback):
        check_loopback(host)


def test_it_sends_no_event_elsewhere() -> None:
    with pytest.raises(NotLoopback), run_fake(KEY, SECRET, "http://192.0.2.1/hook/"):
        pass


def test_the_program_says_so_and_stops() -> None:
    command = [sys.executable, "-m", "dosojin_web.payments.fake", "--host", "0.0.0.0"]
    ended = subprocess.run(
        [*command, "--secret", "s", "--key", "k"], capture_output=True, text=True, timeout=20
    )
    assert ended.returncode == 2 and "this machine only" in ended.stderr


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_payment_page_says_what_it_is(fake: Fake, now: datetime, language: str) -> None:
    words = {"ja": JA, "en": EN}[language]
    page = visit(start(now, language=language, key=language).url)
    assert f'<html lang="{language}">' in page.text
    assert words["double"] in page.text and "12,340" in page.text
    assert page.text.count('type="radio"') == len(CARDS)
    assert 'type="text"' not in page.text and 'type="number"' not in page.text
    assert "style=" not in page.text and "<script" not in page.text
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]


@pytest.mark.django_db
def test_titles_are_escaped(fake: Fake, now: datetime) -> None:
    page = visit(start(now, description="<b>x</b>").url)
    assert "<b>" not in page.text


@pytest.mark.django_db
def test_a_card_has_to_be_chosen(fake: Fake, now: datetime) -> None:
    page = post(start(now).url, card="none")
    assert page.status == 422 and JA["choose_one"] in page.text and 'role="alert"' in page.text


@pytest.mark.django_db
def test_a_page_after_its_end_leads_back(fake: Fake, now: datetime) -> None:
    payment = start(now)
    fake.till.expire(payment.session_id or "")
    page = visit(payment.url)
    assert page.status == 410 and payment.cancel_url in page.text


def test_a_page_that_is_not_there(fake: Fake) -> None:
    assert visit(f"{fake.base}/pay/cs_x").status == 404
    assert visit(f"{fake.base}/nothing/").status == 404
    assert visit(f"{fake.base}/style.css").status == 200


def test_the_session_is_named_to_the_return_page(fake: Fake) -> None:
    call(fake)
    (session,) = fake.till.sessions.values()
    page = post(session["url"], card="success")
    assert page.location == f"http://127.0.0.1/paid/?session={session['id']}"


def test_how_events_travel_can_be_switched_while_it_runs(fake: Fake) -> None:
    assert post(f"{fake.base}/control/", mode="dropped").status == 303
    assert fake.postman.mode is Mode.DROPPED
    assert 'value="dropped" checked' in visit(f"{fake.base}/control/").text
    post(f"{fake.base}/control/", mode="nonsense")
    assert fake.postman.mode is Mode.DROPPED


def test_what_takes_time_can_be_finished(fake: Fake) -> None:
    call(fake)
    (session,) = fake.till.sessions.values()
    post(session["url"], card="processing")
    post(f"{fake.base}/control/", finish="1")
    assert session["payment_status"] == "paid"


def test_the_state_outlives_a_restart(tmp_path: Path) -> None:
    file = tmp_path / "till.json"
    with run_fake(KEY, SECRET, file=file) as first:
        call(first)
    with run_fake(KEY, SECRET, file=file) as second:
        assert second.till.sessions == first.till.sessions


def test_both_languages_have_the_same_words() -> None:
    assert JA.keys() == EN.keys()
    for name in CARDS:
        assert f"card.{name}" in JA
