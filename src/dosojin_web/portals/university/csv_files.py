"""CSV files that a spreadsheet opens as they are: UTF-8 with its mark, lines as on Windows."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from django.http import HttpResponse

MARK = "\ufeff"
# A spreadsheet would work out what begins so. Nothing that an office sends back is changed.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_response(name: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> HttpResponse:
    """A download called ``name``."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(rows)
    response = HttpResponse(MARK + text.getvalue(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


def harmless(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text
