"""What a student agrees to, and how to object."""

import pytest
from django.http import HttpResponse
from django.test import Client

from dosojin_web.consents.models import ConsentEntry
from dosojin_web.consents.rights import may

from .conftest import NOW, Reader, World, agree

pytestmark = pytest.mark.django_db
ADDRESS = "/my/privacy/"
PURPOSE = "claim-to-university"


def show(client: Client) -> str:
    return client.get(ADDRESS, headers={"Accept-Language": "en"}).text


def form_of(text: str, purpose: str = PURPOSE) -> dict[str, str]:
    """The hidden fields of one purpose."""
    part = text.split(f'id="{purpose}"')[1].split("</section>")[0]
    fields = {}
    for name in ("purpose", "seen", "shown"):
        fields[name] = part.split(f'name="{name}" value="')[1].split('"')[0]
    return fields


def send(client: Client, fields: dict[str, str], **more: str) -> HttpResponse:
    return client.post(ADDRESS, fields | more, headers={"Accept-Language": "en"})


def test_every_purpose_with_its_words_and_how_it_stands(reader: Reader, world: World) -> None:
    text = show(reader.client)
    assert text.count("You have not answered") == 5
    assert "Do not agree<" in text and "Object<" not in text
    agree(world)
    text = show(reader.client)
    assert text.count("You agree<") == 5
    assert "Claim information for your university" in text
    assert "since Thu 1 April 2027, 10:00 (Japan time)" in text
    assert "Your cover stays the same" in text


def test_a_tab_of_every_page_leads_there(reader: Reader) -> None:
    for address, current in (("/my/", "Your study trips"), (ADDRESS, "Your data")):
        text = reader.client.get(address, headers={"Accept-Language": "en"}).text
        tabs = text.split('class="portal-tabs"')[1].split("</nav>")[0]
        assert f'href="{ADDRESS}"' in tabs and 'href="/my/"' in tabs
        assert tabs.split('aria-current="page">')[1].startswith(current)


def test_the_page_of_a_trip_belongs_to_the_trips(reader: Reader) -> None:
    reader.post("start/")
    tabs = reader.get("trip/").text.split('class="portal-tabs"')[1].split("</nav>")[0]
    assert tabs.split('aria-current="page">')[1].startswith("Your study trips")


def test_what_cannot_be_refused_says_why(reader: Reader, world: World) -> None:
    agree(world)
    text = show(reader.client)
    part = text.split('id="double-cover-check"')[1].split("</section>")[0]
    assert "This one cannot be refused" in part and "<form" not in part


def test_object_and_agree_again(reader: Reader, world: World) -> None:
    agree(world)
    person = world.member.person
    answer = send(reader.client, form_of(show(reader.client)), answer="object")
    assert answer.status_code == 302
    assert not may(person, PURPOSE, NOW)
    assert "You object" in show(reader.client)
    answer = send(reader.client, form_of(show(reader.client)), answer="agree")
    assert answer.status_code == 302
    assert may(person, PURPOSE, NOW)


def test_twice_is_once(reader: Reader, world: World) -> None:
    agree(world)
    fields = form_of(show(reader.client))
    before = ConsentEntry.objects.count()
    answers = [send(reader.client, fields, answer="object") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert ConsentEntry.objects.count() == before + 1


def test_a_stale_page_shows_both(reader: Reader, world: World) -> None:
    agree(world)
    old = form_of(show(reader.client))
    for answer in ("object", "agree"):
        send(reader.client, form_of(show(reader.client)), answer=answer)
    stale = send(reader.client, old, answer="object")
    assert stale.status_code == 409
    assert "I object" in stale.text and "I agree" in stale.text
    assert may(world.member.person, PURPOSE, NOW)
    seen = stale.text.split('name="seen" value="')[1].split('"')[0]
    again = old | {"seen": seen, "both": "1", "answer": "object"}
    assert send(reader.client, again).status_code == 409
    assert send(reader.client, again, stands="theirs").status_code == 302
    assert may(world.member.person, PURPOSE, NOW)
    assert send(reader.client, again, stands="mine").status_code == 302
    assert not may(world.member.person, PURPOSE, NOW)


@pytest.mark.parametrize("purpose", ["double-cover-check", "injury-list", "everything"])
def test_nothing_else_is_objected_to(reader: Reader, world: World, purpose: str) -> None:
    agree(world)
    before = ConsentEntry.objects.count()
    answer = send(reader.client, {"purpose": purpose, "seen": "0", "shown": ""}, answer="object")
    assert answer.status_code == 422
    assert ConsentEntry.objects.count() == before


def test_words_that_were_not_shown_are_not_agreed_to(reader: Reader, world: World) -> None:
    fields = form_of(show(reader.client)) | {"shown": "0" * 64}
    answer = send(reader.client, fields, answer="agree")
    assert answer.status_code == 422
    assert "The text has changed" in answer.text and f'href="#{PURPOSE}"' in answer.text
    assert not ConsentEntry.objects.exists()


def test_each_reader_speaks_for_himself(stranger: Reader, world: World) -> None:
    agree(world)
    assert "You have not answered" in show(stranger.client)
    send(stranger.client, form_of(show(stranger.client)), answer="object")
    assert may(world.member.person, PURPOSE, NOW)


def test_whoever_is_on_no_roster_gets_404(world: World) -> None:
    from dosojin_web.accounts.roles import Role
    from dosojin_web.policies.tests.conftest import seat_of

    seat = seat_of("hokurei:lonely", Role.STUDENT, world.scheme.universities[0])
    client = Client()
    client.force_login(seat.user)
    assert client.get(ADDRESS).status_code == 404


def test_staff_gets_403(staff: Reader) -> None:
    assert staff.client.get(ADDRESS).status_code == 403
