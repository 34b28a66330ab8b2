"""Draws a new password for an invitation that was lost or never arrived."""

from datetime import datetime

from django.db import transaction

from dosojin_web.accounts.actors import Actor
from dosojin_web.accounts.models import User
from dosojin_web.accounts.passwords import draw_password, encode_initial
from dosojin_web.audit.operations.record_event import record


def renew_invitation(user: User, actor: Actor, now: datetime) -> str:
    """The new password; the one before no longer opens the account.

    "" if the user has already chosen an own secret: then nothing changes.
    """
    with transaction.atomic():
        held = User.objects.select_for_update().get(pk=user.pk)
        if not held.must_choose_secret:
            return ""
        password = draw_password()
        held.password = encode_initial(password)
        held.save(update_fields=["password"])
        record(actor, "account.invitation_renewed", f"user:{held.pk}", {}, now)
        return password
