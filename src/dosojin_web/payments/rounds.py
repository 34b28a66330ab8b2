"""What the worker repeats: a look at the payment provider."""

from datetime import datetime

from dosojin_web.deadlines.rounds import every

from .operations.reconcile import recheck_settled_refunds, reconcile

# Both return 0: the worker would call them again at once for what is merely still open.


@every(seconds=300)
def reconcile_payments(now: datetime) -> int:
    """Everything that has waited for the provider for ten minutes or more."""
    reconcile(now)
    return 0


@every(seconds=24 * 60 * 60)
def recheck_refunds(now: datetime) -> int:
    """Refunds of the last 30 days: a bank may have sent the money back."""
    recheck_settled_refunds(now)
    return 0
