"""The price is fixed and the student goes to pay."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext

from dosojin_web.accounts.actors import Actor
from dosojin_web.components.shapes import Fault
from dosojin_web.payments.failpoints import reach
from dosojin_web.policies.eligibility import find_obstacle
from dosojin_web.policies.entries import enter_application
from dosojin_web.policies.important_matters import load_important_matters
from dosojin_web.policies.japan import day_in_japan
from dosojin_web.policies.mapping import Refusal, quote_plan
from dosojin_web.policies.models import Application, ApplicationState
from dosojin_web.policies.operations.hold_application import hold_application
from dosojin_web.policies.refusals import Refused, Stale


def submit_application(
    application: Application, version: int, seen_total: int, actor: Actor, now: datetime
) -> Application:
    """Fix the premium that the student saw; from here on only the payment is missing.

    ``seen_total`` is the amount in yen on the page: another amount is refused, not charged.
    Calling again with the same answers changes nothing.
    """
    with transaction.atomic():
        held = hold_application(application)
        if held.state == ApplicationState.AWAITING_PAYMENT and held.total == seen_total:
            return held
        if held.version != version:
            raise Stale(held)
        faults = find_missing(held, day_in_japan(now))
        if faults:
            raise Refused(faults)
        held.premium = tariff_premium(held)
        if held.total != seen_total:
            raise Refused.at("", gettext("The premium has changed. Look at it once more."))
        held.state = ApplicationState.AWAITING_PAYMENT
        held.attempt += 1
        held.version += 1
        held.save(update_fields=["premium", "state", "attempt", "version"])
        enter_application(held, "submitted", actor, now)
        reach("submit.written")
    return held


def next_attempt(application: Application, failed: str) -> Application:
    """A fresh reference, once, after the payment with the reference ``failed`` came to nothing."""
    with transaction.atomic():
        held = Application.objects.select_for_update().get(pk=application.pk)
        if payment_reference(held) == failed:
            held.attempt += 1
            held.save(update_fields=["attempt"])
    return held


def payment_reference(application: Application) -> str:
    """What the running payment is for: the same for a double click, another for another price."""
    return f"{application.key}:{application.attempt}"


def tariff_premium(application: Application) -> int:
    """The tariff's premium for the chosen plan and days, in yen. Refused if there is none."""
    assert application.departs_on is not None and application.returns_on is not None
    product = application.member.programme.master.product
    try:
        offer = quote_plan(
            product, application.plan, application.departs_on, application.returns_on
        )
    except Refusal as refusal:
        raise Refused([refusal.fault({"start": "plan", "end": "plan"})]) from refusal
    return offer.premium


def find_missing(application: Application, today: date) -> list[Fault]:
    """What is still to do before payment, each with the field of the step that does it."""
    faults = []
    if application.departs_on is None or application.returns_on is None:
        faults.append(Fault("departs_on", gettext("Say when you travel.")))
    if not application.plan:
        faults.append(Fault("plan", gettext("Choose a plan.")))
    if application.read_matters != load_important_matters().digest:
        faults.append(Fault("read", gettext("Read the important matters and say that you did.")))
    if not application.answers:
        faults.append(Fault("disclosure", gettext("Answer the questions about your trip.")))
    if application.state == ApplicationState.REFERRED:
        faults.append(Fault("disclosure", gettext("The agency has not answered yet.")))
    obstacle = find_obstacle(application.member, application.departs_on, today)
    if obstacle is not None:
        faults.append(Fault("departs_on", f"{obstacle.message} {obstacle.remedy}"))
    return faults
