"""The details of the insured, confirmed before paying."""

import pytest

from dosojin_web.people.models import Person
from dosojin_web.policies.operations.confirm_details import ACT

from .conftest import Reader

pytestmark = pytest.mark.django_db
OWN = {
    "family_name_roman": "SATO",
    "given_name_roman": "HANAKO",
    "phone": "090-1234-5678",
    "email": "student1@example.jp",
}


@pytest.fixture(autouse=True)
def begun(reader: Reader) -> None:
    reader.post("start/")


def person() -> Person:
    return Person.objects.latest("pk")


def test_what_the_university_said_cannot_be_typed_over(reader: Reader) -> None:
    text = reader.get("details/").text
    assert "佐藤 花子" in text and "Tue 17 May 2005" in text and "26A0001" in text
    assert 'name="family_name"' not in text and 'name="birth_date"' not in text
    reader.send("details/", **OWN, family_name="鈴木", birth_date="2000-01-01")
    assert (person().family_name, person().birth_date.year) == ("佐藤", 2005)


def test_confirmed_without_a_change(reader: Reader) -> None:
    assert reader.send("details/", **OWN).status_code == 302
    assert reader.application().entries.filter(act=ACT).count() == 1
    assert person().version == 1


def test_spelling_telephone_and_mail_can_be_mended(reader: Reader) -> None:
    changed = {"family_name_roman": "satoh", "phone": "+1 617 555 0123", "email": "h@example.com"}
    assert reader.send("details/", **OWN | changed).status_code == 302
    kept = person()
    assert (kept.family_name_roman, kept.email) == ("SATOH", "h@example.com")


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"phone": ""}, "phone"),
        ({"phone": "12"}, "phone"),
        ({"email": "nobody"}, "email"),
        ({"family_name_roman": "佐藤"}, "family_name_roman"),
        ({"given_name_roman": ""}, "given_name_roman"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(
    reader: Reader, changed: dict[str, str], field: str
) -> None:
    answer = reader.send("details/", **OWN | changed)
    assert answer.status_code == 422
    assert f'<a href="#{field}">' in answer.text and f'id="{field}-error"' in answer.text
    assert not reader.application().entries.filter(act=ACT).exists()


def test_what_only_the_university_can_mend_is_said_there(reader: Reader) -> None:
    held = person()
    held.birth_date = None
    held.save()
    answer = reader.send("details/", **OWN)
    assert answer.status_code == 422 and '<a href="#fixed">Enter the date of birth.' in answer.text
    assert "Ask the office of your university." in answer.text


def test_a_name_that_cannot_be_printed_is_not_confirmed(reader: Reader) -> None:
    held = person()
    held.family_name = "丆田"
    held.save()
    answer = reader.send("details/", **OWN | {"phone": "090-1111-2222"})
    assert answer.status_code == 422
    assert '<a href="#fixed">“丆” cannot be printed on the certificate.' in answer.text
    assert answer.text.count("Ask the office of your university.") == 2
    assert 'value="090-1111-2222"' in answer.text
    assert not reader.application().entries.filter(act=ACT).exists()
    assert person().version == 1 and not person().revisions.exists()


def test_the_same_form_twice_is_one_change(reader: Reader) -> None:
    fields = {"version": "1", "application": str(reader.application().key)}
    fields |= OWN | {"phone": "090-1111-2222"}
    assert [reader.post("details/", fields).status_code for _ in range(2)] == [302, 302]
    assert person().revisions.count() == 1


def test_both_versions_where_the_office_was_faster(reader: Reader) -> None:
    reader.send("details/", **OWN | {"phone": "090-1111-2222"})
    answer = reader.post("details/", OWN | {"version": "1", "phone": "090-3333-4444"})
    assert answer.status_code == 409
    assert "090-3333-4444" in answer.text and "090-1111-2222" in answer.text
    assert '<input type="hidden" name="version" value="2">' in answer.text
    kept = OWN | {"version": "2", "phone": "090-3333-4444", "both": "1", "stands": "mine"}
    assert reader.post("details/", kept).status_code == 302
    assert person().phone == "+819033334444"


def test_a_strangers_details_are_not_there(stranger: Reader) -> None:
    assert stranger.get("details/").status_code == 404
    assert stranger.post("details/", OWN).status_code == 404


def test_staff_read_403(staff: Reader) -> None:
    assert staff.get("details/").status_code == 403
