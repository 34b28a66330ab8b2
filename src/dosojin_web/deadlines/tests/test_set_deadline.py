"""A deadline is owed once, whoever asks for it how often."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction

from dosojin_web.deadlines.kinds import UnknownKind, deadline_kind
from dosojin_web.deadlines.models import Deadline, Progress
from dosojin_web.deadlines.operations.cancel_deadline import cancel_deadline
from dosojin_web.deadlines.operations.run_due import run_due
from dosojin_web.deadlines.operations.set_deadline import set_deadline

pytestmark = pytest.mark.django_db
Calls = list[tuple[dict[str, Any], datetime]]


def test_asked_again_it_stays_as_it_was(now: datetime, fired: Calls) -> None:
    first = set_deadline("test.note", "a", now, {"certificate": "K26-000001"})
    later = set_deadline("test.note", "a", now + timedelta(days=1), {"certificate": "other"})
    assert (later.pk, later.due_at, later.payload) == (first.pk, now, first.payload)
    assert first.progress is Progress.WAITING and str(first) == "test.note a"
    assert run_due(now) == 1
    assert set_deadline("test.note", "a", now).progress is Progress.DONE
    assert run_due(now + timedelta(days=2)) == 0
    assert fired == [({"certificate": "K26-000001"}, now)]


def test_a_kind_and_a_key_together_name_it(now: datetime, fired: Calls) -> None:
    deadline_kind("test.other")(lambda payload, at: None)
    set_deadline("test.note", "a", now)
    set_deadline("test.note", "b", now)
    set_deadline("test.other", "a", now)
    assert Deadline.objects.count() == 3


def test_an_unknown_kind_is_refused_at_once(now: datetime, fired: Calls) -> None:
    with pytest.raises(UnknownKind, match=r"test\.typo.*registered: test\.note"):
        set_deadline("test.typo", "a", now)


def test_two_handlers_for_one_kind_are_a_mistake(fired: Calls) -> None:
    with pytest.raises(ValueError, match="two handlers"):
        deadline_kind("test.note")(lambda payload, at: None)


def test_it_goes_with_the_transaction_that_owed_it(now: datetime, fired: Calls) -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        set_deadline("test.note", "a", now)
        raise RuntimeError
    assert run_due(now) == 0


def test_a_cancelled_one_does_not_happen(now: datetime, fired: Calls) -> None:
    set_deadline("test.note", "a", now)
    assert cancel_deadline("test.note", "a", now)
    assert cancel_deadline("test.note", "a", now + timedelta(hours=1))
    assert run_due(now) == 0 and fired == []
    kept = Deadline.objects.get()
    assert kept.progress is Progress.CANCELLED and kept.cancelled_at == now


def test_what_has_happened_or_never_was_cannot_be_cancelled(now: datetime, fired: Calls) -> None:
    set_deadline("test.note", "a", now)
    run_due(now)
    assert not cancel_deadline("test.note", "a", now)
    assert not cancel_deadline("test.note", "never set", now)
    assert Deadline.objects.get().progress is Progress.DONE
