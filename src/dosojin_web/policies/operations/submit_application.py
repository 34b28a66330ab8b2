"""The price is fixed and the student goes to pay."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from dosojin_web.accounts.actors import Actor
from dosojin_web.payments.failpoints import reach
from dosojin_web.policies.applicants import look_up_member
from dosojin_web.policies.entries import enter_application
from dosojin_web.policies.japan import day_in_japan
from dosojin_web.policies.mapping import Refusal, quote_plan
from dosojin_web.policies.models import Application, ApplicationState
from dosojin_web.policies.models.applications import OPEN_STATES
from dosojin_web.policies.readiness import find_missing, find_unconfirmed
from dosojin_web.policies.refusals import Refused, Stale


def submit_application(
    application: Application, version: int, seen_total: int, actor: Actor, now: datetime
) -> Application:
    """Fix the premium that the student saw; from here on only the payment is missing.

    ``seen_total`` is the amount in yen on the page: another amount is refused, not charged.
    Calling again with the same answers changes nothing. Refused, by field, while something is
    still to be answered, read, confirmed or agreed to.
    """
    # On SQLite everybody else who writes waits for the transaction: what the application does not
    # say itself is looked up before it.
    member = look_up_member(application)
    unconfirmed = find_unconfirmed(application, member, now)
    with transaction.atomic():
        held = Application.objects.select_for_update().get(pk=application.pk)
        held.member = member
        if held.state == ApplicationState.AWAITING_PAYMENT and held.total == seen_total:
            return held
        if held.version != version:
            raise Stale(held)
        if held.state not in OPEN_STATES:
            raise Refused.at("", gettext("This application is settled; start another one."))
        if faults := find_missing(held, day_in_japan(now)) + unconfirmed:
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
