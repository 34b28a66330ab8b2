"""The fill: every state, whole books, and nothing a second time."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db.models import F
from pytest_django import Settings

from dosojin_web.accounts.actors import SYSTEM
from dosojin_web.accounts.models import User
from dosojin_web.accounts.operations.open_account import open_account
from dosojin_web.accounts.roles import Role
from dosojin_web.audit.models import Event
from dosojin_web.audit.operations.verify_chain import verify
from dosojin_web.consents.models import ConsentEntry, ConsentKind
from dosojin_web.deadlines.models import Deadline
from dosojin_web.demo.card_desk import KEY, SECRET
from dosojin_web.demo.operations.fill_demo import STATE_FILE, NotEmpty, fill_demo
from dosojin_web.demo.personas import PERSONAS
from dosojin_web.installation.mode import find_kind
from dosojin_web.installation.models import InstallationKind
from dosojin_web.installation.operations.mark_installation import mark_installation
from dosojin_web.ledger.balances import trial_balance
from dosojin_web.ledger.models import Entry
from dosojin_web.mail.models import OutgoingMail
from dosojin_web.payments.fake.server import run_fake
from dosojin_web.payments.models import CardRefund, Payment, RefundState
from dosojin_web.payments.operations.start_refund import refundable, start_refund
from dosojin_web.people.details import PersonDetails
from dosojin_web.people.models import Person
from dosojin_web.people.operations.create_person import create_person
from dosojin_web.policies.japan import day_in_japan
from dosojin_web.policies.models import (
    AutomaticExtension,
    Certificate,
    CertificateVersion,
    ChangeRequest,
    ChangeState,
    Member,
    Programme,
    ProgrammeState,
    Referral,
    ReferralState,
    RosterUpload,
    TransferDue,
    TransferState,
)
from dosojin_web.policies.standing import Standing, count_standings, leaving_uncovered
from dosojin_web.policies.versions import CertificateState, latest_version, state_of

NOW = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
CERTIFICATES = 20


def quietly(done: int, known: int) -> None:
    assert 0 <= done <= known


def fill(now: datetime = NOW) -> bool:
    return fill_demo(CERTIFICATES, now, quietly).is_new


def count_rows() -> list[int]:
    tables = (Person, Member, Certificate, Entry, Event, OutgoingMail, Payment, Deadline, User)
    return [table._default_manager.count() for table in tables]


@pytest.mark.django_db(transaction=True)
def test_it_fills_an_empty_database_once(settings: Settings) -> None:
    settings.DOSOJIN_DEMO = True
    assert fill()
    assert find_kind() is InstallationKind.DEMO
    every_standing_is_there()
    every_change_is_there()
    the_books_are_whole()
    the_offices_have_work()
    everybody_can_enter()
    a_later_refund_reaches_the_card(settings)
    rows = count_rows()
    assert not fill(NOW + timedelta(days=1))
    assert count_rows() == rows


def every_standing_is_there() -> None:
    today = day_in_japan(NOW)
    counted = count_standings(Member.objects.all(), today)
    missing = [each for each, count in counted.items() if not count]
    # Nobody in the demonstration has been taken off a roster.
    assert set(missing) <= {Standing.WITHDRAWN}
    assert leaving_uncovered(Member.objects.all(), today).count() >= 2
    states = {state_of(latest_version(each), today) for each in Certificate.objects.all()}
    assert states == set(CertificateState)
    assert Certificate.objects.count() >= CERTIFICATES


def every_change_is_there() -> None:
    found = set(ChangeRequest.objects.values_list("state", flat=True))
    assert found == {state.value for state in ChangeState}
    issued = CertificateVersion.objects.filter(number=1, kind="issue")
    extended = CertificateVersion.objects.filter(kind="extension")
    plans = dict(issued.values_list("certificate", "plan"))
    assert any(plans[each.certificate_id] != each.plan for each in extended), "no plan changed"
    cancelled = CertificateVersion.objects.filter(kind="cancellation")
    assert cancelled.filter(cancelled=True).exists()
    assert cancelled.filter(cancelled=False).exists()
    assert CertificateVersion.objects.filter(loading__gt=0, number=1).count() >= 2
    assert AutomaticExtension.objects.exists()
    referrals = set(Referral.objects.values_list("state", flat=True))
    assert referrals == {state.value for state in ReferralState}
    assert CardRefund.objects.filter(state=RefundState.FAILED).exists()
    assert CardRefund.objects.filter(state=RefundState.SETTLED).exists()
    assert Payment.objects.exclude(last_decline="").exists()
    assert TransferDue.objects.filter(state=TransferState.WAITING).exists()


def the_books_are_whole() -> None:
    assert sum(trial_balance().values()) == 0
    assert verify().damage is None
    months = {each.strftime("%Y-%m") for each in Entry.objects.values_list("on", flat=True)}
    assert len(months) >= 4
    assert not Deadline.objects.exclude(last_error="").exists()
    assert not OutgoingMail.objects.filter(sent_at=None).exists()
    moments = list(OutgoingMail.objects.values_list("queued_at", flat=True))
    assert all(moment <= NOW for moment in moments)
    assert Event.objects.filter(at__gt=NOW).count() == 0


def the_offices_have_work() -> None:
    states = set(Programme.objects.values_list("state", flat=True))
    assert states == {state.value for state in ProgrammeState}
    rosters = RosterUpload.objects.all()
    assert rosters.filter(untaken__isnull=False).exists()
    assert rosters.filter(added=F("rows")).exists()
    said = set(ConsentEntry.objects.values_list("kind", flat=True))
    assert said == {kind.value for kind in ConsentKind}
    names = {each.full_name("ja") for each in Person.objects.all()}
    assert any(character in name for name in names for character in "髙﨑𠮷濵")
    assert len({member.programme.university_id for member in Member.objects.all()}) == 3


def everybody_can_enter() -> None:
    held = set(User.objects.filter(must_choose_secret=False).values_list("username", flat=True))
    abroad = {each.username for key, each in PERSONAS.items() if key.startswith("student-abroad")}
    new = {each.username for key, each in PERSONAS.items() if key.startswith("student-new")}
    staff = {each.username for each in PERSONAS.values() if each.role is not Role.STUDENT}
    assert staff | abroad | new <= held
    members = Member.objects.filter(user__username__in=new)
    assert members.count() == len(new)
    assert not members.filter(applications__isnull=False).exists()
    certified = Member.objects.filter(user__username__in=abroad, certificates__isnull=False)
    assert certified.count() == len(abroad)


def a_later_refund_reaches_the_card(settings: Settings) -> None:
    """The stand-in that runs later knows the payments that the fill made."""
    paid = [each for each in Payment.objects.filter(state="succeeded") if refundable(each)]
    with run_fake(KEY, SECRET, file=settings.VAR / STATE_FILE) as fake:
        settings.STRIPE_API_BASE, settings.STRIPE_API_KEY = fake.base, KEY
        refund = start_refund(paid[-1], "later", 100, "later", SYSTEM, NOW)
        refund.refresh_from_db()
        assert (refund.state, refund.failure) == (RefundState.SETTLED, "")


@pytest.mark.django_db
def test_it_refuses_a_database_marked_as_real() -> None:
    mark_installation(InstallationKind.REAL, NOW)
    with pytest.raises(NotEmpty):
        fill()
    assert not Member.objects.exists()


@pytest.mark.django_db
def test_it_refuses_a_database_with_a_user() -> None:
    open_account("kato", "kato@example.jp", Role.AUDITOR, None, SYSTEM, NOW)
    with pytest.raises(NotEmpty, match="Nothing was changed"):
        fill()
    assert find_kind() is None


@pytest.mark.django_db
def test_it_refuses_a_database_with_a_person() -> None:
    create_person(PersonDetails(family_name="佐藤"), SYSTEM, NOW)
    with pytest.raises(NotEmpty):
        fill()
    assert find_kind() is None


@pytest.mark.django_db
def test_it_does_not_go_on_with_half_a_fill() -> None:
    mark_installation(InstallationKind.DEMO, NOW)
    with pytest.raises(NotEmpty, match="cut short"):
        fill()
