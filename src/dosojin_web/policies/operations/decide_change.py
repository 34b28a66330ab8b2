"""The agency checks an extension, the policyholder confirms or refuses any change.

The right to change and to cancel is the policyholder's (004 l.1300), who acts for the student.
Nobody confirms what he asked for.
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from dosojin_web.accounts.actors import Actor
from dosojin_web.policies.entries import enter_change
from dosojin_web.policies.japan import day_in_japan
from dosojin_web.policies.letters import mail_change
from dosojin_web.policies.models import Certificate, ChangeKind, ChangeRequest, ChangeState
from dosojin_web.policies.models.changes import OPEN_STATES
from dosojin_web.policies.operations.answer_referral import LOADING_MAX
from dosojin_web.policies.operations.complete_change import complete_change
from dosojin_web.policies.refusals import NotYours, Refused, Stale
from dosojin_web.policies.return_premium import return_premium
from dosojin_web.policies.versions import latest_version


def review_extension(
    change: ChangeRequest, version: int, loading: int, reason: str, actor: Actor, now: datetime
) -> ChangeRequest:
    """The agency accepts; ``loading`` yen come on top where the certificate has a loading.

    NotYours for whoever entered the request for a proxy.
    """
    with transaction.atomic():
        held = _hold(change, version)
        if held.kind != ChangeKind.EXTENSION or held.state != ChangeState.REQUESTED:
            raise Refused.at("", gettext("Nothing is left to check here."))
        _check_cover_runs(held, now)
        if held.asked_by == actor.who:
            raise NotYours(gettext("Another person of your office has to check this."))
        if not 0 <= loading <= LOADING_MAX:
            raise Refused.at("loading", gettext("Give whole yen, from 0 to 10,000,000."))
        if loading and not reason.strip():
            raise Refused.at("reason", gettext("Say how you came to this amount."))
        if latest_version(held.certificate).loading and not reason.strip():
            message = gettext(
                "This certificate has a loading: say what the extension adds to it, or why nothing."
            )
            raise Refused.at("reason", message)
        held.loading_change = loading
        held.premium_change += loading
        held.state = ChangeState.REVIEWED
        _save(held)
        enter_change(held, "reviewed", actor, now, reason)
    return held


def confirm_change(
    change: ChangeRequest, version: int, actor: Actor, now: datetime
) -> ChangeRequest:
    """The policyholder agrees. An extension then waits for its premium; the rest is carried out."""
    with transaction.atomic():
        held = _hold(change, version)
        if held.asked_by == actor.who:
            raise NotYours(gettext("Whoever asked for a change does not confirm it."))
        if held.kind == ChangeKind.EXTENSION:
            if held.state != ChangeState.REVIEWED:
                raise Refused.at("", gettext("The agency has not checked this yet."))
            _check_cover_runs(held, now)
            held.state = ChangeState.AWAITING_PREMIUM
            held.attempt = 1
            _save(held)
            enter_change(held, "confirmed", actor, now)
            if held.premium_change == 0:
                complete_change(held, "", "", actor, now)
            else:
                mail_change(held, "change_to_pay", now=now)
        else:
            _quote_again(held, now)
            _save(held)
            enter_change(held, "confirmed", actor, now)
            complete_change(held, "", "", actor, now)
    held.refresh_from_db()
    return held


def refuse_change(
    change: ChangeRequest, version: int, reason: str, actor: Actor, now: datetime
) -> ChangeRequest:
    """Refused by the agency or the policyholder, with the reason that the student reads."""
    if not reason.strip():
        raise Refused.at("reason", gettext("Say why."))
    with transaction.atomic():
        held = _hold(change, version)
        held.state = ChangeState.REFUSED
        _save(held)
        enter_change(held, "refused", actor, now, reason)
        mail_change(held, "change_refused", reason, now)
    return held


def lapse_change(change: ChangeRequest, actor: Actor, now: datetime) -> ChangeRequest:
    """An extension that is not complete when cover ends cannot be made any more (003 l.848)."""
    with transaction.atomic():
        Certificate.objects.select_for_update().get(pk=change.certificate_id)
        held = ChangeRequest.objects.select_for_update().get(pk=change.pk)
        if held.state in OPEN_STATES:
            held.state = ChangeState.LAPSED
            _save(held)
            enter_change(held, "lapsed", actor, now)
            mail_change(held, "change_lapsed", now=now)
    return held


def _hold(change: ChangeRequest, version: int) -> ChangeRequest:
    Certificate.objects.select_for_update().get(pk=change.certificate_id)
    held = ChangeRequest.objects.select_for_update().get(pk=change.pk)
    if held.version != version:
        raise Stale(held)
    if held.state not in OPEN_STATES:
        raise Refused.at("", gettext("This request has been settled already."))
    return held


def _save(held: ChangeRequest) -> None:
    held.version += 1
    held.save()


def _check_cover_runs(held: ChangeRequest, now: datetime) -> None:
    """An extension is complete by the last day of cover, or never (003 l.848)."""
    if day_in_japan(now) > latest_version(held.certificate).expiry:
        message = gettext("Cover has ended. After its end it cannot be extended any more.")
        raise Refused.at("", message)


def _quote_again(held: ChangeRequest, now: datetime) -> None:
    """Days have passed since the request: cover cannot end before today."""
    version = latest_version(held.certificate)
    today = day_in_japan(now)
    if held.last_day >= version.inception or today >= version.inception:
        held.last_day = max(held.last_day, today)
    if held.last_day >= version.expiry:
        raise Refused.at("", gettext("Cover has ended already."))
    given = return_premium(held.certificate.master.product, version, held.last_day)
    held.premium_change = -given.total
    held.loading_change = -given.loading
