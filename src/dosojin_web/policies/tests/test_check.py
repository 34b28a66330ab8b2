"""The page behind the QR code says valid or not valid, and nothing else."""

import re
from datetime import datetime

import pytest
from django.test import Client
from django.utils import timezone

from dosojin_web.policies.japan import JAPAN
from dosojin_web.policies.models import Certificate

from .conftest import NOW, World
from .test_certificate_changes import end_early


def look(client: Client, token: str, monkeypatch: pytest.MonkeyPatch, *day: int) -> str:
    monkeypatch.setattr(timezone, "now", lambda: datetime(*day, 12, tzinfo=JAPAN))  # type: ignore[misc]
    response = client.get(f"/policies/check/{token}/", headers={"Accept-Language": "en"})
    assert response.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.text.split("<main")[1]))


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ((2027, 4, 1), "Valid"),
        ((2027, 6, 1), "Valid"),
        ((2027, 7, 31), "Valid"),
        ((2027, 8, 1), "Not valid"),
    ],
)
def test_valid_until_cover_has_ended(
    client: Client,
    enrolled: Certificate,
    monkeypatch: pytest.MonkeyPatch,
    day: tuple[int, int, int],
    said: str,
) -> None:
    assert f" {said} " in look(client, enrolled.check_token, monkeypatch, *day)


def test_a_cancelled_one_is_not_valid(
    client: Client, world: World, enrolled: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    end_early(world, enrolled, None, NOW)
    assert " Not valid " in look(client, enrolled.check_token, monkeypatch, 2027, 4, 2)


def test_an_unknown_code_answers_like_one_that_has_ended(
    client: Client, enrolled: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = look(client, enrolled.check_token, monkeypatch, 2028, 1, 1)
    assert look(client, "no-such-code", monkeypatch, 2028, 1, 1) == ended


def test_nothing_about_the_person_or_the_trip_is_said(
    client: Client, enrolled: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = look(client, enrolled.check_token, monkeypatch, 2027, 6, 2)
    for secret in (enrolled.number, "SATO", "HANAKO", "佐藤", "2027-07-31", "Boston"):
        assert secret not in said
