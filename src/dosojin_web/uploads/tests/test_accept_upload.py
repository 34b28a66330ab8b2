"""Files are taken for what they are, once, or refused with a reason."""

import io
import os
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.db import IntegrityError, connection, transaction
from django.utils.translation import override
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from dosojin_web.accounts.actors import Actor
from dosojin_web.audit.models import Event
from dosojin_web.uploads.models import FileKind, Upload
from dosojin_web.uploads.operations.accept_upload import UploadRefused, accept
from dosojin_web.uploads.photographs import has_turn, write_jpeg
from dosojin_web.uploads.purposes import UploadPurpose, declare_purpose

from .conftest import EVERYTHING, GPS, NOW, SENDER, image, pdf

Send = Callable[..., Upload]
CSV = "学籍番号,氏名\r\nA1,山田\r\n"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (pdf(2), FileKind.PDF),
        (image("JPEG"), FileKind.JPEG),
        (image("PNG"), FileKind.PNG),
        (image("HEIF"), FileKind.HEIC),
        (CSV.encode(), FileKind.CSV),
    ],
)
@pytest.mark.parametrize("name", ["a.exe", "a.html", "roster.csv", ""])
def test_the_kind_is_read_from_the_content(
    send: Send, content: bytes, kind: FileKind, name: str
) -> None:
    upload = send(content, name)
    assert upload.kind == kind
    assert upload.read() == content
    assert Upload.objects.get().sent_name == name


def test_files_lie_apart_and_closed(send: Send, folder: Path) -> None:
    upload = send(image(), "../../etc/passwd")
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    assert [path.name for path in paths] == [f"{upload.key}.jpg.sealed", f"{upload.key}.sealed"]
    assert {path.stat().st_mode & 0o777 for path in paths} == {0o600}
    assert paths[0].parent.stat().st_mode & 0o777 == 0o700


def test_the_name_that_was_sent_is_not_in_clear(send: Send) -> None:
    send(image(), "山田太郎 diagnosis.jpg")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM uploads_upload")
        stored = b"".join(
            bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode()
            for v in cursor.fetchone()
        )
    assert "山田".encode() not in stored and b"diagnosis" not in stored


def test_the_same_bytes_are_one_upload(send: Send, folder: Path) -> None:
    first, second = send(pdf(), "a.pdf"), send(pdf(), "b.pdf")
    assert first == second and Upload.objects.count() == 1
    assert Event.objects.filter(act="upload.accepted").count() == 1
    assert send(pdf(), sender=Actor(8, "student", "student")) != first
    assert send(pdf(), purpose="paper") != first
    assert sum(path.is_file() for path in folder.rglob("*")) == 3


