"""The certificate as pages show it: everything to those who may, nothing to those who may not."""

from datetime import date, datetime, timedelta

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from dosojin_web.accounts.actors import SYSTEM
from dosojin_web.policies.actor_names import name_actors
from dosojin_web.policies.certificate_view import (
    CertificateView,
    Links,
    Sight,
    view_certificate,
    view_change,
)
from dosojin_web.policies.delay_causes import DelayCause
from dosojin_web.policies.japan import JAPAN
from dosojin_web.policies.models import AutomaticExtension, Certificate
from dosojin_web.policies.operations.complete_change import complete_change
from dosojin_web.policies.operations.decide_change import confirm_change, review_extension
from dosojin_web.policies.operations.issue_documents import issue_certificate_documents
from dosojin_web.policies.operations.request_change import request_early_end, request_extension
from dosojin_web.policies.proxies import Proxy
from dosojin_web.policies.versions import CertificateState

from .conftest import NOW, World
from .test_certificate_changes import end_early, enrol_for_20_days
from .test_reviewed_cases import ON_THE_TRIP, extend

PROXY = Proxy("佐藤一郎", "父", "+81311112222", "father@example.jp")
JULY_10 = datetime(2027, 7, 10, 9, 0, tzinfo=JAPAN)
TODAY = date(2027, 7, 10)
PARTS = "policies/certificate_whole.html"
BLIND = Sight(names=False, proxy=False, money=False)


@pytest.fixture
def eventful(world: World, enrolled: Certificate) -> Certificate:
    """Extended by bank transfer, then cancelled on the day; one delay recorded."""
    asker, office = world.student.actor, world.agency.actor
    issue_certificate_documents(enrolled, SYSTEM, NOW)
    change = request_extension(
        enrolled, date(2027, 8, 31), PROXY, "thesis", 1, asker, JULY_10 - timedelta(days=2)
    )
    change = review_extension(change, change.version, 0, "", office, JULY_10 - timedelta(days=1))
    change = confirm_change(change, change.version, world.policyholder.actor, JULY_10)
    complete_change(change, "transfer-7", "bank", office, JULY_10)
    request_early_end(enrolled, None, "illness at home", 2, asker, JULY_10 + timedelta(hours=1))
    AutomaticExtension.objects.create(
        certificate=enrolled,
        cause=DelayCause.TRANSPORT,
        planned_arrival=JULY_10,
        recorded_at=JULY_10,
        actor=asker.who,
    )
    return enrolled


def show(view: CertificateView) -> str:
    return render_to_string(PARTS, {"view": view})


def test_what_a_certificate_says(world: World, enrolled: Certificate) -> None:
    with override("en"):
        view = view_certificate(enrolled, TODAY)
    assert (view.number, view.state) == (enrolled.number, CertificateState.IN_FORCE)
    assert (view.insured, view.student_number) == ("HANAKO SATO", "26A0001")
    assert (view.inception, view.expiry, view.days) == (date(2027, 6, 1), date(2027, 7, 31), 61)
    assert (view.country, view.premium, view.loading) == ("United States", 26_130, 0)
    assert ("Medical and rescue expenses", "Without limit") in view.sums
    assert view.open_change is None


def test_a_plan_that_changed_on_the_way_is_said(world: World) -> None:
    """1 to 20 June in C, to 10 July in D."""
    certificate = enrol_for_20_days(world)
    assert view_certificate(certificate, NOW.date()).plan_notes == ()
    extend(world, certificate, date(2027, 7, 10))
    with override("en"):
        view = view_certificate(certificate, NOW.date())
        (note,) = view.plan_notes
        text = show(view)
    assert view.plan == "Plan D" and note in text.replace("&#x27;", "'")
    assert "Plan C holds until" in note
    end_early(world, certificate, date(2027, 6, 18), ON_THE_TRIP)
    with override("en"):
        view = view_certificate(certificate, NOW.date())
    assert (view.plan, view.plan_notes) == ("Plan C", ())


def test_the_premium_version_by_version(eventful: Certificate) -> None:
    view = view_certificate(eventful, TODAY)
    assert [row.amounts for row in view.premium_rows] == [(26_130, 26_130), (9_960, 36_090)]
    assert view.premium_total is not None and view.premium_total.amounts == (None, 36_090)


