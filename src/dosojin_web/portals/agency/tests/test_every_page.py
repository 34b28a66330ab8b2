"""What holds for every page: who may see it, and who may not."""

import re

import pytest
from django.test import Client

from dosojin_web.payments.models import CardRefund
from dosojin_web.policies.models import Certificate, ChangeRequest, Referral, TransferDue
from dosojin_web.policies.tests.conftest import World

from .conftest import Desk

LISTS = [
    "/agency/", "/agency/referrals/", "/agency/extensions/", "/agency/extensions/new/",
    "/agency/refunds/", "/agency/certificates/", "/agency/applications/", "/agency/contacts/",
]  # fmt: skip
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", LISTS)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_lists_open_empty(world: World, address: str, language: str) -> None:
    text = Desk(world.agency, language).read(address)
    assert f'<html lang="{language}"' in text
    ids = re.findall(r'\sid="([^"]+)"', text)
    assert sorted(ids) == sorted(set(ids))


@pytest.mark.parametrize("address", LISTS)
def test_another_role_gets_403_and_nobody_the_log_in(world: World, address: str) -> None:
    assert Desk(world.student).get(address).status_code == 403
    assert Desk(world.policyholder).get(address).status_code == 403
    assert Client().get(address).status_code == 302


def pages_of(
    certificate: Certificate, referral: Referral | None, change: ChangeRequest | None,
    refund: CardRefund | None, transfer: TransferDue | None,
) -> list[str]:  # fmt: skip
    number = certificate.number
    found = [f"/agency/certificates/{number}/", f"/agency/extensions/new/{number}/"]
    if referral:
        found.append(f"/agency/referrals/{referral.key}/")
    if change:
        found.append(f"/agency/changes/{change.key}/")
    if refund:
        found.append(f"/agency/refunds/{refund.pk}/")
    if transfer:
        found.append(f"/agency/transfers/{transfer.key}/")
    return found


def test_a_stranger_gets_404(
    world: World, extension: ChangeRequest, desk: Desk, stranger: Desk
) -> None:
    for address in pages_of(extension.certificate, None, extension, None, None):
        assert stranger.get(address).status_code == 404, address
        assert desk.get(address).status_code == 200, address
    for act in ("review", "refuse", "premium"):
        address = f"/agency/changes/{extension.key}/{act}/"
        assert stranger.post(address, version="1").status_code == 404
        assert desk.get(address).status_code == 302, "an act leads back to its page"


def test_lists_show_a_stranger_nothing(
    world: World, extension: ChangeRequest, stranger: Desk
) -> None:
    for address in LISTS:
        text = stranger.read(address)
        assert extension.certificate.number not in text
        assert "HANAKO" not in text


def test_refunds_and_transfers_are_the_own_ones(
    world: World, refund: CardRefund, desk: Desk, stranger: Desk
) -> None:
    for address in pages_of(world.member.certificates.get(), None, None, refund, None):
        assert stranger.get(address).status_code == 404, address
        assert desk.get(address).status_code == 200, address
    for act in ("replace", "transfer", "decide"):
        assert stranger.post(f"/agency/refunds/{refund.pk}/{act}/").status_code == 404
    assert desk.get("/agency/refunds/999999/").status_code == 404
    assert "HANAKO" not in stranger.read("/agency/refunds/")


def test_a_transfer_and_a_referral_of_others_are_404(
    world: World, transfer: TransferDue, stranger: Desk
) -> None:
    assert stranger.get(f"/agency/transfers/{transfer.key}/").status_code == 404
    for act in ("prepare", "settle"):
        assert stranger.post(f"/agency/transfers/{transfer.key}/{act}/").status_code == 404


def test_a_referral_of_others_is_404(
    world: World, referral: Referral, desk: Desk, stranger: Desk
) -> None:
    assert stranger.get(f"/agency/referrals/{referral.key}/").status_code == 404
    for act in ("quote", "check", "refuse"):
        assert stranger.post(f"/agency/referrals/{referral.key}/{act}/").status_code == 404
