"""Office hours at moments picked by hand: holidays, lunch, New Year, summer time elsewhere."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import jpholiday
import pytest

from dosojin_web.directory.contacts import Contact
from dosojin_web.directory.mapping import list_contacts
from dosojin_web.directory.office_hours import (
    describe_hours,
    is_open,
    next_closing,
    next_opening,
)

JAPAN = ZoneInfo("Asia/Tokyo")


def contact(edition: str, id: str, language: str = "en") -> Contact:
    return next(one for one in list_contacts(edition, language) if one.id == id)


def at(written: str, zone: ZoneInfo = JAPAN) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=zone)


AGENCY_2025 = contact("gakkensai-2025", "agency")
CENTRE = contact("gakkensai-2026", "customer_centre")
CLAIMS = contact("gakkensai-2026", "claims_line")
AGENCY_2026 = contact("gakkensai-2026", "agency")


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-06-01T08:59", False),  # Monday
        ("2026-06-01T09:00", True),
        ("2026-06-01T11:59", True),
        ("2026-06-01T12:00", False),  # lunch
        ("2026-06-01T12:59", False),
        ("2026-06-01T13:00", True),
        ("2026-06-01T16:59", True),
        ("2026-06-01T17:00", False),
        ("2026-06-06T10:00", False),  # Saturday
        ("2026-06-07T10:00", False),  # Sunday
        ("2026-07-20T10:00", False),  # Marine Day, a Monday
        ("2026-05-06T10:00", False),  # Constitution Day fell on Sunday: the next free weekday
        ("2026-09-22T10:00", False),  # a day between two holidays is one itself
        ("2026-12-30T10:00", True),  # Wednesday
        ("2026-12-31T10:00", False),
        ("2027-01-01T10:00", False),
        ("2027-01-04T10:00", True),  # Monday
    ],
)
def test_an_office_with_weekdays_and_lunch(moment: str, expected: bool) -> None:
    assert is_open(AGENCY_2025, at(moment)) is expected


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-06-06T09:00", True),  # Saturday
        ("2026-06-07T17:59", True),
        ("2026-06-07T18:00", False),
        ("2026-07-20T10:00", True),  # holiday
        ("2026-12-31T10:00", False),
        ("2027-01-03T17:00", False),
        ("2027-01-04T09:00", True),
    ],
)
def test_a_centre_that_is_open_on_all_days(moment: str, expected: bool) -> None:
    assert is_open(CENTRE, at(moment)) is expected


def test_a_line_that_never_closes() -> None:
    assert is_open(CLAIMS, at("2027-01-01T03:00")) is True
    assert next_opening(CLAIMS, at("2027-01-01T03:00")) is None
    assert next_closing(CLAIMS, at("2027-01-01T03:00")) is None


def test_without_hours_nothing_is_claimed() -> None:
    assert is_open(AGENCY_2026, at("2026-06-01T10:00")) is None
    assert next_opening(AGENCY_2026, at("2026-06-01T10:00")) is None
    assert describe_hours(AGENCY_2026, "en") == ()


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        ("2026-06-01T12:30", "2026-06-01T13:00"),
        ("2026-06-05T17:00", "2026-06-08T09:00"),  # Friday evening
        ("2026-05-01T18:00", "2026-05-07T09:00"),  # over Golden Week
        ("2026-12-30T17:00", "2027-01-04T09:00"),  # over New Year
        ("2026-09-18T18:00", "2026-09-24T09:00"),  # over Silver Week
    ],
)
def test_when_an_office_opens_next(moment: str, opens: str) -> None:
    assert next_opening(AGENCY_2025, at(moment)) == at(opens)


def test_when_an_office_closes_next() -> None:
    assert next_closing(AGENCY_2025, at("2026-06-01T10:00")) == at("2026-06-01T12:00")
    assert next_closing(AGENCY_2025, at("2026-06-01T14:00")) == at("2026-06-01T17:00")
    assert next_closing(AGENCY_2025, at("2026-06-01T12:30")) is None


@pytest.mark.parametrize(
    ("day", "there"),
    [("2026-03-27", "01:00"), ("2026-03-30", "02:00"), ("2026-10-26", "01:00")],
)
def test_summer_time_of_the_reader_moves_the_opening(day: str, there: str) -> None:
    # Paris changes to summer time on 29 March and back on 25 October 2026; Japan never does.
    opens = next_opening(AGENCY_2025, at(f"{day}T08:00"))
    assert opens is not None and f"{opens:%H:%M}" == "09:00"
    assert f"{opens.astimezone(ZoneInfo('Europe/Paris')):%H:%M}" == there


def test_a_moment_counts_in_japan_wherever_it_is_told() -> None:
    # Sunday evening in New York is Monday morning in Japan.
    new_york = ZoneInfo("America/New_York")
    assert is_open(AGENCY_2025, at("2026-05-31T20:30", new_york)) is True


@pytest.mark.parametrize(
    ("who", "language", "lines"),
    [
        (
            AGENCY_2025,
            "en",
            (
                "Weekdays: 9:00 to 17:00 (not 12:00 to 13:00)",
                "Closed on Japan’s public holidays",
                "Closed at the year’s end (31 December to 3 January; please make sure)",
            ),
        ),
        (
            AGENCY_2025,
            "ja",
            (
                "平日 9:00～17:00（12:00～13:00を除く）",
                "祝日は休み",
                "年末・年始は休み（12月31日～1月3日の見込み）",
            ),
        ),
        (CLAIMS, "ja", ("毎日 24時間",)),
        (CLAIMS, "en", ("Every day: Day and night",)),
    ],
)
def test_hours_in_words(who: Contact, language: str, lines: tuple[str, ...]) -> None:
    assert describe_hours(who, language) == lines


def test_every_contact_cites_its_line() -> None:
    for edition, seed in [("gakkensai-2026", "003 l."), ("gakkensai-2025", "004 l.")]:
        contacts = list_contacts(edition, "ja")
        assert contacts and all(one.source.startswith(seed) for one in contacts)


def test_holidays_of_the_coming_years_are_known() -> None:
    assert jpholiday.is_holiday(date(2027, 1, 1)) and jpholiday.is_holiday(date(2030, 11, 3))
