"""When and where to."""

from datetime import date

import pytest

from dosojin_web.policies.models import Application, Programme

from .conftest import Reader, World, make_ready

pytestmark = pytest.mark.django_db
TRIP = {"departs_on": "2027-06-01", "returns_on": "2027-07-31", "country": "US"}


@pytest.fixture(autouse=True)
def begun(reader: Reader) -> None:
    reader.post("start/")


def test_it_knows_what_the_office_has_noted(reader: Reader) -> None:
    text = reader.get("trip/").text
    assert 'value="2027-06-01"' in text and 'value="2027-07-31"' in text
    assert '<option value="US" selected>' in text
    assert "Tue 1 June 2027 to Sat 31 July 2027" in text


def test_countries_have_their_names_in_the_readers_language(reader: Reader) -> None:
    assert ">Germany<" in reader.get("trip/").text
    reader.language = "ja"
    text = reader.get("trip/").text
    assert ">ドイツ<" in text and ">日本<" not in text


def test_saved_it_goes_on_to_the_plans(reader: Reader) -> None:
    answer = reader.send("trip/", **TRIP | {"country": "CA"})
    assert answer["Location"] == f"{reader.root}plans/"
    assert reader.application().country == "CA"


def test_the_same_form_twice_is_one_change(reader: Reader) -> None:
    fields = {"application": str(reader.application().key), "version": "1"} | TRIP
    first, second = reader.post("trip/", fields), reader.post("trip/", fields)
    assert (first.status_code, second.status_code) == (302, 302)
    assert reader.application().entries.filter(act="trip").count() == 1


@pytest.mark.parametrize(
    ("changed", "field", "said"),
    [
        ({"departs_on": ""}, "departs_on", "Enter the day of departure."),
        ({"returns_on": "soon"}, "returns_on", "“soon” is not a day."),
        ({"returns_on": "2027-05-31"}, "returns_on", "You return before you leave."),
        ({"country": ""}, "country", "Choose the country."),
        ({"country": "JP"}, "country", "Choose the country."),
        ({"departs_on": "2027-01-01"}, "departs_on", "This is not the study trip"),
        ({"departs_on": "2027-04-08"}, "departs_on", "This is not the study trip"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(
    reader: Reader, changed: dict[str, str], field: str, said: str
) -> None:
    answer = reader.send("trip/", **TRIP | changed)
    assert answer.status_code == 422
    assert f'<a href="#{field}">{said}' in answer.text
    assert f'id="{field}-error"' in answer.text
    assert reader.application().version == 1


def test_what_was_typed_stays(reader: Reader) -> None:
    answer = reader.send("trip/", **TRIP | {"departs_on": "soon", "country": "FR"})
    assert 'value="soon"' in answer.text and '<option value="FR" selected>' in answer.text


def test_a_trip_that_no_plan_takes(reader: Reader) -> None:
    Programme.objects.update(ends_on=date(2030, 1, 1))
    answer = reader.send("trip/", **TRIP | {"returns_on": "2030-01-01"})
    assert answer.status_code == 422 and 'id="returns_on-error"' in answer.text


def test_closed_for_a_departure_that_is_too_near(reader: Reader) -> None:
    answer = reader.send("trip/", **TRIP | {"departs_on": "2027-05-09"})
    assert answer.status_code == 302
    Programme.objects.update(starts_on=date(2027, 4, 9))
    answer = reader.send("trip/", **TRIP | {"departs_on": "2027-04-09"})
    assert answer.status_code == 422
    assert "Online enrolment closes nine days before departure" in answer.text


def test_another_length_asks_for_a_plan_again(reader: Reader, world: World) -> None:
    make_ready(world)
    answer = reader.send("trip/", **TRIP | {"returns_on": "2027-06-20"})
    assert answer["Location"] == f"{reader.root}plans/"
    assert reader.application().plan == ""


def test_both_versions_where_another_window_was_faster(reader: Reader) -> None:
    old = {"application": str(reader.application().key), "version": "1"} | TRIP
    reader.send("trip/", **TRIP | {"country": "CA"})
    answer = reader.post("trip/", old)
    assert answer.status_code == 409
    assert "United States" in answer.text and "Canada" in answer.text
    assert reader.application().country == "CA"


@pytest.mark.parametrize(("stands", "country"), [("mine", "US"), ("theirs", "CA")])
def test_one_of_the_two_is_chosen(reader: Reader, stands: str, country: str) -> None:
    old = {"application": str(reader.application().key), "version": "1"} | TRIP
    reader.send("trip/", **TRIP | {"country": "CA"})
    kept = {"version": "2", "both": "1", "application": old["application"]} | TRIP
    assert reader.post("trip/", kept).status_code == 409
    assert reader.post("trip/", kept, stands=stands)["Location"] == f"{reader.root}plans/"
    assert reader.application().country == country


def test_a_form_of_another_application_is_stale(reader: Reader) -> None:
    old = {"application": str(reader.application().key), "version": "1"}
    reader.send("give-up/")
    reader.post("start/")
    assert reader.post("trip/", old | TRIP | {"country": "CA"}).status_code == 409


def test_a_strangers_trip_is_not_there(stranger: Reader) -> None:
    assert stranger.get("trip/").status_code == 404
    assert stranger.post("trip/", TRIP).status_code == 404
    assert Application.objects.get().version == 1


def test_staff_read_403(staff: Reader) -> None:
    assert staff.get("trip/").status_code == 403
