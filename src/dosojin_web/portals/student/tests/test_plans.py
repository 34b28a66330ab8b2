"""The plans side by side for exactly this trip."""

import pytest

from .conftest import Reader, World, fill_in

pytestmark = pytest.mark.django_db
TRIP = {"departs_on": "2027-06-01", "returns_on": "2027-07-31", "country": "US"}


@pytest.fixture(autouse=True)
def begun(reader: Reader) -> None:
    reader.post("start/")
    reader.send("trip/", **TRIP)


def test_every_plan_that_takes_the_trip_with_its_premium(reader: Reader) -> None:
    text = reader.get("plans/").text
    assert text.count('type="radio"') == 3
    assert "26,130\N{NO-BREAK SPACE}yen" in text and "For your trip of 61 days" in text


def test_how_the_premium_goes_on_stands_in_words_and_as_a_picture(reader: Reader) -> None:
    text = reader.get("plans/").text
    assert 'class="bands-picture bands-wide"' in text and 'class="table bands-table"' in text
    assert "From Sun 1 August 2027, one day longer, it is" in text
    reader.send("trip/", **TRIP | {"returns_on": "2027-07-28"})
    assert "3 days longer costs 0 yen more" in reader.get("plans/").text


def test_the_picture_of_another_plan(reader: Reader) -> None:
    text = reader.get("plans/", plan="B").text
    assert "Plan B: the premium in yen by the day of return" in text


def test_chosen_it_goes_on(reader: Reader) -> None:
    assert reader.send("plans/", plan="D")["Location"] == f"{reader.root}matters/"
    assert reader.application().plan == "D"
    assert reader.get("plans/").text.count(" checked") == 1


@pytest.mark.parametrize("plan", ["", "A", "nonsense"])
def test_no_plan_or_one_that_does_not_take_the_trip(reader: Reader, plan: str) -> None:
    answer = reader.send("plans/", plan=plan)
    assert answer.status_code == 422
    assert '<a href="#plan">' in answer.text and 'id="plan-error"' in answer.text


def test_the_same_form_twice_is_one_choice(reader: Reader) -> None:
    fields = {"application": str(reader.application().key), "version": "2", "plan": "D"}
    assert [reader.post("plans/", fields).status_code for _ in range(2)] == [302, 302]
    assert reader.application().entries.filter(act="plan").count() == 1


def test_both_versions_where_another_window_was_faster(reader: Reader) -> None:
    old = {"application": str(reader.application().key), "version": "2", "plan": "B"}
    reader.send("plans/", plan="D")
    answer = reader.post("plans/", old)
    assert answer.status_code == 409 and "Plan B" in answer.text and "Plan D" in answer.text


def test_nobody_chooses_for_an_application_that_is_settled(reader: Reader, world: World) -> None:
    fill_in(world)
    reader.send("give-up/")
    assert reader.get("plans/")["Location"] == reader.root
    assert reader.post("plans/", plan="D")["Location"] == reader.root


def test_a_strangers_trip_is_not_there(stranger: Reader) -> None:
    assert stranger.get("plans/").status_code == 404
    assert stranger.post("plans/", plan="D").status_code == 404


def test_staff_read_403(staff: Reader) -> None:
    assert staff.get("plans/").status_code == 403
