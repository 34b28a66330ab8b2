"""The scheme of ``policies`` on 10 July 2027, three weeks before its first cover ends."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from dosojin_web.accounts.roles import Role
from dosojin_web.policies.tests.conftest import World, seat_of
from dosojin_web.policies.tests.conftest import enrolled as enrolled
from dosojin_web.policies.tests.conftest import world as world
from dosojin_web.portals.tests.reading import JULY_10, Reader

SetClock = Callable[[datetime], None]


@pytest.fixture(autouse=True)
def set_clock(monkeypatch: pytest.MonkeyPatch) -> SetClock:
    """The clock that views read."""

    def set_to(now: datetime) -> None:
        monkeypatch.setattr("django.utils.timezone.now", lambda: now)

    set_to(JULY_10)
    return set_to


@pytest.fixture(autouse=True)
def _documents(settings: Any, tmp_path: Any) -> None:
    settings.VAR = tmp_path


@pytest.fixture
def lead(world: World, set_clock: SetClock) -> Reader:
    """The lead insurer carries 50%."""
    return Reader(seat_of("lead", Role.INSURER, world.scheme.insurers[0]))


@pytest.fixture
def aioi(world: World, set_clock: SetClock) -> Reader:
    """A co-insurer carries 20%."""
    return Reader(seat_of("aioi", Role.INSURER, world.scheme.insurers[1]))
