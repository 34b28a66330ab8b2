"""Takes a file: looks at its content, keeps its bytes, notes what it is."""

import contextlib
import hashlib
from collections.abc import Iterator
from datetime import datetime
from typing import Protocol
from uuid import uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from dosojin_web.accounts.actors import Actor
from dosojin_web.audit.operations.record_event import record
from dosojin_web.uploads import store
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
    """Bytes first, then the row; None if the same file came by another way meanwhile.

    If the caller's transaction is undone, the bytes stay: ``sweep_orphans`` takes them away.
    """
    original, picture = upload.names
    with _left_only_if_done(upload):
        store.keep(original, content)
        if found.jpeg:
            store.keep(picture, found.jpeg)
        try:
            with transaction.atomic():
                upload.save()
                detail = {"purpose": upload.purpose, "kind": upload.kind, "digest": upload.digest}
                record(actor, "upload.accepted", f"upload:{upload.key}", detail, upload.at)
        except IntegrityError:
            _forget(upload)
            return None
    return upload


@contextlib.contextmanager
def _left_only_if_done(upload: Upload) -> Iterator[None]:
    try:
        yield
    except BaseException:
        _forget(upload)
        raise


def _forget(upload: Upload) -> None:
    for name in upload.names:
        store.forget(name)
