"""The certificate's own page: hours, whom to call, documents, what is open."""

from datetime import date, datetime, timedelta

import pytest
from django.http import HttpResponse
from pytest import MonkeyPatch

from dosojin_web.deadlines.operations.run_due import run_due
from dosojin_web.documents.models import Document
from dosojin_web.policies.models import Application, Certificate, ChangeRequest, ChangeState
from dosojin_web.policies.operations.decide_change import confirm_change, review_extension
from dosojin_web.policies.operations.request_change import request_early_end

from .abroad import JUNE_20, as_user, extend, travel
from .conftest import NOW, Reader, World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def documents_folder(settings, tmp_path) -> None:  # type: ignore[no-untyped-def]
    settings.VAR = tmp_path


def take_back(response: HttpResponse) -> str:
    """The address of the button."""
    return response.text.split("/take-back/")[1].split('"')[0]


def test_it_says_until_when_in_japan(enrolled: Certificate, monkeypatch: MonkeyPatch) -> None:
    text = travel(enrolled, monkeypatch).get().text
    assert "In force" in text and enrolled.number in text
    assert "Tue 1 June 2027" in text and "Sat 31 July 2027" in text
    assert "several time zones" in text, "the United States have more than one"


def test_where_one_clock_is_read_its_time_stands_beside(
    enrolled: Certificate, monkeypatch: MonkeyPatch
) -> None:
    """24:00 of 31 July in Japan is 17:00 of that day in Germany."""
    Application.objects.filter(pk=enrolled.application_id).update(country="DE")
    text = travel(enrolled, monkeypatch).get().text
    assert "Germany: Mon 31 May 2027, 17:00" in text
    assert "Germany: Sat 31 July 2027, 17:00" in text


def test_the_desk_can_be_called_from_the_first_screen(
    enrolled: Certificate, monkeypatch: MonkeyPatch
) -> None:
    text = travel(enrolled, monkeypatch).get().text
    assert 'href="tel:18004465571"' in text and 'href="tel:+81367582460"' in text
    assert text.index("tel:18004465571") < text.index("What is insured")


def test_another_country_has_no_free_number_of_the_first(
    enrolled: Certificate, monkeypatch: MonkeyPatch
) -> None:
    Application.objects.filter(pk=enrolled.application_id).update(country="MN")
    text = travel(enrolled, monkeypatch).get().text
    assert "tel:18004465571" not in text and 'href="tel:+81367582460"' in text


def test_the_certificate_follows_and_then_can_be_fetched(
    enrolled: Certificate, monkeypatch: MonkeyPatch
) -> None:
    student = travel(enrolled, monkeypatch, NOW)
    assert "around Fri 2 April 2027" in student.get().text
    run_due(NOW + timedelta(days=2))
    text = student.get().text
    assert "The certificate is on its way" not in text
    document = Document.objects.get(kind="certificate")
    answer = student.open(f"/my/documents/{document.key}/")
    assert answer["Content-Type"] == "application/pdf" and answer.content.startswith(b"%PDF")
    assert (
        "attachment" in student.open(f"/my/documents/{document.key}/?save")["Content-Disposition"]
    )


def test_it_writes_nothing(enrolled: Certificate, monkeypatch: MonkeyPatch) -> None:
    travel(enrolled, monkeypatch).get()
    assert not Document.objects.exists() and not ChangeRequest.objects.exists()


def test_an_open_request_says_what_is_next_and_can_be_taken_back(
    world: World, enrolled: Certificate, monkeypatch: MonkeyPatch
) -> None:
    change = extend(enrolled, world)
    student = travel(enrolled, monkeypatch, JUNE_20)
    page = student.get()
    assert "Next, the agency checks it" in page.text
    assert take_back(page) == f"{change.key}/"
    answer = student.post(f"take-back/{change.key}/")
    assert answer.status_code == 302
    change.refresh_from_db()
    assert change.state == ChangeState.WITHDRAWN
    assert student.post(f"take-back/{change.key}/").status_code == 302, "again is once"
    assert change.entries.filter(act="withdrawn").count() == 1
    assert "Your open request" not in student.get().text


def test_a_premium_that_is_due_can_be_paid(
    world: World, enrolled: Certificate, monkeypatch: MonkeyPatch
) -> None:
    change = review_extension(extend(enrolled, world), 1, 0, "", world.agency.actor, JUNE_20)
    confirm_change(change, change.version, world.policyholder.actor, JUNE_20)
    text = travel(enrolled, monkeypatch, JUNE_20).get().text
    assert f"/policies/pay/{change.key}/" in text and "Pay the additional premium" in text


def test_what_was_carried_out_is_not_taken_back(
    world: World, enrolled: Certificate, monkeypatch: MonkeyPatch
) -> None:
    change = request_early_end(enrolled, date(2027, 7, 25), "", 1, world.actor, JUNE_20)
    confirm_change(change, 1, world.policyholder.actor, JUNE_20)
    answer = travel(enrolled, monkeypatch, JUNE_20).post(f"take-back/{change.key}/")
    assert answer.status_code == 422
    assert "settled already" in answer.text


def test_a_cancelled_one_covers_nothing(
    world: World, enrolled: Certificate, monkeypatch: MonkeyPatch
) -> None:
    change = request_early_end(enrolled, None, "", 1, world.actor, NOW)
    confirm_change(change, 1, world.policyholder.actor, NOW)
    text = travel(enrolled, monkeypatch).get().text
    assert "Cancelled" in text and "Nothing is covered" in text
    assert "extension/" not in text and "late-return/" not in text
    assert "What do you want to do?" not in text and "tel:" not in text


def test_a_stranger_gets_404(
    world: World, enrolled: Certificate, stranger: Reader, monkeypatch: MonkeyPatch
) -> None:
    change = extend(enrolled, world)
    run_due(NOW + timedelta(days=2))
    document = Document.objects.first()
    assert document is not None
    root = f"/my/certificates/{enrolled.number}/"
    assert stranger.client.get(root).status_code == 404
    assert stranger.client.get(f"/my/documents/{document.key}/").status_code == 404
    assert stranger.client.post(f"{root}take-back/{change.key}/").status_code == 404
    change.refresh_from_db()
    assert change.state == ChangeState.REQUESTED


def test_a_request_of_another_certificate_is_not_taken_back_here(
    world: World, enrolled: Certificate, monkeypatch: MonkeyPatch
) -> None:
    student = travel(enrolled, monkeypatch)
    assert student.post(f"take-back/{world.member.key}/").status_code == 404


def test_staff_gets_403(world: World, enrolled: Certificate) -> None:
    assert as_user(world.office.user.pk, enrolled).get().status_code == 403
    assert as_user(world.policyholder.user.pk, enrolled).get().status_code == 403


def test_without_log_in_it_leads_there(enrolled: Certificate) -> None:
    from django.test import Client

    answer = Client().get(f"/my/certificates/{enrolled.number}/")
    assert answer.status_code == 302 and "next=" in answer["Location"]


def test_after_the_end_it_says_so(enrolled: Certificate, monkeypatch: MonkeyPatch) -> None:
    later = datetime.combine(date(2027, 8, 1), JUNE_20.timetz())
    text = travel(enrolled, monkeypatch, later).get().text
    assert "Ended" in text and "late-return/" in text and "extension/" not in text
