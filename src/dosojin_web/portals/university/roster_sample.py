"""The file an office begins with: the header and two invented students."""

from collections.abc import Mapping, Sequence
from datetime import date

from dosojin_web.policies.roster import COLUMNS

# column: its English header, the first student, the second student
CELLS: Mapping[str, tuple[str, str, str]] = {
    "student_number": ("Student number", "26A0101", "26A0102"),
    "family_name": ("Family name", "佐藤", "SMITH"),
    "given_name": ("Given name", "花子", "Anna"),
    "family_name_kana": ("Family name (kana)", "サトウ", "スミス"),
    "given_name_kana": ("Given name (kana)", "ハナコ", "アンナ"),
    "family_name_roman": ("Family name (roman)", "SATO", "SMITH"),
    "given_name_roman": ("Given name (roman)", "HANAKO", "ANNA"),
    "birth_date": ("Birth date", "2005-05-17", "2004-12-03"),
    "email": ("E-mail", "hanako@example.ac.jp", "anna@example.ac.jp"),
    "phone": ("Phone", "090-1234-5678", ""),
    "departs_on": ("Departs on", "DEPARTS", "DEPARTS"),
    "returns_on": ("Returns on", "RETURNS", "RETURNS"),
    "language": ("Language", "ja", "en"),
}


def sample_header(language: str) -> Sequence[str]:
    """The names of the columns in "ja" or "en"."""
    if language == "ja":
        return [names[0] for names in COLUMNS.values()]
    return [CELLS[column][0] for column in COLUMNS]


def sample_rows(departs: date, returns: date) -> Sequence[Sequence[str]]:
    """Two students who travel on these days."""
    days = {"DEPARTS": str(departs), "RETURNS": str(returns)}
    return [[days.get(cell := CELLS[column][n], cell) for column in COLUMNS] for n in (1, 2)]
