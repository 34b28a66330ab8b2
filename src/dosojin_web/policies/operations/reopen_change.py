"""A request that lapsed on our side while its premium was on the way is taken up again."""

from datetime import datetime

from dosojin_web.accounts.actors import Actor
from dosojin_web.policies.entries import enter_change
from dosojin_web.policies.models import ChangeRequest, ChangeState


def reopen_change(held: ChangeRequest, actor: Actor, now: datetime) -> None:
    """``held``, locked by the caller, waits for its premium again; nothing if it does already.

    For a premium that came in time, which the caller has checked: what counts is when it was
    received, not when we noticed (003 l.847).
    """
    if held.state == ChangeState.LAPSED:
        held.state = ChangeState.AWAITING_PREMIUM
        held.version += 1
        held.save(update_fields=["state", "version"])
        enter_change(held, "reopened", actor, now)
