"""Finds the seat that a secret opens."""

from datetime import datetime, timedelta

from django.db.models import Q

from dosojin_web.accounts.roles import Role
from dosojin_web.accounts.seats import Seat
from dosojin_web.api.models import ApiToken

from .create_token import digest_of

USE_NOTED_EVERY = timedelta(minutes=10)
"""A write with every call would make readers wait for each other."""


def use_token(secret: str, now: datetime) -> Seat | None:
    """The seat of a running token of a running appointment; None for any other secret.

    When it was last used is noted to within ten minutes.
    """
    token = (
        ApiToken.objects.filter(
            digest=digest_of(secret),
            revoked_at=None,
            appointment__ended_at=None,
            appointment__user__is_active=True,
        )
        .select_related("appointment__user", "appointment__organisation")
        .first()
    )
    if token is None:
        return None
    stale = Q(last_used_at=None) | Q(last_used_at__lt=now - USE_NOTED_EVERY)
    if token.last_used_at is None or token.last_used_at < now - USE_NOTED_EVERY:
        ApiToken.objects.filter(stale, pk=token.pk).update(last_used_at=now)
    held = token.appointment
    return Seat(held.user, Role(held.role), held.organisation, held.pk)
