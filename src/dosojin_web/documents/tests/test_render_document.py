"""The PDF of a sheet: its marks, its bytes, its characters."""

import hashlib
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from dosojin_web.documents.kinds import Service, Sheet
from dosojin_web.documents.operations.render_document import (
    PAGES_ROOT,
    NotRendered,
    count_pages,
    render,
)
from dosojin_web.documents.specimens import certificate, english_certificate, receipt, specimens

IN_ANOTHER_PROCESS = """
import hashlib
from dosojin_web.documents.operations.render_document import render
from dosojin_web.documents.specimens import specimens
for name, sheet in sorted(specimens().items()):
    print(name, hashlib.sha256(render(sheet)).hexdigest())
"""


def embedded_fonts(reader: PdfReader) -> list[Any]:
    """The descriptor of every font on every page."""
    found: list[Any] = []
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            descendant = font["/DescendantFonts"][0].get_object()
            found.append(descendant["/FontDescriptor"])
    return found


def test_it_says_what_it_conforms_to(printed: bytes) -> None:
    reader = PdfReader(BytesIO(printed))
    root = reader.trailer["/Root"]
    marks = root["/Metadata"].get_data().decode("utf-8")  # type: ignore[index]
    for mark in (
        "<pdfaid:part>2</pdfaid:part>",
        "<pdfaid:conformance>A</pdfaid:conformance>",
        "<pdfuaid:part>1</pdfuaid:part>",
    ):
        assert mark in marks
    intents = root["/OutputIntents"]  # type: ignore[index]
    assert [intent["/S"] for intent in intents] == ["/GTS_PDFA1"]
    assert intents[0]["/DestOutputProfile"].get_data()
    assert root["/MarkInfo"]["/Marked"].value  # type: ignore[index]
    assert "/StructTreeRoot" in root
    assert "/Encrypt" not in reader.trailer
    assert all("/JavaScript" not in str(root.get(name, "")) for name in ("/Names", "/OpenAction"))


def test_every_font_is_in_the_file_and_ours(printed: bytes) -> None:
    fonts = embedded_fonts(PdfReader(BytesIO(printed)))
    assert fonts
    for font in fonts:
        assert {"/FontFile2", "/FontFile3"} & set(font)
        assert "BIZUDPGothic" in font["/FontName"] or "NotoSansJP" in font["/FontName"]


def test_title_author_language_and_day(specimen: Sheet, printed: bytes) -> None:
    reader = PdfReader(BytesIO(printed))
    assert reader.metadata
    assert reader.metadata.author == specimen.panel.lead
    assert reader.metadata.title
    number = getattr(specimen, "receipt_number", None) or getattr(specimen, "note_number", None)
    assert (number or specimen.certificate_number) in reader.metadata.title
    root = reader.trailer["/Root"]
    assert str(root["/Lang"]).startswith(specimen.language)  # type: ignore[index]
    day = specimen.issued_on
    # 0:00 in Japan is 15:00 of the day before in UTC.
    assert reader.metadata.creation_date is not None
    made = reader.metadata.creation_date.astimezone(UTC)
    assert (datetime(day.year, day.month, day.day, tzinfo=UTC) - made).total_seconds() == 9 * 3600


def test_a_specimen_has_one_page(printed: bytes) -> None:
    assert count_pages(printed) == len(PdfReader(BytesIO(printed)).pages) == 1
    assert PAGES_ROOT.match(printed)


def test_another_process_gives_the_same_bytes() -> None:
    here = {name: hashlib.sha256(render(sheet)).hexdigest() for name, sheet in specimens().items()}
    answer = subprocess.run(
        [sys.executable, "-c", IN_ANOTHER_PROCESS], capture_output=True, text=True, check=True
    )
    assert dict(line.split() for line in answer.stdout.splitlines()) == here


def test_threads_do_not_disturb_each_other() -> None:
    sheets = [replace(certificate("ja"), certificate_number=f"K26-{at:06d}") for at in range(12)]
    alone = [render(sheet) for sheet in sheets]
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(render, sheets)) == alone


def test_a_character_of_no_font_is_named() -> None:
    sheet = certificate("ja")
    with pytest.raises(NotRendered, match="丆"):
        render(replace(sheet, insured=replace(sheet.insured, name="丆田 遥")))


def test_what_looks_like_typst_is_printed_as_it_stands(text_of: Any) -> None:
    sheet = certificate("en")
    name = '#panic("x") $y$ *bold* \\ <a> @b'
    assert "".join(name.split()) in text_of(replace(sheet, services=(Service(name),)))


def test_five_notes_fit_the_page_and_fifteen_do_not() -> None:
    sheet = certificate("ja")
    note = (
        "始期日に満70歳以上の方の傷害後遺障害保険金は、第3級以上の後遺障害に限ってお支払いします。"
    )
    assert count_pages(render(replace(sheet, notes=(note,) * 5))) == 1
    assert count_pages(render(replace(sheet, notes=(note,) * 15))) == 2


@pytest.mark.parametrize("sheet", [english_certificate(), receipt("en")])
def test_accented_names_print(sheet: Sheet, text_of: Any) -> None:
    assert "ŁukaszÑandúĐoãn" in text_of(replace(sheet, notes=("Łukasz Ñandú Đoãn",)))
