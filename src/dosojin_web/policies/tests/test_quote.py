"""The public quote page."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest import MonkeyPatch

from dosojin_web.policies.quotes import read_day

pytestmark = pytest.mark.django_db
ADDRESS = "/policies/quote/"
TRIP = {"start": "2026-08-20", "end": "2026-08-27"}


def get(client: Client, query: dict[str, str], language: str = "en") -> HttpResponse:
    return client.get(ADDRESS, query, headers={"Accept-Language": language})


@pytest.fixture(autouse=True)
def at_noon_on_1_august(monkeypatch: MonkeyPatch) -> None:
    set_clock(monkeypatch, datetime(2026, 8, 1, 3, tzinfo=UTC))


def set_clock(monkeypatch: MonkeyPatch, moment: datetime) -> None:
    monkeypatch.setattr("dosojin_web.policies.views.quote.timezone.now", lambda: moment)


def test_it_first_asks_and_answers_nothing(client: Client) -> None:
    response = get(client, {})
    assert response.status_code == 200
    assert 'name="start"' in response.text and "offer-premium" not in response.text


def test_plans_stand_side_by_side_with_their_premiums(client: Client) -> None:
    text = get(client, TRIP).text
    cards = re.findall(r'<article class="offer".*?</article>', text, re.DOTALL)
    premiums = ["3,710\N{NO-BREAK SPACE}yen", "4,730\N{NO-BREAK SPACE}yen"]
    assert len(cards) == 3
    assert [premium in card for card, premium in zip(cards, premiums, strict=False)] == [True, True]
    assert "Without limit" in cards[0] and "Not insured" in cards[0]
    assert "Not insured" not in cards[2]


def test_what_differs_stands_apart_from_what_is_the_same(client: Client) -> None:
    text = get(client, TRIP).text
    rows = re.search(r'<div class="offer-rows".*?</div>', text, re.DOTALL)
    assert rows is not None
    differing, same = rows.group().split("The same in all")
    assert "Accidental death" in differing and "Trip alteration" in differing
    assert "Medical and rescue expenses" in same and "Personal liability" in same


def test_the_sentence_says_how_the_premium_goes_on(client: Client) -> None:
    text = get(client, {"start": "2026-08-03", "end": "2026-08-18"}).text
    said = "1 day longer costs 0 yen more; from Thu 20 August 2026 it is 540\N{NO-BREAK SPACE}yen"
    assert said in text


def test_the_picture_has_its_table_and_follows_the_plan(client: Client) -> None:
    text = get(client, TRIP | {"plan": "C"}).text
    assert 'class="bands-picture bands-wide"' in text and 'class="table bands-table"' in text
    assert "Plan C: the premium in yen by the day of return" in text
    assert text.count('aria-current="true"') == 1


def test_a_plan_that_does_not_fit_falls_back_to_the_first(client: Client) -> None:
    response = get(client, TRIP | {"plan": "B"})
    assert response.status_code == 200 and "Plan A: the premium" in response.text


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        (datetime(2026, 8, 10, 14, 59, tzinfo=UTC), "Enrol online by Mon 10 August 2026"),
        (datetime(2026, 8, 10, 15, 0, tzinfo=UTC), "Enrol today: this is the last day"),
        (datetime(2026, 8, 11, 15, 0, tzinfo=UTC), "Online enrolment for this departure is closed"),
        (datetime(2026, 8, 20, 15, 0, tzinfo=UTC), "This departure has passed"),
    ],
)
def test_the_deadline_is_counted_in_japan(
    client: Client, monkeypatch: MonkeyPatch, moment: datetime, said: str
) -> None:
    set_clock(monkeypatch, moment)
    assert said in get(client, TRIP).text


def test_an_edition_without_tariff_says_so_well(client: Client) -> None:
    response = get(client, TRIP | {"product": "gakkensai-2025"})
    assert response.status_code == 200
    assert "This edition has no published tariff" in response.text
    assert "offer-premium" not in response.text


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"start": "2026-08-20"}, "end"),
        ({"start": "2026-02-30", "end": "2026-03-02"}, "start"),
        ({"start": "2026-08-20", "end": "2026-08-19"}, "end"),
        ({"start": "2026-08-20", "end": "2029-08-19"}, "end"),
        (TRIP | {"product": "nowhere"}, "product"),
    ],
)
def test_what_is_wrong_is_said_on_top_and_beside(
    client: Client, query: dict[str, str], field: str
) -> None:
    response = get(client, query)
    assert response.status_code == 422
    assert f'<a href="#{field}">' in response.text and f'id="{field}-error"' in response.text


def test_what_was_typed_is_shown_again(client: Client) -> None:
    assert 'value="20th of August"' in get(client, {"start": "20th of August", "end": "x"}).text


@pytest.mark.parametrize("typed", ["2026-08-03", "2026/8/3", "2026.8.3", "2026年8月3日"])
def test_days_are_read_as_people_write_them(typed: str) -> None:
    found = read_day(typed)
    assert found is not None and found.isoformat() == "2026-08-03"


@pytest.mark.parametrize("typed", ["", "tomorrow", "2026-13-01", "03/08/2026", "2026-08-03T00:00"])
def test_other_writings_are_no_days(typed: str) -> None:
    assert read_day(typed) is None


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_ends_of_the_calendar_do_not_fail(client: Client, day: str, language: str) -> None:
    assert get(client, {"start": day, "end": day}, language).status_code == 200


def test_it_only_reads(client: Client) -> None:
    assert client.post(ADDRESS, TRIP).status_code == 405


@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_id_is_there_once(client: Client, language: str) -> None:
    ids = re.findall(r'\sid="([^"]+)"', get(client, TRIP, language).text)
    assert sorted(ids) == sorted(set(ids))