def test_a_race_for_the_same_upload_leaves_one_file(
    send: Send, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = send(pdf())
    from dosojin_web.uploads.operations import accept_upload

    # As if the other request had not written its row when this one looked.
    monkeypatch.setattr(type(Upload.objects.all()), "first", lambda self: None)
    second = accept_upload.accept(io.BytesIO(pdf()), "test-everything", SENDER, NOW)
    assert first == second
    assert sum(path.is_file() for path in folder.rglob("*")) == 1


def test_an_upload_is_not_edited(send: Send) -> None:
    send(pdf())
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE uploads_upload SET digest = 'x'")


def test_a_photograph_is_measured_upright(send: Send) -> None:
    upload = send(image("JPEG", orientation=6))
    assert (upload.width, upload.height, upload.is_converted) == (20, 40, True)


@pytest.mark.parametrize("format", ["JPEG", "PNG", "HEIF"])
def test_a_picture_has_an_upright_jpeg_without_a_place_beside(send: Send, format: str) -> None:
    content = image(format, orientation=6, quality=90)
    with Image.open(io.BytesIO(content)) as original:
        assert original.getexif().get_ifd(GPS)
    upload = send(content)
    assert upload.is_converted and (upload.width, upload.height) == (20, 40)
    with Image.open(io.BytesIO(upload.read_picture())) as shown:
        assert shown.format == "JPEG" and shown.size == (20, 40)
        assert not shown.getexif() and "xmp" not in shown.info
        red, green, blue = shown.getpixel((5, 5))  # type: ignore[misc]
        assert red > 200 and green < 60 and blue < 60
    assert b"CameraOfTaro" in upload.read() and upload.read() == content
    assert b"CameraOfTaro" not in upload.read_picture()


@pytest.mark.parametrize(
    ("mode", "colour", "shown"),
    [
        ("L", 100, (100, 100, 100)),
        ("I;16", 100 << 8, (100, 100, 100)),
        ("RGBA", (0, 0, 200, 0), (255, 255, 255)),
        ("LA", (100, 255), (100, 100, 100)),
        ("CMYK", (0, 255, 255, 0), (255, 0, 0)),
    ],
)
def test_a_picture_of_any_mode_looks_the_same(
    mode: str, colour: Any, shown: tuple[int, int, int]
) -> None:
    jpeg = write_jpeg(Image.new(mode, (8, 8), colour))
    with Image.open(io.BytesIO(jpeg)) as found:
        pixel = found.getpixel((4, 4))
    assert isinstance(pixel, tuple)
    assert all(abs(one - other) <= 3 for one, other in zip(pixel, shown, strict=True)), pixel


def test_a_heic_that_was_turned_is_not_turned_again() -> None:
    head = b"\0\0\0\x08ftyp"
    assert has_turn(head + b"\0\0\0\x0cmetairot")
    assert not has_turn(head + b"\0\0\0\x0cmetaispeirot")


def acting(action: DictionaryObject) -> Callable[[PdfWriter], object]:
    def change(writer: PdfWriter) -> None:
        # By a reference, so that the action is an object of its own.
        writer._root_object[NameObject("/OpenAction")] = writer._add_object(action)

    return change


def named(**entries: str) -> DictionaryObject:
    return DictionaryObject({NameObject(f"/{k}"): NameObject(v) for k, v in entries.items()})


def packed(*filters: str, size: int) -> Callable[[PdfWriter], object]:
    """A stream of ``size`` zeros, packed."""

    def change(writer: PdfWriter) -> None:
        stream = StreamObject()
        content = b"\0" * size
        for _ in filters:
            content = zlib.compress(content, 9)
        stream._data = content
        stream[NameObject("/Filter")] = ArrayObject([NameObject(name) for name in filters])
        writer._root_object[NameObject("/Metadata")] = writer._add_object(stream)

    return change


def pictured(writer: PdfWriter) -> None:
    stream = StreamObject()
    stream._data = b"\xff\xd8\xff"
    for key, value in (("Type", "/XObject"), ("Subtype", "/Image"), ("Filter", "/DCTDecode")):
        stream[NameObject(f"/{key}")] = NameObject(value)
    for key in ("Width", "Height"):
        stream[NameObject(f"/{key}")] = NumberObject(20_000)
    writer._root_object[NameObject("/Metadata")] = writer._add_object(stream)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"%PDF-" + b"0" * 3_000_000, "at most 3 MB"),
        (pdf(4), "at most 3"),
        (pdf(0), "no page"),
        (pdf()[:200], "damaged"),
        (b"%PDF-1.7\n", "damaged"),
        (pdf(1, lambda writer: writer.encrypt("secret")), "locked"),
        (pdf(1, lambda writer: writer.encrypt("", "owner")), "locked"),
        (pdf(1, acting(named(S="/Named", JS="/Alert"))), "holds a program"),
        (pdf(1, lambda writer: writer.add_attachment("a.exe", b"MZ")), "holds a program"),
        (pdf(1, acting(named(S="/JavaScript"))), "holds a program"),
        (pdf(1, acting(named(S="/Launch"))), "holds a program"),
        (pdf(1, acting(named(S="/SubmitForm"))), "holds a program"),
        (pdf(1, packed("/FlateDecode", size=310_000_000)), "too large when unpacked"),
        (pdf(1, packed("/FlateDecode", "/FlateDecode", size=10_000)), "packed more than once"),
        (pdf(1, pictured), "too many pixels"),
        (image(size=(1001, 1000)), "at most 1 million"),
        (image("PNG", size=(40_000, 1)), "too many pixels"),
        (image("HEIF", size=(1100, 1000)), "too many pixels"),
        (image("JPEG", size=(400, 400))[:600], "damaged"),
        (image("PNG", size=(400, 400))[:200], "damaged"),
        (image("HEIF")[:200], "damaged"),
        (b"\xff\xd8\xff", "damaged"),
        (b"MZ\x90\x00\x03\x00\x00\x00", "not a text"),
        (b"PK\x03\x04\x14\x00", "not a text"),
        ("氏名".encode("utf-16"), "Unicode text of Excel"),
        (b"a,b\x00c", "not a text"),
        (bytes(range(0x80, 0x100)), "not a text"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_refused_leaves_nothing(
    send: Send, folder: Path, content: bytes, words: str
) -> None:
    with override("en"), pytest.raises(UploadRefused, match=words):
        send(content)
    assert not Upload.objects.exists()
    assert not folder.exists() or not any(path.is_file() for path in folder.rglob("*"))


def test_a_purpose_takes_its_kinds_only(send: Send) -> None:
    with override("en"), pytest.raises(UploadRefused, match="Send CSV"):
        send(pdf(), "roster.csv", "roster")
    with override("en"), pytest.raises(UploadRefused, match="Send PDF / JPEG / PNG / HEIC"):
        send(CSV.encode(), "a.pdf", "paper")
    with pytest.raises(KeyError):
        send(pdf(), purpose="unknown")


def test_a_purpose_means_one_thing() -> None:
    assert declare_purpose(EVERYTHING) is EVERYTHING
    with pytest.raises(ValueError, match="declared already"):
        declare_purpose(UploadPurpose("roster", frozenset(), 1))


@pytest.mark.parametrize("action", [TextStringObject("plain"), named(S="/GoTo")])
def test_a_plain_document_is_taken(send: Send, action: DictionaryObject) -> None:
    assert send(pdf(3, acting(action))).pages == 3


def test_what_fails_on_the_way_leaves_no_file(
    send: Send, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(descriptor: int) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="disk full"):
        send(pdf())
    assert not any(path.is_file() for path in folder.rglob("*"))


wounded = st.sampled_from([pdf(2), image("JPEG"), image("PNG"), image("HEIF")])


@hypothesis.settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(wounded, st.data())
def test_a_damaged_file_is_taken_or_refused(
    send: Send, content: bytes, data: st.DataObject
) -> None:
    broken = bytearray(content)
    for _ in range(data.draw(st.integers(1, 8))):
        broken[data.draw(st.integers(0, len(broken) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(1, len(broken)))
    try:
        upload = accept(io.BytesIO(bytes(broken[:cut])), "test-everything", SENDER, NOW)
    except UploadRefused as refused:
        assert str(refused)
    else:
        assert len(upload.read()) == cut
