"""An event is recorded together with what it tells of, or not at all."""

import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta, timezone

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from dosojin_web.accounts.actors import SYSTEM, Actor
from dosojin_web.audit.models import AuditHead, Event
from dosojin_web.audit.operations.record_event import OutsideTransaction, record
from dosojin_web.database.append_only import ChangeRefused

NOON = datetime(2026, 6, 1, 3, tzinfo=UTC)


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_recorded() -> None:
    with pytest.raises(OutsideTransaction, match=r"one transaction\.atomic"):
        record(SYSTEM, "certificate.issue", "certificate:1", {}, NOON)
    assert not Event.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_leaves_no_gap() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record(SYSTEM, "certificate.issue", "certificate:1", {}, NOON)
        raise ZeroDivisionError
    with transaction.atomic():
        event = record(SYSTEM, "certificate.issue", "certificate:2", {}, NOON)
    assert event.seq == 1
    assert AuditHead.objects.get().hash == event.hash


@pytest.mark.django_db
def test_an_event_says_who_did_what_to_what() -> None:
    event = record(
        Actor(12, "agency", "agency"),
        "certificate.issue",
        "certificate:1",
        {"b": 1, "a": "学"},
        NOON,
    )
    event.refresh_from_db()
    assert (event.seq, event.at, event.actor, event.role) == (1, NOON, "user:12", "agency")
    assert (event.act, event.about) == ("certificate.issue", "certificate:1")
    assert event.detail == '{"a":"学","b":1}'
    assert event.previous == "0" * 64


@pytest.mark.django_db
def test_the_hash_is_the_one_described() -> None:
    """Worked out here without the slice, so that an auditor could do the same."""
    first = record(SYSTEM, "a", "b:1", {}, NOON)
    moment = datetime(2026, 6, 1, 12, 0, 0, 120, tzinfo=timezone(timedelta(hours=9)))
    event = record(Actor(3, "student", "s"), "a", 'b:"2"', {"x": None}, moment)
    facts = [2, "2026-06-01T03:00:00.000120+00:00", "user:3", "student", "a", 'b:"2"']
    facts += ['{"x":null}', first.hash]
    text = json.dumps(facts, ensure_ascii=False, separators=(",", ":"))
    key = settings.AUDIT_KEY.encode()
    assert event.hash == hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


@pytest.mark.django_db
def test_events_follow_each_other() -> None:
    events = [record(SYSTEM, "a", f"b:{n}", {}, NOON) for n in range(5)]
    assert [event.seq for event in events] == [1, 2, 3, 4, 5]
    assert [event.previous for event in events[1:]] == [event.hash for event in events[:-1]]
    head = AuditHead.objects.get()
    assert (head.seq, head.hash) == (5, events[-1].hash)


@pytest.mark.django_db
def test_what_an_event_cannot_say_is_refused() -> None:
    with pytest.raises(TypeError, match="amount is float"):
        record(SYSTEM, "a", "b:1", {"amount": 1.5}, NOON)
    with pytest.raises(TypeError, match="people is list"):
        record(SYSTEM, "a", "b:1", {"people": [1]}, NOON)
    with pytest.raises(ValueError, match="without its zone"):
        record(SYSTEM, "a", "b:1", {}, datetime(2026, 6, 1))
    assert not Event.objects.exists()


@pytest.mark.django_db
def test_events_and_head_are_kept() -> None:
    event = record(SYSTEM, "a", "b:1", {}, NOON)
    for change in (
        event.save,
        event.delete,
        lambda: Event.objects.update(act="c"),
        lambda: Event.objects.all().delete(),
        lambda: AuditHead.objects.all().delete(),
    ):
        with pytest.raises(ChangeRefused):
            change()
    for rows in (Event.objects.all(), AuditHead.objects.all()):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows._raw_delete(using="default")
