"""Uploads given back: always saved by the browser, never shown or run by it."""

import unicodedata
from pathlib import PurePosixPath

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from .models import ENDINGS, PICTURES, FileKind, Upload
from .photographs import open_image, write_jpeg
from .purposes import find_purpose

NAME_LENGTH_MAX = 100


def download_response(upload: Upload) -> HttpResponse:
    """What people are shown: a picture without place, time and device, else the bytes as sent.

    Who may see it, the view decides. UploadDamaged if the store cannot give it.
    """
    if upload.kind not in PICTURES:
        return original_response(upload)
    if upload.is_converted:
        return _saved(upload, FileKind.JPEG, upload.read_picture())
    # Sent before every picture had one. It was looked at then, and is not larger by now.
    image = open_image(upload.read(), FileKind(upload.kind), find_purpose(upload.purpose))
    return _saved(upload, FileKind.JPEG, write_jpeg(image))


def original_response(upload: Upload) -> HttpResponse:
    """The bytes as they were sent, for those who examine evidence; a photograph tells its place.

    Who may see it, the view decides. UploadDamaged if the store cannot give it.
    """
    return _saved(upload, FileKind(upload.kind), upload.read())


def _saved(upload: Upload, kind: FileKind, content: bytes) -> HttpResponse:
    response = HttpResponse(content, content_type=kind.value)
    name = download_name(upload.sent_name, kind)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    # The middleware leaves a policy that is there: in a sandbox nothing runs, should it be shown.
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def download_name(sent_name: str, kind: FileKind) -> str:
    """A harmless name with the ending of what the file is, whatever the sender called it."""
    last = PurePosixPath(sent_name.replace("\\", "/")).name
    stem = "".join(
        character
        for character in last.rpartition(".")[0] or last
        if unicodedata.category(character)[0] != "C" and character not in '"<>|:*?%'
    )
    return f"{stem.strip(' .')[:NAME_LENGTH_MAX] or 'file'}.{ENDINGS[kind]}"
