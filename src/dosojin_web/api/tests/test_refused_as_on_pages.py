"""What the pages refuse, the interface refuses too, at the place in what was sent."""

from __future__ import annotations

from typing import Any

import pytest
from django.http import HttpResponse

from dosojin_web.accounts.actors import SYSTEM
from dosojin_web.accounts.roles import Role
from dosojin_web.payments.models import Payment
from dosojin_web.policies.models import (
    Application,
    ApplicationState,
    Certificate,
    ChangeRequest,
    Programme,
)
from dosojin_web.policies.operations.decide_change import confirm_change
from dosojin_web.policies.operations.withdraw_member import withdraw_member

from .conftest import House

pytestmark = pytest.mark.django_db
STUDENT = Role.STUDENT


def places(response: HttpResponse) -> list[str]:
    assert response.status_code == 422, (response.status_code, response.text)
    return [problem["place"] for problem in response.json()["problems"]]


def taken(house: House, id: str, **changes: Any) -> tuple[dict[str, Any], Any]:
    """The places and the body of a call that is taken, with changes in the body."""
    right = house.states.taken[id]
    return right.places, (right.body or {}) | changes


@pytest.mark.parametrize(
    "name", ["family_name", "given_name", "family_name_kana", "given_name_kana", "birth_date"]
)
def test_a_student_does_not_change_what_the_university_says(house: House, name: str) -> None:
    where, body = taken(house, "confirm_details", **{name: "鈴木"})
    path = f"me/trips/{where['key']}/application/details"
    assert places(house.call(STUDENT, "patch", path, body)) == [name]


@pytest.mark.parametrize(
    "name", ["sports", "dangerous_work", "similar_cover", "school_demands", "return_planned"]
)
def test_no_answer_is_taken_for_granted(house: House, name: str) -> None:
    where, body = taken(house, "disclose")
    del body[name]
    path = f"me/trips/{where['key']}/application/disclosure"
    assert places(house.call(STUDENT, "patch", path, body)) == [name]


@pytest.mark.parametrize("country", ["ZZ", "JP", "EU"])
def test_a_country_is_one_abroad(house: House, country: str) -> None:
    where, body = taken(house, "answer_trip", country=country)
    path = f"me/trips/{where['key']}/application/trip"
    assert places(house.call(STUDENT, "patch", path, body)) == ["country"]
    _, form = taken(house, "draft_programme", country=country)
    asked = house.call(Role.UNIVERSITY, "post", "programmes", form, Idempotency_Key="abroad")
    assert places(asked) == ["country"]


def test_a_study_trip_outside_the_years_of_its_scheme(house: House) -> None:
    _, form = taken(house, "draft_programme", starts_on="2001-04-01", ends_on="2001-05-01")
    before = Programme.objects.count()
    asked = house.call(Role.UNIVERSITY, "post", "programmes", form, Idempotency_Key="early")
    assert places(asked) == ["starts_on"] and Programme.objects.count() == before


@pytest.mark.parametrize(
    ("field", "value"), [("phone", "12"), ("phone", "call me"), ("email", "nobody")]
)
def test_a_proxy_can_be_reached(house: House, field: str, value: str) -> None:
    where, body = taken(house, "request_extension")
    body["proxy"] = body["proxy"] | {field: value}
    path = f"me/certificates/{where['number']}/extension"
    assert places(house.call(STUDENT, "post", path, body)) == [f"proxy.{field}"]


def test_a_proxy_without_telephone_and_mail(house: House) -> None:
    where, body = taken(house, "request_extension")
    body["proxy"] = body["proxy"] | {"phone": " ", "email": ""}
    path = f"me/certificates/{where['number']}/extension"
    assert places(house.call(STUDENT, "post", path, body)) == ["proxy.phone"]


