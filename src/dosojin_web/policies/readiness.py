"""Whether a student can go and pay: all that was to be answered, read, confirmed and agreed to."""

from datetime import datetime

from django.utils.translation import gettext

from dosojin_web.components.shapes import Fault
from dosojin_web.consents.rights import lacking_for_enrolment
from dosojin_web.people.details import INSURED

from .japan import day_in_japan
from .models import Application
from .operations.confirm_details import are_confirmed
from .operations.submit_application import find_missing


def find_unready(application: Application, now: datetime) -> list[Fault]:
    """What is still to do before paying, each with the field of the step that does it."""
    faults = find_missing(application, day_in_japan(now))
    member = application.member
    complete = all(getattr(member.person, name) for name in INSURED)
    if not complete or not are_confirmed(application):
        message = gettext("Look at your details and say that they are right.")
        faults.append(Fault("details", message))
    product = member.programme.master.product
    if lacking_for_enrolment(member.person, now, product):
        message = gettext("Say how your data may be used: one of these uses is needed to enrol.")
        faults.append(Fault("consents", message))
    return faults
