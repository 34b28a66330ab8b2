"""What a file is, read from its content; its name and what the browser says count for nothing."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from .models import FileKind
from .photographs import open_image, write_jpeg
from .portable_documents import count_pages
from .purposes import UploadPurpose
from .refusal import UploadRefused
from .texts import decode_text

HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
BEGINNINGS = (
    (b"%PDF-", FileKind.PDF),
    (b"\xff\xd8\xff", FileKind.JPEG),
    (b"\x89PNG\r\n\x1a\n", FileKind.PNG),
)


@dataclass(frozen=True, slots=True)
class Content:
    """What was found out; ``jpeg`` is what people are shown of a picture, b"" of anything else."""

    kind: FileKind
    pages: int | None = None
    width: int | None = None
    height: int | None = None
    encoding: str = ""
    jpeg: bytes = b""


def find_kind(content: bytes) -> FileKind:
    """The kind by the first bytes; what begins like none of them can only be a text."""
    for beginning, kind in BEGINNINGS:
        if content.startswith(beginning):
            return kind
    if content[4:8] == b"ftyp" and content[8:12] in HEIC_BRANDS:
        return FileKind.HEIC
    return FileKind.CSV


def examine(content: bytes, purpose: UploadPurpose) -> Content:
    """What the content is, opened and checked whole. UploadRefused if it is not to be taken."""
    kind = find_kind(content)
    if kind not in purpose.kinds:
        raise UploadRefused(refusal_of_kind(purpose))
    if kind is FileKind.PDF:
        return Content(kind, pages=count_pages(content, purpose))
    if kind is FileKind.CSV:
        return Content(kind, encoding=decode_text(content)[1])
    image = open_image(content, kind, purpose)
    return Content(kind, width=image.width, height=image.height, jpeg=write_jpeg(image))


def refusal_of_kind(purpose: UploadPurpose) -> str:
    """Says which kinds are taken."""
    kinds = [kind.label for kind in FileKind if kind in purpose.kinds]
    return _("This kind of file is not taken here. Send %(kinds)s.") % {
        "kinds": " / ".join(map(str, kinds))
    }