def test_the_telephone_of_a_proxy_is_kept_as_pages_keep_it(house: House) -> None:
    where, body = taken(house, "request_extension")
    body["proxy"] = body["proxy"] | {"phone": "03-1234-5678"}
    path = f"me/certificates/{where['number']}/extension"
    asked = house.call(STUDENT, "post", path, body)
    assert asked.json()["proxy"]["phone"] == "+81312345678"


@pytest.mark.parametrize("addressee", ["Ⱥ College", "x" * 81])
def test_an_addressee_that_cannot_be_printed(house: House, addressee: str) -> None:
    where, _ = taken(house, "issue_english_certificate")
    path = f"me/certificates/{where['number']}/english-certificate"
    assert places(house.call(STUDENT, "post", path, {"addressee": addressee})) == ["addressee"]


def test_nothing_is_certified_of_a_cover_that_never_begins(house: House) -> None:
    where, body = taken(house, "confirm_change")
    change = ChangeRequest.objects.get(key=where["key"])
    seat = house.first.seats[Role.POLICYHOLDER]
    confirm_change(change, body["version"], seat.actor, change.asked_at)
    number = Certificate.objects.get(pk=change.certificate_id).number
    path = f"me/certificates/{number}/english-certificate"
    assert places(house.call(STUDENT, "post", path, {"addressee": ""})) == [""]


def test_what_belongs_to_an_application_is_not_answered_after_it(house: House) -> None:
    where, body = taken(house, "say_consents")
    application = Application.objects.filter(member__key=where["key"])
    application.update(state=ApplicationState.WITHDRAWN)
    path = f"me/trips/{where['key']}/consents"
    assert places(house.call(STUDENT, "post", path, body)) == ["answers[0].purpose"]
    shown = house.call(STUDENT, "get", path).json()
    free = next(each for each in shown["consents"] if not each["is_needed"])
    answer = {"purpose": free["purpose"], "agrees": False, "digest": free["digest"]}
    objecting = {"answers": [answer], "last_seen": shown["last_seen"]}
    assert house.call(STUDENT, "post", path, objecting).status_code == 200


def begin_to_pay(house: House) -> tuple[str, Payment]:
    """The address of a trip whose payment runs, and that payment."""
    trip = f"me/trips/{house.states.taken['start_payment'].places['key']}"
    begun = house.call(STUDENT, "post", f"{trip}/payment", Idempotency_Key="begin")
    assert begun.status_code == 200 and begun.json()["url"]
    return trip, Payment.objects.latest("pk")


def test_another_answer_calls_off_the_payment_for_the_old_ones(house: House) -> None:
    trip, payment = begin_to_pay(house)
    assert payment.is_live
    stands = house.call(STUDENT, "get", f"{trip}/application").json()
    body = {"plan": stands["plan"], "version": stands["version"]}
    assert house.call(STUDENT, "patch", f"{trip}/application/plan", body).status_code == 200
    payment.refresh_from_db()
    assert not payment.is_live and not payment.is_paid


def test_a_payer_who_was_quicker_keeps_the_answers(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    trip, _ = begin_to_pay(house)
    name = "dosojin_web.api.endpoints.applications.call_off_application_payment"
    monkeypatch.setattr(name, lambda *given: False)
    stands = house.call(STUDENT, "get", f"{trip}/application").json()
    body = {"plan": "F", "version": stands["version"]}
    found = house.call(STUDENT, "patch", f"{trip}/application/plan", body)
    assert found.status_code == 409
    assert found.json()["problems"][0]["code"] == "payment.not_possible"
    assert house.call(STUDENT, "get", f"{trip}/application").json() == stands


def test_nobody_pays_who_cannot_be_enrolled_any_more(house: House) -> None:
    key = house.states.taken["start_payment"].places["key"]
    member = Application.objects.get(
        member__key=key, state=ApplicationState.AWAITING_PAYMENT
    ).member
    withdraw_member(member, SYSTEM, member.added_at)
    before = Payment.objects.count()
    found = house.call(STUDENT, "post", f"me/trips/{key}/payment", Idempotency_Key="late")
    assert places(found) == ["departs_on"] and Payment.objects.count() == before
