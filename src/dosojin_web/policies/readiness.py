"""Whether a student can go and pay: all that was to be answered, read, confirmed and agreed to."""

from datetime import date, datetime

from django.utils.translation import gettext

from dosojin_web.components.shapes import Fault
from dosojin_web.consents.rights import lacking_for_enrolment
from dosojin_web.people.details import INSURED

from .eligibility import find_obstacle
from .important_matters import load_important_matters
from .japan import day_in_japan
from .models import Application, ApplicationState, Member
from .operations.confirm_details import are_confirmed


def find_unready(application: Application, now: datetime) -> list[Fault]:
    """What is still to do before paying, each with the field of the step that does it."""
    missing = find_missing(application, day_in_japan(now))
    return missing + find_unconfirmed(application, application.member, now)


def find_missing(application: Application, today: date) -> list[Fault]:
    """What is still to do before payment, each with the field of the step that does it."""
    faults = []
    if application.departs_on is None or application.returns_on is None:
        faults.append(Fault("departs_on", gettext("Say when you travel.")))
    if not application.plan:
        faults.append(Fault("plan", gettext("Choose a plan.")))
    product = application.member.programme.master.product
    if application.read_matters != load_important_matters(product).digest:
        faults.append(Fault("read", gettext("Read the important matters and say that you did.")))
    if not application.answers:
        faults.append(Fault("disclosure", gettext("Answer the questions about your trip.")))
    if application.state == ApplicationState.REFERRED:
        faults.append(Fault("disclosure", gettext("The agency has not answered yet.")))
    obstacle = find_obstacle(application.member, application.departs_on, today)
    if obstacle is not None:
        faults.append(Fault("departs_on", f"{obstacle.message} {obstacle.remedy}"))
    return faults


def find_unconfirmed(application: Application, member: Member, now: datetime) -> list[Fault]:
    """What ``member`` has still to confirm and to agree to, each with the field of its step."""
    faults = []
    complete = all(getattr(member.person, name) for name in INSURED)
    if not complete or not are_confirmed(application):
        message = gettext("Look at your details and say that they are right.")
        faults.append(Fault("details", message))
    if lacking_for_enrolment(member.person, now, member.programme.master.product):
        message = gettext("Say how your data may be used: one of these uses is needed to enrol.")
        faults.append(Fault("consents", message))
    return faults
