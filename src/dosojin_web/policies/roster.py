"""Roster files: what a university office sends to say who travels.

In:  a CSV in UTF-8 or Shift_JIS, its header in Japanese or English, columns in any order.
Out: rows with values; for a row that cannot be taken all that is wrong with it and what to do.
Never: a row that is dropped without a word.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

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
TEXT_LENGTH_MAX = 40
LANGUAGES = {"": "ja", "ja": "ja", "日本語": "ja", "en": "en", "英語": "en", "english": "en"}


class RosterUnreadable(Exception):
    """The file as a whole cannot be read; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in one column of a row and what to do, in words for any language."""

    column: str
    wrong: Promise | str
    remedy: Promise | str
    values: Mapping[str, str] = field(default_factory=dict)

    def words(self) -> tuple[str, str]:
        """What is wrong and what to do, in the active language."""
        return str(self.wrong) % self.values, str(self.remedy) % self.values


@dataclass(frozen=True, slots=True)
class RosterRow:
    """A row that can be taken: details of the person by field, and of the trip.

    ``line`` is the line of the file on which the row begins, the header being line 1; ``cells``
    is the row as it was sent.
    """

    line: int
    cells: Sequence[str]
    student_number: str
    person: Mapping[str, str]
    birth_date: date
    departs_on: date
    returns_on: date
    language: str


@dataclass(frozen=True, slots=True)
class UnsoundRow:
    """A row that cannot be taken, as it was sent, and why."""

    line: int
    cells: Sequence[str]
    problems: Sequence[Problem]


EMPTY = gettext_lazy("This is empty.")
NOT_TAKEN_SO = gettext_lazy("“%(text)s” cannot be taken as it stands.")


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


def read_roster(text: str, skip: int = 0) -> Iterator[RosterRow | UnsoundRow]:
    """Each data row of the file, in order, from the row after the first ``skip``.

    RosterUnreadable before the first row if the header lacks a column.
    """
    rows = _rows(text)
    columns = find_columns(next(rows, (1, []))[1])
    seen: dict[str, int] = {}
    for place, (line, cells) in enumerate(rows):
        if place >= skip:
            yield _read_row(line, cells, columns, seen)
        elif number := _number(cells, columns):
            seen.setdefault(number, line)


def count_rows(text: str) -> int:
    """Data rows of the file that are not empty. RosterUnreadable above ``ROWS_MAX``."""
    rows = sum(1 for _ in _rows(text)) - 1
    if rows > ROWS_MAX:
        raise RosterUnreadable(
            gettext("The file has %(rows)s rows; send at most %(max)s at once.")
            % {"rows": f"{rows:,}", "max": f"{ROWS_MAX:,}"}
        )
    return max(rows, 0)


def read_header(text: str) -> list[str]:
    """The first line's cells, as they were sent."""
    return next(_rows(text), (1, []))[1]


def normal(text: str) -> str:
    """A cell without full-width digits and Latin letters, and without space around it."""
    return unicodedata.normalize("NFKC", text).strip()


def shorten(text: str) -> str:
    """A cell to be shown in a sentence."""
    return text if len(text) <= TEXT_LENGTH_MAX else f"{text[:TEXT_LENGTH_MAX]}…"


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Rows with something in them, the header among them, and the line on which each begins."""
    reader = csv.reader(io.StringIO(text, newline=""))
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise RosterUnreadable(
            gettext("From line %(line)s on this is no table. Save it as CSV once more.")
            % {"line": line}
        ) from error


def find_columns(cells: list[str]) -> dict[str, int]:
    """Which column stands where. RosterUnreadable if one is missing or there twice."""
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


def _number(cells: Sequence[str], columns: Mapping[str, int]) -> str:
    place = columns["student_number"]
    return normal(cells[place]).upper() if place < len(cells) else ""


def _read_row(
    line: int, cells: list[str], columns: Mapping[str, int], seen: dict[str, int]
) -> RosterRow | UnsoundRow:
    values = {
        column: normal(cells[place]) if place < len(cells) else ""
        for column, place in columns.items()
    }
    wrong: dict[str, Problem] = {}
    for column in REQUIRED:
        if not values[column] and column not in MAY_BE_EMPTY:
            wrong[column] = Problem(column, EMPTY, gettext_lazy("Fill it in."))
    number = _number(cells, columns)
    _check_number(number, seen, line, wrong)
    days = {column: _read_day(column, values[column], wrong) for column in _DAYS}
    if days["departs_on"] and days["returns_on"] and days["returns_on"] < days["departs_on"]:
        wrong["returns_on"] = Problem(
            "returns_on",
            gettext_lazy("The return is before the departure."),
            gettext_lazy("Check both days."),
        )
    said = values.get("language", "")
    language = LANGUAGES.get(said.lower())
    if language is None:
        wrong["language"] = Problem(
            "language",
            NOT_TAKEN_SO,
            gettext_lazy("Write ja or en, or leave it empty."),
            {"text": shorten(said)},
        )
    if wrong:
        return UnsoundRow(line, cells, [wrong[name] for name in COLUMNS if name in wrong])
    birth, departs, returns = (days[column] for column in _DAYS)
    assert birth and departs and returns and language
    person = {column: values.get(column, "") for column in _PERSON}
    return RosterRow(line, cells, number, person, birth, departs, returns, language)


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


def _check_number(number: str, seen: dict[str, int], line: int, wrong: dict[str, Problem]) -> None:
    """A student number has its form, and stands once: also beside a row that is wrong otherwise."""
    if number and not STUDENT_NUMBER.fullmatch(number):
        wrong["student_number"] = Problem(
            "student_number",
            NOT_TAKEN_SO,
            gettext_lazy("Give 3 to 20 letters, digits or hyphens."),
            {"text": shorten(number)},
        )
    elif number and seen.setdefault(number, line) != line:
        wrong["student_number"] = Problem(
            "student_number",
            gettext_lazy("This student number stands in line %(line)s already."),
            gettext_lazy("Leave one of the two."),
            {"line": str(seen[number])},
        )


def _read_day(column: str, text: str, wrong: dict[str, Problem]) -> date | None:
    if column in wrong:
        return None
    match = DAY.fullmatch(text)
    try:
        if match is None:
            raise ValueError
        return date(*map(int, match.groups()))
    except ValueError:
        wrong[column] = Problem(
            column,
            gettext_lazy("“%(text)s” is not a day."),
            gettext_lazy("Write it like 2027-04-01."),
            {"text": shorten(text)},
        )
        return None
