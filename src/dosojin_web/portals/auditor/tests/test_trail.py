"""The audit trail, its filters, and the verification of its chain."""

from collections.abc import Callable

import pytest
from pytest import MonkeyPatch

from dosojin_web.audit.models import AuditHead, Event
from dosojin_web.audit.tests.conftest import tamper as tamper
from dosojin_web.policies.models import Certificate
from dosojin_web.policies.tests.conftest import World
from dosojin_web.portals.auditor.views import trail as trail_view
from dosojin_web.portals.tests.reading import Reader, words_of

TRAIL, VERIFY = "/auditor/trail/", "/auditor/trail/verification/"
Tamper = Callable[..., None]


@pytest.mark.parametrize(
    ("query", "shown", "hidden"),
    [
        ({"act": "programme.approved"}, "programme.approved", "application."),
        ({"about": "certificate:"}, "certificate:G26", "programme:"),
        ({"actor": "office"}, "programme.drafted", "programme.approved"),
        ({"actor": "nobody"}, "Nothing matches.", "certificate:G26"),
        ({"since": "2027-04-01", "until": "2027-04-01"}, "certificate:G26", "Nothing matches."),
        ({"since": "2027-08-01"}, "Nothing matches.", "certificate:G26"),
        ({"until": "2026/3/31"}, "Nothing matches.", "certificate:G26"),
    ],
)
def test_it_is_narrowed(
    world: World,
    enrolled: Certificate,
    reader: Reader,
    query: dict[str, str],
    shown: str,
    hidden: str,
) -> None:
    table = reader.read(TRAIL, **query).split("<table")[1]
    assert shown in table and hidden not in table


def test_a_day_that_is_none_is_said(world: World, reader: Reader) -> None:
    response = reader.get(TRAIL, since="last week")
    assert response.status_code == 422
    assert "“last week” is not a day" in response.text


def test_an_event_leads_to_what_it_is_about(enrolled: Certificate, reader: Reader) -> None:
    assert f"/auditor/certificates/{enrolled.number}/" in reader.read(TRAIL, about="certificate:")


def test_a_whole_chain_and_the_line_to_keep(enrolled: Certificate, reader: Reader) -> None:
    said = words_of(reader.read(f"{VERIFY}?after=start"))
    head = AuditHead.objects.get()
    assert "The chain is whole" in said and f"{head.seq}:{head.hash}" in said


@pytest.mark.parametrize("step", [2, 7])
def test_a_long_chain_goes_on_by_itself(
    enrolled: Certificate, reader: Reader, monkeypatch: MonkeyPatch, step: int
) -> None:
    monkeypatch.setattr(trail_view, "EVENTS_A_REQUEST", step)
    address, pages = f"{VERIFY}?after=start", 0
    text = reader.read(address)
    while "hx-get" in text:
        address = text.split('hx-get="')[1].split('"')[0].replace("&amp;", "&")
        text, pages = reader.read(address), pages + 1
        assert pages < 100
    assert "The chain is whole" in text and pages >= Event.objects.count() // step - 1


@pytest.mark.parametrize("after", ["start", "forged", "WzEsIngiXQ:x:y"])
def test_a_forged_mark_begins_anew(enrolled: Certificate, reader: Reader, after: str) -> None:
    assert "The chain is whole" in reader.read(VERIFY, after=after)


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("UPDATE audit_event SET act = 'x' WHERE seq = 3", "Event 3 was changed."),
        ("DELETE FROM audit_event WHERE seq = 4", "Event 4 was removed."),
    ],
)
def test_damage_is_named(
    enrolled: Certificate, reader: Reader, tamper: Tamper, damage: str, said: str
) -> None:
    tamper(damage)
    text = reader.read(VERIFY, after="start")
    assert "The chain is broken" in text and said in text and "Keep this line" not in text
