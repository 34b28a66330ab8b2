"""Killed at every step of a payment and a refund: never charged twice, never lost."""

from __future__ import annotations

import re
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as configured

from dosojin_web.payments.fake.postman import sign
from dosojin_web.payments.fake.server import Fake, run_fake
from dosojin_web.payments.tests.trial import KEY, SECRET, environment_of, letters, post
from tests.web.nursery import Nursery

STEPS = "dosojin_web.payments.tests.payment_steps"
POINTS = {
    "start.kept": "start",
    "start.answered": "start",
    "start.recorded": "start",
    "event.kept": "event",
    "settle.locked": "event",
    "settle.told": "event",
    "settle.committed": "event",
    "refund.kept": "refund",
    "refund.answered": "refund",
    "refund.told": "refund",
    "refund.committed": "refund",
}
"""Where the process is killed, and in which step."""
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def fake() -> Iterator[Fake]:
    with run_fake(KEY, SECRET) as running:
        yield running


@pytest.fixture(scope="module")
def nursery_environment(fake: Fake) -> dict[str, str]:
    return environment_of(fake)


def ask_killed(nursery: Nursery, step: str, point: str, kills: int, **asked: str) -> None:
    """Do a step, killed at ``point`` if it lies in this step, as often as ``kills`` says."""
    for kill in range(kills if POINTS[point] == step else 0):
        answer = nursery.ask(step, failpoint=point, **asked)
        # What was done before the first kill is not done again, so a second may find no place.
        assert kill or answer == {"signal": signal.SIGKILL}, answer


def live(nursery: Nursery, fake: Fake, point: str, kills: int, resume: str, name: str) -> None:
    """Start, pay, hear of it, refund; killed in one of these, and then taken up again."""

    def step(do: str, **asked: str) -> None:
        ask_killed(nursery, do, point, kills, reference=name, **asked)
        by_round = resume == "round" and POINTS[point] == do
        nursery.ask("round" if by_round else do, reference=name, **asked)

    step("start", key=f"{name}:1")
    # What the payer's page does: the same key, or the next where that try has ended.
    payment = nursery.ask("start", reference=name, key=f"{name}:1")
    if not payment["url"]:
        payment = nursery.ask("start", reference=name, key=f"{name}:2")
    for _ in range(2):
        post(payment["url"], card="success")
    letter = letters(fake, "checkout.session.completed")[-1]
    step("event", body=letter.body.decode(), signature=sign(letter.body, SECRET))
    step("refund")


@pytest.mark.parametrize(("kills", "resume"), [(1, "again"), (1, "round"), (2, "again")])
@pytest.mark.parametrize("point", POINTS)
def test_killed_and_taken_up_again(
    nursery: Nursery, fake: Fake, point: str, kills: int, resume: str
) -> None:
    name = f"{point}-{kills}-{resume}"
    live(nursery, fake, point, kills, resume, name)
    found = nursery.ask("report", reference=name)
    assert found["payments"].count("succeeded") == 1
    assert set(found["payments"]) <= {"succeeded", "expired"}
    assert (found["settled"], found["audited"], found["unhandled"]) == (1, 1, 0)
    assert (found["refunds"], found["refunded"]) == (["settled"], 1)
    sessions = [s for s in fake.till.sessions.values() if s["metadata"]["reference"] == name]
    intents = [fake.till.intents[s["payment_intent"]] for s in sessions if s["payment_intent"]]
    refunds = [r for r in fake.till.refunds.values() if r["payment_intent"] == intents[0]["id"]]
    assert [intent["amount_received"] for intent in intents] == [12_340]
    assert [refund["amount"] for refund in refunds] == [2_000]
    # A checkout that nobody was sent to runs out by itself.
    still_open = [session for session in sessions if session["status"] == "open"]
    assert len(still_open) == (1 if (point, resume) == ("start.answered", "round") else 0)


def test_everybody_at_once(nursery: Nursery, fake: Fake) -> None:
    """Six at a time start, hear of the money and give it back: each of it happens once."""
    name = "together"
    started = nursery.ask("start", reference=name, key=f"{name}:1", together=6)["answers"]
    addresses = {each["url"] for each in started}
    assert len(addresses) == 1, started
    post(addresses.pop(), card="success")
    letter = letters(fake, "checkout.session.completed")[-1]
    asked = {"body": letter.body.decode(), "signature": sign(letter.body, SECRET)}
    heard = nursery.ask("event", reference=name, together=6, **asked)["answers"]
    assert heard == [{}] * 6
    refunds = nursery.ask("refund", reference=name, amount=12_340, together=6)["answers"]
    assert sorted("error" in each for each in refunds) == [False] + [True] * 5, refunds
    assert all("0 yen left" in each["error"] for each in refunds if "error" in each)
    found = nursery.ask("report", reference=name)
    assert (found["payments"], found["refunds"]) == (["succeeded"], ["settled"])
    assert (found["settled"], found["refunded"], found["audited"]) == (1, 1, 1)


def test_every_step_is_killed_somewhere() -> None:
    """The places in the sources are the places above."""
    operations = Path(__file__).parents[1] / "operations"
    text = "".join(path.read_text(encoding="utf-8") for path in operations.glob("*.py"))
    assert set(re.findall(r'reach(?:\(|, )"([\w.]+)"', text)) == set(POINTS)


def test_no_server_can_be_killed_like_this() -> None:
    assert configured.FAILPOINTS is False
