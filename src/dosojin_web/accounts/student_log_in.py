"""The log-in of a student is the student number (003 l.34), which each university gives anew."""

import unicodedata


def normalise_number(typed: str) -> str:
    """A student number as it is kept: NFKC, upper case, without any blank."""
    return "".join(unicodedata.normalize("NFKC", typed).split()).upper()


def make_username(university_code: str, student_number: str) -> str:
    """The user name of a student; the number may be written in any way."""
    return f"{university_code}:{normalise_number(student_number)}"


def read_student_number(username: str) -> str:
    """The number in a student's user name; any other user name as it is."""
    return username.partition(":")[2] or username
