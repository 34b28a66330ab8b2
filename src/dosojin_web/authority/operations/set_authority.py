"""Grants a role authority for an act, or ends it."""

from datetime import date, datetime

from django.db import transaction

from dosojin_web.accounts.actors import Actor
from dosojin_web.accounts.roles import Role
from dosojin_web.audit.operations.record_event import record
from dosojin_web.authority.models import AuthorityProfile
from dosojin_web.directory.models import Organisation


def grant_authority(
    role: Role,
    organisation: Organisation | None,
    act: str,
    amount_max: int | None,
    begins_on: date,
    actor: Actor,
    now: datetime,
) -> AuthorityProfile:
    """The profile: ``amount_max`` yen, None unlimited, from a day of Japan on. Idempotent.

    ValueError if the amount is negative.
    """
    if amount_max is not None and amount_max < 0:
        raise ValueError("an amount is never negative")
    return _enter(role, organisation, act, amount_max, True, begins_on, actor, now)


def end_authority(
    role: Role,
    organisation: Organisation | None,
    act: str,
    begins_on: date,
    actor: Actor,
    now: datetime,
) -> AuthorityProfile:
    """The profile by which nothing is covered any more, from a day of Japan on. Idempotent."""
    return _enter(role, organisation, act, 0, False, begins_on, actor, now)


def _enter(
    role: Role,
    organisation: Organisation | None,
    act: str,
    amount_max: int | None,
    granted: bool,
    begins_on: date,
    actor: Actor,
    now: datetime,
) -> AuthorityProfile:
    with transaction.atomic():
        rows = AuthorityProfile.objects.filter(role=role, organisation=organisation, act=act)
        standing = rows.filter(begins_on__lte=begins_on).order_by("begins_on", "pk").last()
        if (
            standing is not None
            and standing.begins_on == begins_on
            and (standing.amount_max, standing.granted) == (amount_max, granted)
        ):
            return standing
        profile = AuthorityProfile.objects.create(
            role=role,
            organisation=organisation,
            act=act,
            amount_max=amount_max,
            granted=granted,
            begins_on=begins_on,
            who=actor.who,
            at=now,
        )
        detail = {
            "role": role.value,
            "organisation": organisation.code if organisation else "",
            "amount_max": amount_max,
            "begins_on": begins_on.isoformat(),
        }
        what = "authority.granted" if granted else "authority.ended"
        record(actor, what, f"act:{act}", detail, now)
    return profile
