"""CSV files that a spreadsheet opens as they are: UTF-8 with its mark, lines as on Windows."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from django.http import StreamingHttpResponse

MARK = "\ufeff"
# A spreadsheet would work out what begins so. Nothing that an office sends back is changed.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class _Writer(Protocol):
    def writerow(self, row: Iterable[str], /) -> str: ...


class _Echo:
    """A file that hands on what is written to it."""

    def write(self, text: str) -> str:
        return text


def csv_response(
    name: str, header: Sequence[str], rows: Iterable[Sequence[str]]
) -> StreamingHttpResponse:
    """A download called ``name``, sent while it is made."""
    response = StreamingHttpResponse(_lines(header, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


def harmless(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text


def _lines(header: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    writer: _Writer = csv.writer(_Echo(), lineterminator="\r\n")
    yield MARK + writer.writerow(header)
    for row in rows:
        yield writer.writerow(row)
