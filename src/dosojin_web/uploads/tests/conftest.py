"""Files of every kind, harmless and otherwise, made here so that each test says what is in them."""

import io
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pypdf import PdfWriter

from dosojin_web.accounts.actors import Actor
from dosojin_web.uploads.models import FileKind, Upload
from dosojin_web.uploads.operations.accept_upload import accept
from dosojin_web.uploads.purposes import UploadPurpose, declare_purpose

NOW = datetime(2026, 6, 1, 3, 0, tzinfo=UTC)
SENDER = Actor(7, "student", "student")
EVERYTHING = declare_purpose(
    UploadPurpose("test-everything", frozenset(FileKind), 3_000_000, 3, 1_000_000)
)
GPS = 0x8825


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.VAR = tmp_path
    return tmp_path / "uploads"


@pytest.fixture
def send(db: None) -> Callable[..., Upload]:
    def send(
        content: bytes, name: str = "a", purpose: str = "test-everything", sender: Actor = SENDER
    ) -> Upload:
        file = io.BytesIO(content)
        file.name = name  # type: ignore[attr-defined]
        return accept(file, purpose, sender, NOW)

    return send


def image(format: str = "JPEG", size: tuple[int, int] = (40, 20), **options: object) -> bytes:
    """A red image; with a place and, if ``orientation`` says so, lying on its side."""
    exif = Image.Exif()
    if orientation := options.pop("orientation", None):
        exif[0x0112] = orientation
    exif[0x010F] = "CameraOfTaro"
    exif[GPS] = {1: "N", 2: (35.0, 41.0, 22.0), 3: "E", 4: (139.0, 41.0, 30.0)}
    buffer = io.BytesIO()
    Image.new("RGB", size, "red").save(buffer, format, exif=exif, **options)
    return buffer.getvalue()


def pdf(pages: int = 1, change: Callable[[PdfWriter], object] = lambda writer: None) -> bytes:
    """A PDF with empty pages, and whatever ``change`` does to it."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(200, 200)
    change(writer)
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()
