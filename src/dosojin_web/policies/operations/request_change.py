"""A student, or the agency for a proxy who called, asks to change a certificate."""

import json
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext

from dosojin_web.accounts.actors import Actor
from dosojin_web.deadlines.operations.set_deadline import set_deadline
from dosojin_web.policies.entries import enter_change
from dosojin_web.policies.japan import day_in_japan, end_of_day
from dosojin_web.policies.letters import mail_change
from dosojin_web.policies.mapping import Refusal
from dosojin_web.policies.models import (
    Certificate,
    CertificateVersion,
    ChangeKind,
    ChangeRequest,
    ChangeState,
    VersionKind,
)
from dosojin_web.policies.models.changes import OPEN_STATES
from dosojin_web.policies.proxies import NOBODY, Proxy, find_proxy_faults, needs_proxy
from dosojin_web.policies.refusals import Refused, Stale
from dosojin_web.policies.return_premium import return_premium
from dosojin_web.policies.tariff_plan import extend_in_pair
from dosojin_web.policies.versions import latest_version


@dataclass(frozen=True, slots=True)
class _Asked:
    """By what a request that was sent twice is known."""

    kind: str
    last_day: date
    reason: str
    proxy: str
    who: str

    @classmethod
    def of(cls, change: ChangeRequest) -> "_Asked":
        """What a request asks for."""
        return cls(change.kind, change.last_day, change.reason, change.proxy, change.asked_by)


def request_extension(
    certificate: Certificate,
    new_end: date,
    proxy: Proxy | None,
    reason: str,
    base_version: int,
    actor: Actor,
    now: datetime,
) -> ChangeRequest:
    """Ask for cover until ``new_end``. It has to be complete, premium received, before expiry.

    ``proxy`` None: the student acts alone, as long as the trip has not begun. The same again is
    the request that is open.
    """
    acts = json.dumps(asdict(proxy), ensure_ascii=False, sort_keys=True) if proxy else ""
    with transaction.atomic():
        version = _hold(certificate, base_version)
        asked = _Asked(ChangeKind.EXTENSION, new_end, reason, acts, actor.who)
        if (again := _find_open(certificate, asked)) is not None:
            return again
        faults = []
        if proxy is not None or needs_proxy(version, day_in_japan(now)):
            faults = find_proxy_faults(proxy or NOBODY)
        try:
            product = certificate.master.product
            quoted = extend_in_pair(product, version, new_end, requested_on=day_in_japan(now))
        except Refusal as refusal:
            faults.append(refusal.fault())
            raise Refused(faults) from refusal
        if faults:
            raise Refused(faults)
        change = ChangeRequest.objects.create(
            certificate=certificate,
            kind=ChangeKind.EXTENSION,
            base_version=version.number,
            last_day=new_end,
            plan=quoted.plan,
            riders_lost=[lost.rider for lost in quoted.riders_lost],
            premium_change=quoted.additional_premium,
            reason=reason,
            proxy=acts,
            asked_at=now,
            asked_by=actor.who,
        )
        _open(change, actor, now)
        key = str(change.key)
        set_deadline("change.lapse", key, end_of_day(version.expiry), {"change": key})
    return change


def request_early_end(
    certificate: Certificate,
    last_day: date | None,
    reason: str,
    base_version: int,
    actor: Actor,
    now: datetime,
) -> ChangeRequest:
    """Ask to end cover with ``last_day``; None cancels at once, or before it begins, entirely.

    A later day than today shortens; today cancels. What comes back is the edition's refund. The
    same again is the request that is open.
    """
    today = day_in_japan(now)
    with transaction.atomic():
        version = _hold(certificate, base_version)
        last_covered = check_last_day(version, last_day, today)
        kind = ChangeKind.CANCELLATION if last_day is None else ChangeKind.SHORTENING
        asked = _Asked(kind, last_covered, reason, "", actor.who)
        if (again := _find_open(certificate, asked)) is not None:
            return again
        change = ChangeRequest.objects.create(
            certificate=certificate,
            kind=kind,
            base_version=version.number,
            last_day=last_covered,
            plan=version.plan,
            premium_change=-return_premium(certificate.master.product, version, last_covered).total,
            reason=reason,
            asked_at=now,
            asked_by=actor.who,
        )
        _open(change, actor, now)
    return change


def withdraw_change(change: ChangeRequest, actor: Actor, now: datetime) -> ChangeRequest:
    """Taken back by whoever asked. Money that still arrives for it is given back."""
    with transaction.atomic():
        held = ChangeRequest.objects.select_for_update().get(pk=change.pk)
        if held.state == ChangeState.WITHDRAWN:
            return held
        if held.state not in OPEN_STATES:
            raise Refused.at("", gettext("This request has been settled already."))
        held.state = ChangeState.WITHDRAWN
        held.version += 1
        held.save(update_fields=["state", "version"])
        enter_change(held, "withdrawn", actor, now)
    return held


def _hold(certificate: Certificate, base_version: int) -> CertificateVersion:
    Certificate.objects.select_for_update().get(pk=certificate.pk)
    version = latest_version(certificate)
    if version.number != base_version:
        raise Stale(version)
    if version.cancelled or version.kind == VersionKind.CANCELLATION:
        raise Refused.at("", gettext("This certificate was cancelled."))
    return version


def _find_open(certificate: Certificate, asked: _Asked) -> ChangeRequest | None:
    """The open request if it is this very one; None if there is none. Another one is refused."""
    waiting = certificate.changes.filter(state__in=OPEN_STATES).first()
    if waiting is not None and asked != _Asked.of(waiting):
        raise Refused.at("", gettext("A request for this certificate is still open."))
    return waiting


def check_last_day(version: CertificateVersion, last_day: date | None, today: date) -> date:
    """The last day of cover if it is to end with ``last_day``, or, None, at once.

    Before it begins, at once is the day before. Refused at ``last_day`` if it cannot end then.
    """
    if today > version.expiry:
        raise Refused.at("last_day", gettext("Cover has ended already."))
    if last_day is None:
        return today if today >= version.inception else version.inception - timedelta(days=1)
    if last_day >= version.expiry:
        raise Refused.at("last_day", gettext("Give a day before the present last day of cover."))
    if last_day < max(today, version.inception):
        message = gettext("Cover cannot end in the past, nor before it begins.")
        raise Refused.at("last_day", message)
    return last_day


def _open(change: ChangeRequest, actor: Actor, now: datetime) -> None:
    enter_change(change, "requested", actor, now, change.reason)
    mail_change(change, "change_requested", now=now)
