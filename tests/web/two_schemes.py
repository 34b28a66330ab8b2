"""Two schemes side by side, each with a record of every kind, so that every address has an example.

Comes in: a fresh database. Goes out: for each scheme the people by role, and what can stand in an
address, by the word before it (`("programmes", "key")`). The first scheme has a second student on
the same study trip and a second university. Never: a name that both schemes share.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

from django.db import transaction
from django.utils import timezone

from dosojin_web.accounts.actors import SYSTEM
from dosojin_web.accounts.models import User
from dosojin_web.accounts.operations.open_account import open_account
from dosojin_web.accounts.roles import Role
from dosojin_web.accounts.seats import Seat, find_seat
from dosojin_web.consents.operations.give_consent import MYSELF, give
from dosojin_web.consents.rights import lacking_for_enrolment
from dosojin_web.deadlines.models import Deadline
from dosojin_web.demo.operations.confirm_and_agree import confirm_and_agree
from dosojin_web.demo.operations.set_up_scheme import Scheme, set_up_scheme
from dosojin_web.directory.models import Organisation, OrganisationKind
from dosojin_web.documents.models import Document
from dosojin_web.ledger.models import Entry
from dosojin_web.mail.models import OutgoingMail
from dosojin_web.payments.models import CardRefund, Payment, PaymentState, RefundState
from dosojin_web.people.details import PersonDetails
from dosojin_web.people.operations.create_person import create_person
from dosojin_web.policies.disclosure import Disclosure, Hazard
from dosojin_web.policies.important_matters import load_important_matters
from dosojin_web.policies.japan import day_in_japan
from dosojin_web.policies.mapping import quote_plan
from dosojin_web.policies.models import (
    Application,
    Certificate,
    CoinsuranceShare,
    MasterPolicy,
    Member,
    Programme,
)
from dosojin_web.policies.operations import answer_application as answers
from dosojin_web.policies.operations.approve_programme import (
    ProgrammeForm,
    approve_programme,
    draft_programme,
)
from dosojin_web.policies.operations.confirm_details import confirm_details
from dosojin_web.policies.operations.enrol_student import enrol_student
from dosojin_web.policies.operations.invite_members import invite_member
from dosojin_web.policies.operations.issue_documents import issue_certificate_documents
from dosojin_web.policies.operations.open_application import open_application
from dosojin_web.policies.operations.request_change import request_extension
from dosojin_web.policies.operations.submit_application import submit_application
from dosojin_web.policies.operations.take_roster import send_roster
from dosojin_web.policies.operations.transfer_return_premium import note_transfer
from dosojin_web.policies.proxies import Proxy
from dosojin_web.uploads.operations.accept_upload import accept

PLAN = "D"
MONTHS_2 = timedelta(days=60)
PROXY = Proxy("佐藤一郎", "父", "+81312345678", "")
ROSTER = (
    "学籍番号,姓,名,姓カナ,名カナ,姓ローマ字,名ローマ字,生年月日,メールアドレス,出発日,帰国日\r\n"
    "{number},佐藤,花子,サトウ,ハナコ,SATO,HANAKO,2005-05-17,a@example.jp,{departs},{returns}\r\n"
    "{number},,,,,,,,,,\r\n"
)

Place = tuple[str, str]
TODAY = day_in_japan(timezone.now())


@dataclass
class Side:
    """One scheme: its seats by role, and by place what stands in the addresses of its records."""

    scheme: Scheme
    seats: dict[Role, Seat] = field(default_factory=dict)
    second_student: Seat | None = None
    second_university: Seat | None = None
    examples: dict[Place, Any] = field(default_factory=dict)
    roster: bytes = b""


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is written inside is taken back; durable transactions may run in it."""
    point = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(point)


def keep_both(blocker: Any) -> Iterator[tuple[Side, Side]]:
    """For a fixture of a module: both schemes, built once and taken back at the end."""
    with blocker.unblock():
        around = transaction.atomic()
        # As Django marks the transaction around a test: durable ones may begin inside.
        around._from_testcase = True  # type: ignore[attr-defined]
        with around:
            yield build_both()
            transaction.set_rollback(True)


def build_both() -> tuple[Side, Side]:
    """Both schemes, on the present day."""
    now = timezone.now()
    today = day_in_japan(now)
    span = (today - timedelta(days=400), today + timedelta(days=700))
    first = Side(set_up_scheme(*span))
    second = Side(second_scheme(*span))
    fill(first, "a", now)
    fill(second, "b", now)
    return first, second


