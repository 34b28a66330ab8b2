"""A scene of the last day: the flight home is late."""

from datetime import datetime, time, timedelta

from dosojin_web.accounts.actors import Actor
from dosojin_web.policies.delay_causes import DelayCause
from dosojin_web.policies.japan import JAPAN
from dosojin_web.policies.models import Certificate
from dosojin_web.policies.operations.record_delay import Delay, record_delay
from dosojin_web.policies.versions import latest_version

from .stage import Stage, Student

ARRIVES_AT, HOURS_LATE = time(18, 40), 9


def report_delay(stage: Stage, student: Student, certificate: Certificate) -> None:
    """The student records why cover may go on for up to 72 hours."""

    def act(now: datetime) -> None:
        planned = datetime.combine(student.returns, ARRIVES_AT, JAPAN)
        delay = Delay(DelayCause.TRANSPORT.value, planned, planned + timedelta(hours=HOURS_LATE))
        actor = Actor(certificate.member.user_id, "student", "student")
        record_delay(certificate, delay, latest_version(certificate).number, actor, now)

    stage.in_days(-1, act)
