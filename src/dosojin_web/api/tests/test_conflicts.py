"""Somebody was quicker: 409 with the record as it stands, and its version is taken."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.utils import timezone

from dosojin_web.accounts.roles import Role
from dosojin_web.api.interface import describe
from dosojin_web.policies.models import Programme
from dosojin_web.policies.operations.approve_programme import withdraw_programme

from .conftest import House, make_tokens

pytestmark = pytest.mark.django_db

CALLS = {
    operation["operationId"]: (method, path.removeprefix("/api/v1/"), Role(operation["x-roles"][0]))
    for path, operations in describe("en")["paths"].items()
    for method, operation in operations.items()
    if "409" in operation["responses"]
}
FIRST = 1
Lookup = Callable[[House, dict[str, Any]], Any]


def own_application(house: House, where: dict[str, Any]) -> Any:
    return house.call(Role.STUDENT, "get", f"me/trips/{where['key']}/application").json()


def own_details(house: House, where: dict[str, Any]) -> Any:
    return own_application(house, where)["details"]


def listed(role: Role, path: str, of: str, name: str) -> Lookup:
    """The record in a list, by the field that addresses it."""

    def find(house: House, where: dict[str, Any]) -> Any:
        rows = house.call(role, "get", path).json()[of]
        return next(row for row in rows if row[name] == str(where[name]))

    return find


certificate = listed(Role.STUDENT, "me/certificates", "certificates", "number")
referral = listed(Role.AGENCY, "referrals", "referrals", "key")
change_of_agency = listed(Role.AGENCY, "changes", "changes", "key")
change_of_holder = listed(Role.POLICYHOLDER, "changes", "changes", "key")
programme = listed(Role.UNIVERSITY, "programmes", "programmes", "key")

LOOKUPS: dict[str, Lookup] = {
    **dict.fromkeys(["answer_trip", "choose_plan", "acknowledge_matters"], own_application),
    **dict.fromkeys(["disclose", "submit_application"], own_application),
    "confirm_details": own_details,
    **dict.fromkeys(["request_extension", "request_early_end"], certificate),
    **dict.fromkeys(["quote_loading", "check_loading", "refuse_referral"], referral),
    **dict.fromkeys(["review_extension", "refuse_change", "receive_transfer"], change_of_agency),
    "confirm_change": change_of_holder,
    "approve_programme": programme,
}
"""Where else the record can be read that a stale call is answered with."""

WITHOUT_VERSION = {
    "start_payment", "draft_programme", "say_consents", "read_bordereau", "read_own_bordereau",
}  # fmt: skip
"""Their 409 has another reason, and no record."""


def send(house: House, id: str, **changes: Any) -> HttpResponse:
    method, path, role = CALLS[id]
    right = house.states.taken[id]
    return house.call(role, method, path.format(**right.places), right.body | changes)


def test_every_operation_with_a_version_is_tried() -> None:
    assert set(LOOKUPS) | WITHOUT_VERSION == set(CALLS)


@pytest.mark.parametrize("id", sorted(LOOKUPS))
def test_the_record_as_it_stands(house: House, id: str) -> None:
    where = house.states.taken[id].places
    stands = LOOKUPS[id](house, where)
    found = send(house, id, version=stands["version"] + 5)
    assert found.status_code == 409
    [problem] = found.json()["problems"]
    assert (problem["code"], problem["place"]) == ("version.stale", "version")
    assert found.json()["current"] == stands == LOOKUPS[id](house, where)
    again = send(house, id, version=found.json()["current"]["version"])
    assert again.status_code == 200, again.text


def test_what_somebody_else_changed_is_in_the_answer(house: House) -> None:
    where = house.states.taken["approve_programme"].places
    held = Programme.objects.get(key=where["key"])
    seat = house.first.seats[Role.UNIVERSITY]
    withdraw_programme(held, "no teacher", seat.actor, timezone.now())
    found = send(house, "approve_programme", version=FIRST)
    assert found.status_code == 409
    current = found.json()["current"]
    assert (current["state"], current["version"]) == ("withdrawn", FIRST + 1)


def test_consents_said_meanwhile(house: House) -> None:
    """The last answer is what counts; the record is the person, whose details stand."""
    right = house.states.taken["say_consents"]
    found = send(house, "say_consents", last_seen=right.body["last_seen"] + 1)
    assert found.status_code == 409
    assert found.json()["current"] == own_details(house, right.places)


@pytest.mark.parametrize("id", ["draft_programme", "start_payment"])
def test_a_key_that_stands_for_another_request(house: House, id: str) -> None:
    method, path, role = CALLS[id]
    right = house.states.taken[id]
    other_path, other_body = path.format(**right.places), right.body
    if id == "draft_programme":
        other_body = right.body | {"title": "Another course"}
    else:
        ready = house.states.taken["submit_application"].places
        other_path = path.format(**ready)

    def ask(path: str, body: Any) -> HttpResponse:
        return house.call(role, method, path, body, Idempotency_Key="one-key")

    first = ask(path.format(**right.places), right.body)
    assert first.status_code == 200, first.text
    assert ask(path.format(**right.places), right.body).content == first.content
    slip = ask(other_path, other_body)
    assert slip.status_code == 409 and slip.json()["current"] is None
    [problem] = slip.json()["problems"]
    assert (problem["code"], problem["place"]) == ("key.reused", "Idempotency-Key")


def test_the_same_study_trip_is_drafted_once(house: House) -> None:
    before = Programme.objects.count()
    body = house.states.taken["draft_programme"].body
    sent = [
        house.call(Role.UNIVERSITY, "post", "programmes", body, Idempotency_Key="twice")
        for _ in range(3)
    ]
    assert len({each.content for each in sent}) == 1
    assert Programme.objects.count() == before + 1
    assert json.loads(sent[0].content)["title"] == body["title"]


def test_the_key_of_a_colleague_is_no_ones(house: House) -> None:
    """Another university under the same key drafts its own study trip."""
    other = make_tokens({Role.UNIVERSITY: house.second.seats[Role.UNIVERSITY]})
    body = house.states.taken["draft_programme"].body
    mine = house.call(Role.UNIVERSITY, "post", "programmes", body, Idempotency_Key="same")
    header = {"Authorization": f"Bearer {other['university']}"}
    theirs = house.call(
        Role.UNIVERSITY, "post", "programmes", body, Idempotency_Key="same", **header
    )
    assert mine.status_code == theirs.status_code == 200
    assert mine.json()["key"] != theirs.json()["key"]
    assert theirs.json()["university"] == "second-university"