def second_scheme(first_inception: date, last_inception: date) -> Scheme:
    """Another contract, between other houses."""
    houses = {}
    for kind in OrganisationKind:
        houses[kind] = Organisation.objects.create(
            kind=kind,
            code=f"second-{kind.value}",
            name_ja=f"第二の{kind.label}",
            name_en=f"Second {kind.label}",
            in_gakkensai=True,
            has_adopted=True,
        )
    master = MasterPolicy.objects.create(
        code="second",
        number="S99",
        product="gakkensai-2026",
        policyholder=houses[OrganisationKind.POLICYHOLDER],
        agency=houses[OrganisationKind.AGENCY],
        first_inception=first_inception,
        last_inception=last_inception,
    )
    insurer = houses[OrganisationKind.INSURER]
    CoinsuranceShare.objects.create(master=master, insurer=insurer, share=10_000, place=0)
    return Scheme(master, (houses[OrganisationKind.UNIVERSITY],), (insurer,))


def seat_of(name: str, role: Role, organisation: Organisation | None, now: datetime) -> Seat:
    """Somebody who has logged in before."""
    user, _ = open_account(name, f"{name}@example.jp", role, organisation, SYSTEM, now)
    return settled(user, role)


def settled(user: User, role: Role) -> Seat:
    """The seat of a user whose first password has been replaced."""
    User.objects.filter(pk=user.pk).update(must_choose_secret=False)
    seat = find_seat(User.objects.get(pk=user.pk), role)
    assert seat is not None
    return seat


def fill(side: Side, mark: str, now: datetime) -> None:
    """People and records."""
    scheme, today = side.scheme, day_in_japan(now)
    university = scheme.universities[0]
    office = seat_of(f"office-{mark}", Role.UNIVERSITY, university, now)
    drafter = seat_of(f"drafter-{mark}", Role.UNIVERSITY, university, now)
    side.seats = {
        Role.UNIVERSITY: office,
        Role.POLICYHOLDER: seat_of(f"holder-{mark}", Role.POLICYHOLDER, scheme.policyholder, now),
        Role.AGENCY: seat_of(f"agency-{mark}", Role.AGENCY, scheme.agency, now),
        Role.INSURER: seat_of(f"insurer-{mark}", Role.INSURER, scheme.insurers[0], now),
        Role.AUDITOR: seat_of(f"auditor-{mark}", Role.AUDITOR, None, now),
    }
    if len(scheme.universities) > 1:
        other = scheme.universities[1]
        side.second_university = seat_of(f"other-{mark}", Role.UNIVERSITY, other, now)
    departs = today + timedelta(days=60)
    form = ProgrammeForm("語学研修", "Charles River College", "US", departs, departs + MONTHS_2)
    programme = draft_programme(scheme.master, university, form, drafter.actor, now)
    approve_programme(programme, 1, office.actor, now)
    programme = Programme.objects.get(pk=programme.pk)
    students = [add_student(programme, f"{mark}{number}", now) for number in range(3)]
    side.seats[Role.STUDENT] = students[0][1]
    side.second_student = students[1][1]
    fill_records(side, programme, students, drafter, now)


def add_student(programme: Programme, number: str, now: datetime) -> tuple[Member, Seat]:
    """Somebody on the roster with an account."""
    details = PersonDetails(
        family_name="佐藤",
        given_name="花子",
        family_name_kana="サトウ",
        given_name_kana="ハナコ",
        family_name_roman="SATO",
        given_name_roman="HANAKO",
        birth_date=date(2005, 5, 17),
        phone="+819012345678",
        email=f"{number}@example.jp",
    )
    member = Member.objects.create(
        programme=programme,
        university=programme.university,
        person=create_person(details, SYSTEM, now),
        student_number=number.upper(),
        departs_on=programme.starts_on,
        returns_on=programme.ends_on,
        added_at=now,
    )
    member = invite_member(member, SYSTEM, now)
    assert member.user is not None
    return member, settled(member.user, Role.STUDENT)


