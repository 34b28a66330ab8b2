"""Dangerous sports and work: quoted, checked by another, or refused."""

from datetime import date

import pytest

from dosojin_web.accounts.actors import SYSTEM
from dosojin_web.accounts.roles import Role
from dosojin_web.authority.operations.set_authority import grant_authority
from dosojin_web.mail.models import OutgoingMail
from dosojin_web.policies.models import ApplicationState, Referral, ReferralState
from dosojin_web.policies.tests.conftest import NOW, World

from .conftest import Desk

pytestmark = pytest.mark.django_db


def address(referral: Referral, act: str = "") -> str:
    return f"/agency/referrals/{referral.key}/" + (f"{act}/" if act else "")


def test_the_page_shows_what_was_disclosed_and_what_the_tariff_says(
    desk: Desk, referral: Referral
) -> None:
    text = desk.read(address(referral))
    for words in ("Skydiving", "two jumps with a school", "ski patrol", "26,130", "United States"):
        assert words in text
    assert "No loading is published" in text
    assert "checked by a second person" in text


def test_without_authority_another_person_checks(
    world: World, desk: Desk, second: Desk, referral: Referral
) -> None:
    sent = {"version": "1", "loading": "8,000", "reason": "two jumps"}
    assert desk.post(address(referral, "quote"), **sent).status_code == 302
    referral.refresh_from_db()
    assert (referral.state, referral.loading) == (ReferralState.PROPOSED, 8_000)
    assert not OutgoingMail.objects.filter(template="policies/mail/referral").exists()
    assert "another person of your office" in desk.read(address(referral))
    answer = desk.post(address(referral, "check"), version="2")
    assert answer.status_code == 403
    assert "Another person of your office has to approve this." in answer.text
    assert second.post(address(referral, "check"), version="2").status_code == 302
    referral.refresh_from_db()
    assert referral.state == ReferralState.QUOTED
    referral.application.refresh_from_db()
    assert referral.application.loading == 8_000
    assert OutgoingMail.objects.filter(template="policies/mail/referral").count() == 1
    assert second.post(address(referral, "check"), version="2").status_code in (409, 422)


def test_within_ones_authority_it_is_final(world: World, desk: Desk, referral: Referral) -> None:
    grant_authority(
        Role.AGENCY, world.scheme.agency, "policies.loading", 10_000, date(2027, 1, 1), SYSTEM, NOW
    )
    assert "up to 10,000" in desk.read(address(referral))
    desk.post(address(referral, "quote"), version="1", loading="0", reason="harmless")
    referral.refresh_from_db()
    assert (referral.state, referral.loading) == (ReferralState.QUOTED, 0)


def test_a_refusal_ends_the_application(desk: Desk, referral: Referral) -> None:
    sent = {"version": "1", "refusal": "not insurable"}
    assert desk.post(address(referral, "refuse"), **sent).status_code == 302
    referral.application.refresh_from_db()
    assert referral.application.state == ApplicationState.REFUSED
    assert "not insurable" in desk.read(address(referral))


@pytest.mark.parametrize(
    ("act", "sent", "fields"),
    [
        ("quote", {"loading": "much", "reason": "x"}, ["loading"]),
        ("quote", {"loading": "99999999", "reason": ""}, ["loading", "reason"]),
        ("quote", {"loading": "1", "reason": "x" * 401}, ["reason"]),
        ("refuse", {"refusal": " "}, ["refusal"]),
    ],
)
def test_bad_input_is_kept_and_explained(
    desk: Desk, referral: Referral, act: str, sent: dict[str, str], fields: list[str]
) -> None:
    answer = desk.post(address(referral, act), version="1", **sent)
    assert answer.status_code == 422
    for field in fields:
        assert f'id="{field}-error"' in answer.text
        assert f'href="#{field}"' in answer.text
    referral.refresh_from_db()
    assert referral.state == ReferralState.OPEN


def test_a_stale_form_shows_both_versions(desk: Desk, second: Desk, referral: Referral) -> None:
    second.post(address(referral, "quote"), version="1", loading="5000", reason="one jump")
    sent = {"version": "1", "loading": "8000", "reason": "two jumps"}
    answer = desk.post(address(referral, "quote"), **sent)
    assert answer.status_code == 409
    assert "5,000" in answer.text and "8000" in answer.text
    mine = sent | {"version": "2", "stands": "mine"}
    theirs = sent | {"version": "2", "stands": "theirs"}
    assert desk.post(address(referral, "quote"), **theirs).status_code == 302
    referral.refresh_from_db()
    assert referral.loading == 5_000
    assert desk.post(address(referral, "quote"), **mine).status_code == 302
    referral.refresh_from_db()
    assert referral.loading == 8_000


def test_the_list_keeps_answered_ones_apart(desk: Desk, referral: Referral) -> None:
    assert "HANAKO SATO" in desk.read("/agency/referrals/")
    desk.post(address(referral, "refuse"), version="1", refusal="no")
    assert "HANAKO SATO" not in desk.read("/agency/referrals/")
    assert "HANAKO SATO" in desk.read("/agency/referrals/", state="all")
