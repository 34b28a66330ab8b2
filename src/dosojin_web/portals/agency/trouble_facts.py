"""A letter that no server took and a deadline that was given up, as their pages show them."""

from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, gettext_lazy

from dosojin_web.components.shapes import SummaryRow
from dosojin_web.deadlines.models import Progress as DeadlineProgress
from dosojin_web.mail.models import Progress as MailProgress
from dosojin_web.policies.deadline_words import word_deadline
from dosojin_web.policies.letters import INVITATION
from dosojin_web.policies.models import ChangeRequest
from dosojin_web.policies.proxies import Proxy
from dosojin_web.templatetags.portals import japan_moment

from .troubles import TO_PROXY, Stuck, Undelivered

MAIL_MARKS = {
    MailProgress.WAITING: ("todo", gettext_lazy("Waiting to leave")),
    MailProgress.RETRYING: ("depends", gettext_lazy("Being tried again")),
    MailProgress.SENT: ("done", gettext_lazy("Sent")),
    MailProgress.FAILED: ("needs_attention", gettext_lazy("Not delivered")),
}
DEADLINE_MARKS = {
    DeadlineProgress.WAITING: ("todo", gettext_lazy("Not due yet, or next in turn")),
    DeadlineProgress.RUNNING: ("current", gettext_lazy("Being carried out")),
    DeadlineProgress.DONE: ("done", gettext_lazy("Done")),
    DeadlineProgress.CANCELLED: ("cancelled", gettext_lazy("Called off")),
    DeadlineProgress.FAILED: ("needs_attention", gettext_lazy("Given up after several attempts")),
}
MEANT: dict[str, str | Promise] = {
    "certificate.send": gettext_lazy(
        "The certificate and the receipt are not there yet, and the student has no mail about "
        "them. If the student leaves soon, say the number of the certificate on the telephone: "
        "cover does not depend on the document."
    ),
    "change.lapse": gettext_lazy(
        "Cover has ended, and the extension still looks open. Nothing can be paid for it any more."
    ),
    "refund.send": gettext_lazy(
        "The student has been told that premium comes back, and it was not sent to the card."
    ),
    "surplus.send": gettext_lazy(
        "Somebody paid what was not owed, and it was not sent back to the card."
    ),
}
"""What it means that nothing happened, for whoever is called about it."""


def describe_letter(found: Undelivered) -> dict[str, Any]:
    """What the page of a letter shows."""
    mail, person = found.mail, found.member.person
    name, phone, address = person.full_name(get_language() or "ja"), person.phone, person.email
    if found.is_to_proxy:
        request = ChangeRequest.objects.get(key=mail.about.removeprefix(TO_PROXY))
        proxy = Proxy.of(request)
        if proxy is not None:
            name, phone, address = proxy.name, proxy.phone, mail.to
    mark, words = MAIL_MARKS[mail.progress]
    return {
        "found": found,
        "mail": mail,
        "name": name,
        "phone": phone,
        "student": person.full_name(get_language() or "ja"),
        "address": address,
        "version": person.version,
        "mark": mark,
        "progress": words,
        "is_failed": mail.failed_at is not None,
        "is_invitation": mail.template == INVITATION,
        "is_refused": is_refused(mail.last_error),
    }


def is_refused(error: str) -> bool:
    """Whether a server said that it does not take letters to this address."""
    return error.startswith("5")


def describe_deadline(found: Stuck) -> dict[str, Any]:
    """What the page of a deadline shows."""
    deadline, person = found.deadline, found.member.person
    mark, words = DEADLINE_MARKS[deadline.progress]
    facts = [
        SummaryRow(gettext("Due"), japan_moment(deadline.due_at)),
        SummaryRow(gettext("Tries"), f"{deadline.attempts:,}"),
    ]
    if deadline.failed_at:
        facts.append(SummaryRow(gettext("Last attempt"), japan_moment(deadline.failed_at)))
    return {
        "found": found,
        "deadline": deadline,
        "what": word_deadline(deadline.kind),
        "student": person.full_name(get_language() or "ja"),
        "phone": person.phone,
        "mark": mark,
        "progress": words,
        "is_failed": deadline.progress is DeadlineProgress.FAILED,
        "meant": str(MEANT.get(deadline.kind, "")),
        "facts": facts,
    }


def link_troubles(letters: list[Undelivered], stuck: list[Stuck]) -> list[tuple[str, str]]:
    """What is wrong and where it is mended, for the page of a certificate."""
    return [
        (each.mail.subject, reverse("agency:letter", args=[each.mail.key])) for each in letters
    ] + [
        (word_deadline(each.deadline.kind), reverse("agency:deadline", args=[each.deadline.pk]))
        for each in stuck
    ]
