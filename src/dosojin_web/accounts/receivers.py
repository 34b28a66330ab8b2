"""What follows when allauth says that something happened."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.contrib.auth.signals import user_logged_in
from django.db import transaction
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from dosojin_web.audit.operations.record_event import record

from .actors import actor_of
from .models import User
from .operations.choose_secret import replace_by_passkey


def _tell(user: User, act: str, how: str = "") -> None:
    detail = {"how": how} if how else {}
    with transaction.atomic():
        record(actor_of(user), act, f"user:{user.pk}", detail, timezone.now())


@receiver(user_logged_in)
def note_log_in(sender: Any, request: HttpRequest, user: User, **more: Any) -> None:
    """The trail knows who came in and when."""
    _tell(user, "account.logged_in")


@receiver(authenticator_added)
def take_passkey(
    sender: Any, request: HttpRequest, user: User, authenticator: Authenticator, **more: Any
) -> None:
    """A passkey answers the invitation, if that is still open."""
    _tell(user, "account.factor_added", str(authenticator.type))
    if authenticator.type == Authenticator.Type.WEBAUTHN:
        replace_by_passkey(request, user, timezone.now())


@receiver(authenticator_removed)
def note_removal(sender: Any, user: User, authenticator: Authenticator, **more: Any) -> None:
    """The trail knows what no longer opens an account."""
    _tell(user, "account.factor_removed", str(authenticator.type))
