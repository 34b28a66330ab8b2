"""Whether somebody may do an act for an amount alone, and whether it was approved."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils import timezone

from dosojin_web.accounts.models import Appointment, User

from .models import Approval, AuthorityProfile, Outcome

JAPAN = ZoneInfo("Asia/Tokyo")
Detail = Mapping[str, str | int | bool | None]


@dataclass(frozen=True, slots=True)
class Limit:
    """Up to how many yen; None is unlimited."""

    amount_max: int | None

    def covers(self, amount: int) -> bool:
        """Whether an amount of yen lies within."""
        return self.amount_max is None or amount <= self.amount_max


def limits(user: User, act: str, at: datetime) -> list[Limit]:
    """One for each running appointment of a user that has authority for the act at a moment."""
    if not user.is_active:
        return []
    running = Appointment.objects.filter(
        Q(ended_at=None) | Q(ended_at__gt=at), user=user, began_at__lte=at
    )
    found = [
        _find_profile(appointment.role, appointment.organisation_id, act, at)
        for appointment in running
    ]
    return [Limit(profile.amount_max) for profile in found if profile and profile.granted]


def _find_profile(
    role: str, organisation_id: int | None, act: str, at: datetime
) -> AuthorityProfile | None:
    """The latest row for the organisation itself, else the latest for all."""
    rows = AuthorityProfile.objects.filter(
        role=role, act=act, begins_on__lte=at.astimezone(JAPAN).date()
    ).order_by("begins_on", "pk")
    own = rows.filter(organisation=organisation_id).last() if organisation_id else None
    return own or rows.filter(organisation=None).last()


def has_authority(user: User, act: str, amount: int, at: datetime) -> bool:
    """Whether a user may do an act for an amount of yen alone, or check another who does."""
    return any(limit.covers(amount) for limit in limits(user, act, at))


def needs_approval(user: User, act: str, amount: int, at: datetime | None = None) -> bool:
    """Whether a second person has to approve; without a profile, always, whatever the amount.

    ``at`` is now, unless an operation says otherwise. ValueError if the amount is negative.
    """
    if amount < 0:
        raise ValueError("an amount to approve is never negative")
    return not has_authority(user, act, amount, at or timezone.now())


def digest_of(amount: int, detail: Detail) -> str:
    """SHA-256 over what exactly is to be approved."""
    exact = json.dumps(
        {"amount": amount, "detail": dict(detail)}, sort_keys=True, ensure_ascii=False
    )
    return hashlib.sha256(exact.encode()).hexdigest()


def is_approved(act: str, about: str, amount: int, detail: Detail | None = None) -> bool:
    """Whether exactly this was approved: the same act, thing, amount and detail."""
    return Approval.objects.filter(
        act=act,
        about=about,
        digest=digest_of(amount, detail or {}),
        decision__outcome=Outcome.APPROVED,
    ).exists()
