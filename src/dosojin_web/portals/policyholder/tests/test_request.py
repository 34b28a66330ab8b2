"""A request to decide: all that is needed, and the decision itself."""

import re
from dataclasses import replace
from typing import Any

import pytest

from dosojin_web.policies.change_arithmetic import Arithmetic, work_out
from dosojin_web.policies.models import Certificate, ChangeEntry, ChangeRequest, ChangeState
from dosojin_web.policies.operations.request_change import request_early_end, withdraw_change
from dosojin_web.policies.tests.conftest import NOW, World
from dosojin_web.policies.versions import latest_version
from dosojin_web.portals.tests.reading import (
    JULY_10,
    Reader,
    ask_to_cancel,
    ask_to_extend,
    days,
    words_of,
)

from .conftest import SetClock


def address_of(change: ChangeRequest) -> str:
    return f"/policyholder/requests/{change.key}/"


def hidden_fields(text: str) -> dict[str, str]:
    """What the form to confirm carries."""
    form = text.split('value="confirm"')[0].rsplit("<form", 1)[1]
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form)
    return {name: value for name, value in found if name != "csrfmiddlewaretoken"}


@pytest.mark.parametrize("language", ["ja", "en"])
def test_it_opens_in_both_languages(world: World, enrolled: Certificate, language: str) -> None:
    change = ask_to_extend(world, enrolled)
    assert f'lang="{language}"' in Reader(world.policyholder, language).read(address_of(change))


def test_an_extension_shows_both_lines_of_the_tariff(
    world: World, enrolled: Certificate, reader: Reader
) -> None:
    said = words_of(reader.read(address_of(ask_to_extend(world, enrolled))))
    for words in (
        "36,090 yen", "−26,130 yen", "9,960 yen", "thesis",
        "佐藤一郎", "by Sat 31 July 2027, 24:00 Japan time", "21 days are left.",
    ):  # fmt: skip
        assert words in said, words
    assert "Line of the tariff" not in said


