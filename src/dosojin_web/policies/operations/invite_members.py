"""Students get the mail with the address, their log-in and a first password (003 l.34-36)."""

from datetime import datetime, timedelta
from uuid import uuid4

from django.db import models, transaction
from django.utils.translation import gettext

from dosojin_web.accounts.actors import SYSTEM, Actor
from dosojin_web.accounts.operations.open_account import open_account
from dosojin_web.accounts.operations.renew_invitation import renew_invitation
from dosojin_web.accounts.roles import Role
from dosojin_web.audit.operations.record_event import record
from dosojin_web.deadlines.models import WAITS, Deadline
from dosojin_web.deadlines.operations.set_deadline import set_deadline
from dosojin_web.policies.letters import mail_invitation
from dosojin_web.policies.models import Member, Programme, ProgrammeState
from dosojin_web.policies.refusals import Refused

PART_MEMBERS = 200
AGAIN_AFTER = timedelta(minutes=1)
"""So long a second request for the same invitation is taken for the same one."""


def invite_members(programme: Programme, actor: Actor, now: datetime) -> int:
    """Everyone on the roster who has no invitation yet gets one; returns how many that will be."""
    with transaction.atomic():
        held = Programme.objects.select_for_update().get(pk=programme.pk)
        _check_approved(held)
        waiting = count_waiting(held)
        if waiting and not are_being_invited(held):
            last = _waiting(held).order_by("-pk").values_list("pk", flat=True)[0]
            _go_on(held, last, now)
            record(actor, "programme.invited", held.about, {"members": waiting}, now)
    return waiting


def count_waiting(programme: Programme) -> int:
    """How many on the roster have no invitation yet."""
    return _waiting(programme).count()


def are_being_invited(programme: Programme) -> bool:
    """Whether the invitations that were asked for are still on their way."""
    return Deadline.objects.filter(
        WAITS, kind="members.invite", key__startswith=f"{programme.key}:"
    ).exists()


def invite_next_part(programme: Programme, last: int, now: datetime) -> int:
    """The next invitations, up to the member with the id ``last``; returns how many.

    None if the study trip is no longer approved.
    """
    if programme.state != ProgrammeState.APPROVED:
        return 0
    with transaction.atomic():
        part = list(_waiting(programme).filter(pk__lte=last).order_by("pk")[:PART_MEMBERS])
        for member in part:
            invite_member(member, SYSTEM, now)
        if len(part) == PART_MEMBERS:
            _go_on(programme, last, now)
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
    """A lost invitation is sent anew, with a new first password if none was chosen yet.

    Nothing is sent within a minute of the last one: that is the same click twice.
    """
    with transaction.atomic():
        held = Member.objects.select_for_update().get(pk=member.pk)
        _check_approved(held.programme)
        if held.withdrawn_at is not None:
            raise Refused.at("", gettext("This student is off the roster. Put them back first."))
        if held.invited_at is not None and now - held.invited_at < AGAIN_AFTER:
            return held
        record(actor, "member.invited", held.about, {}, now)
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


def _check_approved(programme: Programme) -> None:
    if programme.state != ProgrammeState.APPROVED:
        raise Refused.at("", gettext("Students are invited once the study trip is approved."))


def _go_on(programme: Programme, last: int, now: datetime) -> None:
    """A key of its own each time: a student may come back to the roster after everybody else."""
    payload = {"programme": str(programme.key), "last": last}
    set_deadline("members.invite", f"{programme.key}:{uuid4()}", now, payload)
