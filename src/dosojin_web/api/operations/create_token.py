"""Makes a token for a program."""

import secrets
from datetime import datetime
from hashlib import sha256

from django.db import transaction

from dosojin_web.accounts.actors import Actor
from dosojin_web.accounts.models import Appointment
from dosojin_web.api.models import ApiToken
from dosojin_web.audit.operations.record_event import record

PREFIX = "dosojin_"
"""So that whoever finds a secret in a log or a file knows what it is."""
SECRET_BYTES = 32


def create_token(
    appointment: Appointment, name: str, actor: Actor, now: datetime
) -> tuple[ApiToken, str]:
    """A token of that name for the seat of ``appointment``, and its secret.

    If a running one of that name exists, that one, and "" for its secret: it was shown before.
    """
    with transaction.atomic():
        # Two callers with one name: the second waits here and then finds the token of the first.
        held = Appointment.objects.select_for_update(of=("self",)).get(pk=appointment.pk)
        if held.ended_at is not None:
            raise ValueError(f"the appointment of {held.user} as {held.role} has ended")
        running = ApiToken.objects.filter(appointment=held, name=name, revoked_at=None).first()
        if running is not None:
            return running, ""
        secret = PREFIX + secrets.token_urlsafe(SECRET_BYTES)
        token = ApiToken.objects.create(
            name=name, digest=digest_of(secret), appointment=held, created_at=now
        )
        detail: dict[str, str | int | bool | None] = {"role": held.role, "user": held.user_id}
        record(actor, "token.created", f"token:{token.pk}", detail, now)
        return token, secret


def digest_of(secret: str) -> str:
    """What is kept of a secret. It is random, so one round is enough."""
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
