"""The versions of a certificate and the entries of its requests, told as events."""

from collections.abc import Iterable, Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, gettext_lazy

from dosojin_web.components.records import PastEvent
from dosojin_web.templatetags.layout import civil_day
from dosojin_web.templatetags.money import more_yen, yen

from .models import CertificateVersion, ChangeEntry

ACTS: Mapping[str, str | Promise] = {
    "requested": gettext_lazy("The change was requested"),
    "reviewed": gettext_lazy("The agency checked the request"),
    "confirmed": gettext_lazy("The policyholder confirmed"),
    "refused": gettext_lazy("The request was refused"),
    "withdrawn": gettext_lazy("The request was taken back"),
    "lapsed": gettext_lazy("The request lapsed"),
    "received": gettext_lazy("The additional premium was received by bank transfer"),
    "transfer_taken_down": gettext_lazy(
        "A transfer was entered late. A second person has to enter it too"
    ),
    "reopened": gettext_lazy("The premium had come in time: the request was taken up again"),
    "done": gettext_lazy("The change was carried out"),
}
"""What an entry of a request says; an act that is not listed is shown as it stands."""


def tell_versions(
    versions: Sequence[CertificateVersion], names: Mapping[str, str], money: bool
) -> tuple[PastEvent, ...]:
    """One event for each version, the latest first."""
    told = [
        PastEvent(
            at=version.recorded_at,
            who=names.get(version.actor, version.actor),
            what=str(version.get_kind_display()),
            note=_sentence_of(version, money),
        )
        for version in versions
    ]
    return tuple(reversed(told))


def tell_requests(
    entries: Iterable[ChangeEntry], names: Mapping[str, str]
) -> tuple[PastEvent, ...]:
    """One event for each entry, the latest first."""
    told = [
        PastEvent(
            at=entry.at,
            who=names.get(entry.actor, entry.actor),
            what=str(ACTS.get(entry.act, entry.act)),
            note=entry.reason,
        )
        for entry in entries
    ]
    return tuple(reversed(told))


def _sentence_of(version: CertificateVersion, money: bool) -> str:
    said = [_cover(version)]
    if money:
        said.append(_premium(version))
    if version.reason:
        said.append(gettext("Reason given: %(reason)s") % {"reason": version.reason})
    return ("" if get_language() == "ja" else " ").join(said)


def _cover(version: CertificateVersion) -> str:
    words = {
        "number": version.number,
        "from": civil_day(version.effective_from),
        "first": civil_day(version.inception),
        "last": civil_day(version.expiry),
    }
    if version.cancelled:
        return gettext("Version %(number)s: cover never begins.") % words
    if version.number == 1:
        return gettext("Version %(number)s: cover from %(first)s to %(last)s.") % words
    return (
        gettext("Version %(number)s, with effect from %(from)s: cover ends with %(last)s.") % words
    )


def _premium(version: CertificateVersion) -> str:
    words = {"premium": yen(version.premium), "change": more_yen(version.premium_change)}
    if version.number == 1 or not version.premium_change:
        return gettext("Premium %(premium)s.") % words
    return gettext("Premium %(premium)s (%(change)s).") % words
