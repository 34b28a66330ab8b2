"""What is looked at before anything else: each check with its finding and the way there.

In:  the records as they stand. Out: rows of a table; no more than a dozen queries.
Never: a repair.
"""

from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext

from dosojin_web.audit.models import AuditHead
from dosojin_web.authority.models import Approval
from dosojin_web.components.records import Cell, TableRow
from dosojin_web.deadlines.models import WAITS, Deadline
from dosojin_web.ledger.balances import balance, count_open_entries, trial_balance
from dosojin_web.mail.models import OutgoingMail
from dosojin_web.payments.models import UNSETTLED, CardRefund, ProviderEvent, RefundState
from dosojin_web.policies.bordereau import months_until
from dosojin_web.policies.bordereau_months import list_months
from dosojin_web.policies.models import CoinsuranceShare, MasterPolicy
from dosojin_web.templatetags.money import yen

LATE_MINUTES = 15


def check_rows(now: datetime) -> list[TableRow]:
    """One row for each check."""
    return [
        _chain(),
        _trial_balance(),
        _bordereaux(now),
        _owed_back(),
        _refunds(),
        _deadlines(now),
        _letters(),
        _provider_events(),
        _approvals(),
    ]


def _row(what: str, address: str, mark: str, state: str, finding: str) -> TableRow:
    return TableRow((Cell(what, reverse(address)), Cell(state, state=mark), Cell(finding)))


def _judge(what: str, address: str, count: int, finding: str) -> TableRow:
    """Good if nothing was found."""
    if not count:
        return _row(what, address, "done", gettext("In order"), finding)
    return _row(what, address, "needs_attention", gettext("Needs attention"), finding)


def _chain() -> TableRow:
    head = AuditHead.objects.filter(pk=AuditHead.THE_ONE).first()
    finding = gettext("%(events)s events") % {"events": f"{head.seq if head else 0:,}"}
    return _row(
        gettext("Chain of the audit trail"),
        "auditor:verification",
        "todo",
        gettext("Verified on demand"),
        finding,
    )


def _trial_balance() -> TableRow:
    off, unsealed = sum(trial_balance().values()), count_open_entries()
    words = {"sum": yen(off), "open": unsealed}
    finding = gettext("Sum of all accounts %(sum)s; entries not sealed: %(open)s") % words
    return _judge(gettext("Trial balance"), "auditor:ledger", abs(off) + unsealed, finding)


def _bordereaux(now: datetime) -> TableRow:
    """Every month of every contract; the lines are the insurers'."""
    differing = [
        line
        for master in MasterPolicy.objects.all()
        for line in list_months(
            master, months_until(master, now), [share.insurer for share in _shares(master)]
        )
        if line.difference
    ]
    finding = gettext("Months of an insurer that differ from the ledger: %(count)s") % {
        "count": len(differing)
    }
    return _judge(
        gettext("Certificates against the ledger"), "auditor:bordereaux", len(differing), finding
    )


def _shares(master: MasterPolicy) -> QuerySet[CoinsuranceShare]:
    return master.shares.select_related("insurer").order_by("place")


def _owed_back() -> TableRow:
    owed = -balance("refund-payable")
    finding = gettext("%(amount)s owed back") % {"amount": yen(owed)}
    mark, state = ("requested", gettext("Open")) if owed else ("done", gettext("In order"))
    return _row(gettext("Return premium not paid yet"), "auditor:payments", mark, state, finding)


def _refunds() -> TableRow:
    failed = CardRefund.objects.filter(state=RefundState.FAILED).count()
    waiting = CardRefund.objects.filter(state__in=UNSETTLED).count() - failed
    finding = gettext("Failed: %(failed)s, under way: %(waiting)s") % {
        "failed": failed,
        "waiting": waiting,
    }
    return _judge(gettext("Refunds to cards"), "auditor:payments", failed, finding)


def _deadlines(now: datetime) -> TableRow:
    failed = Deadline.objects.exclude(failed_at=None).filter(done_at=None, cancelled_at=None)
    late = Deadline.objects.filter(WAITS, due_at__lt=now - timedelta(minutes=LATE_MINUTES))
    numbers = {"failed": failed.count(), "late": late.count()}
    finding = gettext("Given up: %(failed)s, late: %(late)s") % numbers
    return _judge(gettext("Deadlines"), "auditor:deadlines", sum(numbers.values()), finding)


def _letters() -> TableRow:
    failed = OutgoingMail.objects.exclude(failed_at=None).count()
    finding = gettext("Letters not delivered: %(count)s") % {"count": failed}
    return _judge(gettext("Letters"), "auditor:letters", failed, finding)


def _provider_events() -> TableRow:
    open_ones = ProviderEvent.objects.filter(handled_at=None).count()
    finding = gettext("Reports of the card provider not handled: %(count)s") % {"count": open_ones}
    return _judge(gettext("Reports of the card provider"), "auditor:payments", open_ones, finding)


def _approvals() -> TableRow:
    waiting = Approval.objects.filter(decision=None).count()
    finding = gettext("Waiting for a second person: %(count)s") % {"count": waiting}
    mark, state = ("requested", gettext("Open")) if waiting else ("done", gettext("In order"))
    return _row(gettext("Approvals"), "auditor:approvals", mark, state, finding)
