"""Uses of the data, agreed to or objected to one by one."""

import pytest

from dosojin_web.consents.models import ConsentEntry
from dosojin_web.consents.rights import may

from .conftest import NOW, PURPOSES, Reader, World

pytestmark = pytest.mark.django_db
NEEDED, OFFICE = "double-cover-check", "claim-to-university"
ALL = dict.fromkeys(PURPOSES, "agree")


@pytest.fixture(autouse=True)
def begun(reader: Reader) -> None:
    reader.post("start/")


def test_each_use_is_a_choice_of_its_own_and_none_is_made_before(reader: Reader) -> None:
    text = reader.get("consents/").text
    assert text.count('type="radio"') == 2 * len(PURPOSES) == 10
    assert " checked" not in text
    assert "Neither your cover nor your payout changes." in text
    assert text.index("Needed to enrol") < text.index("Claim information for your university")


def test_agreed_to_all(reader: Reader, world: World) -> None:
    assert reader.send("consents/", **ALL)["Location"] == f"{reader.root}trip/"
    assert all(may(world.member.person, id, NOW) for id in PURPOSES)


def test_objecting_does_not_block_where_cover_stays_the_same(reader: Reader, world: World) -> None:
    refused = {id: "object" for id in PURPOSES if id != NEEDED}
    assert reader.send("consents/", **ALL | refused)["Location"] == f"{reader.root}trip/"
    assert not may(world.member.person, OFFICE, NOW)
    assert "consents" in {step for step in _done(reader)}


def _done(reader: Reader) -> set[str]:
    text = reader.get().text
    tasks = text.split('<li class="task task-')[1:]
    done = {task for task in tasks if task.startswith("done")}
    return {"consents"} if any("Use of your data" in task for task in done) else set()


def test_objecting_to_what_is_needed_is_kept_and_says_what_follows(
    reader: Reader, world: World
) -> None:
    answer = reader.send("consents/", **ALL | {NEEDED: "object"})
    assert answer["Location"] == f"{reader.root}consents/"
    text = reader.get("consents/").text
    assert "You cannot enrol like this" in text and "Agency (Kyoeki Shoji Co., Ltd.)" in text
    assert not may(world.member.person, NEEDED, NOW)
    assert ConsentEntry.objects.filter(purpose=NEEDED, kind="refused").exists()


def test_an_answer_is_needed_for_each(reader: Reader) -> None:
    answer = reader.send("consents/", **ALL | {OFFICE: ""})
    assert answer.status_code == 422
    assert f'<a href="#{OFFICE}">' in answer.text and f'id="{OFFICE}-error"' in answer.text
    told = "Choose whether you agree to “Claim information for your university”."
    assert answer.text.count(told) == 2
    assert not ConsentEntry.objects.exists()


def test_words_that_have_changed_are_read_once_more(reader: Reader) -> None:
    answer = reader.send("consents/", **ALL | {f"shown-{OFFICE}": "of older words"})
    assert answer.status_code == 422 and "The text has changed in the meantime." in answer.text
    assert not ConsentEntry.objects.exists()


def test_the_same_form_twice_says_it_once(reader: Reader) -> None:
    from .conftest import hidden_fields

    fields = hidden_fields(reader.get("consents/").text) | ALL
    assert [reader.post("consents/", fields).status_code for _ in range(2)] == [302, 302]
    assert ConsentEntry.objects.count() == len(PURPOSES)


def test_both_versions_where_another_window_was_faster(reader: Reader) -> None:
    from .conftest import hidden_fields

    old = hidden_fields(reader.get("consents/").text)
    reader.send("consents/", **ALL)
    answer = reader.post("consents/", old | ALL | {OFFICE: "object"})
    assert answer.status_code == 409 and "I object" in answer.text
    again = hidden_fields(answer.text)
    assert reader.post("consents/", again | {"stands": "mine"}).status_code == 302
    assert ConsentEntry.objects.filter(purpose=OFFICE).latest("pk").kind == "refused"


def test_it_is_kept_in_the_language_that_was_read(reader: Reader) -> None:
    reader.language = "ja"
    reader.send("consents/", **ALL)
    assert set(ConsentEntry.objects.values_list("text__language", flat=True)) == {"ja"}


def test_a_strangers_consents_are_not_there(stranger: Reader) -> None:
    assert stranger.get("consents/").status_code == 404
    assert stranger.post("consents/", ALL).status_code == 404


def test_staff_read_403(staff: Reader) -> None:
    assert staff.get("consents/").status_code == 403
