"""Replaces the password of the invitation: by an own password, or by a passkey."""

from datetime import datetime

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from allauth.usersessions.models import UserSession
from django.contrib.auth import update_session_auth_hash
from django.db import transaction
from django.http import HttpRequest

from dosojin_web.accounts.actors import actor_of
from dosojin_web.accounts.models import User
from dosojin_web.audit.operations.record_event import record

AFTER_PASSKEY = "after_passkey"
"""In the session: where to go once the passkey is there."""


def _keep(request: HttpRequest, user: User, how: str, now: datetime) -> None:
    # The session holds a digest of the password; without this, the change would end it.
    update_session_auth_hash(request, user)
    UserSession.objects.create_from_request(request)
    record(actor_of(user), "account.secret_chosen", f"user:{user.pk}", {"how": how}, now)


def choose_password(request: HttpRequest, user: User, password: str, now: datetime) -> None:
    """From now on the account opens by this password, no longer by that of the invitation."""
    with transaction.atomic():
        get_adapter().set_password(user, password)
        _keep(request, user, "password", now)


def promise_passkey(request: HttpRequest, wanted: str) -> None:
    """Lets a person who has just come in by invitation add a passkey without a second password.

    Only while the password of the invitation holds: it was typed in this very session.
    """
    assert isinstance(request.user, User) and request.user.must_choose_secret
    reauthenticate_by_password(request)
    request.session[AFTER_PASSKEY] = wanted


def replace_by_passkey(request: HttpRequest, user: User, now: datetime) -> None:
    """The password of the invitation opens nothing any more; nothing happens to an own one."""
    if not user.must_choose_secret:
        return
    with transaction.atomic():
        user.set_unusable_password()
        user.must_choose_secret = False
        user.save(update_fields=["password", "must_choose_secret"])
        _keep(request, user, "passkey", now)
