"""What people sent is saved by the browser, never shown or run."""

from collections.abc import Callable

import pytest

from dosojin_web.uploads import store
from dosojin_web.uploads.downloads import download_name, download_response, original_response
from dosojin_web.uploads.models import FileKind, Upload

from .conftest import image, pdf


def test_a_download_is_harmless(send: Callable[..., Upload]) -> None:
    response = download_response(send(pdf(), "診断書.pdf"))
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("attachment;")
    assert "%E8%A8%BA%E6%96%AD%E6%9B%B8.pdf" in response["Content-Disposition"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("sandbox;")
    assert response["Cache-Control"] == "private, no-store"
    assert response.content == pdf()


@pytest.mark.parametrize("format", ["JPEG", "PNG", "HEIF"])
def test_who_looks_at_a_picture_does_not_learn_where_it_was_taken(
    send: Callable[..., Upload], format: str
) -> None:
    upload = send(image(format), "IMG_1.HEIC")
    response = download_response(upload)
    assert response["Content-Type"] == "image/jpeg"
    assert 'filename="IMG_1.jpg"' in response["Content-Disposition"]
    assert response.content.startswith(b"\xff\xd8\xff")
    assert b"CameraOfTaro" not in response.content
    original = original_response(upload)
    assert original["Content-Type"] == upload.kind and original.content == image(format)
    assert original["Content-Disposition"].startswith("attachment;")


def test_a_picture_of_the_time_before_is_made_when_it_is_looked_at(
    send: Callable[..., Upload],
) -> None:
    upload = send(image("JPEG"))
    store.forget(upload.names[1])
    upload.is_converted = False
    shown = download_response(upload).content
    assert shown.startswith(b"\xff\xd8\xff") and b"CameraOfTaro" not in shown


@pytest.mark.parametrize(
    ("sent", "given"),
    [
        ("report.pdf.exe", "report.pdf.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\taro\\a.pdf", "a.pdf"),
        ("fdp\u202eexe.pdf", "fdpexe.pdf"),
        ('a"\r\nSet-Cookie: x.pdf', "aSet-Cookie x.pdf"),
        ("", "file.pdf"),
        ("...", "file.pdf"),
        ("あ" * 300 + ".pdf", "あ" * 100 + ".pdf"),
    ],
)
def test_names_are_harmless(sent: str, given: str) -> None:
    assert download_name(sent, FileKind.PDF) == given
