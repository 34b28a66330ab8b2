"""Ends a token."""

from datetime import datetime

from django.db import transaction

from dosojin_web.accounts.actors import Actor
from dosojin_web.api.models import ApiToken
from dosojin_web.audit.operations.record_event import record


def revoke_token(token: ApiToken, actor: Actor, now: datetime) -> ApiToken:
    """The token, revoked now unless it had been before. It opens nothing from here on."""
    with transaction.atomic():
        held = ApiToken.objects.select_for_update().get(pk=token.pk)
        if held.revoked_at is not None:
            return held
        held.revoked_at = now
        held.save(update_fields=["revoked_at"])
        record(actor, "token.revoked", f"token:{held.pk}", {}, now)
        return held
