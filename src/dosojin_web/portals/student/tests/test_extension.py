"""Stay longer: explained, quoted, looked over, asked for."""

from datetime import date, timedelta

import pytest
from pytest import MonkeyPatch

from dosojin_web.policies.models import Certificate, ChangeRequest, ChangeState
from dosojin_web.policies.proxies import Proxy

from .abroad import JULY_10, JULY_31, Traveller, as_user, change_meanwhile, travel
from .conftest import Reader, World, hidden_fields

pytestmark = pytest.mark.django_db
PAGE = "extension/"
DAY = "2027-08-31"
PROXY = {
    "proxy_name": "佐藤一郎",
    "proxy_relation": "father",
    "proxy_phone": "03-1111-2222",
    "proxy_email": "Father@Example.JP",
    "reason": "My thesis takes longer.",
}
YEN = "\N{NO-BREAK SPACE}yen"


def look_over(student: Traveller, **changed: str) -> dict[str, str]:
    """Fill the form in; the fields of the page that shows it all once more."""
    fields = hidden_fields(student.get(PAGE, new_end=DAY).text)
    answer = student.post(PAGE, fields | PROXY | changed)
    assert answer.status_code == 200, answer.text
    return hidden_fields(answer.text)


def test_it_explains_first(enrolled: Certificate, monkeypatch: MonkeyPatch) -> None:
    text = travel(enrolled, monkeypatch).get(PAGE).text
    for said in (
        "From abroad you cannot extend it on your own",
        "two years in total",
        "24:00 Japan time",
        "before the additional premium has been received",
        "may refuse",
    ):
        assert said in text, said
    assert "proxy_name" not in text


def test_five_items_for_the_proxy(enrolled: Certificate, monkeypatch: MonkeyPatch) -> None:
    text = travel(enrolled, monkeypatch).get(PAGE).text
    message = text.split("<pre")[1].split("</pre>")[0]
    for said in (enrolled.number, "HANAKO SATO", "kyoeki", "Tue 1 June 2027", "(the new last day)"):
        assert said in message, said
    assert "mailto:?subject=" in text


def test_the_quote_is_the_difference_of_the_tariff(
    enrolled: Certificate, monkeypatch: MonkeyPatch
) -> None:
    """36,090 − 26,130 = 9,960 (003 l.221-222)."""
    text = travel(enrolled, monkeypatch).get(PAGE, new_end=DAY).text
    for amount in (f"36,090{YEN}", f"26,130{YEN}", f"9,960{YEN}"):
        assert amount in text
    assert "Up to 2 months" in text and "Up to 3 months" in text
    assert "proxy_name" in text


def test_the_lines_say_which_period_they_are(
    enrolled: Certificate, monkeypatch: MonkeyPatch
) -> None:
    text = travel(enrolled, monkeypatch).get(PAGE, new_end=DAY).text
    new = text.index("Whole new period, until ")
    assert new < text.index("Present period, until Sat 31 July 2027")


def test_an_earlier_day_is_no_extension(enrolled: Certificate, monkeypatch: MonkeyPatch) -> None:
    answer = travel(enrolled, monkeypatch).get(PAGE, new_end="2027-07-20")
    assert answer.status_code == 422
    assert "Your cover already runs until Sat 31 July 2027." in answer.text
    assert "2027-07-31" not in answer.text


@pytest.mark.parametrize("day", ["2027-07-31", "2028-06-30", "31 August", "", "2027-02-30"])
def test_a_day_that_cannot_be_had_is_said_beside_it(
    enrolled: Certificate, monkeypatch: MonkeyPatch, day: str
) -> None:
    student = travel(enrolled, monkeypatch)
    fields = hidden_fields(student.get(PAGE, new_end=DAY).text)
    answer = student.post(PAGE, fields | PROXY | {"new_end": day})
    assert answer.status_code == 422
    assert 'id="new_end-error"' in answer.text
    assert not ChangeRequest.objects.exists()


