"""Killed between any two steps: one charge, one certificate, one entry, one mail, one refund."""

from __future__ import annotations

import re
import signal
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from dosojin_web.payments.fake.postman import sign
from dosojin_web.payments.fake.server import Fake, run_fake
from dosojin_web.payments.tests.trial import KEY, SECRET, environment_of, letters, post
from tests.web.nursery import Nursery

STEPS = "dosojin_web.policies.tests.enrolment_steps"
SETTLING = ("event.kept", "settle.locked", "settle.told", "settle.committed")
ENROLLING = {
    "submit.written": "submit",
    "start.kept": "pay",
    "start.answered": "pay",
    "start.recorded": "pay",
    "enrol.issued": "event",
    "enrol.booked": "event",
    "enrol.written": "event",
    **dict.fromkeys(SETTLING, "event"),
}
EXTENDING = {
    "start.answered": "pay_more",
    "change.booked": "event",
    "change.written": "event",
    "settle.told": "event",
    "settle.committed": "event",
}
REFUNDING = {
    "change.booked": "confirm",
    "change.written": "confirm",
    "return.asked": "work",
    "refund.kept": "work",
    "refund.answered": "work",
    "refund.told": "work",
    "refund.committed": "work",
}
"""Where the process is killed, and in which step."""
LATER_MINUTES, DAYS_LATER_MINUTES = 11, 3 * 24 * 60
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def fake() -> Iterator[Fake]:
    with run_fake(KEY, SECRET) as running:
        yield running


@pytest.fixture(scope="module")
def nursery_environment(fake: Fake) -> dict[str, str]:
    return environment_of(fake)


@pytest.fixture(scope="module")
def programme(nursery: Nursery) -> int:
    return int(nursery.ask("set_up")["programme"])


class Life:
    """One student, and the place at which whoever serves the student is killed, once."""

    def __init__(
        self, nursery: Nursery, fake: Fake, programme: int, point: str = "", step: str = ""
    ) -> None:
        self.nursery, self.fake, self.point, self.fatal = nursery, fake, point, step
        self.resume = "again"
        count = len(fake.till.sessions) + len(fake.till.seen)
        filled = nursery.ask("fill_in", programme=programme, student=f"{point}-{step}-{count}")
        self.application, self.premium = str(filled["application"]), int(filled["premium"])

    def do(self, step: str, **asked: str | int) -> dict[str, Any]:
        """The step; killed in it if it is the one, and then taken up again."""
        asked["application"] = self.application
        if self.fatal == step:
            self.fatal = ""
            answer = self.nursery.ask(step, failpoint=self.point, **asked)
            assert answer == {"signal": signal.SIGKILL}, answer
            if self.resume == "round":
                return self.nursery.ask("work", minutes=LATER_MINUTES)
        return self.nursery.ask(step, **asked)

    def pay(self, step: str) -> None:
        """The payer presses the button, and once more, and pays; the provider tells of it."""
        self.do(step)
        address = self.do(step)["url"]
        for _ in range(2):
            post(address, card="success")
        letter = letters(self.fake, "checkout.session.completed")[-1]
        self.do("event", body=letter.body.decode(), signature=sign(letter.body, SECRET))

    def enrol(self) -> None:
        self.do("submit")
        if self.resume == "round":
            # Nobody but the student submits.
            self.do("submit")
        self.pay("pay")

    def charges(self, found: dict[str, Any]) -> dict[str, int]:
        """The yen of every charge of the card, for the application and its changes."""
        return {
            str(intent["id"]): int(intent["amount_received"])
            for session in self.fake.till.sessions.values()
            if session["metadata"]["reference"].partition(":")[0] in found["keys"]
            for intent in [self.fake.till.intents.get(session["payment_intent"] or "")]
            if intent is not None
        }

    def report(self, minutes: int = LATER_MINUTES) -> dict[str, Any]:
        """How it stands once the worker has come by twice, so many minutes later."""
        for _ in range(2):
            assert self.nursery.ask("work", minutes=minutes)["faults"] == 0
        found = self.nursery.ask("report", application=self.application)
        assert (found["trial"], found["unsealed"], found["damage"]) == (0, 0, "")
        assert set(found["payments"]) <= {"succeeded", "expired"}
        assert (found["certificates"], found["deadlines"]) == (1, 1)
        assert found["mails"].count("enrolment") == 1
        return found


