"""Scenes up to the certificate: how students enrol, and where some of them get stuck."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from dosojin_web.accounts.roles import Role
from dosojin_web.accounts.seats import Seat
from dosojin_web.consents.operations.give_consent import MYSELF, give, refuse, revoke
from dosojin_web.consents.purposes import all_purposes
from dosojin_web.demo.operations.confirm_and_agree import confirm_and_agree
from dosojin_web.policies.disclosure import Cover, Disclosure, Hazard, SchoolDemand
from dosojin_web.policies.important_matters import load_important_matters
from dosojin_web.policies.mapping import quote_plans
from dosojin_web.policies.models import Application, Certificate, Member
from dosojin_web.policies.operations.answer_application import (
    acknowledge_matters,
    answer_trip,
    choose_plan,
    disclose,
)
from dosojin_web.policies.operations.answer_referral import (
    check_loading,
    quote_loading,
    refuse_referral,
)
from dosojin_web.policies.operations.open_application import (
    open_application,
    withdraw_application,
)
from dosojin_web.policies.operations.submit_application import (
    submit_application,
    tariff_premium,
)

from .operations.answer_invitation import answer_invitation
from .papers import put_off_papers
from .stage import Stage, Student, member_of, seat_of

AfterCertificate = Callable[[Stage, Student, Certificate], None]
NOTHING_SPECIAL = Disclosure(return_planned=True)
DISCLOSURES = (
    NOTHING_SPECIAL,
    NOTHING_SPECIAL,
    NOTHING_SPECIAL,
    Disclosure(
        return_planned=True,
        similar_cover=Cover.YES,
        similar_note="家族のクレジットカードに付いている海外旅行保険",
    ),
    Disclosure(return_planned=True, similar_cover=Cover.UNKNOWN),
    Disclosure(
        return_planned=True,
        school_demands=(SchoolDemand.MINIMUM,),
        school_note="治療費用 1,000,000 USD 以上",
    ),
)
CLIMBING = Disclosure(
    return_planned=True,
    sports=(Hazard.MOUNTAINEERING,),
    sports_note="休暇に氷河の縦走、ピッケルとアイゼンを使用、2回の予定",
)
SKYDIVING = Disclosure(
    return_planned=True, sports=(Hazard.SKYDIVING,), sports_note="現地のクラブで月1回程度"
)
WORKING = Disclosure(
    return_planned=True, dangerous_work=True, work_note="伐採の実習（チェーンソーを使用）"
)
STAYING = Disclosure(return_planned=False)
REFUSED_ONE_IN = 6


@dataclass(frozen=True, slots=True)
class Enrolment:
    """How an application goes: what is disclosed, which card, and what follows.

    ``plan`` "" is any of those that the trip can have.
    """

    card: str = "success"
    plan: str = ""
    disclosure: Disclosure | None = None
    loading: int = 0
    days_ago: int | None = None
    follows: AfterCertificate | None = None

    def __call__(self, stage: Stage, student: Student) -> None:
        day = stage.enrols_on(student) if self.days_ago is None else stage.day(-self.days_ago)
        stage.at(day, lambda now: self.begin(stage, student, now))

    def begin(self, stage: Stage, student: Student, now: datetime) -> None:
        """All answers; then the payment, or the question to the agency."""
        member, seat = come_in(student, now)
        disclosure = self.disclosure or stage.random.choice(DISCLOSURES)
        application = fill_in(stage, member, seat, disclosure, now, self.plan)
        if disclosure.hazards:
            later = now + timedelta(hours=stage.random.randint(4, 30))
            stage.timetable.at(later, lambda at: self.quote(stage, student, application, at))
        else:
            self.pay(stage, student, application, now + timedelta(minutes=10))

    def quote(
        self, stage: Stage, student: Student, application: Application, now: datetime
    ) -> None:
        """The agency names a loading; a second person looks at it if it is above the limit."""
        first, second = stage.seats["agency"], stage.seats["agency-2"]
        reason = "同種の活動の料率表と日数から算出。過去の引受例と同水準。"
        referral = application.referrals.get(state="open")
        quoted = quote_loading(referral, self.loading, reason, first.user, first.actor, now)
        if quoted.state == "proposed":
            now += timedelta(hours=2)
            check_loading(quoted, second.user, second.actor, now)
        later = now + timedelta(hours=3)
        stage.timetable.at(later, lambda at: self.pay(stage, student, application, at))

    def pay(self, stage: Stage, student: Student, application: Application, now: datetime) -> None:
        """The price is fixed and paid; then what follows."""
        member = member_of(student)
        assert member.user is not None
        seat = seat_of(member.user, Role.STUDENT)
        application.refresh_from_db()
        total = tariff_premium(application) + application.loading
        submitted = submit_application(application, application.version, total, seat.actor, now)
        payment = stage.desk.pay_application(submitted, self.card, seat.actor, now)
        if not payment.is_paid:
            return
        submitted.refresh_from_db()
        if student.papers_later:
            put_off_papers(submitted.certificate, stage.now, now)
        if self.follows is not None:
            self.follows(stage, student, submitted.certificate)


def come_in(student: Student, now: datetime) -> tuple[Member, Seat]:
    """The student logs in for the first time."""
    member = member_of(student)
    assert member.user is not None, f"{student.number} was not invited"
    answer_invitation(member.user, now)
    return member, seat_of(member.user, Role.STUDENT)


@transaction.atomic
def fill_in(
    stage: Stage, member: Member, seat: Seat, disclosure: Disclosure, now: datetime, plan: str = ""
) -> Application:
    """Every answer, nothing submitted."""
    actor, random = seat.actor, stage.random
    master = member.programme.master
    say_consents(stage, member, seat, now)
    application = open_application(member, actor, now)
    departs, returns = member.departs_on, member.returns_on
    country = member.programme.country
    filled = answer_trip(application, departs, returns, country, application.version, actor, now)
    plan = plan or random.choice(quote_plans(master.product, departs, returns)).plan
    filled = choose_plan(filled, plan, filled.version, actor, now)
    digest = load_important_matters().digest
    filled = acknowledge_matters(filled, digest, filled.version, actor, now)
    # Before the disclosure: what is disclosed may be the end of the application.
    confirm_and_agree(filled, actor, now)
    return disclose(filled, disclosure, filled.version, actor, now)


def say_consents(stage: Stage, member: Member, seat: Seat, now: datetime) -> None:
    """What the student agrees to: all that is needed, and most of the rest."""
    product = member.programme.master.product
    for purpose in all_purposes().values():
        if not purpose.is_asked_under(product):
            continue
        agrees = purpose.needed_for_enrolment or stage.random.randrange(REFUSED_ONE_IN)
        say = give if agrees else refuse
        say(member.person, purpose.id, member.language, MYSELF, seat.actor, now)


def take_back_consent(stage: Stage, student: Student, certificate: Certificate) -> None:
    """Some weeks later the student does not want the university to read claims any more."""

    def act(now: datetime) -> None:
        member, seat = come_in(student, now)
        give(member.person, "claim-to-university", member.language, MYSELF, seat.actor, now)
        later = now + timedelta(minutes=20)
        revoke(member.person, "claim-to-university", member.language, MYSELF, seat.actor, later)

    stage.in_days(-2, act)


def stay_invited(stage: Stage, student: Student) -> None:
    """The mail lies unread."""


def log_in_only(stage: Stage, student: Student) -> None:
    """The invitation is answered, and nothing else yet."""
    stage.at(stage.enrols_on(student), lambda now: come_in(student, now))


def stop_half_way(stage: Stage, student: Student) -> None:
    """The trip is entered, the plan not chosen."""

    def act(now: datetime) -> None:
        member, seat = come_in(student, now)
        application = open_application(member, seat.actor, now)
        answer_trip(
            application,
            member.departs_on,
            member.returns_on,
            member.programme.country,
            application.version,
            seat.actor,
            now,
        )

    stage.in_days(-stage.random.randint(1, 6), act)


def give_up(stage: Stage, student: Student) -> None:
    """An application that its student withdraws."""

    def act(now: datetime) -> None:
        member, seat = come_in(student, now)
        application = open_application(member, seat.actor, now)
        withdraw_application(application, seat.actor, now + timedelta(minutes=3))

    stage.in_days(-stage.random.randint(2, 9), act)


def stop_before_payment(stage: Stage, student: Student) -> None:
    """Everything is answered and priced; the payment page was never opened."""

    def act(now: datetime) -> None:
        member, seat = come_in(student, now)
        application = fill_in(stage, member, seat, NOTHING_SPECIAL, now)
        total = tariff_premium(application)
        submit_application(application, application.version, total, seat.actor, now)

    stage.in_days(-stage.random.randint(1, 4), act)


@dataclass(frozen=True, slots=True)
class Disclose:
    """All is answered, and this disclosure stops it; ``answer`` is what the agency does."""

    disclosure: Disclosure
    answer: str = ""

    def __call__(self, stage: Stage, student: Student) -> None:
        stage.in_days(-stage.random.randint(2, 5), lambda now: self.play(stage, student, now))

    def play(self, stage: Stage, student: Student, now: datetime) -> None:
        """The application, and the agency's answer some hours later."""
        member, seat = come_in(student, now)
        application = fill_in(stage, member, seat, self.disclosure, now)
        desk, later = stage.seats["agency"], now + timedelta(hours=5)
        if self.answer == "proposed":
            reason = "スカイダイビング月1回、6か月分。上司の確認をお願いします。"
            quote_loading(application.referrals.get(), 38_400, reason, desk.user, desk.actor, later)
        elif self.answer == "refused":
            reason = "この作業は引受の対象外です。計画が変わったときは、改めてご相談ください。"
            refuse_referral(application.referrals.get(), reason, desk.user, desk.actor, later)
