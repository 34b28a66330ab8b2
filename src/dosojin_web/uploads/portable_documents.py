"""PDF files: pages counted, and refused if they do something or hide something."""

import io
import zlib
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, PdfObject, StreamObject

from .photographs import check_size
from .purposes import UploadPurpose
from .refusal import UploadRefused

OBJECTS_MAX = 50_000
UNPACKED_BYTES_MAX = 300_000_000
STEP_BYTES = 1 << 20
DEPTH_MAX = 50
FLATE = {"/FlateDecode", "/Fl"}
# Keys and actions by which a document runs a program, sends data, or carries other files.
ACTING_KEYS = frozenset(
    {
        "/JS",
        "/JavaScript",
        "/Launch",
        "/EmbeddedFile",
        "/EmbeddedFiles",
        "/EF",
        "/XFA",
        "/RichMedia",
    }
)
ACTING_NAMES = frozenset(
    {
        "/JavaScript",
        "/Launch",
        "/SubmitForm",
        "/ImportData",
        "/GoToE",
        "/Rendition",
        "/RichMedia",
        "/EmbeddedFile",
    }
)


def count_pages(content: bytes, purpose: UploadPurpose) -> int:
    """How many pages. UploadRefused if it is damaged, locked, acting, or too large unpacked."""
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted:
            raise UploadRefused(_("The PDF is locked. Save it without a password."))
        check_objects(reader, purpose)
        pages = len(reader.pages)
    except UploadRefused:
        raise
    except Exception:
        # Also RecursionError: what a reader stumbles over is not worth telling apart.
        raise UploadRefused(_("The PDF is damaged. Save or scan it again.")) from None
    if not pages:
        raise UploadRefused(_("The PDF has no page."))
    if pages > purpose.pages_max:
        raise UploadRefused(
            _("The PDF has too many pages. Send at most %(count)s.") % {"count": purpose.pages_max}
        )
    return pages


def check_objects(reader: PdfReader, purpose: UploadPurpose) -> None:
    """UploadRefused if any object acts, or all together unpack to more than the limit."""
    room = UNPACKED_BYTES_MAX
    for indirect in all_objects(reader):
        for found in parts_of(indirect.get_object()):
            check_action(found)
            if isinstance(found, StreamObject):
                room -= unpacked_bytes(found, room)
                if resolved(found, "/Subtype") == "/Image":
                    width, height = (resolved(found, key) for key in ("/Width", "/Height"))
                    check_size(int(width or 0), int(height or 0), purpose)
    for found in parts_of(reader.trailer):
        check_action(found)


def all_objects(reader: PdfReader) -> Iterator[IndirectObject]:
    """A reference to every object that the file has, in the order of its tables."""
    numbers = {
        (number, generation)
        for generation, places in reader.xref.items()
        for number in places
        if number
    } | {(number, 0) for number in reader.xref_objStm}
    if len(numbers) > OBJECTS_MAX:
        raise UploadRefused(_("The PDF is too complex. Print it to a new PDF and send that."))
    for number, generation in sorted(numbers):
        yield IndirectObject(number, generation, reader)


def parts_of(whole: PdfObject | None, depth: int = 0) -> Iterator[DictionaryObject]:
    """The dictionaries in an object, without following references."""
    if depth > DEPTH_MAX:
        raise UploadRefused(_("The PDF is too complex. Print it to a new PDF and send that."))
    inner: Iterable[PdfObject] = ()
    if isinstance(whole, DictionaryObject):
        yield whole
        inner = [dict.__getitem__(whole, key) for key in whole]
    elif isinstance(whole, ArrayObject):
        inner = list.__iter__(whole)
    for part in inner:
        if isinstance(part, DictionaryObject | ArrayObject):
            yield from parts_of(part, depth + 1)


def resolved(found: DictionaryObject, key: str) -> Any:
    """What stands under a key, followed if it is a reference; None if nothing does."""
    return found[key] if key in found else None  # noqa: SIM401 (`get` does not follow)


def check_action(found: DictionaryObject) -> None:
    """UploadRefused if a dictionary runs, sends or embeds something."""
    named = {str(resolved(found, key)) for key in ("/S", "/Type", "/Subtype")}
    if ACTING_KEYS & set(found) or ACTING_NAMES & named:
        raise UploadRefused(
            _("The PDF holds a program, a form that sends, or a file. Print it to a new PDF.")
        )


def unpacked_bytes(stream: StreamObject, room: int) -> int:
    """How many bytes a stream unpacks to. UploadRefused if more than ``room``."""
    filters = resolved(stream, "/Filter")
    names = [str(name) for name in (filters if isinstance(filters, ArrayObject) else [filters])]
    content = bytes(getattr(stream, "_data", b""))
    flates = sum(name in FLATE for name in names)
    if flates > 1 or len(names) > 3:
        raise UploadRefused(_("The PDF is packed more than once. Print it to a new PDF."))
    if flates == 0 or names[0] not in FLATE:
        return len(content)
    unpacker, total = zlib.decompressobj(), 0
    while content and not unpacker.eof:
        try:
            total += len(unpacker.decompress(content, STEP_BYTES))
        except zlib.error:
            break
        if total > room:
            raise UploadRefused(_("The PDF is too large when unpacked. Print it to a new PDF."))
        content = unpacker.unconsumed_tail
    return total
