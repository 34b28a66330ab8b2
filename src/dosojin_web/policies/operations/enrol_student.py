"""The premium has arrived: the certificate is issued, booked and announced, all or nothing."""

from datetime import datetime, timedelta

from django.db import transaction

from dosojin_web.accounts.actors import SYSTEM, Actor
from dosojin_web.audit.operations.record_event import record
from dosojin_web.deadlines.operations.set_deadline import set_deadline
from dosojin_web.payments.failpoints import reach
from dosojin_web.policies.applicants import look_up_member
from dosojin_web.policies.bookings import book_premium
from dosojin_web.policies.certificate_numbers import take_number
from dosojin_web.policies.entries import Detail, enter_application
from dosojin_web.policies.japan import day_in_japan
from dosojin_web.policies.letters import mail_enrolment
from dosojin_web.policies.models import (
    Application,
    ApplicationState,
    Certificate,
    CertificateVersion,
    VersionKind,
)
from dosojin_web.policies.operations.answer_application import read_disclosure

AGE_OF_GRADE_LIMIT = 70
# "A few days later" (003 l.56): the certificate follows the mail that says all is complete.
CERTIFICATE_AFTER = timedelta(days=1)


def enrol_student(
    application: Application,
    receipt_key: str,
    account: str,
    now: datetime,
    actor: Actor = SYSTEM,
    received_at: datetime | None = None,
) -> Certificate:
    """Issue the certificate for a premium received under ``receipt_key`` on ``account``.

    ``received_at``, if that was before ``now``: cover does not wait for us to notice.
    Calling again returns the certificate. ValueError if the application does not wait for a
    payment: the money must then be given back, which is the caller's affair.
    """
    member = look_up_member(application)
    # Read before others wait; the contract keeps them until the premium is booked.
    assert member.programme.master.shares_in_order, "somebody carries the contract"
    with transaction.atomic():
        held = Application.objects.select_for_update().get(pk=application.pk)
        held.member = member
        if held.state == ApplicationState.ENROLLED:
            return held.certificate
        if held.state != ApplicationState.AWAITING_PAYMENT:
            raise ValueError(f"{held} does not wait for a payment")
        certificate = _issue(held, now)
        version = _write_version(certificate, held, actor, now, received_at or now)
        reach("enrol.issued")
        book_premium(certificate, 0, held.total, receipt_key, account, actor, now)
        reach("enrol.booked")
        held.state = ApplicationState.ENROLLED
        held.version += 1
        held.save(update_fields=["state", "version"])
        enter_application(held, "enrolled", actor, now)
        mail_enrolment(certificate, version)
        set_deadline(
            "certificate.send",
            certificate.number,
            now + CERTIFICATE_AFTER,
            {"certificate": certificate.number},
        )
        reach("enrol.written")
    return certificate


def _issue(application: Application, now: datetime) -> Certificate:
    member = application.member
    master = member.programme.master
    return Certificate.objects.create(
        number=take_number(master),
        master=master,
        member=member,
        application=application,
        issued_at=now,
    )


def _write_version(
    certificate: Certificate,
    application: Application,
    actor: Actor,
    now: datetime,
    received_at: datetime,
) -> CertificateVersion:
    assert application.departs_on is not None and application.returns_on is not None
    version = CertificateVersion.objects.create(
        certificate=certificate,
        number=1,
        kind=VersionKind.ISSUE,
        recorded_at=now,
        # Nothing that happens before the premium is received is covered (003 l.847).
        effective_from=max(application.departs_on, day_in_japan(received_at)),
        plan=application.plan,
        inception=application.departs_on,
        expiry=application.returns_on,
        riders=_list_riders(application),
        premium=application.total,
        loading=application.loading,
        premium_change=application.total,
        actor=actor.who,
    )
    detail: Detail = {"plan": application.plan, "premium": application.total}
    record(actor, "certificate.issued", certificate.about, detail, now)
    return version


def _list_riders(application: Application) -> list[str]:
    """The riders that the certificate shows beside those of the plan.

    A dangerous sport or work is covered by a rider and its loading, never by one of the two (003
    l.894-899). Where the agency quoted nothing, it found nothing that needs them.
    """
    riders = []
    disclosure = read_disclosure(application)
    if disclosure is not None and application.loading:
        riders += ["special_hazard"] * bool(disclosure.sports)
        riders += ["dangerous_work_loading"] * bool(disclosure.dangerous_work)
    born, departs = application.member.person.birth_date, application.departs_on
    assert departs is not None
    if born is not None:
        had_birthday = (departs.month, departs.day) >= (born.month, born.day)
        if departs.year - born.year - (not had_birthday) >= AGE_OF_GRADE_LIMIT:
            riders.append("disability_grade_limit")
    return riders
