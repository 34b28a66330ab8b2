"""Ends what a user may do in a role."""

from datetime import datetime

from django.db import transaction

from dosojin_web.accounts.actors import Actor
from dosojin_web.accounts.models import Appointment
from dosojin_web.audit.operations.record_event import record


def end_appointment(appointment: Appointment, actor: Actor, now: datetime) -> Appointment:
    """The appointment, ended now unless it had ended before. Its history stays."""
    with transaction.atomic():
        held = (
            Appointment.objects.select_for_update(of=("self",))
            .select_related("organisation")
            .get(pk=appointment.pk)
        )
        if held.ended_at is not None:
            return held
        held.ended_at = now
        held.save(update_fields=["ended_at"])
        code = held.organisation.code if held.organisation else ""
        detail: dict[str, str | int | bool | None] = {"role": held.role, "at": code}
        record(actor, "account.appointment_ended", f"user:{held.user_id}", detail, now)
        return held
