"""Uploads given back: always saved by the browser, never shown or run by it."""

import unicodedata
from pathlib import PurePosixPath

from django.http import FileResponse

from .models import ENDINGS, FileKind, Upload

NAME_LENGTH_MAX = 100


def download_response(upload: Upload, converted: bool = False) -> FileResponse:
    """The bytes as they were sent, or the JPEG made of them. Who may see them, the view decides.

    FileNotFoundError if the bytes are gone; ValueError if there is no JPEG.
    """
    if converted and not upload.is_converted:
        raise ValueError(f"the upload {upload.key} was not converted")
    kind = FileKind.JPEG if converted else FileKind(upload.kind)
    path = upload.converted_path if converted else upload.path
    response = FileResponse(
        path.open("rb"),
        as_attachment=True,
        filename=download_name(upload.sent_name, kind),
        content_type=kind.value,
    )
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