def test_who_acts_is_said_beside_the_fields(
    enrolled: Certificate, monkeypatch: MonkeyPatch
) -> None:
    student = travel(enrolled, monkeypatch)
    fields = hidden_fields(student.get(PAGE, new_end=DAY).text)
    answer = student.post(PAGE, fields | {"proxy_email": "nobody", "reason": "x" * 401})
    assert answer.status_code == 422
    for field in ("proxy_name", "proxy_relation", "proxy_email", "reason"):
        assert f'id="{field}-error"' in answer.text, field
    assert f"9,960{YEN}" in answer.text, "the quote stays"


def test_it_is_looked_over_and_then_asked_for_once(
    enrolled: Certificate, monkeypatch: MonkeyPatch
) -> None:
    student = travel(enrolled, monkeypatch)
    fields = look_over(student)
    assert not ChangeRequest.objects.exists(), "looking over asks for nothing"
    answers = [student.post(PAGE, fields, step="send") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    change = ChangeRequest.objects.get()
    assert (change.last_day, change.premium_change) == (date(2027, 8, 31), 9_960)
    assert Proxy.of(change) == Proxy("佐藤一郎", "father", "+81311112222", "Father@example.jp")
    assert change.state == ChangeState.REQUESTED
    assert "still open" in student.get(PAGE).text


def test_it_can_be_changed_once_more(enrolled: Certificate, monkeypatch: MonkeyPatch) -> None:
    student = travel(enrolled, monkeypatch)
    answer = student.post(PAGE, look_over(student), step="change")
    assert answer.status_code == 200
    assert 'value="佐藤一郎"' in answer.text and "My thesis takes longer." in answer.text
    assert not ChangeRequest.objects.exists()


def test_until_the_last_minute_and_not_after(
    enrolled: Certificate, monkeypatch: MonkeyPatch
) -> None:
    student = travel(enrolled, monkeypatch, JULY_31 + timedelta(hours=11, minutes=59))
    fields = look_over(student)
    student = travel(enrolled, monkeypatch, JULY_31 + timedelta(hours=12))
    answer = student.post(PAGE, fields, step="send")
    assert answer.status_code == 422 and "cannot be extended any more" in answer.text
    assert not ChangeRequest.objects.exists()


def test_a_stale_form_is_quoted_anew(
    world: World, enrolled: Certificate, monkeypatch: MonkeyPatch
) -> None:
    student = travel(enrolled, monkeypatch)
    fields = look_over(student)
    change_meanwhile(enrolled, world.policyholder, JULY_10)
    before = ChangeRequest.objects.count()
    answer = student.post(PAGE, fields, step="send")
    assert answer.status_code == 409
    assert "Sat 31 July 2027" in answer.text and "Sun 25 July 2027" in answer.text
    again = hidden_fields(answer.text)
    assert student.post(PAGE, again, stands="theirs").status_code == 302
    checked = student.post(PAGE, again, stands="mine")
    assert checked.status_code == 200 and "Nothing has been sent yet" in checked.text
    assert ChangeRequest.objects.count() == before
    assert student.post(PAGE, hidden_fields(checked.text), step="send").status_code == 302
    assert ChangeRequest.objects.count() == before + 1


def test_a_longer_trip_can_be_in_another_plan(world: World, monkeypatch: MonkeyPatch) -> None:
    from dosojin_web.policies.tests.test_certificate_changes import enrol_for_20_days

    certificate = enrol_for_20_days(world)
    student = travel(certificate, monkeypatch, JULY_10.replace(month=6))
    text = student.get(PAGE, new_end="2027-07-10").text
    assert "Your plan changes" in text and f"9,860{YEN}" in text
    assert "Until Sun 20 June 2027 you stay in Plan C. From the day after, Plan D holds" in text


def test_a_stranger_gets_404(enrolled: Certificate, stranger: Reader) -> None:
    address = f"/my/certificates/{enrolled.number}/{PAGE}"
    assert stranger.client.get(address).status_code == 404
    assert stranger.client.post(address, {"version": "1"} | PROXY).status_code == 404


def test_staff_gets_403(world: World, enrolled: Certificate) -> None:
    assert as_user(world.office.user.pk, enrolled).get(PAGE).status_code == 403


def test_an_empty_day_is_told_so(enrolled: Certificate, monkeypatch: MonkeyPatch) -> None:
    answer = travel(enrolled, monkeypatch).get(PAGE, new_end="")
    assert answer.status_code == 422 and 'id="new_end-error"' in answer.text
