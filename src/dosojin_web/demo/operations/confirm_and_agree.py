"""Plays a student who finds all details right and agrees to what is needed to enrol."""

from datetime import datetime

from dosojin_web.accounts.actors import Actor
from dosojin_web.consents.operations.give_consent import MYSELF, give
from dosojin_web.consents.rights import lacking_for_enrolment
from dosojin_web.policies.models import Application
from dosojin_web.policies.operations.confirm_details import confirm_details


def confirm_and_agree(application: Application, actor: Actor, now: datetime) -> None:
    """The last two steps before the payment; done before, nothing changes."""
    member = application.member
    person = confirm_details(application, {}, member.person.version, actor, now)
    for purpose in lacking_for_enrolment(person, now, member.programme.master.product):
        give(person, purpose.id, member.language, MYSELF, actor, now)
