"""The public page of contacts."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils.translation import override

from dosojin_web.directory.cards import draw_card
from dosojin_web.directory.mapping import list_contacts
from dosojin_web.directory.zones import ZONES, name_zone

pytestmark = pytest.mark.django_db
MONDAY_NOON = datetime(2026, 6, 1, 12, 30, tzinfo=ZoneInfo("Asia/Tokyo"))


def fetch(client: Client, address: str, language: str = "en") -> str:
    return client.get(address, headers={"Accept-Language": language}).text


def test_the_newest_edition_is_shown(client: Client) -> None:
    text = fetch(client, "/directory/")
    assert 'href="tel:0120868100"' in text and 'href="tel:+81196232291"' in text
    assert "Tokio Marine &amp; Nichido customer centre" in text
    assert "0120-505-421" not in text


def test_another_edition_is_shown_when_asked_for(client: Client) -> None:
    text = fetch(client, "/directory/?edition=gakkensai-2025", "ja")
    assert "0120-505-421" in text and "mailto:kai.gaku@tnp2000.jp" in text
    assert client.get("/directory/?edition=no-such").status_code == 404


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_page_speaks_the_reader_s_language(client: Client, language: str) -> None:
    text = fetch(client, "/directory/?zone=Europe/Paris", language)
    assert f'<html lang="{language}"' in text
    assert ("パリ" in text) == (language == "ja") and ("Paris" in text.replace("/Paris", "")) == (
        language == "en"
    )


def test_a_zone_that_is_not_offered_is_ignored(client: Client) -> None:
    assert client.get("/directory/?zone=../../etc/passwd").status_code == 200


def test_a_card_says_when_it_opens_here_and_there() -> None:
    agency = next(one for one in list_contacts("gakkensai-2025", "en") if one.id == "agency")
    with override("en"):
        card = draw_card(agency, MONDAY_NOON, ZoneInfo("Europe/London"))
    assert card.open_now is False
    assert card.change == "Opens Mon 1 June 2026, 13:00, Japan time"
    assert card.change_there == "London: Mon 1 June 2026, 05:00"


def test_the_hours_of_the_claims_desk_stand_apart() -> None:
    line = next(one for one in list_contacts("gakkensai-2026", "en") if one.id == "claims_line")
    with override("en"):
        card = draw_card(line, MONDAY_NOON)
    assert card.open_now is True and card.change == ""
    assert card.more_hours[0][1][0] == "Weekdays: 9:00 to 17:00"


def test_every_zone_has_a_name_in_both_languages() -> None:
    for zone in ZONES:
        assert name_zone(zone, "ja") and name_zone(zone, "en")


def test_only_reading_is_allowed(client: Client) -> None:
    assert client.post("/directory/").status_code == 405
