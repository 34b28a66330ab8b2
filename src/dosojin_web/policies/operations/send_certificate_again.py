"""The mail that the certificate is ready goes out once more, its documents with it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from dosojin_web.accounts.actors import Actor
from dosojin_web.audit.operations.record_event import record
from dosojin_web.mail.models import OutgoingMail
from dosojin_web.policies.letters import again_key, mail_certificate
from dosojin_web.policies.models import Certificate
from dosojin_web.policies.operations.issue_documents import issue_certificate_documents
from dosojin_web.policies.refusals import Refused
from dosojin_web.policies.versions import latest_version

TOKEN_MAX = 64


def send_certificate_again(
    certificate: Certificate, token: str, actor: Actor, now: datetime
) -> bool:
    """Whether a mail was queued; the same ``token``, one for each form, queues it once.

    Documents that are not there yet are issued. Refused if the certificate was cancelled.
    """
    version = latest_version(certificate)
    if version.cancelled:
        raise Refused.at("", gettext("This certificate was cancelled."))
    again = token[:TOKEN_MAX]
    with transaction.atomic():
        Certificate.objects.select_for_update().get(pk=certificate.pk)
        key = again_key(certificate, version.number, again)
        if OutgoingMail.objects.filter(queue_key=key).exists():
            return False
        issue_certificate_documents(certificate, actor, now)
        mail_certificate(certificate, version.number, again, now)
        record(actor, "certificate.sent_again", certificate.about, {"version": version.number}, now)
    return True
