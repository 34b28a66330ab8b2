"""Telephone numbers for a reader."""

import pytest

from dosojin_web.people.details import read_phone
from dosojin_web.people.telephones import write_phone


@pytest.mark.parametrize(
    ("kept", "written"),
    [
        ("+819012345678", "090-1234-5678"),
        ("+81312345678", "03-1234-5678"),
        ("+16175550123", "+1 617-555-0123"),
        ("", ""),
        ("ask the office", "ask the office"),
    ],
)
def test_as_people_write_it(kept: str, written: str) -> None:
    assert write_phone(kept) == written


def test_what_is_written_can_be_entered_again() -> None:
    assert read_phone(write_phone("+819012345678")) == "+819012345678"
