"""The documents of a certificate are made, kept and announced."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext, override

from dosojin_web.accounts.actors import Actor
from dosojin_web.documents.kinds import Language
from dosojin_web.documents.models import Document
from dosojin_web.documents.operations.issue_document import issue
from dosojin_web.ledger.models import Entry
from dosojin_web.payments.failpoints import reach
from dosojin_web.policies.japan import day_in_japan
from dosojin_web.policies.letters import mail_certificate
from dosojin_web.policies.models import Certificate, CertificateVersion, ChangeRequest
from dosojin_web.policies.sheets import (
    certificate_sheet,
    english_certificate,
    premium_receipt,
    refund_note,
)
from dosojin_web.policies.versions import latest_version


def issue_certificate_documents(
    certificate: Certificate, actor: Actor, now: datetime
) -> list[Document]:
    """Certificate and premium receipt of the latest version, in the student's language, and the
    mail that they are ready. Calling again returns them."""
    version = latest_version(certificate)
    language = _language(certificate)
    issued_on = day_in_japan(version.recorded_at)
    with transaction.atomic():
        sheet = certificate_sheet(certificate, version, language, issued_on)
        made = [issue(sheet, certificate.number, actor, now)]
        if version.premium_change > 0:
            receipt = premium_receipt(
                certificate, version, language, issued_on, _method(certificate, version)
            )
            made.append(issue(receipt, certificate.number, actor, now))
        mail_certificate(certificate, version.number, now=now)
        reach("documents.written")
    return made


def issue_english_certificate(
    certificate: Certificate, addressee: str, actor: Actor, now: datetime
) -> Document:
    """Proof of cover in English, to ``addressee`` or to whom it may concern (004 l.1267)."""
    version = latest_version(certificate)
    sheet = english_certificate(certificate, version, day_in_japan(now), addressee)
    return issue(sheet, certificate.number, actor, now)


def issue_refund_note(change: ChangeRequest, actor: Actor, now: datetime) -> Document:
    """What came back by ``change``, worked out for the reader."""
    certificate = change.certificate
    after = certificate.versions.get(number=change.base_version + 1)
    before = certificate.versions.get(number=change.base_version)
    language = _language(certificate)
    sheet = refund_note(certificate, before, after, language, day_in_japan(after.recorded_at))
    return issue(sheet, certificate.number, actor, now)


def _language(certificate: Certificate) -> Language:
    return "en" if certificate.member.language == "en" else "ja"


def _method(certificate: Certificate, version: CertificateVersion) -> str:
    """How the premium of ``version`` came, as the ledger has it."""
    premiums = Entry.objects.filter(kind="premium", reference=certificate.number)
    by_bank = premiums.filter(lines__account="bank", at=version.recorded_at).exists()
    with override(_language(certificate)):
        return gettext("Bank transfer") if by_bank else gettext("Credit card")
