"""Nobody checks himself: not in Python, not in the database, however it is tried."""

from collections.abc import Callable

import hypothesis
import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from dosojin_web.accounts.actors import Actor
from dosojin_web.accounts.models import User
from dosojin_web.accounts.roles import Role
from dosojin_web.audit.models import Event
from dosojin_web.authority.models import Approval, ApprovalDecision, Outcome
from dosojin_web.authority.operations.decide_approval import (
    AlreadyDecided,
    DecisionRefused,
    MakerIsChecker,
    NoAuthority,
    ReasonMissing,
    decide_approval,
)
from dosojin_web.authority.operations.request_approval import request_approval
from dosojin_web.authority.rights import is_approved

from .conftest import ACT, NOW, grant

Hire = Callable[..., User]
ABOUT = "application:12"


def actor(user: User) -> Actor:
    return Actor(user.pk, "agency", "agency")


def request(user: User, amount: int = 30_000, about: str = ABOUT, **detail: str) -> Approval:
    return request_approval(ACT, about, amount, user, "reason", actor(user), NOW, detail)


def decide(
    approval: Approval, user: User, outcome: Outcome = Outcome.APPROVED, reason: str = ""
) -> ApprovalDecision:
    return decide_approval(approval, user, outcome, reason, actor(user), NOW)


def test_a_second_person_with_authority_approves(hire: Hire) -> None:
    maker, checker = hire(), hire()
    grant(50_000)
    approval = request(maker)
    assert not is_approved(ACT, ABOUT, 30_000)
    decision = decide(approval, checker)
    assert (decision.made_by, decision.checked_by) == (maker, checker)
    assert is_approved(ACT, ABOUT, 30_000)
    acts = [event.act for event in Event.objects.order_by("pk") if event.about == ABOUT]
    assert acts == ["approval.requested", "approval.approved"]


def test_the_maker_does_not_check_whatever_their_authority(hire: Hire) -> None:
    maker = hire()
    grant(None)
    approval = request(maker)
    for outcome in Outcome:
        with pytest.raises(MakerIsChecker):
            decide(approval, maker, outcome, "because")
    assert not ApprovalDecision.objects.exists()


def test_the_checkers_authority_covers_the_amount(hire: Hire) -> None:
    grant(29_999)
    approval = request(hire())
    for checker in (hire(), hire(Role.INSURER)):
        with pytest.raises(NoAuthority):
            decide(approval, checker)
    grant(30_000)
    assert decide(approval, hire())


def test_a_refusal_says_why_and_stands(hire: Hire) -> None:
    grant(None)
    approval, checker = request(hire()), hire()
    with pytest.raises(ReasonMissing):
        decide(approval, checker, Outcome.REFUSED, " ")
    decide(approval, checker, Outcome.REFUSED, "too high")
    assert not is_approved(ACT, ABOUT, 30_000)
    with pytest.raises(AlreadyDecided) as caught:
        decide(approval, checker, Outcome.APPROVED)
    assert caught.value.decision.reason == "too high"


def test_what_is_decided_is_decided_once(hire: Hire) -> None:
    grant(None)
    approval, first, second = request(hire()), hire(), hire()
    decision = decide(approval, first)
    assert decide(approval, first) == decision
    with pytest.raises(AlreadyDecided):
        decide(approval, second)
    assert Event.objects.filter(act="approval.approved").count() == 1


def test_an_approval_is_for_exactly_this(hire: Hire) -> None:
    maker = hire()
    grant(None)
    decide(request(maker, payee="A"), hire())
    assert is_approved(ACT, ABOUT, 30_000, {"payee": "A"})
    assert not is_approved(ACT, ABOUT, 30_000)
    assert not is_approved(ACT, ABOUT, 30_000, {"payee": "B"})
    assert not is_approved(ACT, ABOUT, 30_001, {"payee": "A"})
    assert not is_approved(ACT, "application:13", 30_000, {"payee": "A"})


def test_the_same_asked_twice_is_one_approval(hire: Hire) -> None:
    maker, other = hire(), hire()
    assert request(maker) == request(maker) == request(other)
    assert request(maker, 30_001) != request(maker)
    assert Approval.objects.count() == 2
    assert Event.objects.filter(act="approval.requested").count() == 2
    with pytest.raises(ValueError, match="negative"):
        request(maker, -1)


@pytest.mark.parametrize("lie", [False, True])
def test_the_database_refuses_too(hire: Hire, lie: bool) -> None:
    maker, other = hire(), hire()
    approval = request(maker)
    with pytest.raises(IntegrityError), transaction.atomic():
        # Saying that somebody else made it does not help.
        ApprovalDecision.objects.create(
            approval=approval,
            made_by=other if lie else maker,
            checked_by=maker,
            outcome=Outcome.APPROVED,
            decided_at=NOW,
        )


@pytest.mark.parametrize("table", ["authority_approval", "authority_approvaldecision"])
def test_nothing_is_edited(hire: Hire, table: str) -> None:
    grant(None)
    decide(request(hire()), hire())
    for statement in (f"UPDATE {table} SET reason = 'x'", f"DELETE FROM {table}"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


steps = st.lists(
    st.tuples(st.booleans(), st.integers(0, 2), st.integers(0, 2), st.sampled_from(Outcome)),
    max_size=20,
)


@hypothesis.settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps)
def test_no_history_lets_a_maker_check(
    hire: Hire, said: list[tuple[bool, int, int, Outcome]]
) -> None:
    grant(None)
    people = [hire() for _ in range(3)]
    for asks, who, which, outcome in said:
        about = f"application:{people[0].pk}-{which}"
        if asks:
            request(people[who], about=about)
            continue
        for approval in Approval.objects.filter(about=about):
            try:
                decide(approval, people[who], outcome, "because")
            except DecisionRefused:
                continue
    for decision in ApprovalDecision.objects.select_related("approval"):
        assert decision.checked_by_id != decision.approval.made_by_id
    assert ApprovalDecision.objects.count() <= Approval.objects.count()
