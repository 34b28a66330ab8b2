"""Roster files: what a university office sends to say who travels.

In:  a CSV in UTF-8 or Shift_JIS, its header in Japanese or English, columns in any order.
Out: rows with values, and faults with the line, the column, what is wrong and what to do.
Never: a row that is dropped without a word.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext

ROWS_MAX = 50_000

# column: the names it goes by in a header, compared without spaces, brackets and case
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "student_number": ("学籍番号", "studentnumber", "studentid"),
    "family_name": ("姓", "氏", "familyname", "lastname"),
    "given_name": ("名", "givenname", "firstname"),
    "family_name_kana": ("姓カナ", "セイ", "姓フリガナ", "familynamekana"),
    "given_name_kana": ("名カナ", "メイ", "名フリガナ", "givennamekana"),
    "family_name_roman": ("姓ローマ字", "ローマ字姓", "familynameroman"),
    "given_name_roman": ("名ローマ字", "ローマ字名", "givennameroman"),
    "birth_date": ("生年月日", "birthdate", "dateofbirth"),
    "email": ("メールアドレス", "メール", "email", "mail"),
    "phone": ("電話番号", "電話", "phone", "telephone"),
    "departs_on": ("出発日", "departure", "departson"),
    "returns_on": ("帰国日", "帰宅日", "return", "returnson"),
    "language": ("言語", "language"),
}
REQUIRED = (
    "student_number",
    "family_name",
    "given_name",
    "family_name_kana",
    "given_name_kana",
    "family_name_roman",
    "given_name_roman",
    "birth_date",
    "email",
    "departs_on",
    "returns_on",
)
MAY_BE_EMPTY = ("given_name", "given_name_kana", "given_name_roman")
STUDENT_NUMBER = re.compile(r"[0-9A-Z][0-9A-Z-]{2,19}")
DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
LANGUAGES = {"": "ja", "ja": "ja", "日本語": "ja", "en": "en", "英語": "en", "english": "en"}


class RosterUnreadable(Exception):
    """The file as a whole cannot be read; the message says what to do."""


@dataclass(frozen=True, slots=True)
class RosterFault:
    """What is wrong with one row. ``line`` is the line of the file, the header being line 1."""

    line: int
    column: str
    message: str
    sent: str

    def to_json(self) -> dict[str, Any]:
        """For keeping."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class RosterRow:
    """A row that can be taken: details of the person by field, and of the trip."""

    line: int
    student_number: str
    person: Mapping[str, str]
    birth_date: date
    departs_on: date
    returns_on: date
    language: str


def decode_roster(content: bytes) -> str:
    """The text of a roster file. RosterUnreadable if it is neither UTF-8 nor Shift_JIS."""
    for encoding in ("utf-8-sig", "cp932"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise RosterUnreadable(
        gettext("This is not a text in UTF-8 or Shift_JIS. Save the table as CSV and send that.")
    )


def read_roster(text: str) -> Iterator[RosterRow | list[RosterFault]]:
    """Each data row of the file, in order: what it says, or all that is wrong with it.

    RosterUnreadable before the first row if the header lacks a column.
    """
    reader = csv.reader(io.StringIO(text, newline=""))
    columns = _read_header(next(reader, []))
    seen: dict[str, int] = {}
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        yield _read_row(reader.line_num, cells, columns, seen)


def count_rows(text: str) -> int:
    """Data rows of the file that are not empty. RosterUnreadable above ``ROWS_MAX``."""
    rows = sum(any(cell.strip() for cell in cells) for cells in csv.reader(io.StringIO(text))) - 1
    if rows > ROWS_MAX:
        raise RosterUnreadable(
            gettext("The file has %(rows)s rows; send at most %(max)s at once.")
            % {"rows": f"{rows:,}", "max": f"{ROWS_MAX:,}"}
        )
    return max(rows, 0)


def normal(text: str) -> str:
    """A cell without full-width digits and Latin letters, and without space around it."""
    return unicodedata.normalize("NFKC", text).strip()


def _read_header(cells: list[str]) -> dict[str, int]:
    known = {name: column for column, names in COLUMNS.items() for name in names}
    found: dict[str, int] = {}
    for place, cell in enumerate(cells):
        name = re.sub(r"[\s_()（）/・-]", "", normal(cell)).lower()
        column = known.get(name)
        if column in found:
            raise RosterUnreadable(
                gettext("The column “%(name)s” stands there twice. Leave one of them.")
                % {"name": cell.strip()}
            )
        if column is not None:
            found[column] = place
    missing = [COLUMNS[column][0] for column in REQUIRED if column not in found]
    if missing:
        raise RosterUnreadable(
            gettext("The first line lacks these columns: %(names)s. Start from the sample file.")
            % {"names": "、".join(missing)}
        )
    return found


def _read_row(
    line: int, cells: list[str], columns: Mapping[str, int], seen: dict[str, int]
) -> RosterRow | list[RosterFault]:
    values = {
        column: normal(cells[place]) if place < len(cells) else ""
        for column, place in columns.items()
    }
    wrong: dict[str, str] = {}
    for column in REQUIRED:
        if not values[column] and column not in MAY_BE_EMPTY:
            wrong[column] = gettext("This is empty. Fill it in.")
    number = values["student_number"].upper()
    if number and not STUDENT_NUMBER.fullmatch(number):
        wrong["student_number"] = gettext("Give 3 to 20 letters, digits or hyphens.")
    if number in seen:
        wrong["student_number"] = gettext(
            "This student number stands in line %(line)s already. Leave one of the two."
        ) % {"line": seen[number]}
    days = {column: _read_day(column, values[column], wrong) for column in _DAYS}
    if days["departs_on"] and days["returns_on"] and days["returns_on"] < days["departs_on"]:
        wrong["returns_on"] = gettext("The return is before the departure.")
    language = LANGUAGES.get(values.get("language", "").lower())
    if language is None:
        wrong["language"] = gettext("Write ja or en, or leave it empty.")
    if wrong:
        sent = ",".join(cells)[:400]
        return [
            RosterFault(line, COLUMNS[column][0], message, sent)
            for column, message in wrong.items()
        ]
    seen[number] = line
    birth, departs, returns = (days[column] for column in _DAYS)
    assert birth and departs and returns and language
    person = {column: values.get(column, "") for column in _PERSON}
    return RosterRow(line, number, person, birth, departs, returns, language)


_DAYS = ("birth_date", "departs_on", "returns_on")
_PERSON = (
    "family_name",
    "given_name",
    "family_name_kana",
    "given_name_kana",
    "family_name_roman",
    "given_name_roman",
    "email",
    "phone",
)


def _read_day(column: str, text: str, wrong: dict[str, str]) -> date | None:
    if column in wrong:
        return None
    match = DAY.fullmatch(text)
    try:
        if match is None:
            raise ValueError
        return date(*map(int, match.groups()))
    except ValueError:
        wrong[column] = gettext("“%(text)s” is not a day. Write it like 2027-04-01.") % {
            "text": text
        }
        return None
