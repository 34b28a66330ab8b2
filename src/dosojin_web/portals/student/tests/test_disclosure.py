"""Five questions, a page each, disclosed at once after the last."""

from typing import Any

import pytest

from dosojin_web.policies.disclosure import Cover, Hazard, SchoolDemand
from dosojin_web.policies.models import Application, ApplicationState
from dosojin_web.policies.operations.answer_application import read_disclosure

from .conftest import Reader

pytestmark = pytest.mark.django_db
NOTHING_SPECIAL: dict[str, dict[str, Any]] = {
    "return": {"return_planned": "yes"},
    "sports": {"sports": ["none"]},
    "work": {"dangerous_work": "no"},
    "cover": {"similar_cover": "unknown"},
    "school": {"school_demands": ["local"], "school_note": "the city's scheme"},
}


@pytest.fixture(autouse=True)
def begun(reader: Reader) -> None:
    reader.post("start/")


def page(slug: str) -> str:
    return f"questions/{slug}/"


def answer_all(reader: Reader, **changed: dict[str, Any]) -> Any:
    answer = None
    for slug, fields in {**NOTHING_SPECIAL, **changed}.items():
        answer = reader.send(page(slug), **fields)
    return answer


def test_it_begins_with_the_first_and_goes_on_to_the_next(reader: Reader) -> None:
    assert reader.get("questions/")["Location"] == f"{reader.root}questions/return/"
    answer = reader.send(page("return"), return_planned="yes")
    assert answer["Location"] == f"{reader.root}questions/sports/"
    assert reader.get("questions/")["Location"] == f"{reader.root}questions/sports/"


@pytest.mark.parametrize("slug", list(NOTHING_SPECIAL))
def test_each_page_says_why_it_asks(reader: Reader, slug: str) -> None:
    text = reader.get(page(slug)).text
    assert "Why we ask" in text and f"Question {list(NOTHING_SPECIAL).index(slug) + 1} of 5" in text


def test_what_the_wording_takes_out_of_the_sports_is_said_beside_them(reader: Reader) -> None:
    """003 l.895-896, 004 l.1249-1253: whoever flies these needs no loading."""
    text = reader.get(page("sports")).text
    for exception in ("not a paraplane", "other than as a job", "not a glider or an airship"):
        assert exception in text, exception
    reader.language = "ja"
    text = reader.get(page("sports")).text
    for exception in ("パラプレーン", "グライダー・飛行船", "仕事での操縦"):
        assert exception in text, exception


def test_after_the_last_all_is_disclosed_at_once(reader: Reader) -> None:
    answer = answer_all(reader)
    assert answer.status_code == 302
    disclosed = read_disclosure(reader.application())
    assert disclosed is not None and disclosed.return_planned and disclosed.sports == ()
    assert disclosed.similar_cover is Cover.UNKNOWN
    assert disclosed.school_demands == (SchoolDemand.LOCAL,)
    assert disclosed.school_note == "the city's scheme"
    assert reader.application().entries.filter(act="disclosed").count() == 1
    assert "questions" not in reader.client.session


def test_what_was_begun_stays_and_cannot_be_read_in_the_session(reader: Reader) -> None:
    reader.send(page("return"), return_planned="yes")
    reader.send(page("work"), dangerous_work="yes", work_note="secret work")
    assert "secret work" in reader.get(page("work")).text
    assert "secret work" not in str(dict(reader.client.session))


def test_one_answer_changed_later_is_disclosed_at_once(reader: Reader) -> None:
    answer_all(reader)
    assert reader.send(page("cover"), similar_cover="no").status_code == 302
    disclosed = read_disclosure(reader.application())
    assert disclosed is not None and disclosed.similar_cover is Cover.NO
    assert disclosed.school_demands == (SchoolDemand.LOCAL,)


