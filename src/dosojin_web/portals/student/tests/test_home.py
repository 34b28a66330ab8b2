"""All study trips, what to do next, and the deadlines of D18."""

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from pytest import MonkeyPatch

from dosojin_web.policies.deadline_kinds import send_certificate
from dosojin_web.policies.models import (
    Application,
    ApplicationState,
    Certificate,
    Member,
    Programme,
)
from dosojin_web.policies.operations.decide_change import confirm_change, review_extension
from dosojin_web.policies.operations.request_change import request_early_end
from dosojin_web.policies.operations.submit_application import submit_application

from .abroad import extend
from .conftest import DEPARTS, NOW, RETURNS, Reader, World, make_ready, set_clock

pytestmark = pytest.mark.django_db


def home(reader: Reader) -> str:
    return reader.client.get("/my/", headers={"Accept-Language": "en"}).text


def test_it_says_what_to_do_and_until_when(reader: Reader) -> None:
    text = home(reader)
    assert "Insure this trip now" in text and "Enrol online by Sat 22 May 2027" in text
    assert f'action="{reader.root}start/"' in text


def test_it_writes_nothing(reader: Reader) -> None:
    home(reader)
    assert not Application.objects.exists()


@pytest.mark.parametrize(
    ("days_before", "said"),
    [
        (10, "Enrol online by"),
        (9, "Enrol today: this is the last day"),
        (8, "Online enrolment for this departure is closed"),
    ],
)
def test_the_deadline_of_ten_nine_and_eight_days(
    reader: Reader, monkeypatch: MonkeyPatch, days_before: int, said: str
) -> None:
    departs = NOW.replace(year=2027, month=6, day=1)
    set_clock(monkeypatch, departs - timedelta(days=days_before), reader)
    text = home(reader)
    assert said in text
    assert ("Agency (Kyoeki Shoji Co., Ltd.)" in text) == (days_before == 8)
    assert ("Insure this trip now" in text) == (days_before > 8)


def test_a_trip_that_is_begun_goes_on_where_it_stopped(reader: Reader) -> None:
    reader.post("start/")
    text = home(reader)
    assert "You have started. Your answers are saved." in text and f"{reader.root}trip/" in text


def test_only_the_payment_is_missing(reader: Reader, world: World) -> None:
    application = make_ready(world)
    submit_application(application, application.version, 26_130, world.actor, NOW)
    text = home(reader)
    assert "Only the payment is missing: 26,130" in text and f"{reader.root}payment/" in text


def test_a_certificate_with_its_period_and_the_day_it_comes(
    reader: Reader, enrolled: Certificate
) -> None:
    text = home(reader)
    assert enrolled.number in text and "Tue 1 June 2027 – Sat 31 July 2027" in text
    assert "The certificate comes by e-mail, from Fri 2 April 2027." in text
    assert "Enrol online by" not in text


def test_on_the_trip_and_after_it(
    reader: Reader, enrolled: Certificate, monkeypatch: MonkeyPatch
) -> None:
    send_certificate({"certificate": enrolled.number}, NOW)
    assert "Print the certificate and take it with you" in home(reader)
    set_clock(monkeypatch, NOW.replace(month=6, day=5), reader)
    assert "You are covered until Sat 31 July 2027, 24:00 Japan time." in home(reader)
    set_clock(monkeypatch, NOW.replace(month=8, day=5), reader)
    assert "Cover ended on Sat 31 July 2027." in home(reader)


def test_abroad_the_desk_can_be_called_from_the_first_page(
    reader: Reader, enrolled: Certificate, monkeypatch: MonkeyPatch
) -> None:
    assert "tel:" not in home(reader)
    set_clock(monkeypatch, NOW.replace(month=6, day=5), reader)
    text = home(reader)
    assert 'href="tel:+81367582460"' in text
    called = re.findall(r'href="tel:([^"]+)"', text)
    assert len(called) == len(set(called)) > 1, "two parts of the country, one number"


def test_an_open_request_is_on_the_first_page_and_its_premium_can_be_paid(
    reader: Reader, world: World, enrolled: Certificate
) -> None:
    change = extend(enrolled, world)
    assert "Your open request: Extension" in home(reader)
    assert "/policies/pay/" not in home(reader)
    reviewed = review_extension(change, 1, 0, "", world.agency.actor, NOW)
    confirm_change(reviewed, reviewed.version, world.policyholder.actor, NOW)
    assert f"/policies/pay/{change.key}/" in home(reader)


