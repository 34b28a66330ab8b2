"""Extensions: checked, refused, and their premium recorded."""

from datetime import datetime

import pytest

from dosojin_web.ledger.balances import trial_balance
from dosojin_web.policies.models import ChangeRequest, ChangeState
from dosojin_web.policies.operations.request_change import withdraw_change
from dosojin_web.policies.tests.conftest import World
from dosojin_web.policies.versions import latest_version

from .conftest import Desk, ask, bring_to_payment

pytestmark = pytest.mark.django_db


def address(change: ChangeRequest, act: str = "") -> str:
    return f"/agency/changes/{change.key}/" + (f"{act}/" if act else "")


@pytest.fixture
def desk(world: World, july: datetime) -> Desk:
    return Desk(world.agency)


def test_the_page_has_the_arithmetic_and_the_five_items(
    desk: Desk, extension: ChangeRequest
) -> None:
    text = desk.read(address(extension))
    for words in ("36,090", "−26,130", "9,960", "佐藤一郎", "thesis", extension.certificate.number):
        assert words in text
    assert text.count('<li><span class="hint">') == 5
    assert "Return on Mon 30 August 2027, extension until Tue 31 August 2027" in text
    assert "Claims are not kept in this system yet" in text


def test_accepting_hands_it_to_the_policyholder(desk: Desk, extension: ChangeRequest) -> None:
    sent = {"version": "1", "loading": "", "reason": ""}
    assert desk.post(address(extension, "review"), **sent).status_code == 302
    extension.refresh_from_db()
    assert extension.state == ChangeState.REVIEWED
    assert desk.post(address(extension, "review"), **sent).status_code == 409, "once is enough"


def test_a_loading_needs_its_reason(desk: Desk, extension: ChangeRequest) -> None:
    answer = desk.post(address(extension, "review"), version="1", loading="500", reason="")
    assert answer.status_code == 422
    assert 'id="reason-error"' in answer.text and 'value="500"' in answer.text
    answer = desk.post(address(extension, "review"), version="1", loading="99999999", reason="x")
    assert 'id="loading-error"' in answer.text
    desk.post(address(extension, "review"), version="1", loading="500", reason="more jumps")
    extension.refresh_from_db()
    assert extension.premium_change == 10_460


def test_a_refusal_says_why(desk: Desk, extension: ChangeRequest) -> None:
    answer = desk.post(address(extension, "refuse"), version="1", refusal="")
    assert answer.status_code == 422 and 'id="refusal-error"' in answer.text
    desk.post(address(extension, "refuse"), version="1", refusal="several claims")
    extension.refresh_from_db()
    assert extension.state == ChangeState.REFUSED


def test_who_entered_it_does_not_check_it(world: World, desk: Desk, enrolled, july) -> None:  # type: ignore[no-untyped-def]
    change = ask(enrolled, world.agency)
    assert "Another person checks this" in desk.read(address(change))
    answer = desk.post(address(change, "review"), version="1", loading="", reason="")
    assert answer.status_code == 403
    second = Desk(world.second_agency)
    assert second.post(address(change, "review"), version="1", reason="").status_code == 302


def test_a_stale_form_shows_both_versions(
    world: World, desk: Desk, extension: ChangeRequest, july: datetime
) -> None:
    withdraw_change(extension, world.student.actor, july)
    answer = desk.post(address(extension, "review"), version="1", loading="", reason="")
    assert answer.status_code == 409
    assert "Taken back" in answer.text
    kept = {"version": "2", "stands": "mine", "loading": "", "reason": ""}
    assert desk.post(address(extension, "review"), **kept).status_code == 422


TRANSFER = {"amount": "9,960", "received_on": "2027-07-10", "reference": "A-77"}


def test_a_transfer_extends(world: World, desk: Desk, extension: ChangeRequest) -> None:
    change = bring_to_payment(world, extension)
    sent = TRANSFER | {"version": str(change.version)}
    assert desk.post(address(change, "premium"), **sent).status_code == 302
    assert desk.post(address(change, "premium"), **sent).status_code == 302, "twice is once"
    change.refresh_from_db()
    assert change.state == ChangeState.DONE
    assert latest_version(change.certificate).number == 2
    assert trial_balance()["bank"] == 9_960


@pytest.mark.parametrize(
    ("wrong", "field", "said"),
    [
        ({"amount": "9,000"}, "amount", "960 yen are missing"),
        ({"amount": "10,000"}, "amount", "40 yen too much came"),
        ({"amount": "x"}, "amount", "whole yen"),
        ({"received_on": "2027-07-11"}, "received_on", "still to come"),
        ({"received_on": ""}, "received_on", "2026-06-01"),
        ({"reference": ""}, "reference", "Give the number"),
    ],
)
def test_a_wrong_transfer_is_refused_with_what_to_do(
    world: World, desk: Desk, extension: ChangeRequest, wrong: dict[str, str], field: str, said: str
) -> None:
    change = bring_to_payment(world, extension)
    sent = TRANSFER | wrong | {"version": str(change.version)}
    answer = desk.post(address(change, "premium"), **sent)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert said in answer.text.replace("\xa0", " ").replace("&nbsp;", " ")
    change.refresh_from_db()
    assert change.state == ChangeState.AWAITING_PREMIUM


def test_the_list_by_state(world: World, desk: Desk, extension: ChangeRequest) -> None:
    assert "HANAKO SATO" in desk.read("/agency/extensions/")
    assert "HANAKO SATO" not in desk.read("/agency/extensions/", state="done")
    assert "HANAKO SATO" in desk.read("/agency/extensions/", state="all")
    assert "HANAKO SATO" in desk.read("/agency/extensions/", state="nonsense")