def test_each_version_says_from_when_what_and_why(eventful: Certificate) -> None:
    with override("en"):
        latest, first = view_certificate(eventful, TODAY).versions
    assert latest.what == "Extended" and "with effect from Sun 1 August 2027" in latest.note
    assert "(+9,960\xa0yen)" in latest.note and "Reason given: thesis" in latest.note
    assert first.what == "Issued" and first.who == "Automatic processing"


def test_requests_with_their_entries(world: World, eventful: Certificate) -> None:
    with override("en"):
        open_one, done = view_certificate(eventful, TODAY).changes
    assert open_one.is_open and open_one.kind == "Cancellation"
    assert [entry.what for entry in done.entries] == [
        "The change was carried out",
        "The policyholder confirmed",
        "The agency checked the request",
        "The change was requested",
    ]
    assert [entry.who for entry in done.entries][-2:] == ["Kyoeki Shoji Co., Ltd.", "Student"]
    assert done.proxy == PROXY


def test_documents_open_where_the_portal_has_a_page(eventful: Certificate) -> None:
    view = view_certificate(eventful, TODAY)
    assert len(view.documents) == 2 and not any(each.address for each in view.documents)
    assert not any(change.address for change in view.changes)


def test_money_with_its_state(eventful: Certificate) -> None:
    with override("en"):
        view = view_certificate(eventful, TODAY)
        text = show(view)
    assert [(moved.what, moved.amount) for moved in view.payments] == [
        ("Premium, by bank transfer", 9_960)
    ]
    assert view.owed_back == 0 and "Payments and refunds" in text


def test_a_return_that_has_not_arrived_is_said(world: World, enrolled: Certificate) -> None:
    change = request_early_end(enrolled, None, "", 1, world.student.actor, NOW)
    confirm_change(change, change.version, world.policyholder.actor, NOW)
    with override("en"):
        view = view_certificate(enrolled, NOW.date())
        text = show(view)
    assert view.state == CertificateState.CANCELLED and view.owed_back == 26_130
    assert "26,130\xa0yen of return premium has not arrived yet" in text
    assert "Cover never begins." in text


@pytest.mark.parametrize("language", ["ja", "en"])
def test_all_parts_are_shown(eventful: Certificate, language: str) -> None:
    with override(language):
        text = show(view_certificate(eventful, TODAY))
    for part in ("facts", "premium", "money", "delays", "changes", "history", "documents"):
        assert f'id="certificate-{part}"' in text


@pytest.mark.parametrize("language", ["ja", "en"])
def test_what_a_role_may_not_see_is_not_there(eventful: Certificate, language: str) -> None:
    with override(language):
        view = view_certificate(eventful, TODAY, BLIND)
        text = show(view)
    for hidden in ("佐藤", "SATO", "26A0001", "father@example.jp", "佐藤一郎", "26,130", "9,960"):
        assert hidden not in text and hidden not in repr(view.versions + view.changes)
    assert view.premium is None and view.payments == () and 'id="certificate-money"' not in text


def test_no_document_opens_without_sight_of_names(eventful: Certificate) -> None:
    view = view_certificate(eventful, TODAY, BLIND, Links(document="policies:check"))
    assert not any(document.address for document in view.documents)


def test_staff_are_told_apart_only_where_asked(world: World, eventful: Certificate) -> None:
    agency = world.agency.actor.who
    assert "(agency)" not in name_actors([agency])[agency]
    assert "(agency)" in name_actors([agency], with_log_in=True)[agency]
    student = world.student.actor.who
    assert "26A0001" not in name_actors([student], with_log_in=True)[student]


def test_one_request_by_itself(world: World, eventful: Certificate) -> None:
    change = eventful.changes.latest("asked_at")
    with override("en"):
        shown = view_change(change)
    assert shown.asked_by == "Student" and shown.reason == "illness at home"


def test_the_number_of_queries_does_not_grow(
    world: World, eventful: Certificate, django_assert_max_num_queries: object
) -> None:
    certificate = Certificate.objects.select_related(
        "master__policyholder", "application", "member__person", "member__university",
        "member__programme",
    ).get(pk=eventful.pk)  # fmt: skip
    with django_assert_max_num_queries(14):  # type: ignore[operator]
        show(view_certificate(certificate, TODAY))