def answer_all(member: Member, seat: Seat, disclosure: Disclosure, now: datetime) -> Application:
    """Every answer; the details are confirmed and what is needed is agreed to."""
    actor, person = seat.actor, member.person
    held = open_application(member, actor, now)
    confirm_details(held, {}, person.version, actor, now)
    for purpose in lacking_for_enrolment(person, now, member.programme.master.product):
        give(person, purpose.id, "ja", MYSELF, actor, now)
    held = answers.choose_plan(held, PLAN, held.version, actor, now)
    digest = load_important_matters().digest
    held = answers.acknowledge_matters(held, digest, held.version, actor, now)
    held = answers.disclose(held, disclosure, held.version, actor, now)
    confirm_and_agree(held, actor, now)
    return held


def premium_of(held: Application) -> int:
    """What the tariff asks for the plan and the days of an application, in yen."""
    assert held.departs_on is not None and held.returns_on is not None
    return quote_plan("gakkensai-2026", PLAN, held.departs_on, held.returns_on).premium


def enrol(member: Member, seat: Seat, key: str, now: datetime) -> Certificate:
    """A certificate with its documents."""
    held = answer_all(member, seat, Disclosure(return_planned=True), now)
    held = submit_application(held, held.version, premium_of(held), seat.actor, now)
    certificate = enrol_student(held, key, "card-clearing", now)
    issue_certificate_documents(certificate, SYSTEM, now)
    return certificate


def fill_records(
    side: Side,
    programme: Programme,
    students: list[tuple[Member, Seat]],
    drafter: Seat,
    now: datetime,
) -> None:
    """A record of every kind, all of them the first student's where they are a student's."""
    (member, student), (_, _), (third, third_seat) = students
    mark = str(side.scheme.master.number)
    certificate = enrol(member, student, f"receipt-{mark}", now)
    version = certificate.versions.get()
    new_end = version.expiry + timedelta(days=30)
    change = request_extension(certificate, new_end, PROXY, "", 1, student.actor, now)
    asked = Disclosure(return_planned=True, sports=(Hazard.SKYDIVING,), sports_note="一度")
    referral = answer_all(third, third_seat, asked, now).referrals.latest("pk")
    side.roster = ROSTER.format(
        number=f"{mark}R1", departs=programme.starts_on, returns=programme.ends_on
    ).encode()
    upload = accept(BytesIO(side.roster), "roster", drafter.actor, now)
    roster = send_roster(programme, upload, drafter.actor, now)
    payment, refund = add_refund(certificate, now)
    document = Document.objects.filter(reference=certificate.number).latest("pk")
    side.examples = {
        ("programmes", "key"): programme.key,
        ("rosters", "key"): roster.key,
        ("members", "key"): member.key,
        ("trips", "key"): member.key,
        ("certificates", "number"): certificate.number,
        ("new", "number"): certificate.number,
        ("take-back", "key"): change.key,
        ("changes", "key"): change.key,
        ("requests", "key"): change.key,
        ("referrals", "key"): referral.key,
        ("documents", "key"): document.key,
        ("transfers", "key"): note_transfer(change, 1_000, now).key,
        ("refunds", "number"): refund.pk,
        ("payments", "key"): payment.key,
        ("deadlines", "number"): Deadline.objects.get(key=certificate.number).pk,
        ("letters", "key"): OutgoingMail.objects.filter(about=member.about).latest("pk").key,
        ("entries", "pk"): Entry.objects.filter(reference=certificate.number).latest("pk").pk,
        ("", "contract"): side.scheme.master.code,
        ("", "insurer"): side.scheme.insurers[0].code,
    }


def add_refund(certificate: Certificate, now: datetime) -> tuple[Payment, CardRefund]:
    """The card payment behind the certificate, and a refund of it that failed."""
    key = certificate.application.key
    payment = Payment.objects.create(
        purpose="application",
        reference=f"{key}:1",
        key=f"application:{key}:1",
        amount=26_130,
        description="Premium",
        return_url="https://example.jp/",
        cancel_url="https://example.jp/",
        language="ja",
        state=PaymentState.SUCCEEDED,
        created_at=now,
        asked_at=now,
        changed_at=now,
    )
    refund = CardRefund.objects.create(
        payment=payment,
        key=f"refund-{key}",
        amount=1_000,
        reason="shortening",
        maker="system",
        state=RefundState.FAILED,
        created_at=now,
        changed_at=now,
    )
    return payment, refund


WORDS: dict[Place, Any] = {
    ("questions", "slug"): "sports",
    ("sample", "language"): "ja",
    ("", "year"): f"{TODAY:%Y}",
    ("", "month"): f"{TODAY:%m}",
}
"""Parts of addresses that name no record: nobody owns them."""
