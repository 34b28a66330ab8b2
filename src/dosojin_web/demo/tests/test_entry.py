"""The front page of the demonstration, and its doors."""

import pytest
from django.test import Client

from dosojin_web.accounts.models import User
from dosojin_web.accounts.seats import SESSION_KEY
from dosojin_web.audit.models import Event
from dosojin_web.demo.personas import PERSONAS, Group, shown_personas

pytestmark = pytest.mark.usefixtures("personas")


def test_it_shows_a_door_for_each_role(client: Client) -> None:
    page = client.get("/demo/").text
    shown = [persona for group in Group for persona in shown_personas(group)]
    assert len(shown) >= 10
    assert len({persona.role for persona in shown}) == 6
    for persona in shown:
        assert f'value="{persona.key}"' in page
    for address in ("/policies/quote/", "/mail/", "/api/", "/components/", "/control/"):
        assert address in page


@pytest.mark.parametrize(("language", "words"), [("ja", "この立場で入る"), ("en", "Enter")])
def test_it_speaks_both_languages(client: Client, language: str, words: str) -> None:
    page = client.get("/demo/", headers={"Accept-Language": language}).text
    assert f'<html lang="{language}"' in page
    assert words in page


@pytest.mark.parametrize("key", PERSONAS)
def test_one_click_takes_the_seat(client: Client, key: str) -> None:
    persona = PERSONAS[key]
    answer = client.post("/demo/enter/", {"persona": key})
    folder = "my" if persona.role == "student" else persona.role.value
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/{folder}/")
    user = User.objects.get(username=persona.username)
    assert client.session["_auth_user_id"] == str(user.pk)
    assert SESSION_KEY in client.session
    assert Event.objects.filter(act="account.logged_in", about=f"user:{user.pk}").exists()


def test_who_is_somebody_already_changes_sides(client: Client) -> None:
    for key in ("auditor", "agency"):
        client.post("/demo/enter/", {"persona": key})
    user = User.objects.get(username=PERSONAS["agency"].username)
    assert client.session["_auth_user_id"] == str(user.pk)


def test_a_stranger_gets_404(client: Client) -> None:
    for key in ("nobody", "", "user:1"):
        assert client.post("/demo/enter/", {"persona": key}).status_code == 404
    assert client.get("/demo/enter/").status_code == 405


def test_somebody_who_is_gone_is_said(client: Client) -> None:
    User.objects.filter(username=PERSONAS["auditor"].username).update(is_active=False)
    answer = client.post("/demo/enter/", {"persona": "auditor"}, follow=True)
    assert answer.redirect_chain == [("/demo/", 302)]
    assert "_auth_user_id" not in client.session


def test_a_forged_click_is_refused() -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post("/demo/enter/", {"persona": "auditor"}).status_code == 403


@pytest.mark.parametrize("address", ["/", "/components/", "/policies/quote/", "/no/such/page/"])
def test_every_page_says_that_it_is_a_demonstration(client: Client, address: str) -> None:
    page = client.get(address, headers={"Accept-Language": "en"}).text
    assert 'class="demonstration"' in page
    assert 'href="/demo/"' in page and 'href="/mail/"' in page
