"""A sheet as a PDF: PDF/A-2a and PDF/UA-1, the same bytes for the same sheet in every process."""

import json
import re
import threading
from datetime import date, datetime
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import typst
from pypdf import PdfReader

from ..kinds import DocumentKind, Sheet
from ..layouts import lay_out

if TYPE_CHECKING:
    from typst import PDFStandard

SLICE = Path(__file__).resolve().parents[1]
LETTERS = SLICE / "letters"
FONTS = SLICE / "fonts"
STANDARDS: "list[PDFStandard]" = ["a-2a", "ua-1"]
JAPAN = ZoneInfo("Asia/Tokyo")
TEMPLATES = {
    DocumentKind.CERTIFICATE: "certificate.typ",
    DocumentKind.ENGLISH_CERTIFICATE: "english-certificate.typ",
    DocumentKind.PREMIUM_RECEIPT: "letter.typ",
    DocumentKind.REFUND_NOTE: "letter.typ",
}
# In points, tried in turn: the first that keeps the document on one page. Where none does, the
# document has several pages, in the first.
SIZES = {
    DocumentKind.CERTIFICATE: ("9pt", "8.5pt", "8pt"),
    DocumentKind.ENGLISH_CERTIFICATE: ("9pt", "8.5pt", "8pt"),
    DocumentKind.PREMIUM_RECEIPT: ("9.8pt", "9pt"),
    DocumentKind.REFUND_NOTE: ("9.8pt", "9pt"),
}
PAGES_ROOT = re.compile(rb"%PDF-1\.7\n.{0,20}?1 0 obj\n<</Type/Pages/Count (\d+)/", re.DOTALL)


class NotRendered(Exception):
    """A sheet could not be set; the message says what was found, such as an unknown character."""


class _Press(threading.local):
    """A compiler for each thread: typst lets one thread at a time into each."""

    def __init__(self) -> None:
        self.compiler = typst.Compiler(root=LETTERS, font_paths=_fonts())


@cache
def _fonts() -> typst.Fonts:
    """Only our own fonts; looked through once and shared by the compilers."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


_press = _Press()


def render(sheet: Sheet) -> bytes:
    """The PDF of ``sheet``. It is dated 0:00 in Japan of the sheet's day of issue.

    NotRendered if it cannot be set, as when a character is in none of our fonts.
    """
    layout = json.dumps(lay_out(sheet), ensure_ascii=False, sort_keys=True)
    sizes = SIZES[sheet.kind]
    for size in sizes:
        printed = _set(sheet, layout, size)
        if count_pages(printed) == 1:
            return printed
    pages = count_pages(_set(sheet, layout, sizes[0]))
    return _set(sheet, layout, sizes[0], pages)


def count_pages(printed: bytes) -> int:
    """How many pages a PDF of ours has.

    typst writes the root of the pages first and in the clear; a reader is asked if it ever does
    otherwise, which costs a millisecond.
    """
    found = PAGES_ROOT.match(printed)
    return int(found[1]) if found else len(PdfReader(BytesIO(printed)).pages)


def _set(sheet: Sheet, layout: str, size: str, pages: int = 1) -> bytes:
    """``pages`` is what the foot of each page says that there are."""
    try:
        printed = _press.compiler.compile(
            input=LETTERS / TEMPLATES[sheet.kind],
            format="pdf",
            sys_inputs={"layout": layout, "size": size, "pages": str(pages)},
            pdf_standards=STANDARDS,
            timestamp=_first_second(sheet.issued_on),
        )
    except typst.TypstError as error:
        raise NotRendered("\n".join((error.message, *error.hints))) from error
    assert isinstance(printed, bytes), "a PDF is one string of bytes"
    return printed


def _first_second(day: date) -> int:
    """0:00 in Japan, in seconds since 1970."""
    return int(datetime(day.year, day.month, day.day, tzinfo=JAPAN).timestamp())
