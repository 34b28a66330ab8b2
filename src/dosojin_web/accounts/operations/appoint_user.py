"""Gives a user a role at an organisation."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from dosojin_web.accounts.actors import Actor
from dosojin_web.accounts.models import Appointment, User
from dosojin_web.accounts.roles import Role
from dosojin_web.audit.operations.record_event import record
from dosojin_web.directory.models import Organisation, OrganisationKind

PLACES: dict[Role, OrganisationKind | None] = {
    Role.STUDENT: OrganisationKind.UNIVERSITY,
    Role.UNIVERSITY: OrganisationKind.UNIVERSITY,
    Role.POLICYHOLDER: OrganisationKind.POLICYHOLDER,
    Role.AGENCY: OrganisationKind.AGENCY,
    Role.INSURER: OrganisationKind.INSURER,
    Role.AUDITOR: None,
}
"""Where a role is held."""


def check_place(role: Role, organisation: Organisation | None) -> None:
    """Raises ValidationError unless the role can be held there."""
    wanted = PLACES[role]
    if wanted is None and organisation is not None:
        raise ValidationError(gettext("An auditor is appointed without an organisation."))
    if wanted is not None and (organisation is None or organisation.kind != wanted.value):
        raise ValidationError(
            gettext("The role “%(role)s” is held at: %(kind)s.")
            % {"role": role.label, "kind": wanted.label}
        )


def appoint_user(
    user: User, role: Role, organisation: Organisation | None, actor: Actor, now: datetime
) -> Appointment:
    """The running appointment, made now unless there is one already.

    Raises ValidationError if the role is not held at such an organisation.
    """
    check_place(role, organisation)
    with transaction.atomic():
        # One row a user: of two requests at once, the second finds what the first has made.
        User.objects.select_for_update().get(pk=user.pk)
        running = Appointment.objects.filter(
            user=user, role=role, organisation=organisation, ended_at=None
        ).first()
        if running is not None:
            return running
        made = Appointment.objects.create(
            user=user, role=role, organisation=organisation, began_at=now
        )
        code = organisation.code if organisation else ""
        record(actor, "account.appointed", f"user:{user.pk}", {"role": role, "at": code}, now)
        return made
