"""What a decision page shows beside the request, and what its form carries."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext

from dosojin_web.accounts.seats import Seat
from dosojin_web.components.records import ConflictRow
from dosojin_web.policies.change_arithmetic import Arithmetic, last_covered_day, work_out
from dosojin_web.policies.japan import day_in_japan, end_of_day
from dosojin_web.policies.mapping import Refusal
from dosojin_web.policies.models import (
    CertificateVersion,
    ChangeKind,
    ChangeRequest,
    ChangeState,
)
from dosojin_web.policies.models.changes import OPEN_STATES
from dosojin_web.templatetags.layout import civil_day
from dosojin_web.templatetags.money import more_yen

SEEN = ("seen_state", "seen_last_day", "seen_premium_change")
"""Hidden fields: what the reader saw when the form was opened, shown back if it has changed."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What can be decided about a request at a moment, and on which grounds.

    ``arithmetic`` is None where the tariff no longer takes the request, which ``trouble`` says.
    ``deadline`` is the moment an extension has to be complete by. ``is_own``: the reader asked.
    """

    base: CertificateVersion
    arithmetic: Arithmetic | None
    trouble: str
    deadline: datetime | None
    days_left: int
    is_waiting: bool
    is_own: bool
    is_with_agency: bool
    last_day: date
    premium_change: int

    @property
    def can_decide(self) -> bool:
        """Whether the reader may confirm it now."""
        return self.is_waiting and not self.is_own and self.arithmetic is not None


def prepare_decision(change: ChangeRequest, seat: Seat, now: datetime) -> Decision:
    """The grounds of a decision on ``change`` by whoever sits in ``seat``."""
    base = change.certificate.versions.get(number=change.base_version)
    today = day_in_japan(now)
    arithmetic, trouble = None, ""
    try:
        arithmetic = work_out(change, base, today)
    except Refusal as refusal:
        trouble = refusal.sentence()
    is_extension = change.kind == ChangeKind.EXTENSION
    waits = ChangeState.REVIEWED if is_extension else ChangeState.REQUESTED
    worked = arithmetic.amount if arithmetic else abs(change.premium_change)
    return Decision(
        base=base,
        arithmetic=arithmetic,
        trouble=trouble,
        deadline=end_of_day(base.expiry) if is_extension else None,
        days_left=(base.expiry - today).days,
        is_waiting=change.state == waits,
        is_own=change.asked_by == seat.actor.who,
        is_with_agency=is_extension and change.state == ChangeState.REQUESTED,
        last_day=last_covered_day(change, base, today),
        premium_change=worked if is_extension else -worked,
    )


def what_is_seen(change: ChangeRequest, decision: Decision) -> dict[str, str]:
    """The hidden fields for a form that is opened now."""
    return {
        "seen_state": str(change.state),
        "seen_last_day": decision.last_day.isoformat(),
        "seen_premium_change": str(decision.premium_change),
    }


def has_moved(typed: Mapping[str, str], change: ChangeRequest, decision: Decision) -> bool:
    """Whether the days or yen that the reader saw are others by now, as when midnight passed."""
    now_seen = what_is_seen(change, decision)
    return any(name in typed and typed[name] != now_seen[name] for name in SEEN)


def compare(
    typed: Mapping[str, str], change: ChangeRequest, decision: Decision
) -> list[ConflictRow]:
    """What the reader saw, beside what stands now."""
    return [
        ConflictRow(gettext("State"), _state(typed.get(SEEN[0], "")), _state(str(change.state))),
        ConflictRow(
            gettext("Last day of cover"),
            _day(typed.get(SEEN[1], "")),
            civil_day(decision.last_day),
        ),
        ConflictRow(
            gettext("Change of the premium"),
            _yen(typed.get(SEEN[2], "")),
            more_yen(decision.premium_change),
        ),
    ]


def may_still_decide(change: ChangeRequest) -> bool:
    """Whether the request waits for anybody at all."""
    return change.state in OPEN_STATES


def _state(value: str) -> str:
    return str(ChangeState(value).label) if value in ChangeState else ""


def _day(value: str) -> str:
    try:
        return civil_day(date.fromisoformat(value))
    except ValueError:
        return ""


def _yen(value: str) -> str:
    digits = value.removeprefix("-")
    return more_yen(int(value)) if digits.isdecimal() and len(digits) < 12 else ""
