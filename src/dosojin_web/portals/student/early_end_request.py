"""How a student ends cover early, and what comes back.

In:  a form, a certificate in its reader's hand.
Out: the ways that are open today, the answer with what is wrong with it, the arithmetic.
Never: an amount that the request would not have.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from unicodedata import normalize

from django.utils.translation import gettext

from dosojin_web.components.shapes import Choice, Fault
from dosojin_web.policies.change_arithmetic import Arithmetic, work_out
from dosojin_web.policies.models import ChangeKind, ChangeRequest
from dosojin_web.policies.models.changes import OPEN_STATES
from dosojin_web.policies.operations.request_change import check_last_day
from dosojin_web.policies.quotes import read_day
from dosojin_web.policies.refusals import Refused
from dosojin_web.policies.versions import CertificateState, state_of

from .certificates import Held

REASON_LETTERS_MAX = 400


class Way(StrEnum):
    """Home on a day; not at all, before the trip; or from today on."""

    HOME = "home"
    BEFORE = "before"
    TODAY = "today"


@dataclass(frozen=True, slots=True)
class EarlyEndForm:
    """The answers. ``last_day`` None: at once. ``covered`` is the last day that stays covered.

    ``is_sent`` says whether the form was sent at all, be it empty.
    """

    way: str
    typed: str
    last_day: date | None
    reason: str
    covered: date | None
    faults: list[Fault]
    is_sent: bool

    @property
    def shown_day(self) -> date | str:
        """The day for its field, as it was typed if it is none."""
        return read_day(self.typed) or self.typed


def find_obstacle(held: Held) -> str:
    """Why cover cannot end earlier, whatever the day; "" if nothing stands against it."""
    state = state_of(held.version, held.today)
    if state is CertificateState.CANCELLED:
        return gettext("This certificate was cancelled.")
    if state is CertificateState.ENDED:
        return gettext("Cover has ended already.")
    if held.certificate.changes.filter(state__in=OPEN_STATES).exists():
        return gettext(
            "A request for this certificate is still open. Withdraw it first, or wait for "
            "the answer."
        )
    return ""


def list_ways(held: Held) -> list[Choice]:
    """The ways that are open today."""
    home = Choice(
        Way.HOME.value,
        gettext("I come home earlier than planned"),
        gettext("Cover ends on the day on which you arrive home."),
    )
    if state_of(held.version, held.today) is CertificateState.NOT_BEGUN:
        before = Choice(
            Way.BEFORE.value,
            gettext("I do not travel: cancel it before it begins"),
            gettext("Cover never begins, and you get the whole premium back."),
        )
        return [home, before]
    today = Choice(
        Way.TODAY.value,
        gettext("I am home: end it today"),
        gettext("Cover ends today at 24:00 Japan time."),
    )
    return [home, today]


def read_form(held: Held, sent: Mapping[str, str]) -> EarlyEndForm:
    """The answers as they were sent, right or wrong."""
    way = sent.get("way", "")
    typed = normalize("NFKC", sent.get("last_day", "")).strip()
    reason = " ".join(sent.get("reason", "").split())
    faults = []
    if way not in {choice.value for choice in list_ways(held)}:
        faults.append(Fault("way", gettext("Choose what you want to do.")))
    last_day = read_day(typed) if way == Way.HOME else None
    if way == Way.HOME and last_day is None:
        message = (
            gettext("“%(typed)s” is not a day. Write it like 2026-06-01.") % {"typed": typed}
            if typed
            else gettext("Enter the day on which you arrive home.")
        )
        faults.append(Fault("last_day", message))
    covered = None
    if not faults:
        try:
            covered = check_last_day(held.version, last_day, held.today)
        except Refused as refused:
            faults = refused.faults
    if len(reason) > REASON_LETTERS_MAX:
        message = gettext("This is too long: at most %(count)s characters.")
        faults.append(Fault("reason", message % {"count": REASON_LETTERS_MAX}))
    return EarlyEndForm(way, typed, last_day, reason, covered, faults, "last_day" in sent)


def work_out_return(held: Held, form: EarlyEndForm) -> Arithmetic:
    """What you get back if the policyholder confirms today. Refusal if the tariff has no answer."""
    assert form.covered is not None, "only for a day that can be had"
    kind = ChangeKind.CANCELLATION if form.last_day is None else ChangeKind.SHORTENING
    wish = ChangeRequest(
        certificate=held.certificate, kind=kind, last_day=form.covered, plan=held.version.plan
    )
    return work_out(wish, held.version, held.today)
