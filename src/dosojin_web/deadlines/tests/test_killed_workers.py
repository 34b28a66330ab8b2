"""1,000 timers, 3 workers in processes of their own, SIGKILL at random moments: each fires once."""

from __future__ import annotations

import pytest

from tests.web.nursery import Nursery

STEPS = "dosojin_web.deadlines.tests.timer_steps"
TIMERS, DEADLY, WORKERS = 1000, 5, 3
pytestmark = pytest.mark.django_db


def test_each_fires_once_whoever_is_killed(nursery: Nursery) -> None:
    nursery.ask("prepare", timers=TIMERS)
    died = nursery.ask("work", workers=WORKERS)["died"]
    found = nursery.ask("report")
    assert (found["firings"], found["timers"], found["done"]) == (TIMERS, TIMERS, TIMERS), found
    assert died >= DEADLY and found["retried"] >= DEADLY, (died, found)
    assert found["workers"] > WORKERS, found
