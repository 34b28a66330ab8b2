"""What waits for the agency, most urgent first.

In:  a seat and the moment. Out: tasks of every kind in one order, without a name decrypted.
Never: what waits for somebody else: a request at the policyholder's, a refund under way.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext

from dosojin_web.accounts.seats import Seat
from dosojin_web.payments.models import RefundState
from dosojin_web.payments.unsettled import list_unsettled_refunds
from dosojin_web.policies.deadline_words import word_deadline
from dosojin_web.policies.enrolment_window import ACCEPTED_DAYS_BEFORE, days_before
from dosojin_web.policies.models import ChangeKind, ChangeState, ReferralState, TransferState
from dosojin_web.policies.models.transfers import OPEN_TRANSFERS

from .own_records import find_subjects, own_changes, own_referrals, own_transfers
from .troubles import find_stuck, find_undelivered
from .waiting_times import DueDay

OPEN_REFERRALS = (ReferralState.OPEN, ReferralState.PROPOSED)
OURS = (ChangeState.REQUESTED, ChangeState.AWAITING_PREMIUM)
"""States of an extension in which the agency acts next."""


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do. ``due`` None: there is no deadline, ``since`` says how long it waits."""

    what: str
    following: str
    address: str
    person_id: int
    number: str
    since: datetime
    due: DueDay | None

    @property
    def urgency(self) -> tuple[int, float]:
        """Smaller comes first: what is late or near, then what waits longest, then the rest."""
        if self.due is None:
            return (1, self.since.timestamp())
        return (0 if self.due.is_near else 2, self.due.left.total_seconds())


def list_tasks(seat: Seat, now: datetime) -> list[Task]:
    """Everything, in the order of urgency."""
    tasks = [
        *_undelivered(seat),
        *_stuck(seat),
        *_referrals(seat, now),
        *_extensions(seat, now),
        *_card_refunds(seat),
        *_transfers(seat),
    ]
    return sorted(tasks, key=lambda task: task.urgency)


def count_waiting(seat: Seat) -> Mapping[str, int]:
    """How much waits behind each tab; none where nothing does."""
    counted = {
        "agency:referrals": own_referrals(seat).filter(state__in=OPEN_REFERRALS).count(),
        "agency:extensions": own_changes(seat)
        .filter(kind=ChangeKind.EXTENSION, state__in=OURS)
        .count(),
        "agency:refunds": _count_refunds(seat),
    }
    return {name: count for name, count in counted.items() if count}


def _count_refunds(seat: Seat) -> int:
    open_ones = Count("pk", filter=Q(state__in=OPEN_TRANSFERS))
    transfers: int = own_transfers(seat).order_by().aggregate(n=open_ones)["n"]
    failed = list(list_unsettled_refunds().filter(state=RefundState.FAILED))
    return transfers + (len(find_subjects(seat, failed)) if failed else 0)


def _referrals(seat: Seat, now: datetime) -> Iterator[Task]:
    rows = own_referrals(seat).filter(state__in=OPEN_REFERRALS).values_list(
        "key", "state", "asked_at", "answered_by", "application__departs_on",
        "application__member__person_id", "application__member__student_number",
    )  # fmt: skip
    for key, state, asked_at, author, departs_on, person_id, number in rows:
        if state == ReferralState.OPEN:
            following = gettext("Quote a loading, or refuse")
        elif author == seat.user.pk:
            following = gettext("You proposed a loading: another person checks it")
        else:
            following = gettext("Check the loading that was proposed")
        due = None
        if departs_on is not None:
            due = DueDay(days_before(departs_on, ACCEPTED_DAYS_BEFORE), now)
        yield Task(
            what=gettext("Dangerous sports or work"),
            following=following,
            address=reverse("agency:referral", args=[key]),
            person_id=person_id,
            number=number,
            since=asked_at,
            due=due,
        )


def _extensions(seat: Seat, now: datetime) -> Iterator[Task]:
    # The type of an annotated queryset does not know its annotations.
    found: QuerySet[Any, Any] = own_changes(seat).filter(kind=ChangeKind.EXTENSION, state__in=OURS)
    rows = found.values_list(
        "key", "state", "asked_at", "asked_by", "last_covered",
        "certificate__member__person_id", "certificate__number",
    )  # fmt: skip
    for key, state, asked_at, asked_by, last_covered, person_id, number in rows:
        if state == ChangeState.AWAITING_PREMIUM:
            what = gettext("Extension: premium not received yet")
            following = gettext("Record the bank transfer when it comes")
        else:
            what = gettext("Extension to check")
            following = gettext("Accept or refuse")
            if asked_by == seat.actor.who:
                following = gettext("You entered it: another person checks it")
        yield Task(
            what=what,
            following=following,
            address=reverse("agency:change", args=[key]),
            person_id=person_id,
            number=number,
            since=asked_at,
            due=DueDay(last_covered, now),
        )


def _undelivered(seat: Seat) -> Iterator[Task]:
    for found in find_undelivered(seat):
        assert found.mail.failed_at is not None, "only what was given up is listed"
        yield Task(
            what=gettext("Letter not delivered"),
            following=gettext("Call, correct the address, send it again"),
            address=reverse("agency:letter", args=[found.mail.key]),
            person_id=found.member.person_id,
            number=found.number or found.member.student_number,
            since=found.mail.failed_at,
            due=None,
        )


def _stuck(seat: Seat) -> Iterator[Task]:
    for found in find_stuck(seat):
        assert found.deadline.failed_at is not None, "only what was given up is listed"
        yield Task(
            what=word_deadline(found.deadline.kind),
            following=gettext("It failed: have it tried again"),
            address=reverse("agency:deadline", args=[found.deadline.pk]),
            person_id=found.member.person_id,
            number=found.number or found.member.student_number,
            since=found.deadline.failed_at,
            due=None,
        )


def _card_refunds(seat: Seat) -> Iterator[Task]:
    failed = list(list_unsettled_refunds().filter(state=RefundState.FAILED))
    subjects = find_subjects(seat, failed) if failed else {}
    for refund in failed:
        subject = subjects.get(refund.pk)
        if subject is not None:
            yield Task(
                what=gettext("Refund to the card failed"),
                following=gettext("Try the card again, or pay by bank transfer"),
                address=reverse("agency:refund", args=[refund.pk]),
                person_id=subject.member.person_id,
                number=subject.number or subject.member.student_number,
                since=refund.changed_at,
                due=None,
            )


def _transfers(seat: Seat) -> Iterator[Task]:
    rows = own_transfers(seat).filter(state__in=OPEN_TRANSFERS).values_list(
        "key", "state", "since", "prepared_by", "change__certificate__member__person_id",
        "change__certificate__number",
    )  # fmt: skip
    for key, state, since, preparer, person_id, number in rows:
        if state == TransferState.WAITING:
            following = gettext("Write down the account to pay to")
        elif preparer == seat.user.pk:
            following = gettext("You wrote down the account: another person pays")
        else:
            following = gettext("Check the account, pay, and record the transfer")
        yield Task(
            what=gettext("Return premium by bank transfer"),
            following=following,
            address=reverse("agency:transfer", args=[key]),
            person_id=person_id,
            number=number,
            since=since,
            due=None,
        )
