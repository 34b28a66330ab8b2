"""Takes a file: looks at its content, keeps its bytes, notes what it is."""

import contextlib
import hashlib
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Protocol
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from dosojin_web.accounts.actors import Actor
from dosojin_web.audit.operations.record_event import record
from dosojin_web.uploads.content import Content, examine
from dosojin_web.uploads.models import Upload
from dosojin_web.uploads.purposes import UploadPurpose, find_purpose
from dosojin_web.uploads.refusal import UploadRefused

__all__ = ["UploadRefused", "accept"]

NAME_LENGTH_MAX = 200


class Readable(Protocol):
    """A file open for reading: one from a form, or any other."""

    def read(self, size: int = -1, /) -> bytes: ...


def accept(file: Readable, purpose: str, actor: Actor, now: datetime) -> Upload:
    """The upload of ``file``; the same bytes of the same actor and purpose are one upload.

    UploadRefused, with a message for the sender, if the purpose does not take it. KeyError if
    there is no such purpose.
    """
    taken = find_purpose(purpose)
    content = read_within(file, taken)
    digest = hashlib.sha256(content).hexdigest()
    same = Upload.objects.filter(who=actor.who, purpose=taken.name, digest=digest)
    if known := same.first():
        return known
    found = examine(content, taken)
    upload = Upload(
        key=uuid4(),
        purpose=taken.name,
        kind=found.kind,
        sent_name=str(getattr(file, "name", "") or "")[-NAME_LENGTH_MAX:],
        size_bytes=len(content),
        digest=digest,
        pages=found.pages,
        width=found.width,
        height=found.height,
        encoding=found.encoding,
        is_converted=bool(found.jpeg),
        who=actor.who,
        role=actor.role,
        at=now,
    )
    return _keep(upload, content, found, actor) or same.get()


def read_within(file: Readable, purpose: UploadPurpose) -> bytes:
    """The bytes of a file. UploadRefused if there are none, or more than the purpose takes."""
    content = file.read(purpose.bytes_max + 1)
    if not content:
        raise UploadRefused(_("The file is empty. Choose another."))
    if len(content) > purpose.bytes_max:
        raise UploadRefused(
            _("The file is too large. Send at most %(count)s MB.")
            % {"count": purpose.bytes_max // 1_000_000}
        )
    return content


def _keep(upload: Upload, content: bytes, found: Content, actor: Actor) -> Upload | None:
    """Bytes first, then the row; None if the same file came by another way meanwhile."""
    with _left_only_if_done(upload.path, upload.converted_path):
        _write(upload.path, content)
        if found.jpeg:
            _write(upload.converted_path, found.jpeg)
        try:
            with transaction.atomic():
                upload.save()
                detail = {"purpose": upload.purpose, "kind": upload.kind, "digest": upload.digest}
                record(actor, "upload.accepted", f"upload:{upload.key}", detail, upload.at)
        except IntegrityError:
            upload.path.unlink()
            upload.converted_path.unlink(missing_ok=True)
            return None
    return upload


@contextlib.contextmanager
def _left_only_if_done(*paths: Path) -> Iterator[None]:
    try:
        yield
    except BaseException:
        for path in paths:
            path.unlink(missing_ok=True)
        raise


def _write(path: Path, content: bytes) -> None:
    """A new file, readable by the owner only, on the disk before the row says so."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as kept:
        kept.write(content)
        kept.flush()
        os.fsync(kept.fileno())
