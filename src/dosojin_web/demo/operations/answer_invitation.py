"""A made-up person answers the invitation: no password opens the account any more."""

from datetime import datetime

from django.db import transaction

from dosojin_web.accounts.actors import actor_of
from dosojin_web.accounts.models import User
from dosojin_web.audit.operations.record_event import record


def answer_invitation(user: User, now: datetime) -> User:
    """The user, who from now on comes in by the front page of the demonstration only.

    Calling again changes nothing.
    """
    with transaction.atomic():
        held = User.objects.select_for_update().get(pk=user.pk)
        if held.must_choose_secret:
            held.set_unusable_password()
            held.must_choose_secret = False
            held.save(update_fields=["password", "must_choose_secret"])
            detail = {"how": "demonstration"}
            record(actor_of(held), "account.secret_chosen", f"user:{held.pk}", detail, now)
    return held
