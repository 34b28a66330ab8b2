"""A proxy calls: the items are compared, the premium told, the extension asked for."""

from datetime import datetime
from typing import Any

import pytest

from dosojin_web.policies.models import Certificate, ChangeRequest
from dosojin_web.policies.operations.request_change import request_early_end
from dosojin_web.policies.proxies import Proxy
from dosojin_web.policies.tests.conftest import World

from .conftest import Desk

pytestmark = pytest.mark.django_db
SAID = {
    "version": "1", "said_number": "yes", "said_names": "yes", "said_agency": "yes",
    "said_period": "yes", "returns_on": "2027-08-30", "new_end": "2027-08-31",
    "proxy_name": "佐藤一郎", "proxy_relation": "父", "proxy_phone": "03-1111-2222",
    "proxy_email": "father@example.jp", "reason": "thesis",
}  # fmt: skip
SEEN = {"action": "ask", "seen": "2027-08-31 9960"}


@pytest.fixture
def desk(world: World, july: datetime) -> Desk:
    return Desk(world.agency)


def address(certificate: Certificate) -> str:
    return f"/agency/extensions/new/{certificate.number}/"


def test_the_premium_is_told_before_anything_is_asked(desk: Desk, enrolled: Certificate) -> None:
    answer = desk.post(address(enrolled), **SAID, action="quote")
    assert answer.status_code == 200
    assert "9,960" in answer.text and "Tell the caller" in answer.text
    assert not ChangeRequest.objects.exists()


def test_it_is_asked_once_however_often_it_is_sent(
    world: World, desk: Desk, enrolled: Certificate
) -> None:
    first = desk.post(address(enrolled), **SAID, **SEEN)
    again = desk.post(address(enrolled), **SAID, **SEEN)
    change = ChangeRequest.objects.get()
    assert (
        first.headers["Location"] == again.headers["Location"] == f"/agency/changes/{change.key}/"
    )
    assert change.asked_by == world.agency.actor.who
    assert Proxy.of(change) == Proxy(
        "佐藤一郎", "父", "03-1111-2222", "father@example.jp", "2027-08-30"
    )


def test_a_premium_that_was_not_shown_is_shown_first(desk: Desk, enrolled: Certificate) -> None:
    answer = desk.post(address(enrolled), **SAID, action="ask", seen="2027-08-31 1")
    assert answer.status_code == 200 and "9,960" in answer.text
    assert not ChangeRequest.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"said_number": ""}, "said_number"),
        ({"said_period": ""}, "said_period"),
        ({"returns_on": "soon"}, "returns_on"),
        ({"new_end": "2027-08-01"}, "new_end"),
        ({"new_end": "2027-07-31", "returns_on": "2027-07-30"}, "new_end"),
        ({"new_end": "2029-07-31"}, "new_end"),
        ({"proxy_name": ""}, "proxy_name"),
        ({"proxy_relation": ""}, "proxy_relation"),
        ({"proxy_phone": "", "proxy_email": ""}, "proxy_phone"),
        ({"proxy_email": "father at home"}, "proxy_email"),
        ({"reason": ""}, "reason"),
    ],
)
def test_what_is_missing_is_said_beside_it(
    desk: Desk, enrolled: Certificate, wrong: dict[str, str], field: str
) -> None:
    answer = desk.post(address(enrolled), **(SAID | wrong | SEEN))
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text, answer.text
    assert not ChangeRequest.objects.exists()


def test_a_certificate_that_changed_meanwhile_is_a_conflict(
    desk: Desk, enrolled: Certificate
) -> None:
    answer = desk.post(address(enrolled), **(SAID | SEEN | {"version": "7"}))
    assert answer.status_code == 409
    assert 'value="mine"' in answer.text
    kept = SAID | SEEN | {"stands": "mine"}
    assert desk.post(address(enrolled), **kept).status_code == 302


def test_what_cannot_be_extended_says_why(
    world: World, desk: Desk, enrolled: Certificate, july: Any
) -> None:
    request_early_end(enrolled, None, "", 1, world.student.actor, july)
    assert "settle that first" in desk.read(address(enrolled))
    assert desk.post(address(enrolled), **SAID, **SEEN).status_code == 422


def test_the_caller_is_found_by_number_or_name(desk: Desk, enrolled: Certificate) -> None:
    for typed in (enrolled.number, enrolled.number.replace("-", "").lower(), "26a0001", "さとう"):
        assert address(enrolled) in desk.read("/agency/extensions/new/", q=typed), typed
    wrong = enrolled.number[:-1] + str((int(enrolled.number[-1]) + 1) % 10)
    answer = desk.get("/agency/extensions/new/", q=wrong)
    assert answer.status_code == 422
    assert "Have it read out once more" in answer.text
