"""The documents of a certificate, read back as PDF."""

import io
from datetime import date

import pytest
from pypdf import PdfReader

from dosojin_web.deadlines.operations.run_due import run_due
from dosojin_web.documents.kinds import CertificateSheet, Language
from dosojin_web.documents.models import Document
from dosojin_web.documents.operations.issue_document import open_document
from dosojin_web.mail.models import OutgoingMail
from dosojin_web.policies.disclosure import Disclosure, Hazard
from dosojin_web.policies.models import Certificate
from dosojin_web.policies.operations.answer_referral import check_loading, quote_loading
from dosojin_web.policies.operations.enrol_student import enrol_student
from dosojin_web.policies.operations.issue_documents import (
    issue_certificate_documents,
    issue_english_certificate,
    issue_refund_note,
)
from dosojin_web.policies.sheets import certificate_sheet, english_certificate, premium_receipt
from dosojin_web.policies.versions import latest_version

from .conftest import NOW, World, days_later, fill_in, submit
from .test_certificate_changes import JUNE_20, end_early, enrol_for_20_days
from .test_reviewed_cases import ON_THE_TRIP, enrol, extend

pytestmark = pytest.mark.usefixtures("documents_folder")


@pytest.fixture
def documents_folder(settings, tmp_path) -> None:  # type: ignore[no-untyped-def]
    settings.VAR = tmp_path


def text_of(document: Document) -> str:
    pages = PdfReader(io.BytesIO(open_document(document))).pages
    return "".join(page.extract_text() for page in pages).replace("\n", " ")


def test_certificate_and_receipt_follow_the_payment(world: World, enrolled: Certificate) -> None:
    run_due(NOW)
    assert not Document.objects.exists()
    run_due(days_later(2))
    kinds = set(Document.objects.values_list("kind", flat=True))
    assert kinds == {"certificate", "premium-receipt"}
    assert OutgoingMail.objects.filter(queue_key=f"certificate:{enrolled.number}:1").exists()


def test_the_certificate_says_what_matters_abroad(world: World, enrolled: Certificate) -> None:
    certificate, receipt = issue_certificate_documents(enrolled, world.agency.actor, NOW)
    said = text_of(certificate)
    for words in (enrolled.number, "佐藤 花子", "SATO HANAKO", "1,000万円", "無制限", "6758-2460"):
        assert words.replace(" ", "") in said.replace(" ", "") or words == "1,000万円"
    assert "1-800-446-5571" in said, "the free number of the country of destination"
    assert "26,130" in text_of(receipt)


def test_issuing_again_gives_the_same_documents(world: World, enrolled: Certificate) -> None:
    first = issue_certificate_documents(enrolled, world.agency.actor, NOW)
    assert issue_certificate_documents(enrolled, world.agency.actor, NOW) == first


def test_a_school_gets_it_in_english(world: World, enrolled: Certificate) -> None:
    document = issue_english_certificate(
        enrolled, "Charles River College", world.student.actor, NOW
    )
    said = text_of(document)
    assert "Charles River College" in said and "SATO HANAKO" in said
    assert "UNLIMITED" in said and "+81-19-654-8121" in said


def test_a_refund_note_shows_how_it_was_worked_out(world: World, enrolled: Certificate) -> None:
    end_early(world, enrolled, None, JUNE_20)
    document = issue_refund_note(enrolled.changes.get(), world.agency.actor, JUNE_20)
    said = text_of(document)
    for amount in ("26,130", "8,760", "17,370"):
        assert amount in said


# --- the guide ---


def test_the_guide_is_that_of_the_wording(enrolled: Certificate) -> None:
    """003 l.392 and l.856 name guide 2607; the flyer (l.129) an older one."""
    sheet = certificate_sheet(enrolled, latest_version(enrolled), "ja", NOW.date())
    assert sheet.guide_url.endswith("/service/travel/kaigai/guide/2607/")


# --- what an extension adds ---