def pairs(points: dict[str, str]) -> Sequence[tuple[str, str]]:
    return list(points.items())


def test_what_follows_some_days_later(nursery: Nursery, fake: Fake, programme: int) -> None:
    """Killed while the documents are entered: they are made once, and announced once.

    The first test, since the worker makes those of every student enrolled before.
    """
    life = Life(nursery, fake, programme)
    life.enrol()
    life.point, life.fatal, life.resume = "documents.written", "work", "round"
    life.do("work", minutes=DAYS_LATER_MINUTES)
    found = life.report(DAYS_LATER_MINUTES + LATER_MINUTES)
    assert found["documents"] == ["certificate", "premium-receipt"]
    assert found["mails"] == ["certificate", "enrolment"]


@pytest.mark.parametrize("resume", ["again", "round"])
@pytest.mark.parametrize(("point", "step"), pairs(ENROLLING))
def test_an_enrolment(
    nursery: Nursery, fake: Fake, programme: int, point: str, step: str, resume: str
) -> None:
    life = Life(nursery, fake, programme, point, step)
    life.resume = resume
    life.enrol()
    found = life.report()
    assert list(life.charges(found).values()) == [life.premium]
    assert found["payments"].count("succeeded") == 1
    assert (found["versions"], found["entries"]) == (["issue"], ["premium"])
    assert found["cards"] == life.premium
    assert (found["mails"], found["documents"]) == (["enrolment"], [])


@pytest.mark.parametrize(("point", "step"), pairs(EXTENDING))
def test_an_additional_premium(
    nursery: Nursery, fake: Fake, programme: int, point: str, step: str
) -> None:
    life = Life(nursery, fake, programme)
    life.enrol()
    more = life.do("extend")["premium"]
    assert more > 0
    life.point, life.fatal = point, step
    life.pay("pay_more")
    found = life.report()
    assert list(life.charges(found).values()) == [life.premium, more]
    assert found["payments"].count("succeeded") == 2
    assert (found["versions"], found["entries"]) == (["issue", "extension"], ["premium"] * 2)
    assert found["cards"] == life.premium + more
    assert found["mails"].count("change_done") == 1


@pytest.mark.parametrize(("point", "step"), pairs(REFUNDING))
def test_a_return_premium(
    nursery: Nursery, fake: Fake, programme: int, point: str, step: str
) -> None:
    life = Life(nursery, fake, programme)
    life.enrol()
    life.do("cancel")
    life.point, life.fatal, life.resume = point, step, "again"
    life.do("confirm")
    life.do("work")
    life.do("work", minutes=LATER_MINUTES)
    found = life.report()
    assert found["versions"] == ["issue", "cancellation"]
    assert found["entries"] == ["premium", "refund-paid", "return-premium"]
    assert found["refunds"] == [["settled", life.premium]]
    assert (found["cards"], found["owed"]) == (0, 0)
    charges = life.charges(found)
    assert list(charges.values()) == [life.premium]
    given = [r["amount"] for r in fake.till.refunds.values() if r["payment_intent"] in charges]
    assert given == [life.premium]


def test_every_step_of_this_slice_is_killed_somewhere() -> None:
    """The places in the sources are among the places above."""
    slice_ = Path(__file__).parents[1]
    text = "".join(path.read_text(encoding="utf-8") for path in slice_.glob("operations/*.py"))
    places = set(re.findall(r'reach\("([\w.]+)"\)', text))
    assert places and places <= {*ENROLLING, *EXTENDING, *REFUNDING, "documents.written"}
