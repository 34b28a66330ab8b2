"""Documents that the fill leaves to the worker: typesetting takes as long as much of the rest."""

from datetime import datetime

from dosojin_web.deadlines.models import WAITS, Deadline
from dosojin_web.deadlines.operations.cancel_deadline import cancel_deadline
from dosojin_web.deadlines.operations.set_deadline import set_deadline
from dosojin_web.policies.models import Certificate

KIND = "certificate.send"
LATER = "later"


def put_off_papers(certificate: Certificate, until: datetime, now: datetime) -> None:
    """Documents are made at ``until`` instead of some days after the payment."""
    _put_off(certificate.number, certificate.number, until, now)


def put_off_new_papers(until: datetime, now: datetime) -> None:
    """Where the first documents were put off, those that a change makes due by ``now`` are too."""
    due = Deadline.objects.filter(WAITS, kind=KIND, due_at__lte=now)
    for key, payload in due.values_list("key", "payload"):
        number = payload["certificate"]
        if Deadline.objects.filter(kind=KIND, key=f"{number}:{LATER}").exists():
            _put_off(key, number, until, now)


def _put_off(key: str, number: str, until: datetime, now: datetime) -> None:
    cancel_deadline(KIND, key, now)
    set_deadline(KIND, f"{key}:{LATER}", until, {"certificate": number})