def insure_for_jumps(world: World) -> Certificate:
    """Plan D for two months, 26,130 yen and a loading of 8,000."""
    jumps = Disclosure(return_planned=True, sports=(Hazard.SKYDIVING,), sports_note="two jumps")
    filled = fill_in(world, disclosure=jumps)
    referral = filled.referrals.get()
    quote_loading(referral, 8_000, "two jumps", world.agency.user, world.agency.actor, NOW)
    check_loading(referral, world.second_agency.user, world.second_agency.actor, NOW)
    filled.refresh_from_db()
    return enrol_student(submit(world, filled, 34_130), "receipt-1", "card-clearing", NOW)


def lines_of_receipt(certificate: Certificate) -> list[tuple[str, int]]:
    version = latest_version(certificate)
    receipt = premium_receipt(certificate, version, "en", ON_THE_TRIP.date(), "Bank transfer")
    return [(line.name, line.amount) for line in receipt.lines]


def test_a_receipt_of_an_extension_shows_its_loading_by_itself(world: World) -> None:
    """To three months 36,090 − 26,130 = 9,960 of the tariff (003 l.221-222), 3,000 by hand."""
    certificate = insure_for_jumps(world)
    assert lines_of_receipt(certificate) == [("Premium", 26_130), ("Loading", 8_000)]
    extend(world, certificate, date(2027, 8, 31), loading=3_000)
    assert lines_of_receipt(certificate) == [("Additional premium", 9_960), ("Loading", 3_000)]


def test_an_extension_without_a_further_loading_has_one_line(world: World) -> None:
    certificate = insure_for_jumps(world)
    extend(world, certificate, date(2027, 8, 31))
    assert lines_of_receipt(certificate) == [("Additional premium", 9_960)]


# --- a plan that changes on the way ---


def newest_sheet(certificate: Certificate, language: Language = "en") -> CertificateSheet:
    return certificate_sheet(certificate, latest_version(certificate), language, NOW.date())


def test_a_changed_plan_says_until_when_the_old_one_holds(world: World) -> None:
    """E to 31 August, F from 1 September: other benefits (003 l.339)."""
    certificate = enrol(world, "E", date(2027, 8, 31), 36_750)
    assert newest_sheet(certificate).notes == ()
    extend(world, certificate, date(2027, 9, 1))
    sheet = newest_sheet(certificate)
    assert sheet.plan == "Plan F"
    (note,) = sheet.notes
    for said in (
        "Plan E holds until Tue 31 August 2027",
        "those of Plan F, from Wed 1 September 2027",
        "Insured in Plan E only: Personal liability (JPY 100,000,000), Trip alteration (JPY ",
        "Not insured in Plan E: Student's liability, Emergency temporary return",
    ):
        assert said in note.replace("\N{NO-BREAK SPACE}", " "), said
    version = latest_version(certificate)
    assert note in english_certificate(certificate, version, NOW.date()).notes
    (japanese,) = newest_sheet(certificate, "ja").notes
    for words in ("2027年8月31日（火）まで", "Eプラン", "300,000円", "一時帰国"):
        assert words in japanese, words


def test_cover_that_ends_before_the_plan_changes_stays_in_the_old_one(world: World) -> None:
    """Until 20 June in C, extended to 10 July in D, home on 18 June: D never held."""
    certificate = enrol_for_20_days(world)
    extend(world, certificate, date(2027, 7, 10))
    assert newest_sheet(certificate).plan == "Plan D"
    end_early(world, certificate, date(2027, 6, 18), ON_THE_TRIP)
    sheet = newest_sheet(certificate)
    assert sheet.plan == "Plan C" and sheet.notes == ()
    assert "student" not in " ".join(insured.name.lower() for insured in sheet.sums)


def test_an_extension_in_the_same_plan_needs_no_note(world: World, enrolled: Certificate) -> None:
    extend(world, enrolled, date(2027, 8, 31))
    assert newest_sheet(enrolled).notes == ()
