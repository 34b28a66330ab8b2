"""Another policyholder's things answer 404, another role reads 403, nobody is sent to log in."""

import pytest
from django.test import Client

from dosojin_web.accounts.actors import SYSTEM
from dosojin_web.accounts.roles import Role
from dosojin_web.directory.models import OrganisationKind
from dosojin_web.documents.models import Document
from dosojin_web.policies.models import Certificate
from dosojin_web.policies.operations.issue_documents import issue_certificate_documents
from dosojin_web.policies.tests.conftest import World
from dosojin_web.portals.tests.reading import JULY_10, Reader, ask_to_cancel, strange_seat

LISTS = ["", "requests/", "members/", "bordereaux/", "shares/"]


@pytest.fixture
def stranger(world: World) -> Reader:
    return Reader(strange_seat(Role.POLICYHOLDER, OrganisationKind.POLICYHOLDER))


@pytest.mark.parametrize("page", LISTS)
def test_other_roles_are_refused(world: World, page: str) -> None:
    address = f"/policyholder/{page}"
    for seat in (world.student, world.office, world.agency):
        assert Reader(seat).get(address).status_code == 403
    assert Client().get(address).status_code == 302


@pytest.mark.parametrize("page", LISTS)
def test_a_strangers_lists_are_empty(
    world: World, enrolled: Certificate, stranger: Reader, page: str
) -> None:
    ask_to_cancel(world, enrolled)
    text = stranger.read(f"/policyholder/{page}")
    for hidden in (enrolled.number, "SATO", "26,130", "Tokio Marine"):
        assert hidden not in text


def test_a_strangers_objects_are_404(
    world: World, enrolled: Certificate, stranger: Reader, reader: Reader
) -> None:
    change = ask_to_cancel(world, enrolled)
    issue_certificate_documents(enrolled, SYSTEM, JULY_10)
    document = Document.objects.first()
    assert document is not None
    for page in (
        f"requests/{change.key}/", f"certificates/{enrolled.number}/",
        f"documents/{document.key}/", "bordereaux/gakkensai-2026/aioi/2027-4.csv",
    ):  # fmt: skip
        assert stranger.get(f"/policyholder/{page}").status_code == 404, page
        assert reader.get(f"/policyholder/{page}").status_code == 200, page
    sent = stranger.post(f"/policyholder/requests/{change.key}/", action="confirm", version="1")
    assert sent.status_code == 404
