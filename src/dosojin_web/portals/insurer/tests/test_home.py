"""An insurer's months: its own share and nobody else's."""

import pytest
from django.test import Client

from dosojin_web.accounts.roles import Role
from dosojin_web.directory.models import OrganisationKind
from dosojin_web.policies.models import Certificate
from dosojin_web.policies.operations.decide_change import confirm_change
from dosojin_web.policies.tests.conftest import World
from dosojin_web.portals.policyholder.tests.test_bordereaux import unbalance
from dosojin_web.portals.tests.reading import (
    JULY_10,
    Reader,
    ask_to_cancel,
    enrol_another,
    strange_seat,
    words_of,
)

HOME, LIST = "/insurer/", "/insurer/certificates/"
FILE = "/insurer/bordereaux/gakkensai-2026/2027-4.csv"
# Of 26,130 yen; of the 18,620 that stay after a cancellation; and what each gives back.
PARTS = {
    "lead": ("13,066", "9,311", "3,755"),
    "aioi": ("5,226", "3,724", "1,502"),
    "sompo": ("4,572", "3,258", "1,314"),
    "mitsui": ("3,266", "2,327", "939"),
}


def cancel(world: World, certificate: Certificate) -> None:
    change = ask_to_cancel(world, certificate)
    confirm_change(change, change.version, world.policyholder.actor, JULY_10)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_it_opens_empty(world: World, lead: Reader, language: str) -> None:
    assert f'<html lang="{language}"' in Reader(lead.seat, language).read(HOME)


def test_a_month_with_its_share(world: World, enrolled: Certificate, aioi: Reader) -> None:
    said = words_of(aioi.read(HOME))
    assert "April 2027 1 5,226 yen 0 yen 5,226 yen Agrees with the ledger CSV" in said
    assert "Premium due to us 5,226 yen" in said and "Share we carry 20%" in said
    assert "Each insurer answers for its own share only" in said


def test_what_went_back_is_taken_off(world: World, enrolled: Certificate, aioi: Reader) -> None:
    cancel(world, enrolled)
    said = words_of(aioi.read(HOME))
    assert "July 2027 1 0 yen −1,502 yen −1,502 yen" in said
    assert "Premium due to us 3,724 yen" in said


@pytest.mark.parametrize("who", ["lead", "aioi"])
def test_nobody_elses_amounts_are_anywhere(
    world: World, enrolled: Certificate, request: pytest.FixtureRequest, who: str
) -> None:
    cancel(world, enrolled)
    reader: Reader = request.getfixturevalue(who)
    texts = [reader.read(HOME), reader.read(LIST), reader.get(FILE).content.decode()]
    others = [amount for name, amounts in PARTS.items() if name != who for amount in amounts]
    for text in texts:
        for amount in others:
            assert amount not in text and amount.replace(",", "") not in text.split(), amount
        for share in {"50%", "20%", "17.5%", "12.5%"} - {"50%" if who == "lead" else "20%"}:
            assert share not in text
    assert PARTS[who][2] in texts[0]


def test_only_the_lead_is_told_who_the_others_are(lead: Reader, aioi: Reader) -> None:
    assert "Sompo Japan" in lead.read(HOME) and "Mitsui Sumitomo" in lead.read(HOME)
    assert "Sompo Japan" not in aioi.read(HOME) and "Mitsui" not in aioi.read(HOME)


def test_certificates_by_number_without_names(
    world: World, enrolled: Certificate, aioi: Reader
) -> None:
    text = aioi.read(LIST)
    assert enrolled.number in text and "5,226" in text
    for hidden in ("SATO", "佐藤", "26A0001", "Hokurei", "ボストン"):
        assert hidden not in text


@pytest.mark.parametrize(("typed", "found"), [("G26-000001", True), ("G27", False)])
def test_certificates_are_found_by_number(
    enrolled: Certificate, aioi: Reader, typed: str, found: bool
) -> None:
    assert ("5,226 yen" in aioi.read(LIST, q=typed)) is found


def test_queries_do_not_grow(world: World, enrolled: Certificate, aioi: Reader) -> None:
    before = {page: aioi.count_queries(page) for page in (HOME, LIST)}
    for number in (2, 3):
        enrol_another(world, number, JULY_10)
    assert {page: aioi.count_queries(page) for page in (HOME, LIST)} == before


def test_a_file_ends_with_its_control(enrolled: Certificate, aioi: Reader) -> None:
    response = aioi.get(FILE)
    rows = response.content.decode("utf-8-sig").splitlines()
    assert rows[-1].startswith("CONTROL,1") and rows[-1].endswith(",5226")
    assert "bordereau-G26-aioi-2027-04.csv" in response.headers["Content-Disposition"]


def test_a_difference_is_red_and_gives_no_file(
    world: World, enrolled: Certificate, aioi: Reader, lead: Reader
) -> None:
    unbalance(world, enrolled.number)
    text = aioi.read(HOME)
    assert "Differs by 1,000 yen" in text and "2027-4.csv" not in text
    assert aioi.get(FILE).status_code == 409
    assert "Differs" not in lead.read(HOME) and lead.get(FILE).status_code == 200


@pytest.mark.parametrize("page", [HOME, LIST, FILE])
def test_other_roles_are_refused(world: World, enrolled: Certificate, page: str) -> None:
    for seat in (world.student, world.office, world.agency, world.policyholder):
        assert Reader(seat).get(page).status_code == 403
    assert Client().get(page).status_code == 302


def test_an_insurer_without_a_share_sees_nothing(world: World, enrolled: Certificate) -> None:
    stranger = Reader(strange_seat(Role.INSURER, OrganisationKind.INSURER))
    for page in (HOME, LIST):
        text = stranger.read(page)
        assert enrolled.number not in text and "yen" not in words_of(text).split("Contents")[0]
    assert stranger.get(FILE).status_code == 404


@pytest.mark.parametrize("month", ["2027-13", "2019-1", "0-0"])
def test_a_month_that_is_not_there_is_404(enrolled: Certificate, aioi: Reader, month: str) -> None:
    assert aioi.get(f"/insurer/bordereaux/gakkensai-2026/{month}.csv").status_code == 404
