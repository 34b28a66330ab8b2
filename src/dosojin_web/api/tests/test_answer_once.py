"""A write under a key of the caller's: one deed and one answer, however often it is sent."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, connections

from dosojin_web.accounts.actors import SYSTEM
from dosojin_web.accounts.models import Appointment, User
from dosojin_web.accounts.roles import Role
from dosojin_web.accounts.seats import Seat
from dosojin_web.api.models import ApiCall
from dosojin_web.api.operations import answer_once as operation
from dosojin_web.api.operations.answer_once import Call, KeyReused, answer_once, answer_repeatable
from dosojin_web.audit.models import Event
from dosojin_web.audit.operations.record_event import record

from .conftest import NOW, Appoint

ways = pytest.mark.parametrize("way", [answer_once, answer_repeatable])


def seat_of(held: Appointment) -> Seat:
    return Seat(held.user, Role(held.role), held.organisation, held.pk)


@pytest.fixture
def seat(appoint: Appoint) -> Seat:
    return seat_of(appoint())


class Deed:
    """Something that is done: it leaves an event, and answers with how often it was done."""

    def __init__(self, seat: Seat, **asked: Any) -> None:
        given = {"key": "k1", "operation": "draft", "address": "/a", "content": b"{}"} | asked
        self.call = Call(seat, **given)

    def __call__(self) -> str:
        record(SYSTEM, "deed.done", "deed:1", {}, NOW)
        return f'{{"done":{Event.objects.filter(act="deed.done").count()}}}'


def count_deeds() -> int:
    return Event.objects.filter(act="deed.done").count()


@ways
def test_the_same_again_is_the_same_answer(seat: Seat, way: Any) -> None:
    deed = Deed(seat)
    first = way(deed.call, deed, NOW)
    assert way(deed.call, deed, NOW + timedelta(days=400)) == first == '{"done":1}'
    assert count_deeds() == ApiCall.objects.count() == 1


@ways
@pytest.mark.parametrize(
    "other", [{"content": b'{"a": 1}'}, {"address": "/b"}, {"operation": "pay"}]
)
def test_the_key_of_another_request_is_refused(seat: Seat, way: Any, other: dict[str, Any]) -> None:
    deed, slip = Deed(seat), Deed(seat, **other)
    first = way(deed.call, deed, NOW)
    with pytest.raises(KeyReused):
        way(slip.call, slip, NOW)
    assert count_deeds() == 1 and way(deed.call, deed, NOW) == first


@ways
def test_a_key_is_its_seats_alone(seat: Seat, appoint: Appoint, way: Any) -> None:
    colleague = Deed(seat_of(appoint(username="colleague")))
    same_user = Deed(seat_of(appoint(Role.POLICYHOLDER)))
    answers = [way(deed.call, deed, NOW) for deed in (Deed(seat), colleague, same_user)]
    assert answers == ['{"done":1}', '{"done":2}', '{"done":3}']


@ways
def test_another_key_does_it_again(seat: Seat, way: Any) -> None:
    first, second = Deed(seat), Deed(seat, key="k2")
    assert way(first.call, first, NOW) != way(second.call, second, NOW)
    assert count_deeds() == 2


@ways
def test_what_was_refused_keeps_no_answer(seat: Seat, way: Any) -> None:
    deed = Deed(seat)

    def refuse() -> str:
        raise ValueError("not today")

    with pytest.raises(ValueError, match="not today"):
        way(deed.call, refuse, NOW)
    assert way(deed.call, deed, NOW) == '{"done":1}'


def test_what_was_done_before_a_refusal_is_taken_back(seat: Seat) -> None:
    deed = Deed(seat)

    def break_off() -> str:
        deed()
        raise ValueError("not today")

    with pytest.raises(ValueError, match="not today"):
        answer_once(deed.call, break_off, NOW)
    assert count_deeds() == ApiCall.objects.count() == 0


def test_the_slower_of_two_gets_the_answer_of_the_quicker(
    seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The slower one has looked before the quicker one had written."""
    deed, find = Deed(seat), operation._find
    first = answer_once(deed.call, deed, NOW)
    looks = iter([lambda call: None, find])
    monkeypatch.setattr(operation, "_find", lambda call: next(looks)(call))
    assert answer_once(deed.call, deed, NOW) == first
    assert count_deeds() == ApiCall.objects.count() == 1


@pytest.fixture
def shared(
    transactional_db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """A database that threads can share; that of the tests lives in the memory of one."""
    if connection.vendor == "sqlite":
        path = tmp_path / "shared.sqlite3"
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(path)])
        copied = {**connections.settings["default"], "NAME": str(path)}
        monkeypatch.setitem(connections.settings, "default", copied)
    yield


def test_many_at_once(shared: None) -> None:
    """Eight threads send the same call; the deed is there once, and all have the same answer."""

    def make_seat() -> Seat:
        user = User.objects.create(username="robot")
        made = Appointment.objects.create(user=user, role=Role.AUDITOR, began_at=NOW)
        return seat_of(made)

    def on_own_connection(work: Any) -> Any:
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        seat = pool.submit(on_own_connection, make_seat).result()
        together, deed = Barrier(8), Deed(seat)

        def send() -> str:
            together.wait()
            return answer_once(deed.call, deed, NOW)

        answers = [pool.submit(on_own_connection, send) for _ in range(8)]
        assert {each.result() for each in answers} == {'{"done":1}'}
        assert pool.submit(on_own_connection, count_deeds).result() == 1
