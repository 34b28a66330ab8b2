"""Every page of the auditor opens, in both languages, and asks no more for longer lists."""

from datetime import timedelta

import pytest
from django.test import Client

from dosojin_web.accounts.actors import SYSTEM
from dosojin_web.authority.operations.request_approval import request_approval
from dosojin_web.deadlines.models import Deadline
from dosojin_web.documents.models import Document
from dosojin_web.ledger.models import Entry
from dosojin_web.mail.models import OutgoingMail
from dosojin_web.payments.models import CardRefund, Payment, PaymentState, RefundState
from dosojin_web.policies.models import Certificate
from dosojin_web.policies.operations.issue_documents import issue_certificate_documents
from dosojin_web.policies.operations.submit_application import payment_reference
from dosojin_web.policies.tests.conftest import NOW, World
from dosojin_web.portals.tests.reading import (
    JULY_10,
    Reader,
    ask_to_cancel,
    ask_to_extend,
    enrol_another,
    words_of,
)

LISTS = [
    "", "trail/", "trail/verification/", "trail/verification/?after=start", "ledger/",
    "ledger/entries/", "ledger/months/", "certificates/", "requests/", "payments/", "programmes/",
    "letters/", "deadlines/", "approvals/", "consents/",
]  # fmt: skip
GROWING = ["trail/", "ledger/entries/", "certificates/", "requests/", "payments/", "letters/"]


def pay(certificate: Certificate, number: int, refund: RefundState) -> Payment:
    made = Payment.objects.create(
        purpose="application", reference=payment_reference(certificate.application),
        key=f"application:{number}", amount=26_130, description="Premium", language="ja",
        return_url="http://x/", cancel_url="http://x/", state=PaymentState.SUCCEEDED,
        created_at=NOW, asked_at=NOW, changed_at=NOW,
    )  # fmt: skip
    CardRefund.objects.create(
        payment=made, key=f"refund:{number}", amount=7_510, reason="cancellation", maker="system",
        state=refund, failure="expired_or_canceled_card", created_at=JULY_10, changed_at=JULY_10,
    )  # fmt: skip
    return made


@pytest.mark.parametrize("page", LISTS)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_it_opens_empty(world: World, reader: Reader, page: str, language: str) -> None:
    assert f'<html lang="{language}"' in Reader(reader.seat, language).read(f"/auditor/{page}")


@pytest.mark.parametrize("page", LISTS)
def test_other_roles_are_refused(world: World, page: str) -> None:
    for seat in (world.student, world.office, world.agency, world.policyholder):
        assert Reader(seat).get(f"/auditor/{page}").status_code == 403
    assert Client().get(f"/auditor/{page}").status_code == 302


def test_each_record_has_its_page(world: World, enrolled: Certificate, reader: Reader) -> None:
    issue_certificate_documents(enrolled, SYSTEM, JULY_10)
    change, payment = ask_to_extend(world, enrolled), pay(enrolled, 1, RefundState.FAILED)
    entry, letter = Entry.objects.first(), OutgoingMail.objects.first()
    document = Document.objects.first()
    assert entry and letter and document
    for page, words in {
        f"ledger/entries/{entry.pk}/": "premium-due:tokiomarine",
        f"certificates/{enrolled.number}/": "HANAKO SATO",
        f"requests/{change.key}/": "36,090 yen",
        f"payments/{payment.key}/": "expired_or_canceled_card",
        f"programmes/{world.programme.key}/": "Charles River College",
        f"letters/{letter.key}/": "student1@example.jp",
    }.items():
        assert words in reader.read(f"/auditor/{page}"), page
    response = reader.get(f"/auditor/documents/{document.key}/")
    assert response.headers["Content-Type"] == "application/pdf"


@pytest.mark.parametrize(
    "page",
    ["certificates/G99-000001-1/", "ledger/entries/999/", "payments/nothing/",
     "requests/00000000-0000-0000-0000-000000000000/",
     "letters/00000000-0000-0000-0000-000000000000/", "ledger/entries/?account=nothing"],
)  # fmt: skip
def test_what_is_not_there_is_404(reader: Reader, page: str) -> None:
    assert reader.get(f"/auditor/{page}").status_code == 404


def test_staff_are_named_by_their_log_in(
    world: World, enrolled: Certificate, reader: Reader
) -> None:
    change = ask_to_extend(world, enrolled)
    assert "Kyoeki Shoji Co., Ltd. (agency)" in reader.read(f"/auditor/requests/{change.key}/")


def test_unsettled_refunds_come_first(world: World, enrolled: Certificate, reader: Reader) -> None:
    pay(enrolled, 1, RefundState.SETTLED)
    pay(enrolled, 2, RefundState.FAILED)
    text = reader.read("/auditor/payments/")
    before = text.split("All payments")[0]
    assert "refund:2" in before and "refund:1" not in before
    assert "Failed: 1, under way: 0" in reader.read("/auditor/")


def test_what_was_given_up_comes_first(world: World, enrolled: Certificate, reader: Reader) -> None:
    Deadline.objects.create(
        kind="refund.send", key="given up", due_at=NOW, try_at=NOW, attempts=8,
        failed_at=NOW + timedelta(days=1), last_error="no answer",
    )  # fmt: skip
    text = reader.read("/auditor/deadlines/")
    assert text.index("given up") < text.index("certificate.send")
    assert "certificate.send" not in reader.read("/auditor/deadlines/", progress="failed")
    assert "Given up: 1" in reader.read("/auditor/")


def test_approvals_say_who_asked(world: World, reader: Reader) -> None:
    made_by, actor = world.agency.user, world.agency.actor
    request_approval("transfer", "change:1", 5_000, made_by, "card closed", actor, JULY_10)
    said = words_of(reader.read("/auditor/approvals/"))
    assert "Waiting for a second person" in said and "card closed" in said


def test_the_trial_balance_is_zero(world: World, enrolled: Certificate, reader: Reader) -> None:
    said = words_of(reader.read("/auditor/ledger/"))
    assert "Debit and credit are equal" in said and "Total 26,130 yen 26,130 yen" in said


def test_entries_of_an_account_and_of_a_reference(
    world: World, enrolled: Certificate, reader: Reader
) -> None:
    other = enrol_another(world, 2, JULY_10)
    said = words_of(reader.read("/auditor/ledger/entries/", account="premium-due:aioi"))
    assert "−5,226 yen" in said
    text = reader.read("/auditor/ledger/entries/", reference=enrolled.number)
    assert other.number not in text and f"/auditor/certificates/{enrolled.number}/" in text


@pytest.mark.parametrize(
    ("query", "found"), [("佐藤", True), ("26A0001", True), ("G26-000001", True), ("x", False)]
)
def test_certificates_are_found(
    enrolled: Certificate, reader: Reader, query: str, found: bool
) -> None:
    text = reader.read("/auditor/certificates/", q=query)
    assert (f"/auditor/certificates/{enrolled.number}/" in text) is found


def test_queries_do_not_grow(world: World, enrolled: Certificate, reader: Reader) -> None:
    def fill(certificate: Certificate, number: int) -> None:
        ask_to_cancel(world, certificate)
        pay(certificate, number, RefundState.SETTLED)

    fill(enrolled, 1)
    before = {page: reader.count_queries(f"/auditor/{page}") for page in GROWING}
    for number in (2, 3):
        fill(enrol_another(world, number, JULY_10), number)
    assert {page: reader.count_queries(f"/auditor/{page}") for page in GROWING} == before
