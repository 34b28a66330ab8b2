"""The second person approves, or does not."""

from datetime import datetime

from django.db import transaction

from dosojin_web.accounts.actors import Actor
from dosojin_web.accounts.models import User
from dosojin_web.audit.operations.record_event import record
from dosojin_web.authority.models import Approval, ApprovalDecision, Outcome
from dosojin_web.authority.rights import Detail, has_authority


class DecisionRefused(Exception):
    """This approval is not decided by this person, or not in this way."""


class MakerIsChecker(DecisionRefused):
    """Who made something does not check it."""


class AlreadyDecided(DecisionRefused):
    """Somebody decided before; ``decision`` is what they said."""

    def __init__(self, decision: ApprovalDecision) -> None:
        super().__init__(f"the approval {decision.approval_id} is {decision.outcome} already")
        self.decision = decision


class NoAuthority(DecisionRefused):
    """The checker has no authority for this act, or not for this amount."""


class ReasonMissing(DecisionRefused):
    """Whoever does not approve says why."""


def decide_approval(
    approval: Approval,
    user: User,
    outcome: Outcome,
    reason: str,
    actor: Actor,
    now: datetime,
) -> ApprovalDecision:
    """The decision of ``user``; the one that there is, if it is the user's own and the same.

    MakerIsChecker for whoever made it, whatever their authority; NoAuthority unless theirs covers
    the amount; ReasonMissing for a refusal without one; AlreadyDecided.
    """
    with transaction.atomic():
        # Of two checkers at once, the second waits here and then sees the first's decision.
        held = Approval.objects.select_for_update().get(pk=approval.pk)
        standing = ApprovalDecision.objects.filter(approval=held).first()
        if standing is not None:
            if (standing.checked_by_id, standing.outcome) == (user.pk, outcome.value):
                return standing
            raise AlreadyDecided(standing)
        if user.pk == held.made_by_id:
            raise MakerIsChecker("who made something does not check it")
        if not has_authority(user, held.act, held.amount, now):
            raise NoAuthority(f"no authority for {held.act} over {held.amount} yen")
        if outcome is Outcome.REFUSED and not reason.strip():
            raise ReasonMissing("whoever does not approve says why")
        decision = ApprovalDecision.objects.create(
            approval=held,
            made_by_id=held.made_by_id,
            checked_by=user,
            outcome=outcome,
            reason=reason.strip(),
            decided_at=now,
        )
        told: Detail = {"act": held.act, "amount": held.amount, "approval": held.pk}
        record(actor, f"approval.{outcome.value}", held.about, told, now)
    return decision
