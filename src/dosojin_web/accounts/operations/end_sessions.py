"""Logs a person out wherever else they are logged in."""

from datetime import datetime

from allauth.usersessions.models import UserSession
from django.db import transaction
from django.http import HttpRequest

from dosojin_web.accounts.actors import actor_of
from dosojin_web.accounts.models import User
from dosojin_web.audit.operations.record_event import record


def end_other_sessions(request: HttpRequest, user: User, now: datetime) -> int:
    """How many sessions ended; the one of ``request`` goes on."""
    others = UserSession.objects.filter(user=user).exclude(session_key=request.session.session_key)
    with transaction.atomic():
        ended = 0
        for session in others:
            session.end()
            ended += 1
        detail = {"sessions": ended}
        record(actor_of(user), "account.sessions_ended", f"user:{user.pk}", detail, now)
        return ended
