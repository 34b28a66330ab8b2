"""Takes away files that no upload names: the transaction that sent them was undone."""

import logging
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from uuid import UUID

from dosojin_web.uploads.models import Upload
from dosojin_web.uploads.store import find_folder

GRACE = timedelta(days=1)
"""Longer than any transaction that may still enter the row."""
KEY_LENGTH = 36
BATCH_FILES = 500

log = logging.getLogger(__name__)


def sweep_orphans(now: datetime) -> int:
    """How many files were taken away: those a day old or older that belong to no upload.

    In a database without any upload, none: it may be an empty one beside the files of another.
    """
    if not Upload.objects.exists():
        return 0
    swept, old = 0, _old_files(now - GRACE)
    while batch := list(islice(old, BATCH_FILES)):
        keys = {key for path in batch if (key := _key(path))}
        known = set(Upload.objects.filter(key__in=keys).values_list("key", flat=True))
        for path in batch:
            if path.name.startswith(".") or _key(path) not in known:
                path.unlink(missing_ok=True)
                swept += 1
    if swept:
        log.warning("%d files of uploads belonged to none, and were taken away", swept)
    return swept


def _old_files(before: datetime) -> Iterator[Path]:
    for path in find_folder().glob("??/*"):
        # A draft may have got its name meanwhile.
        with suppress(FileNotFoundError):
            if datetime.fromtimestamp(path.stat().st_mtime, UTC) <= before:
                yield path


def _key(path: Path) -> UUID | None:
    """The key of the upload; a draft, which a killed process left, has a dot before it."""
    try:
        return UUID(path.name.removeprefix(".")[:KEY_LENGTH])
    except ValueError:
        return None
