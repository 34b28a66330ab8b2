"""Workers in processes of their own, one of them killed while it holds a row."""

from __future__ import annotations

import signal

import pytest

from tests.web.nursery import Nursery

STEPS = "dosojin_web.database.tests.lease_steps"
THINGS = 60
pytestmark = pytest.mark.django_db


def test_each_thing_is_done_once(nursery: Nursery) -> None:
    nursery.ask("prepare", things=THINGS)
    assert nursery.ask("work", dies_at=3) == {"signal": signal.SIGKILL}
    counts = [each["done"] for each in nursery.ask("work", together=4)["answers"]]
    assert sum(counts) == THINGS - 3, "two were done before the kill, the third is still leased"
    assert nursery.ask("work", later=1) == {"done": 1}
    found = nursery.ask("report")
    assert found == {"names": list(range(THINGS)), "retried": 1}
