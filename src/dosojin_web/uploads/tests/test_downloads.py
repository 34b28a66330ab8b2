"""What people sent is saved by the browser, never shown or run."""

from collections.abc import Callable

import pytest

from dosojin_web.uploads.downloads import download_name, download_response
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
    assert b"".join(response.streaming_content) == pdf()  # type: ignore[arg-type]


def test_the_converted_image_is_a_jpeg(send: Callable[..., Upload]) -> None:
    upload = send(image("HEIF"), "IMG_1.HEIC")
    response = download_response(upload, converted=True)
    assert response["Content-Type"] == "image/jpeg"
    assert 'filename="IMG_1.jpg"' in response["Content-Disposition"]
    assert b"".join(response.streaming_content).startswith(b"\xff\xd8\xff")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="not converted"):
        download_response(send(image("JPEG")), converted=True)


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
