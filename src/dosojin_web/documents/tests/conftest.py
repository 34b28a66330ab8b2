"""A store of its own for every test, and specimens printed once."""

from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from dosojin_web.documents.kinds import Sheet
from dosojin_web.documents.operations.render_document import render
from dosojin_web.documents.specimens import specimens

print_once = cache(render)


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.VAR = tmp_path
    return tmp_path / "documents"


@pytest.fixture(params=sorted(specimens()))
def specimen(request: pytest.FixtureRequest) -> Sheet:
    return specimens()[request.param]


@pytest.fixture
def text_of() -> Callable[[Sheet], str]:
    """What a reader finds in a sheet's PDF, without the gaps between its words."""

    def text_of(sheet: Sheet) -> str:
        pages = PdfReader(BytesIO(print_once(sheet))).pages
        return "".join("".join(page.extract_text() for page in pages).split())

    return text_of


@pytest.fixture
def printed(specimen: Sheet) -> bytes:
    return print_once(specimen)
