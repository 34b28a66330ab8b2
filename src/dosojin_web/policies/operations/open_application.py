"""A student begins to enrol, or gives up."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from dosojin_web.accounts.actors import Actor
from dosojin_web.policies.eligibility import find_obstacle
from dosojin_web.policies.entries import enter_application
from dosojin_web.policies.japan import day_in_japan
from dosojin_web.policies.models import Application, ApplicationState, Member
from dosojin_web.policies.models.applications import OPEN_STATES
from dosojin_web.policies.operations.answer_application import drop_referrals
from dosojin_web.policies.refusals import Refused
from dosojin_web.policies.versions import latest_version


def open_application(member: Member, actor: Actor, now: datetime) -> Application:
    """The open application of ``member``; a new one, with the office's days, if there is none.

    Refused if the student cannot enrol at all, or is enrolled already. Who cancelled before cover
    began may enrol anew: the journey may only have been put off.
    """
    with transaction.atomic():
        Member.objects.select_for_update().get(pk=member.pk)
        running = member.applications.filter(state__in=OPEN_STATES).first()
        if running is not None:
            return running
        obstacle = find_obstacle(member, None, day_in_japan(now))
        if obstacle is not None:
            raise Refused.at("", f"{obstacle.message} {obstacle.remedy}")
        if any(not latest_version(held).cancelled for held in member.certificates.all()):
            raise Refused.at("", gettext("You are enrolled for this study trip already."))
        application = Application.objects.create(
            member=member,
            departs_on=member.departs_on,
            returns_on=member.returns_on,
            country=member.programme.country,
            began_at=now,
        )
        enter_application(application, "opened", actor, now)
    return application


def withdraw_application(application: Application, actor: Actor, now: datetime) -> Application:
    """Given up by the student. Money that still arrives for it is given back."""
    with transaction.atomic():
        held = Application.objects.select_for_update().get(pk=application.pk)
        if held.state == ApplicationState.WITHDRAWN:
            return held
        if held.state not in OPEN_STATES:
            raise Refused.at("", gettext("This application is settled; it cannot be given up."))
        drop_referrals(held, now)
        held.state = ApplicationState.WITHDRAWN
        held.version += 1
        held.save(update_fields=["state", "version"])
        enter_application(held, "withdrawn", actor, now)
    return held
