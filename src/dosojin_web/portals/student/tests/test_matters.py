"""The important matters are read, in just these words."""

import pytest
from pytest import MonkeyPatch

from dosojin_web.policies import important_matters

from .conftest import Reader

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def begun(reader: Reader) -> None:
    reader.post("start/")


def digest() -> str:
    return important_matters.load_important_matters().digest


def test_every_matter_stands_there(reader: Reader) -> None:
    text = reader.get("matters/").text
    loaded = important_matters.load_important_matters()
    assert text.count('class="student-matter"') == len(loaded.matters)
    assert all(f'id="matter-{matter.id}"' in text for matter in loaded.matters)


def test_they_stand_in_japanese_too(reader: Reader) -> None:
    reader.language = "ja"
    text = reader.get("matters/").text
    assert "保険料をお支払いいただく前に起きた事故は、補償されません。" in text


def test_read_is_kept_with_the_words(reader: Reader) -> None:
    answer = reader.send("matters/", read="yes")
    assert answer.status_code == 302
    assert reader.application().read_matters == digest()
    assert "You confirmed these words on Thu 1 April 2027, 10:00 (Japan time)." in (
        reader.get("matters/").text
    )


def test_the_tick_declares_membership_in_gakkensai(reader: Reader) -> None:
    """003 l.22: only those in 学研災 can be insured, and only they know."""
    text = reader.get("matters/").text
    assert "I have read the important matters, and I am in 学研災 (Gakkensai)" in text
    assert text.index('id="matter-eligibility"') < text.index('id="matter-period"')
    reader.language = "ja"
    assert "重要事項を読みました。学研災に加入しています。" in reader.get("matters/").text


def test_matters_of_another_edition_are_not_shown(reader: Reader) -> None:
    assert 'id="matter-gakkensai"' not in reader.get("matters/").text


def test_without_the_tick_it_asks_again(reader: Reader) -> None:
    answer = reader.send("matters/")
    assert answer.status_code == 422 and 'id="read-error"' in answer.text
    assert reader.application().read_matters == ""


def test_words_that_have_changed_are_read_once_more(reader: Reader) -> None:
    answer = reader.send("matters/", read="yes", digest="of older words")
    assert answer.status_code == 422
    assert "The important matters have changed. Read them once more." in answer.text


def test_the_same_form_twice_is_read_once(reader: Reader) -> None:
    fields = {"application": str(reader.application().key), "version": "1"}
    fields |= {"read": "yes", "digest": digest()}
    assert [reader.post("matters/", fields).status_code for _ in range(2)] == [302, 302]
    assert reader.application().entries.filter(act="matters_read").count() == 1


def test_a_stale_form_shows_both_versions(reader: Reader) -> None:
    fields = {"application": str(reader.application().key), "version": "9"}
    answer = reader.post("matters/", fields, read="yes", digest=digest())
    assert answer.status_code == 409 and "Not read yet" in answer.text


def test_a_strangers_trip_is_not_there(stranger: Reader) -> None:
    assert stranger.get("matters/").status_code == 404
    assert stranger.post("matters/", read="yes").status_code == 404


def test_staff_read_403(staff: Reader) -> None:
    assert staff.get("matters/").status_code == 403


def test_new_words_ask_for_reading_again(reader: Reader, monkeypatch: MonkeyPatch) -> None:
    reader.send("matters/", read="yes")
    application = reader.application()
    application.read_matters = "of older words"
    application.save()
    assert 'name="read" value="yes" checked' not in reader.get("matters/").text