@pytest.mark.parametrize(
    ("slug", "fields", "field"),
    [
        ("return", {}, "return_planned"),
        ("return", {"return_planned": "perhaps"}, "return_planned"),
        ("sports", {}, "sports"),
        ("sports", {"sports": ["unknown"]}, "sports"),
        ("sports", {"sports": ["none", "skydiving"]}, "sports"),
        ("sports", {"sports": ["chess"]}, "sports"),
        ("sports", {"sports": ["skydiving"]}, "sports_note"),
        ("sports", {"sports": ["skydiving"], "sports_note": "x" * 401}, "sports_note"),
        ("work", {"dangerous_work": "unknown"}, "dangerous_work"),
        ("work", {"dangerous_work": "yes"}, "work_note"),
        ("cover", {"similar_cover": ""}, "similar_cover"),
        ("school", {}, "school_demands"),
        ("school", {"school_demands": ["unknown", "local"]}, "school_demands"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(
    reader: Reader, slug: str, fields: dict[str, Any], field: str
) -> None:
    answer = reader.send(page(slug), **fields)
    assert answer.status_code == 422
    assert f'<a href="#{field}">' in answer.text and f'id="{field}-error"' in answer.text


def test_not_knowing_what_the_school_demands_is_an_answer(reader: Reader) -> None:
    answer_all(reader, school={"school_demands": ["unknown"]})
    disclosed = read_disclosure(reader.application())
    assert disclosed is not None and disclosed.school_unknown and not disclosed.school_demands
    assert 'value="unknown" checked' in reader.get(page("school")).text


def test_a_dangerous_sport_asks_the_agency_and_says_what_happens(reader: Reader) -> None:
    sports = {"sports": ["skydiving"], "sports_note": "two jumps in July"}
    answer = answer_all(reader, sports=sports)
    assert answer["Location"] == reader.root
    assert reader.application().state == ApplicationState.REFERRED
    assert reader.application().referrals.get().hazards == [Hazard.SKYDIVING]
    text = reader.get().text
    assert "The agency is asked" in text and "two jumps in July" in text
    assert "You get an e-mail." in text and "cannot promise to" in text


def test_the_other_steps_can_be_done_while_the_agency_is_asked(reader: Reader) -> None:
    answer_all(reader, work={"dangerous_work": "yes", "work_note": "boxing"})
    assert reader.get("trip/").status_code == 200
    assert f'href="{reader.root}trip/"' in reader.get().text.split('class="buttons"')[1]
    assert reader.get("check/")["Location"] == reader.root


def test_without_a_plan_to_return_a_page_says_so_before_anything_is_sent(reader: Reader) -> None:
    answer = reader.send(page("return"), return_planned="no")
    assert answer["Location"] == f"{reader.root}questions/no-return/"
    text = reader.get("questions/no-return/").text
    assert "This insurance is not open to anyone" in text
    assert "Agency (Kyoeki Shoji Co., Ltd.)" in text
    assert reader.application().answers == ""


def test_a_slip_can_be_mended(reader: Reader) -> None:
    reader.send(page("return"), return_planned="no")
    reader.send(page("return"), return_planned="yes")
    assert reader.get("questions/no-return/").status_code == 302
    assert reader.application().state == ApplicationState.DRAFT


def test_confirmed_it_ends_the_application_and_another_can_be_begun(reader: Reader) -> None:
    reader.send(page("return"), return_planned="no")
    answer = reader.send("questions/no-return/")
    assert answer["Location"] == reader.root
    assert reader.application().state == ApplicationState.REFUSED
    assert "This insurance needs a plan to return" in reader.get().text
    reader.post("start/")
    assert Application.objects.count() == 2


def test_the_last_form_twice_discloses_once(reader: Reader) -> None:
    for slug in ("return", "sports", "work", "cover"):
        reader.send(page(slug), **NOTHING_SPECIAL[slug])
    fields = {"application": str(reader.application().key), "version": "1"}
    fields |= NOTHING_SPECIAL["school"]
    assert reader.post(page("school"), fields).status_code == 302
    assert reader.post(page("school"), fields).status_code == 302
    assert reader.application().entries.filter(act="disclosed").count() == 1


def test_both_versions_where_another_window_was_faster(reader: Reader) -> None:
    answer_all(reader)
    old = {"application": str(reader.application().key), "version": "2"}
    reader.send(page("cover"), similar_cover="no")
    answer = reader.post(page("cover"), old, similar_cover="yes", similar_note="a card")
    assert answer.status_code == 409 and "Yes: a card" in answer.text
    taken = {"version": "3", "both": "1", "stands": "theirs", "similar_cover": "yes"}
    assert reader.post(page("cover"), old | taken).status_code == 302
    assert read_disclosure(reader.application()).similar_cover is Cover.NO  # type: ignore[union-attr]


def test_there_is_no_sixth_question(reader: Reader) -> None:
    assert reader.get(page("health")).status_code == 404


def test_a_strangers_trip_is_not_there(stranger: Reader) -> None:
    for address in ("questions/", page("sports"), "questions/no-return/"):
        assert stranger.get(address).status_code == 404
    assert stranger.post(page("return"), return_planned="no").status_code == 404


def test_staff_read_403(staff: Reader) -> None:
    assert staff.get(page("sports")).status_code == 403
