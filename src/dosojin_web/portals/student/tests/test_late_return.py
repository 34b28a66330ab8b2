"""Home later than planned: explained, and the cause recorded."""

from datetime import datetime, timedelta

import pytest
from pytest import MonkeyPatch

from dosojin_web.policies.japan import JAPAN
from dosojin_web.policies.models import AutomaticExtension, Certificate

from .abroad import JULY_10, JULY_31, as_user, change_meanwhile, travel
from .conftest import Reader, World, hidden_fields

pytestmark = pytest.mark.django_db
PAGE = "late-return/"
LATE = {
    "cause": "transport",
    "planned_arrival": "2027-07-31",
    "planned_time": "18:40",
    "expected_arrival": "2027-08-01",
    "expected_time": "15:00",
}


def test_it_says_how_far_cover_could_reach_and_who_decides(
    enrolled: Certificate, monkeypatch: MonkeyPatch
) -> None:
    text = travel(enrolled, monkeypatch, JULY_31).get(PAGE).text
    assert "Tue 3 August 2027" in text and "72 hours" in text
    assert "decided when you make a claim" in text and "You need not apply for it" in text
    assert not AutomaticExtension.objects.exists()


def test_a_cause_is_recorded_once(enrolled: Certificate, monkeypatch: MonkeyPatch) -> None:
    student = travel(enrolled, monkeypatch, JULY_31)
    fields = hidden_fields(student.get(PAGE).text) | LATE
    assert [student.post(PAGE, fields).status_code for _ in range(2)] == [302, 302]
    kept = AutomaticExtension.objects.get()
    assert kept.planned_arrival == datetime(2027, 7, 31, 18, 40, tzinfo=JAPAN)
    assert kept.expected_arrival == datetime(2027, 8, 1, 15, 0, tzinfo=JAPAN)
    text = student.get(PAGE).text
    assert "Sun 1 August 2027, 15:00" in text
    assert "Sat 31 July 2027" in student.get().text, "no date of the certificate moves"


def test_the_arrival_need_not_be_known(enrolled: Certificate, monkeypatch: MonkeyPatch) -> None:
    student = travel(enrolled, monkeypatch, JULY_31)
    answer = student.send(PAGE, **LATE | {"expected_arrival": "", "expected_time": ""})
    assert answer.status_code == 302
    assert AutomaticExtension.objects.get().expected_arrival is None


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"cause": ""}, "cause"),
        ({"cause": "weather"}, "cause"),
        ({"planned_arrival": ""}, "planned_arrival"),
        ({"planned_arrival": "July"}, "planned_arrival"),
        ({"planned_arrival": "2027-08-01", "planned_time": "00:01"}, "planned_arrival"),
        ({"planned_time": ""}, "planned_time"),
        ({"planned_time": "25:00"}, "planned_time"),
        ({"expected_arrival": ""}, "expected_arrival"),
        ({"expected_arrival": "2027-07-31"}, "expected_arrival"),
        ({"expected_time": "noon"}, "expected_time"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    enrolled: Certificate, monkeypatch: MonkeyPatch, changed: dict[str, str], wrong: str
) -> None:
    student = travel(enrolled, monkeypatch, JULY_31)
    answer = student.send(PAGE, **LATE | changed)
    assert answer.status_code == 422
    assert f'id="{wrong}-error"' in answer.text
    assert not AutomaticExtension.objects.exists()


def test_too_early_and_too_late_it_says_what_to_do(
    enrolled: Certificate, monkeypatch: MonkeyPatch
) -> None:
    early = travel(enrolled, monkeypatch, JULY_10)
    text = early.get(PAGE).text
    assert "there is time to ask for an extension" in text and "Record it" not in text
    assert early.post(PAGE, LATE, version="1").status_code == 422
    late = travel(enrolled, monkeypatch, JULY_31 + timedelta(days=31))
    assert "State the cause when you make a claim" in late.get(PAGE).text
    assert late.post(PAGE, LATE, version="1").status_code == 422
    assert not AutomaticExtension.objects.exists()


def test_a_stale_form_shows_both_versions(
    world: World, enrolled: Certificate, monkeypatch: MonkeyPatch
) -> None:
    change_meanwhile(enrolled, world.policyholder, JULY_10)
    moment = datetime(2027, 7, 25, 20, 0, tzinfo=JAPAN)
    student = travel(enrolled, monkeypatch, moment)
    answer = student.post(PAGE, LATE, version="1")
    assert answer.status_code == 409
    assert "Sat 31 July 2027" in answer.text and "Sun 25 July 2027" in answer.text
    again = hidden_fields(answer.text)
    assert student.post(PAGE, again, stands="theirs").status_code == 302
    mine = student.post(PAGE, again, stands="mine")
    assert mine.status_code == 422, "planned after the new end"
    assert not AutomaticExtension.objects.exists()


def test_a_stranger_gets_404(enrolled: Certificate, stranger: Reader) -> None:
    address = f"/my/certificates/{enrolled.number}/{PAGE}"
    assert stranger.client.get(address).status_code == 404
    assert stranger.client.post(address, {"version": "1"} | LATE).status_code == 404


def test_staff_gets_403(world: World, enrolled: Certificate) -> None:
    assert as_user(world.office.user.pk, enrolled).get(PAGE).status_code == 403
