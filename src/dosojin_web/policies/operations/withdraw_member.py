"""A student does not travel after all, or does: off the roster, and back on it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from dosojin_web.accounts.actors import Actor
from dosojin_web.audit.operations.record_event import record
from dosojin_web.policies.japan import day_in_japan
from dosojin_web.policies.models import Member, ProgrammeState
from dosojin_web.policies.refusals import Refused
from dosojin_web.policies.versions import latest_version


def withdraw_member(member: Member, actor: Actor, now: datetime) -> Member:
    """Off the roster: the student can no longer enrol. Refused while a certificate gives cover,
    for taking a name off a list ends no contract."""
    with transaction.atomic():
        held = Member.objects.select_for_update().get(pk=member.pk)
        if held.withdrawn_at is not None:
            return held
        if number := find_running_cover(held, now):
            raise Refused.at(
                "",
                gettext(
                    "Certificate %(number)s still gives cover. Let the student ask for its "
                    "cancellation first; once that is done, take them off the roster."
                )
                % {"number": number},
            )
        held.withdrawn_at = now
        held.save(update_fields=["withdrawn_at"])
        record(actor, "member.withdrawn", held.about, {}, now)
    return held


def put_member_back(member: Member, actor: Actor, now: datetime) -> Member:
    """On the roster again, as before."""
    with transaction.atomic():
        held = Member.objects.select_for_update().get(pk=member.pk)
        if held.withdrawn_at is None:
            return held
        if held.programme.state == ProgrammeState.WITHDRAWN:
            raise Refused.at("", gettext("This study trip was withdrawn."))
        held.withdrawn_at = None
        held.save(update_fields=["withdrawn_at"])
        record(actor, "member.put_back", held.about, {}, now)
    return held


def find_running_cover(member: Member, now: datetime) -> str:
    """The number of a certificate whose cover has not ended yet; "" if there is none."""
    today = day_in_japan(now)
    for certificate in member.certificates.all():
        version = latest_version(certificate)
        if not version.cancelled and version.expiry >= today:
            return certificate.number
    return ""
