"""Files of a transaction that was undone go, a day later; all others stay."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import transaction

from dosojin_web.deadlines.rounds import ROUNDS
from dosojin_web.uploads import store
from dosojin_web.uploads.models import Upload
from dosojin_web.uploads.operations import sweep_orphans as sweeping
from dosojin_web.uploads.operations.sweep_orphans import sweep_orphans

from .conftest import NOW, image, pdf

Send = Callable[..., Upload]
DAY = timedelta(days=1)


def written(at: datetime, folder: Path) -> None:
    """As if all files had been written at a moment."""
    for path in folder.rglob("*"):
        os.utime(path, (at.timestamp(), at.timestamp()))


def send_and_undo(send: Send, content: bytes) -> Upload:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        upload = send(content)
        raise ZeroDivisionError
    return upload


def test_what_was_undone_goes_after_a_day(send: Send, folder: Path) -> None:
    kept = send(pdf(1))
    send_and_undo(send, image("JPEG"))
    assert len(list(store.all_names())) == 3
    written(NOW, folder)
    assert sweep_orphans(NOW + DAY - timedelta(seconds=1)) == 0
    assert sweep_orphans(NOW + DAY) == 2 and sweep_orphans(NOW + DAY) == 0
    assert kept.read() == pdf(1)


def test_a_picture_beside_its_upload_stays(send: Send, folder: Path) -> None:
    upload = send(image("JPEG"))
    written(NOW, folder)
    assert sweep_orphans(NOW + 9 * DAY) == 0
    assert upload.read_picture()


def test_drafts_and_strange_files_go_too(send: Send, folder: Path) -> None:
    upload = send(pdf())
    path = store.find_path(str(upload.key))
    path.with_name(f".{upload.key}.0123456789abcdef").write_bytes(b"half")
    path.with_name("strange").write_bytes(b"?")
    written(NOW, folder)
    assert sweep_orphans(NOW + DAY) == 2 and upload.read() == pdf()


def test_many_are_looked_at_in_batches(
    send: Send, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweeping, "BATCH_FILES", 2)
    kept = [send(pdf(pages)) for pages in (1, 2)]
    send_and_undo(send, image("JPEG"))
    send_and_undo(send, image("PNG"))
    written(NOW, folder)
    assert sweep_orphans(NOW + DAY) == 4
    assert [upload.read() for upload in kept] == [pdf(1), pdf(2)]


def test_an_empty_database_sweeps_nothing(send: Send, folder: Path) -> None:
    """It may stand beside the files of another, by a mistake in the settings."""
    send_and_undo(send, pdf())
    written(NOW, folder)
    assert sweep_orphans(NOW + DAY) == 0 and len(list(store.all_names())) == 1


def test_the_worker_sweeps() -> None:
    assert "dosojin_web.uploads.rounds.take_orphans_away" in {each.name for each in ROUNDS}
