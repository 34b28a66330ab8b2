"""The steps of an enrolment and of what follows, each taken in a child that may be killed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Sum
from django.utils import timezone

from dosojin_web.accounts.actors import SYSTEM, Actor, actor_of
from dosojin_web.accounts.operations.open_account import open_account
from dosojin_web.accounts.roles import Role
from dosojin_web.audit.operations.verify_chain import verify
from dosojin_web.deadlines.models import Deadline
from dosojin_web.deadlines.operations.run_due import run_due
from dosojin_web.demo.operations.confirm_and_agree import confirm_and_agree
from dosojin_web.demo.operations.set_up_scheme import set_up_scheme
from dosojin_web.documents.characters import printable
from dosojin_web.documents.models import Document
from dosojin_web.ledger.balances import balance, count_open_entries
from dosojin_web.ledger.models import Entry, EntryLine
from dosojin_web.mail.models import OutgoingMail
from dosojin_web.payments.models import CardRefund, Payment
from dosojin_web.payments.operations.reconcile import reconcile
from dosojin_web.payments.tests import payment_steps
from dosojin_web.people.details import PersonDetails
from dosojin_web.people.operations.create_person import create_person
from dosojin_web.policies.disclosure import Disclosure
from dosojin_web.policies.important_matters import load_important_matters
from dosojin_web.policies.japan import day_in_japan
from dosojin_web.policies.mapping import warm_up as warm_up_tariffs
from dosojin_web.policies.models import Application, Certificate, ChangeRequest, Member, Programme
from dosojin_web.policies.operations.answer_application import (
    acknowledge_matters,
    answer_trip,
    choose_plan,
    disclose,
)
from dosojin_web.policies.operations.approve_programme import (
    ProgrammeForm,
    approve_programme,
    draft_programme,
)
from dosojin_web.policies.operations.decide_change import confirm_change, review_extension
from dosojin_web.policies.operations.open_application import open_application
from dosojin_web.policies.operations.pay_premium import (
    pay_application_premium,
    pay_change_premium,
)
from dosojin_web.policies.operations.request_change import request_early_end, request_extension
from dosojin_web.policies.operations.submit_application import submit_application, tariff_premium
from dosojin_web.policies.proxies import Proxy
from dosojin_web.policies.versions import latest_version

STUDENT, AGENCY = Actor(9_000_001, "student", "test"), Actor(9_000_002, "agency", "test")
POLICYHOLDER = Actor(9_000_003, "policyholder", "test")
PROXY = Proxy("佐藤一郎", "父", "+81311112222", "father@example.jp")
PLAN = "D"
AHEAD, STAY, LONGER = timedelta(days=60), timedelta(days=60), timedelta(days=90)
ADDRESS = "http://127.0.0.1:8000/my/"
Asked = dict[str, Any]


def warm_up() -> None:
    """Read tariff and fonts, once for all children."""
    payment_steps.warm_up()
    warm_up_tariffs()
    printable()


def set_up(asked: Asked) -> Asked:
    """A scheme with one study trip that its office has approved."""
    now = timezone.now()
    today = day_in_japan(now)
    scheme = set_up_scheme(today - timedelta(days=1), today + timedelta(days=400))
    form = ProgrammeForm("Killed", "Host", "US", today + AHEAD, today + AHEAD + LONGER)
    university = scheme.universities[0]
    maker, checker = (
        actor_of(
            open_account(name, f"{name}@example.jp", Role.UNIVERSITY, university, SYSTEM, now)[0]
        )
        for name in ("maker", "checker")
    )
    programme = draft_programme(scheme.master, university, form, maker, now)
    approve_programme(programme, 1, checker, now)
    return {"programme": programme.pk}


def fill_in(asked: Asked) -> Asked:
    """The application of a new student, everything answered; its key."""
    now = timezone.now()
    programme = Programme.objects.get(pk=asked["programme"])
    details = PersonDetails(
        family_name="佐藤",
        given_name="花子",
        family_name_kana="サトウ",
        given_name_kana="ハナコ",
        family_name_roman="SATO",
        given_name_roman="HANAKO",
        birth_date=date(2005, 5, 17),
        phone="+819012345678",
        email="s@example.jp",
    )
    departs = programme.starts_on
    member = Member.objects.create(
        programme=programme,
        university=programme.university,
        person=create_person(details, SYSTEM, now),
        student_number=asked["student"][-24:],
        departs_on=departs,
        returns_on=departs + STAY,
        added_at=now,
    )
    filled = open_application(member, STUDENT, now)
    filled = answer_trip(filled, departs, departs + STAY, "US", filled.version, STUDENT, now)
    filled = choose_plan(filled, PLAN, filled.version, STUDENT, now)
    digest = load_important_matters().digest
    filled = acknowledge_matters(filled, digest, filled.version, STUDENT, now)
    filled = disclose(filled, Disclosure(return_planned=True), filled.version, STUDENT, now)
    confirm_and_agree(filled, STUDENT, now)
    return {"application": str(filled.key), "premium": tariff_premium(filled)}


def submit(asked: Asked) -> Asked:
    application = find_application(asked)
    total = tariff_premium(application)
    submit_application(application, application.version, total, STUDENT, timezone.now())
    return {}


def pay(asked: Asked) -> Asked:
    """What the student's button does: the address of the checkout, or of the next one."""
    application = find_application(asked)
    payment = pay_application_premium(application, ADDRESS, ADDRESS, "ja", STUDENT, timezone.now())
    return {"url": payment.url}


