"""Scenes after the certificate: longer, shorter, not at all, and what is still under way."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from dosojin_web.accounts.roles import Role
from dosojin_web.accounts.seats import Seat
from dosojin_web.policies.japan import day_in_japan
from dosojin_web.policies.models import Certificate, ChangeRequest
from dosojin_web.policies.operations.decide_change import (
    confirm_change,
    refuse_change,
    review_extension,
)
from dosojin_web.policies.operations.receive_transfer import receive_transfer
from dosojin_web.policies.operations.request_change import (
    request_early_end,
    request_extension,
    withdraw_change,
)
from dosojin_web.policies.proxies import Proxy
from dosojin_web.policies.versions import latest_version

from .stage import Stage, Student, seat_of

UNTIL_ASKED = "requested"
UNTIL_REVIEWED = "reviewed"
UNTIL_CONFIRMED = "confirmed"
UNTIL_DONE = "done"
UNTIL_DONE_BY_BANK = "done by bank"
REASON_LONGER = "研修先の実習が延びたため"
REASON_SHORTER = "授業の終了が早まったため"
REASON_NOT_AT_ALL = "渡航を取りやめたため"


def _student_seat(certificate: Certificate) -> Seat:
    user = certificate.member.user
    assert user is not None
    return seat_of(user, Role.STUDENT)


def _proxy(certificate: Certificate) -> Proxy:
    family = certificate.member.person.family_name
    return Proxy(f"{family} 恵子"[:60], "母", "+81312345678", "proxy@example.jp")


@dataclass(frozen=True, slots=True)
class Extend:
    """``days`` more, asked for ``days_ago``; how far it gets, and who stops it, if anyone."""

    days: int
    days_ago: int
    until: str = UNTIL_DONE
    refused_because: str = ""
    by_agency: bool = False
    before_expiry: int | None = None

    def __call__(self, stage: Stage, student: Student, certificate: Certificate) -> None:
        day = stage.day(-self.days_ago)
        if self.before_expiry is not None:
            day = student.returns - timedelta(days=self.before_expiry)
        stage.at(day, lambda now: self.ask(stage, certificate, now))

    def ask(self, stage: Stage, certificate: Certificate, now: datetime) -> None:
        """The request, by the student or, for a proxy who called, by the agency."""
        seat = stage.seats["agency-2"] if self.by_agency else _student_seat(certificate)
        version = latest_version(certificate)
        new_end = version.expiry + timedelta(days=self.days)
        proxy = _proxy(certificate)
        change = request_extension(
            certificate, new_end, proxy, REASON_LONGER, version.number, seat.actor, now
        )
        if self.until == UNTIL_ASKED:
            return
        later = now + timedelta(hours=6)
        stage.timetable.at(later, lambda at: self.review(stage, change, at))

    def review(self, stage: Stage, change: ChangeRequest, now: datetime) -> None:
        """The agency's answer."""
        actor = stage.seats["agency"].actor
        if self.refused_because:
            refuse_change(change, change.version, self.refused_because, actor, now)
            return
        reviewed = review_extension(change, change.version, 0, "加入者証と日数を確認", actor, now)
        if self.until == UNTIL_REVIEWED:
            return
        confirmed = confirm_change(
            reviewed, reviewed.version, stage.seats["policyholder"].actor, now + timedelta(hours=2)
        )
        if self.until == UNTIL_DONE_BY_BANK:
            later = now + timedelta(days=1)
            stage.timetable.at(later, lambda at: self.receive(stage, confirmed, at))
        if self.until == UNTIL_DONE and confirmed.premium_change:
            later = now + timedelta(hours=8)
            student = _student_seat(change.certificate).actor
            stage.timetable.at(later, lambda at: stage.desk.pay_change(confirmed, student, at))

    def receive(self, stage: Stage, change: ChangeRequest, now: datetime) -> None:
        """The proxy has paid at a bank; the agency writes the transfer down."""
        actor, day = stage.seats["agency-2"].actor, day_in_japan(now)
        advice = f"{day:%m%d}-{change.pk:04}"
        receive_transfer(change, change.version, change.premium_change, day, advice, actor, now)


@dataclass(frozen=True, slots=True)
class EndEarly:
    """Asked for ``days_ago``, to end so many days from today; None cancels."""

    days_ago: int
    ends_in: int | None = None
    until: str = UNTIL_DONE
    reason: str = REASON_SHORTER

    def __call__(self, stage: Stage, student: Student, certificate: Certificate) -> None:
        stage.in_days(-self.days_ago, lambda now: self.ask(stage, certificate, now))

    def ask(self, stage: Stage, certificate: Certificate, now: datetime) -> None:
        """The student asks; the policyholder confirms the next day."""
        last_day: date | None = None if self.ends_in is None else stage.day(self.ends_in)
        number = latest_version(certificate).number
        actor = _student_seat(certificate).actor
        change = request_early_end(certificate, last_day, self.reason, number, actor, now)
        if self.until == UNTIL_DONE:
            stage.timetable.at(now + timedelta(hours=3), lambda at: self.confirm(stage, change, at))

    def confirm(self, stage: Stage, change: ChangeRequest, now: datetime) -> None:
        """Carried out; what comes back goes to the card at the next look at the deadlines."""
        stage.desk.set_clock(now)
        confirm_change(change, change.version, stage.seats["policyholder"].actor, now)
        stage.timetable.run_deadlines(now)


def ask_and_take_back(stage: Stage, student: Student, certificate: Certificate) -> None:
    """A request that its student withdraws the same evening."""

    def act(now: datetime) -> None:
        version = latest_version(certificate)
        actor = _student_seat(certificate).actor
        new_end = version.expiry + timedelta(days=14)
        proxy = _proxy(certificate)
        change = request_extension(
            certificate, new_end, proxy, REASON_LONGER, version.number, actor, now
        )
        withdraw_change(change, actor, now + timedelta(hours=3))

    stage.in_days(-4, act)


def both(*follow: Callable[[Stage, Student, Certificate], None]) -> Callable[..., None]:
    """Several things follow, one after the other."""

    def act(stage: Stage, student: Student, certificate: Certificate) -> None:
        for each in follow:
            each(stage, student, certificate)

    return act
