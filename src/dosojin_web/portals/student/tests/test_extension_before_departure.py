"""Before the trip begins the student is in Japan: nobody has to act for him (003 l.822-826)."""

from datetime import date, datetime, timedelta

import pytest
from pytest import MonkeyPatch

from dosojin_web.policies.japan import JAPAN
from dosojin_web.policies.models import Certificate, ChangeRequest
from dosojin_web.policies.operations.request_change import request_extension
from dosojin_web.policies.proxies import Proxy
from dosojin_web.policies.refusals import Refused

from .abroad import travel
from .conftest import World, hidden_fields

pytestmark = pytest.mark.django_db
PAGE, DAY = "extension/", "2027-08-31"
DEPARTURE = datetime(2027, 6, 1, tzinfo=JAPAN)
THE_DAY_BEFORE = DEPARTURE - timedelta(minutes=1)


def test_the_student_asks_alone(enrolled: Certificate, monkeypatch: MonkeyPatch) -> None:
    student = travel(enrolled, monkeypatch, THE_DAY_BEFORE)
    assert "Until your trip begins you can ask for it yourself." in student.get(PAGE).text
    page = student.get(PAGE, new_end=DAY).text
    assert "proxy_name" not in page and "your proxy" not in page.lower()
    checked = student.post(PAGE, hidden_fields(page), reason="A longer course.")
    assert checked.status_code == 200 and "A longer course." in checked.text
    assert "your proxy" not in checked.text.lower()
    assert student.post(PAGE, hidden_fields(checked.text), step="send").status_code == 302
    change = ChangeRequest.objects.get()
    assert Proxy.of(change) is None and change.premium_change == 9_960
    assert "proxy" not in student.get().text.lower()


def test_from_the_first_day_on_somebody_in_japan_acts(
    world: World, enrolled: Certificate, monkeypatch: MonkeyPatch
) -> None:
    assert "proxy_name" in travel(enrolled, monkeypatch, DEPARTURE).get(PAGE, new_end=DAY).text
    with pytest.raises(Refused) as refused:
        request_extension(enrolled, date(2027, 8, 31), None, "", 1, world.actor, DEPARTURE)
    fields = {fault.field for fault in refused.value.faults}
    assert fields == {"proxy_name", "proxy_relation", "proxy_phone"}


def test_a_proxy_who_is_named_before_the_trip_is_kept(world: World, enrolled: Certificate) -> None:
    proxy = Proxy("佐藤一郎", "father", "+81311112222", "")
    change = request_extension(
        enrolled, date(2027, 8, 31), proxy, "", 1, world.actor, THE_DAY_BEFORE
    )
    assert Proxy.of(change) == proxy