def extend(asked: Asked) -> Asked:
    """An extension up to the point where its premium is waited for."""
    now, certificate = timezone.now(), find_certificate(asked)
    new_end = certificate.member.departs_on + LONGER
    version = latest_version(certificate).number
    change = request_extension(certificate, new_end, PROXY, "thesis", version, STUDENT, now)
    change = review_extension(change, change.version, 0, "", AGENCY, now)
    change = confirm_change(change, change.version, POLICYHOLDER, now)
    return {"premium": change.premium_change}


def pay_more(asked: Asked) -> Asked:
    change = find_certificate(asked).changes.get()
    payment = pay_change_premium(change, ADDRESS, ADDRESS, "ja", STUDENT, timezone.now())
    return {"url": payment.url}


def cancel(asked: Asked) -> Asked:
    """Asked for by the student; once more, after a kill, it is the same request."""
    certificate = find_certificate(asked)
    version = latest_version(certificate).number
    change = certificate.changes.first() or request_early_end(
        certificate, None, "", version, STUDENT, timezone.now()
    )
    return {"change": str(change.key)}


def confirm(asked: Asked) -> Asked:
    change = find_certificate(asked).changes.get()
    if change.state == "requested":
        confirm_change(change, change.version, POLICYHOLDER, timezone.now())
    return {}


def work(asked: Asked) -> Asked:
    """What the worker does, so many minutes from now: deadlines, then a look at the provider."""
    now = timezone.now() + timedelta(minutes=asked.get("minutes", 0))
    done = run_due(now)
    return {"done": done, "faults": reconcile(now).faults}


def report(asked: Asked) -> Asked:
    """How often each thing has happened for one application, and whether the books are whole."""
    application = find_application(asked)
    certificates = list(Certificate.objects.filter(application=application))
    numbers = [certificate.number for certificate in certificates]
    changes = list(ChangeRequest.objects.filter(certificate__in=certificates))
    keys = [str(application.key), *(str(change.key) for change in changes)]
    payments = [p for p in Payment.objects.all() if p.reference.partition(":")[0] in keys]
    entries = Entry.objects.filter(reference__in=numbers)
    mails = OutgoingMail.objects.filter(about=application.member.about)
    refunds = CardRefund.objects.filter(payment__in=payments)
    return {
        "keys": keys,
        "certificates": len(certificates),
        "versions": [v.kind for c in certificates for v in c.versions.all()],
        "payments": sorted(payment.state for payment in payments),
        "entries": sorted(entries.values_list("kind", flat=True)),
        "mails": sorted(mail.template.rpartition("/")[2] for mail in mails),
        "documents": sorted(
            Document.objects.filter(reference__in=numbers).values_list("kind", flat=True)
        ),
        "deadlines": Deadline.objects.filter(kind="certificate.send", key__in=numbers).count(),
        "refunds": sorted(refunds.values_list("state", "amount")),
        "cards": sum(balance("card-clearing", number) for number in numbers),
        "owed": sum(balance("refund-payable", number) for number in numbers),
        "trial": EntryLine.objects.aggregate(sum=Sum("amount"))["sum"] or 0,
        "unsealed": count_open_entries(),
        "damage": str(verify().damage or ""),
    }


def find_application(asked: Asked) -> Application:
    return Application.objects.get(key=asked["application"])


def find_certificate(asked: Asked) -> Certificate:
    return Certificate.objects.get(application__key=asked["application"])


STEPS = {
    step.__name__: step
    for step in (
        set_up, fill_in, submit, pay, extend, pay_more, cancel, confirm, work, report,
    )
} | {"event": payment_steps.event}  # fmt: skip