def test_an_extension_without_premium_asks_for_none(
    world: World, enrolled: Certificate, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Within the band that was paid for, as three days more often are."""
    change = ask_to_extend(world, enrolled)

    def for_nothing(*asked: Any) -> Arithmetic:
        return replace(work_out(*asked), amount=0)

    monkeypatch.setattr("dosojin_web.portals.policyholder.decision.work_out", for_nothing)
    said = words_of(reader.read(address_of(change)))
    assert "No further premium is due. If you confirm, cover is extended at once." in said
    assert "asked to pay" not in said and "premium received" not in said


def test_an_early_end_shows_paid_kept_and_returned(
    world: World, enrolled: Certificate, reader: Reader
) -> None:
    """40 days are kept: 18,620 of 26,130 (003 l.219-221)."""
    said = words_of(reader.read(address_of(ask_to_cancel(world, enrolled))))
    for words in ("26,130 yen", "−18,620 yen", "Return premium 7,510 yen", "This cannot be undone"):
        assert words in said, words


def test_confirming_an_extension_asks_for_its_premium(
    world: World, enrolled: Certificate, reader: Reader
) -> None:
    change = ask_to_extend(world, enrolled)
    fields = hidden_fields(reader.read(address_of(change)))
    response = reader.post(address_of(change), action="confirm", **fields)
    assert response.status_code == 302
    change.refresh_from_db()
    assert change.state == ChangeState.AWAITING_PREMIUM
    assert latest_version(enrolled).number == 1
    assert "It holds once its premium has been received" in reader.read(address_of(change))


def test_the_same_form_twice_confirms_once(
    world: World, enrolled: Certificate, reader: Reader
) -> None:
    change = ask_to_cancel(world, enrolled)
    fields = hidden_fields(reader.read(address_of(change)))
    for _ in range(2):
        assert reader.post(address_of(change), action="confirm", **fields).status_code == 302
    assert ChangeEntry.objects.filter(change=change, act="confirmed").count() == 1
    assert enrolled.versions.count() == 2


def test_refusing_needs_a_reason_and_keeps_what_was_typed(
    world: World, enrolled: Certificate, reader: Reader
) -> None:
    change = ask_to_cancel(world, enrolled)
    fields = hidden_fields(reader.read(address_of(change)))
    response = reader.post(address_of(change), action="refuse", reason=" ", **fields)
    assert response.status_code == 422 and "error-summary" in response.text
    long = "x" * 401
    response = reader.post(address_of(change), action="refuse", reason=long, **fields)
    assert response.status_code == 422 and long in response.text
    sent = reader.post(address_of(change), action="refuse", reason="stays abroad", **fields)
    assert sent.status_code == 302
    change.refresh_from_db()
    assert change.state == ChangeState.REFUSED
    assert "stays abroad" in reader.read(address_of(change))


@pytest.mark.parametrize("action", ["", "delete"])
def test_another_action_is_refused(
    world: World, enrolled: Certificate, reader: Reader, action: str
) -> None:
    change = ask_to_cancel(world, enrolled)
    response = reader.post(address_of(change), action=action, version=str(change.version))
    assert response.status_code == 422


def test_whoever_asked_does_not_confirm(
    world: World, enrolled: Certificate, reader: Reader
) -> None:
    change = request_early_end(enrolled, None, "", 1, world.policyholder.actor, JULY_10)
    text = reader.read(address_of(change))
    assert "Another person has to decide" in text and 'value="confirm"' not in text
    response = reader.post(address_of(change), action="confirm", version=str(change.version))
    assert response.status_code == 403
    assert "Whoever asked for a change does not confirm it." in response.text


@pytest.mark.parametrize("version", ["0", "x", "", "99999999999999999999"])
def test_a_stale_form_shows_both_versions(
    world: World, enrolled: Certificate, reader: Reader, version: str
) -> None:
    change = ask_to_cancel(world, enrolled)
    fields = hidden_fields(reader.read(address_of(change))) | {"version": version}
    response = reader.post(address_of(change), action="confirm", **fields)
    assert response.status_code == 409
    assert "Your version" in response.text and "Saved version" in response.text
    change.refresh_from_db()
    assert change.state == ChangeState.REQUESTED


def test_after_midnight_the_amount_is_looked_at_again(
    world: World, enrolled: Certificate, reader: Reader, set_clock: SetClock
) -> None:
    """At 46 days the next line of the tariff begins: less comes back than was shown."""
    change = ask_to_cancel(world, enrolled)
    fields = hidden_fields(reader.read(address_of(change)))
    set_clock(JULY_10 + days(7))
    reader = Reader(world.policyholder)
    response = reader.post(address_of(change), action="confirm", **fields)
    assert response.status_code == 409 and "−7,510" in response.text.replace("\xa0", " ")
    fields = hidden_fields(reader.read(address_of(change)))
    assert reader.post(address_of(change), action="confirm", **fields).status_code == 302


def test_keeping_ones_decision_after_a_conflict(
    world: World, enrolled: Certificate, reader: Reader
) -> None:
    change = ask_to_cancel(world, enrolled)
    sent = {"action": "confirm", "version": str(change.version)}
    left = reader.post(address_of(change), stands="theirs", **sent)
    change.refresh_from_db()
    assert left.status_code == 302 and change.state == ChangeState.REQUESTED
    assert reader.post(address_of(change), stands="mine", **sent).status_code == 302
    change.refresh_from_db()
    assert change.state == ChangeState.DONE


def test_what_was_taken_back_meanwhile_is_not_confirmed(
    world: World, enrolled: Certificate, reader: Reader
) -> None:
    change = ask_to_cancel(world, enrolled)
    fields = hidden_fields(reader.read(address_of(change)))
    withdraw_change(change, world.student.actor, JULY_10)
    response = reader.post(address_of(change), action="confirm", **fields)
    assert response.status_code == 409
    assert "This request has been settled in the meantime" in response.text
    assert "The request was taken back" in response.text


def test_an_extension_with_the_agency_cannot_be_confirmed(
    world: World, enrolled: Certificate, reader: Reader
) -> None:
    change = ask_to_extend(world, enrolled, reviewed=False)
    assert "The agency looks at it first" in reader.read(address_of(change))
    response = reader.post(address_of(change), action="confirm", version=str(change.version))
    assert response.status_code == 422


def test_looking_changes_nothing(world: World, enrolled: Certificate, reader: Reader) -> None:
    change = ask_to_cancel(world, enrolled)
    reader.read(address_of(change))
    after = ChangeRequest.objects.get(pk=change.pk)
    assert (after.version, after.state) == (change.version, change.state)


def test_before_inception_everything_comes_back(
    world: World, enrolled: Certificate, reader: Reader, set_clock: SetClock
) -> None:
    set_clock(NOW)
    change = request_early_end(enrolled, None, "", 1, world.student.actor, NOW)
    reader = Reader(world.policyholder)
    said = words_of(reader.read(address_of(change)))
    assert "Cover never begins, so the whole premium is given back." in said