def test_the_days_are_those_of_the_certificate(
    reader: Reader, world: World, enrolled: Certificate
) -> None:
    Member.objects.update(returns_on=RETURNS + timedelta(days=40))
    text = home(reader)
    assert "Sat 31 July 2027" in text and "September 2027" not in text


def test_a_student_who_no_longer_travels(reader: Reader) -> None:
    Member.objects.update(withdrawn_at=NOW)
    text = home(reader)
    assert "You are no longer on the roster" in text and "Insure this trip now" not in text


def test_several_trips_stand_in_order(reader: Reader, world: World) -> None:
    for days in (200, 100):
        Member.objects.create(
            programme=_another(world, days),
            university=world.member.university,
            person=world.member.person,
            user=world.student.user,
            student_number=world.member.student_number,
            departs_on=DEPARTS + timedelta(days=days),
            returns_on=DEPARTS + timedelta(days=days + 20),
            added_at=NOW,
            invited_at=NOW,
        )
    text = home(reader)
    places = [text.index(title) for title in ("ボストン語学研修", "Trip 100", "Trip 200")]
    assert places == sorted(places)


def _another(world: World, days: int) -> Programme:
    programme = Programme.objects.get(pk=world.programme.pk)
    programme.pk, programme.key, programme.title = None, uuid4(), f"Trip {days}"
    programme.starts_on = DEPARTS + timedelta(days=days)
    programme.ends_on = date(2028, 3, 1)
    programme.save(force_insert=True)
    return programme


def test_nobody_has_no_trip_and_is_told_so(stranger: Reader) -> None:
    Member.objects.filter(student_number="26A0002").update(user=None)
    assert "No study trip is registered for you" in home(stranger)


def test_a_strangers_trip_is_not_there(stranger: Reader) -> None:
    assert stranger.get().status_code == 404
    assert stranger.post("start/").status_code == 404
    assert not Application.objects.exists()


def test_staff_read_403(staff: Reader) -> None:
    assert staff.client.get("/my/").status_code == 403
    assert staff.get().status_code == 403


def test_who_is_not_logged_in_is_sent_to_the_log_in(reader: Reader) -> None:
    answer = Client().get("/my/")
    assert answer.status_code == 302
    assert answer["Location"] == "/accounts/enter/?next=/my/", "a student has no user name"


def test_a_page_that_is_not_there_leads_back_to_the_own_ones(reader: Reader) -> None:
    answer = reader.client.get("/my/nothing-here/")
    assert answer.status_code == 404 and 'href="/accounts/arrive/"' in answer.text
    assert "/accounts/arrive/" not in Client().get("/my/nothing-here/").text


def test_starting_twice_is_one_application(reader: Reader) -> None:
    for _ in range(2):
        assert reader.post("start/")["Location"] == reader.root
    assert Application.objects.count() == 1


def test_starting_by_a_link_is_not_allowed(reader: Reader) -> None:
    assert reader.get("start/").status_code == 405


def test_the_task_list_says_what_is_done_and_what_waits(reader: Reader) -> None:
    reader.post("start/")
    text = reader.get().text
    assert text.count('class="task task-todo"') == 6 and text.count("task-current") == 1
    assert "Once you have entered your trip" in text and "Once the other steps are done" in text


def test_giving_up_asks_first_and_closes(reader: Reader) -> None:
    reader.post("start/")
    assert "Give up this application?" in reader.get("give-up/").text
    assert reader.application().state == ApplicationState.DRAFT
    assert reader.send("give-up/")["Location"] == "/my/"
    assert reader.application().state == ApplicationState.WITHDRAWN
    assert "The application was given up" in home(reader)


def test_an_old_page_does_not_give_up_a_new_application(reader: Reader) -> None:
    reader.post("start/")
    old = {"application": str(reader.application().key)}
    reader.send("give-up/")
    reader.post("start/")
    assert reader.post("give-up/", old).status_code == 200
    assert reader.application().state == ApplicationState.DRAFT


def test_a_stranger_cannot_give_up(reader: Reader, stranger: Reader) -> None:
    reader.post("start/")
    assert stranger.post("give-up/").status_code == 404


def test_cover_cancelled_before_it_began_can_be_followed_by_another(
    reader: Reader, world: World, enrolled: Certificate
) -> None:
    change = request_early_end(enrolled, None, "", 1, world.actor, NOW)
    confirm_change(change, change.version, world.policyholder.actor, NOW)
    assert "You can insure the trip anew." in home(reader)
    reader.post("start/")
    assert reader.application().pk != enrolled.application_id
    assert "You can insure the trip anew." not in home(reader)
