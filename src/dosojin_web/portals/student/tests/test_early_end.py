"""Coming home early, shortening, cancelling: what comes back, then the request."""

from datetime import date, datetime

import pytest
from pytest import MonkeyPatch

from dosojin_web.policies.models import Certificate, ChangeKind, ChangeRequest

from .abroad import JUNE_20, as_user, change_meanwhile, travel
from .conftest import NOW, Reader, World, hidden_fields

pytestmark = pytest.mark.django_db
PAGE = "early-end/"
YEN = "\N{NO-BREAK SPACE}yen"
JULY_10_HOME = {"way": "home", "last_day": "2027-07-10"}


def test_on_the_trip_it_offers_home_and_today(
    enrolled: Certificate, monkeypatch: MonkeyPatch
) -> None:
    text = travel(enrolled, monkeypatch, JUNE_20).get(PAGE).text
    assert 'value="home"' in text and 'value="today"' in text and 'value="before"' not in text


def test_before_it_offers_home_and_not_at_all(
    enrolled: Certificate, monkeypatch: MonkeyPatch
) -> None:
    text = travel(enrolled, monkeypatch, NOW).get(PAGE).text
    assert 'value="home"' in text and 'value="before"' in text and 'value="today"' not in text


def test_it_shows_what_comes_back_and_how(enrolled: Certificate, monkeypatch: MonkeyPatch) -> None:
    """1 June to 10 July are 40 days: up to 46 days in D, 18,620; 26,130 − 18,620 = 7,510."""
    text = travel(enrolled, monkeypatch, JUNE_20).get(PAGE, **JULY_10_HOME).text
    for said in (f"26,130{YEN}", f"18,620{YEN}", f"7,510{YEN}", "Up to 46 days", "policyholder"):
        assert said in text, said
    assert not ChangeRequest.objects.exists()


@pytest.mark.parametrize(
    ("way", "moment", "said"),
    [
        ("before", NOW, "confirms on Tue 1 June 2027 or later, cover has begun: the days until"),
        ("today", JUNE_20, "confirms after the last day above, the days in between count"),
    ],
)
def test_it_says_that_days_until_the_confirmation_are_kept(
    enrolled: Certificate, monkeypatch: MonkeyPatch, way: str, moment: datetime, said: str
) -> None:
    assert said in travel(enrolled, monkeypatch, moment).get(PAGE, way=way, last_day="").text


def test_it_is_asked_for_once(enrolled: Certificate, monkeypatch: MonkeyPatch) -> None:
    student = travel(enrolled, monkeypatch, JUNE_20)
    fields = hidden_fields(student.get(PAGE, **JULY_10_HOME).text)
    answers = [student.post(PAGE, fields, reason="Exams end early.") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    change = ChangeRequest.objects.get()
    assert (change.kind, change.last_day) == (ChangeKind.SHORTENING, date(2027, 7, 10))
    assert (change.premium_change, change.reason) == (-7_510, "Exams end early.")
    page = student.get().text
    assert "Until then your cover is unchanged" in page and "Withdraw the request" in page


@pytest.mark.parametrize(
    ("way", "moment", "kind", "last_day", "back"),
    [
        ("before", NOW, ChangeKind.CANCELLATION, date(2027, 5, 31), -26_130),
        ("today", JUNE_20, ChangeKind.CANCELLATION, date(2027, 6, 20), -17_370),
    ],
)
def test_cancelling_before_and_on_the_trip(
    enrolled: Certificate, monkeypatch: MonkeyPatch, way: str, moment, kind, last_day, back
) -> None:  # type: ignore[no-untyped-def]
    student = travel(enrolled, monkeypatch, moment)
    page = student.get(PAGE, way=way, last_day="").text
    assert f"{-back:,}{YEN}" in page
    assert student.post(PAGE, hidden_fields(page)).status_code == 302
    change = ChangeRequest.objects.get()
    assert (change.kind, change.last_day, change.premium_change) == (kind, last_day, back)


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"way": "", "last_day": ""}, "way"),
        ({"way": "before", "last_day": ""}, "way"),
        ({"way": "home", "last_day": ""}, "last_day"),
        ({"way": "home", "last_day": "soon"}, "last_day"),
        ({"way": "home", "last_day": "2027-06-19"}, "last_day"),
        ({"way": "home", "last_day": "2027-07-31"}, "last_day"),
        (JULY_10_HOME | {"reason": "x" * 401}, "reason"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(
    enrolled: Certificate, monkeypatch: MonkeyPatch, fields: dict[str, str], wrong: str
) -> None:
    student = travel(enrolled, monkeypatch, JUNE_20)
    answer = student.post(PAGE, {"version": "1"} | fields)
    assert answer.status_code == 422
    assert f'id="{wrong}-error"' in answer.text
    assert not ChangeRequest.objects.exists()


def test_a_stale_form_shows_the_new_amount_before_anything_is_sent(
    world: World, enrolled: Certificate, monkeypatch: MonkeyPatch
) -> None:
    student = travel(enrolled, monkeypatch, JUNE_20)
    fields = hidden_fields(student.get(PAGE, **JULY_10_HOME).text)
    change_meanwhile(enrolled, world.policyholder, JUNE_20)
    answer = student.post(PAGE, fields)
    assert answer.status_code == 409
    assert "Sat 31 July 2027" in answer.text and "Sun 25 July 2027" in answer.text
    again = hidden_fields(answer.text)
    mine = student.post(PAGE, again, stands="mine")
    assert mine.status_code == 302 and "last_day=2027-07-10" in mine["Location"]
    assert ChangeRequest.objects.count() == 1
    assert student.post(PAGE, again, stands="theirs")["Location"] == student.root


def test_while_another_request_is_open_nothing_is_asked(
    world: World, enrolled: Certificate, monkeypatch: MonkeyPatch
) -> None:
    student = travel(enrolled, monkeypatch, JUNE_20)
    fields = hidden_fields(student.get(PAGE, **JULY_10_HOME).text)
    student.post(PAGE, fields)
    page = student.get(PAGE).text
    assert "still open" in page and f'class="button button-secondary" href="{student.root}"' in page
    other = student.post(PAGE, fields | {"last_day": "2027-07-12"})
    assert other.status_code == 422 and "still open" in other.text
    assert ChangeRequest.objects.count() == 1


def test_a_stranger_gets_404(enrolled: Certificate, stranger: Reader) -> None:
    address = f"/my/certificates/{enrolled.number}/{PAGE}"
    assert stranger.client.get(address).status_code == 404
    assert stranger.client.post(address, {"version": "1"} | JULY_10_HOME).status_code == 404


def test_staff_gets_403(world: World, enrolled: Certificate) -> None:
    assert as_user(world.office.user.pk, enrolled).get(PAGE).status_code == 403


def test_an_empty_form_is_told_so(enrolled: Certificate, monkeypatch: MonkeyPatch) -> None:
    answer = travel(enrolled, monkeypatch, JUNE_20).get(PAGE, last_day="")
    assert answer.status_code == 422 and 'id="way-error"' in answer.text
