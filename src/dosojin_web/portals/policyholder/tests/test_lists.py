"""Requests, members, one certificate."""

import pytest

from dosojin_web.accounts.actors import SYSTEM
from dosojin_web.documents.models import Document
from dosojin_web.policies.models import Certificate
from dosojin_web.policies.operations.issue_documents import issue_certificate_documents
from dosojin_web.policies.tests.conftest import NOW, World, add_member
from dosojin_web.portals.tests.reading import (
    JULY_10,
    Reader,
    ask_to_cancel,
    ask_to_extend,
    enrol_another,
    words_of,
)

MEMBERS, REQUESTS = "/policyholder/members/", "/policyholder/requests/"


def test_requests_that_wait_come_first(world: World, enrolled: Certificate, reader: Reader) -> None:
    other = enrol_another(world, 2, NOW)
    ask_to_cancel(world, enrolled)
    ask_to_extend(world, other, reviewed=False)
    text = reader.read(REQUESTS)
    assert text.index(enrolled.number) < text.index(other.number)


@pytest.mark.parametrize(
    ("narrowed", "shown"),
    [({"kind": "extension"}, False), ({"state": "requested"}, True), ({"kind": "nothing"}, True)],
)
def test_requests_are_narrowed(
    world: World, enrolled: Certificate, reader: Reader, narrowed: dict[str, str], shown: bool
) -> None:
    ask_to_cancel(world, enrolled)
    assert (enrolled.number in reader.read(REQUESTS, **narrowed)) is shown


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "佐藤"}, 2),
        ({"q": "hanako"}, 2),
        ({"q": "26A0002"}, 1),
        ({"q": "G26-000001"}, 1),
        ({"q": "nobody"}, 0),
        ({"standing": "on_trip"}, 1),
        ({"standing": "not_invited"}, 1),
        ({"standing": "nonsense"}, 2),
        ({"university": "hokurei"}, 2),
        ({"university": "joto"}, 0),
        ({"page": "99"}, 2),
    ],
)
def test_members_are_found(
    world: World, enrolled: Certificate, reader: Reader, query: dict[str, str], found: int
) -> None:
    add_member(world.programme, 2, world.member.departs_on, world.member.returns_on)
    assert reader.read(MEMBERS, **query).count(">26A000") == found


def test_members_are_paged_and_queries_do_not_grow(
    world: World, enrolled: Certificate, reader: Reader
) -> None:
    before = reader.count_queries(MEMBERS)
    for number in range(2, 54):
        add_member(world.programme, number, world.member.departs_on, world.member.returns_on)
    assert reader.count_queries(MEMBERS) == before
    assert "1 to 50 of 53" in reader.read(MEMBERS)
    assert "51 to 53 of 53" in reader.read(MEMBERS, page="2")


def test_a_certificate_with_its_documents(
    world: World, enrolled: Certificate, reader: Reader
) -> None:
    change = ask_to_cancel(world, enrolled)
    issue_certificate_documents(enrolled, SYSTEM, JULY_10)
    text = reader.read(f"/policyholder/certificates/{enrolled.number}/")
    said = words_of(text)
    assert "HANAKO SATO" in said and "26,130 yen" in said
    assert f"/policyholder/requests/{change.key}/" in text
    document = Document.objects.first()
    assert document is not None
    response = reader.get(f"/policyholder/documents/{document.key}/")
    assert response.headers["Content-Type"] == "application/pdf"
