"""The answers of an application, one page after the other.

Each answer names the version of the application that its form was opened on. A changed trip or
disclosure takes back what was built on it: the plan, the agency's quotation, the price.
"""

import json
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext

from dosojin_web.accounts.actors import Actor
from dosojin_web.components.shapes import Fault
from dosojin_web.policies.disclosure import Disclosure, find_faults
from dosojin_web.policies.eligibility import find_obstacle
from dosojin_web.policies.entries import enter_application
from dosojin_web.policies.important_matters import load_important_matters
from dosojin_web.policies.japan import day_in_japan
from dosojin_web.policies.mapping import Refusal, quote_plan
from dosojin_web.policies.models import (
    Application,
    ApplicationState,
    Referral,
    ReferralState,
)
from dosojin_web.policies.models.applications import OPEN_STATES
from dosojin_web.policies.refusals import Refused, Stale

TRIP_MARGIN_DAYS = 31


def answer_trip(
    application: Application,
    departs_on: date,
    returns_on: date,
    country: str,
    version: int,
    actor: Actor,
    now: datetime,
) -> Application:
    """The first and last day away from home, both counted, and the country."""
    with transaction.atomic():
        held = _hold(application, version)
        faults = _trip_faults(held, departs_on, returns_on, country)
        obstacle = find_obstacle(held.member, departs_on, day_in_japan(now))
        if not faults and obstacle is not None:
            faults = [Fault("departs_on", f"{obstacle.message} {obstacle.remedy}")]
        if faults:
            raise Refused(faults)
        same_trip = (held.departs_on, held.returns_on, held.country) == (
            departs_on,
            returns_on,
            country,
        )
        held.departs_on, held.returns_on, held.country = departs_on, returns_on, country
        if held.plan and not same_trip and not _plan_fits(held):
            held.plan = ""
        disclosed = read_disclosure(held)
        if not same_trip and disclosed is not None and disclosed.hazards:
            # The agency quoted for another trip.
            _ask_agency(held, disclosed, now)
        _keep(held, "trip", actor, now)
    return held


def choose_plan(
    application: Application, plan: str, version: int, actor: Actor, now: datetime
) -> Application:
    """The plan; refused if it does not take the trip."""
    with transaction.atomic():
        held = _hold(application, version)
        if held.departs_on is None or held.returns_on is None:
            raise Refused.at("plan", gettext("Say first when you travel."))
        product = held.member.programme.master.product
        try:
            quote_plan(product, plan, held.departs_on, held.returns_on)
        except Refusal as refusal:
            raise Refused([refusal.fault({"start": "plan", "end": "plan"})]) from refusal
        disclosed = read_disclosure(held)
        if held.plan and held.plan != plan and disclosed is not None and disclosed.hazards:
            # The agency quotes for the sums of a plan.
            _ask_agency(held, disclosed, now)
        held.plan = plan
        _keep(held, "plan", actor, now)
    return held


def acknowledge_matters(
    application: Application, digest: str, version: int, actor: Actor, now: datetime
) -> Application:
    """The important matters were read in the words whose digest the form carried (004 l.1302)."""
    with transaction.atomic():
        held = _hold(application, version)
        current = load_important_matters(held.member.programme.master.product).digest
        if digest != current:
            raise Refused.at(
                "read", gettext("The important matters have changed. Read them once more.")
            )
        held.read_matters, held.read_at = digest, now
        _keep(held, "matters_read", actor, now)
    return held


def disclose(
    application: Application, disclosure: Disclosure, version: int, actor: Actor, now: datetime
) -> Application:
    """Keep the answers. No return planned refuses; a hazard asks the agency."""
    faults = find_faults(disclosure)
    if faults:
        raise Refused(faults)
    with transaction.atomic():
        held = _hold(application, version)
        kept = json.dumps(disclosure.to_json(), ensure_ascii=False, sort_keys=True)
        before = Disclosure.of_json(json.loads(held.answers)) if held.answers else None
        held.answers = kept
        if not disclosure.return_planned:
            drop_referrals(held, now)
            held.state = ApplicationState.REFUSED
        elif disclosure.hazards:
            if before != disclosure or not _has_quotation(held):
                _ask_agency(held, disclosure, now)
        else:
            drop_referrals(held, now)
            held.state, held.loading = ApplicationState.DRAFT, 0
        _keep(held, "disclosed", actor, now)
    return held


def read_disclosure(application: Application) -> Disclosure | None:
    """What was disclosed, if it was."""
    return Disclosure.of_json(json.loads(application.answers)) if application.answers else None


def _hold(application: Application, version: int) -> Application:
    held = Application.objects.select_for_update().get(pk=application.pk)
    if held.version != version:
        raise Stale(held)
    if held.state not in OPEN_STATES:
        raise Refused.at("", gettext("This application is settled; start another one."))
    return held


def _keep(held: Application, act: str, actor: Actor, now: datetime) -> None:
    held.version += 1
    if held.state == ApplicationState.AWAITING_PAYMENT:
        # A price was shown for other answers: it is fixed anew when the student goes to pay.
        held.state, held.premium = ApplicationState.DRAFT, None
    held.save()
    enter_application(held, act, actor, now)


def _trip_faults(
    held: Application, departs_on: date, returns_on: date, country: str
) -> list[Fault]:
    programme = held.member.programme
    faults = []
    if returns_on < departs_on:
        faults.append(Fault("returns_on", gettext("You return before you leave.")))
    elif (
        departs_on > programme.ends_on
        or returns_on < programme.starts_on
        or abs((departs_on - programme.starts_on).days) > TRIP_MARGIN_DAYS
        or (returns_on - programme.ends_on).days > TRIP_MARGIN_DAYS
    ):
        message = gettext(
            "This is not the study trip that your university approved. If it has moved, "
            "ask the office to change it first."
        )
        faults.append(Fault("departs_on", message))
    if len(country) != 2:
        faults.append(Fault("country", gettext("Choose the country.")))
    return faults


def _plan_fits(held: Application) -> bool:
    assert held.departs_on is not None and held.returns_on is not None
    try:
        quote_plan(
            held.member.programme.master.product, held.plan, held.departs_on, held.returns_on
        )
    except Refusal:
        return False
    return True


def _has_quotation(held: Application) -> bool:
    return held.referrals.filter(
        state__in=[ReferralState.OPEN, ReferralState.PROPOSED, ReferralState.QUOTED]
    ).exists()


def _ask_agency(held: Application, disclosure: Disclosure, now: datetime) -> None:
    drop_referrals(held, now)
    Referral.objects.create(application=held, hazards=disclosure.hazards, asked_at=now)
    held.state, held.loading, held.premium = ApplicationState.REFERRED, 0, None


def drop_referrals(held: Application, now: datetime) -> None:
    """What the agency was asked, or has answered, no longer counts."""
    held.referrals.exclude(state=ReferralState.REFUSED).update(
        state=ReferralState.REFUSED, answered_at=now, reason="superseded"
    )
