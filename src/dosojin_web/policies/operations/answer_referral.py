"""The agency answers a referral: a loading quoted by hand, with its reason, or a refusal.

``version`` is that of the referral on the page; Stale if it has changed since.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from dosojin_web.accounts.actors import Actor
from dosojin_web.accounts.models import User
from dosojin_web.authority.rights import needs_approval
from dosojin_web.components.shapes import Fault
from dosojin_web.policies.entries import enter_application
from dosojin_web.policies.letters import mail_referral
from dosojin_web.policies.models import (
    Application,
    ApplicationState,
    Referral,
    ReferralState,
)
from dosojin_web.policies.refusals import NotYours, Refused, Stale

ACT = "policies.loading"
LOADING_MAX = 10_000_000


def quote_loading(
    referral: Referral,
    loading: int,
    reason: str,
    user: User,
    actor: Actor,
    now: datetime,
    version: int | None = None,
) -> Referral:
    """``loading`` yen on top of the tariff. Above what ``user`` may decide, a second person checks.

    Zero is a quotation too: the agency found that no loading is needed.
    """
    faults = []
    if not 0 <= loading <= LOADING_MAX:
        faults.append(Fault("loading", gettext("Give whole yen, from 0 to 10,000,000.")))
    if not reason.strip():
        faults.append(Fault("reason", gettext("Say how you came to this amount.")))
    if faults:
        raise Refused(faults)
    with transaction.atomic():
        held, application = _hold(referral, version)
        held.loading, held.reason = loading, reason
        held.answered_by, held.answered_at = user, now
        if needs_approval(user, ACT, loading, now):
            held.state = ReferralState.PROPOSED
        else:
            held.state = ReferralState.QUOTED
            _release(application, held, loading, now)
        held.save()
        enter_application(application, f"loading_{held.state}", actor, now, reason)
    return held


def check_loading(
    referral: Referral, user: User, actor: Actor, now: datetime, version: int | None = None
) -> Referral:
    """A second person agrees to the proposed loading. NotYours for its author."""
    with transaction.atomic():
        held, application = _hold(referral, version)
        if held.state != ReferralState.PROPOSED or held.loading is None:
            raise Refused.at("", gettext("No loading waits for a second person."))
        if held.answered_by_id == user.pk:
            raise NotYours(gettext("Another person of your office has to approve this."))
        held.state = ReferralState.QUOTED
        held.save(update_fields=["state", "version"])
        _release(application, held, held.loading, now)
        enter_application(application, "loading_checked", actor, now)
    return held


def refuse_referral(
    referral: Referral,
    reason: str,
    user: User,
    actor: Actor,
    now: datetime,
    version: int | None = None,
) -> Referral:
    """The agency cannot insure this; the application ends."""
    if not reason.strip():
        raise Refused.at("reason", gettext("Say why."))
    with transaction.atomic():
        held, application = _hold(referral, version)
        held.state, held.reason = ReferralState.REFUSED, reason
        held.answered_by, held.answered_at = user, now
        held.save()
        application.state = ApplicationState.REFUSED
        application.version += 1
        application.save(update_fields=["state", "version"])
        enter_application(application, "referral_refused", actor, now, reason)
        mail_referral(application.member, str(held.key), None, reason, now)
    return held


def _hold(referral: Referral, version: int | None) -> tuple[Referral, Application]:
    application = Application.objects.select_for_update().get(pk=referral.application_id)
    held = Referral.objects.select_for_update().get(pk=referral.pk)
    if version is not None and held.version != version:
        raise Stale(held)
    if held.state not in (ReferralState.OPEN, ReferralState.PROPOSED):
        raise Refused.at("", gettext("This question has been answered already."))
    held.version += 1
    return held, application


def _release(application: Application, referral: Referral, loading: int, now: datetime) -> None:
    application.state = ApplicationState.DRAFT
    application.loading = loading
    application.version += 1
    application.save(update_fields=["state", "loading", "version"])
    mail_referral(application.member, str(referral.key), loading, referral.reason, now)
