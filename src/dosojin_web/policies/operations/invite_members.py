"""Students get the mail with the address, their log-in and a first password (003 l.34-36)."""

from datetime import datetime

from django.db import models, transaction
from django.utils.translation import gettext

from dosojin_web.accounts.actors import SYSTEM, Actor
from dosojin_web.accounts.operations.open_account import open_account
from dosojin_web.accounts.operations.renew_invitation import renew_invitation
from dosojin_web.accounts.roles import Role
from dosojin_web.audit.operations.record_event import record
from dosojin_web.deadlines.operations.set_deadline import set_deadline
from dosojin_web.policies.letters import mail_invitation
from dosojin_web.policies.models import Member, Programme, ProgrammeState
from dosojin_web.policies.refusals import Refused

PART_MEMBERS = 200


def invite_members(programme: Programme, actor: Actor, now: datetime) -> int:
    """Everyone on the roster who has no invitation yet gets one; returns how many that will be."""
    if programme.state != ProgrammeState.APPROVED:
        raise Refused.at("", gettext("Students are invited once the study trip is approved."))
    with transaction.atomic():
        waiting = _waiting(programme)
        count = waiting.count()
        if count:
            _go_on(programme, waiting.order_by("-pk").values_list("pk", flat=True)[0], now)
            record(actor, "programme.invited", programme.about, {"members": count}, now)
    return count


def invite_next_part(programme: Programme, last: int, now: datetime) -> int:
    """The next invitations, up to the member with the id ``last``; returns how many."""
    with transaction.atomic():
        part = list(_waiting(programme).filter(pk__lte=last).order_by("pk")[:PART_MEMBERS])
        for member in part:
            invite_member(member, SYSTEM, now)
        if len(part) == PART_MEMBERS:
            _go_on(programme, last, now, after=part[-1].pk)
    return len(part)


def invite_member(member: Member, actor: Actor, now: datetime) -> Member:
    """One invitation. A student with an account keeps it and its password."""
    with transaction.atomic():
        held = Member.objects.select_for_update().get(pk=member.pk)
        if held.invited_at is None:
            user, password = open_account(
                student_login(held), held.person.email, Role.STUDENT, held.university, actor, now
            )
            held.user, held.invited_at = user, now
            held.save(update_fields=["user", "invited_at"])
            mail_invitation(held, password)
    return held


def invite_again(member: Member, actor: Actor, now: datetime) -> Member:
    """A lost invitation is sent anew, with a new first password if none was chosen yet."""
    with transaction.atomic():
        held = Member.objects.select_for_update().get(pk=member.pk)
        if held.invited_at is None or held.user is None:
            return invite_member(held, actor, now)
        password = renew_invitation(held.user, actor, now)
        held.invited_at = now
        held.save(update_fields=["invited_at"])
        mail_invitation(held, password, again=now)
    return held


def student_login(member: Member) -> str:
    """The user name behind a student number."""
    return f"{member.university.code}:{member.student_number}"


def _waiting(programme: Programme) -> models.QuerySet[Member]:
    return Member.objects.filter(programme=programme, invited_at=None, withdrawn_at=None)


def _go_on(programme: Programme, last: int, now: datetime, after: int = 0) -> None:
    payload = {"programme": str(programme.key), "last": last}
    set_deadline("members.invite", f"{programme.key}:{last}:{after}", now, payload)
