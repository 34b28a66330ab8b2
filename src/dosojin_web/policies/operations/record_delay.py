"""The insured records why the journey home is late: cover may go on by up to 72 hours.

Nothing has to be done for that (003 l.844), and nothing is decided here. What is written down
while it happens is easier to show later.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from dosojin_web.accounts.actors import Actor
from dosojin_web.audit.operations.record_event import record
from dosojin_web.components.shapes import Fault
from dosojin_web.policies.automatic_extension import AutomaticReach, reach_of
from dosojin_web.policies.delay_causes import DelayCause
from dosojin_web.policies.japan import start_of_day
from dosojin_web.policies.models import AutomaticExtension, Certificate, CertificateVersion
from dosojin_web.policies.refusals import Refused, Stale
from dosojin_web.policies.versions import latest_version


@dataclass(frozen=True, slots=True)
class Delay:
    """A cause of ``DelayCause``; when the insured should have arrived, and when that is expected.

    ``expected_arrival`` None: not known yet. Both moments are aware.
    """

    cause: str
    planned_arrival: datetime
    expected_arrival: datetime | None


def record_delay(
    certificate: Certificate, delay: Delay, base_version: int, actor: Actor, now: datetime
) -> AutomaticExtension:
    """Keep the cause. The same one with the same arrivals again is the record that is there.

    Stale with the version if that is another one by now; Refused, with ``cause``,
    ``planned_arrival`` or ``expected_arrival``, if it cannot be, or not now.
    """
    with transaction.atomic():
        Certificate.objects.select_for_update().get(pk=certificate.pk)
        version = latest_version(certificate)
        if version.number != base_version:
            raise Stale(version)
        kept = certificate.automatic_extensions.filter(
            cause=delay.cause,
            planned_arrival=delay.planned_arrival,
            expected_arrival=delay.expected_arrival,
        ).first()
        if kept is not None:
            return kept
        _check(delay, version, now)
        made = AutomaticExtension.objects.create(
            certificate=certificate,
            cause=delay.cause,
            planned_arrival=delay.planned_arrival,
            expected_arrival=delay.expected_arrival,
            recorded_at=now,
            actor=actor.who,
        )
        # Not the cause: that somebody saw a doctor is nothing for the audit trail.
        detail = {"version": version.number}
        record(actor, "certificate.delay_recorded", certificate.about, detail, now)
    return made


def _check(delay: Delay, version: CertificateVersion, now: datetime) -> None:
    reach = reach_of(version)
    if reach is None:
        raise Refused.at("", gettext("This certificate was cancelled."))
    if now < reach.opens_at:
        raise Refused.at(
            "", gettext("It is too early: there is time to ask for an extension instead.")
        )
    if now >= reach.closes_at:
        raise Refused.at(
            "", gettext("It is too late to record it here. Tell it with your claim instead.")
        )
    if faults := _find_faults(delay, version, reach):
        raise Refused(faults)


def _find_faults(delay: Delay, version: CertificateVersion, reach: AutomaticReach) -> list[Fault]:
    faults = []
    if delay.cause not in DelayCause:
        faults.append(Fault("cause", gettext("Choose what made you late.")))
    if delay.planned_arrival > reach.ends_at:
        message = gettext(
            "This is after the end of your cover. Only a journey that should have ended before is "
            "extended by itself."
        )
        faults.append(Fault("planned_arrival", message))
    elif delay.planned_arrival < start_of_day(version.inception):
        message = gettext("This is before your cover began. Check the day.")
        faults.append(Fault("planned_arrival", message))
    if delay.expected_arrival is not None and delay.expected_arrival <= delay.planned_arrival:
        message = gettext("This is not later than planned. Check the day and the time.")
        faults.append(Fault("expected_arrival", message))
    return faults
