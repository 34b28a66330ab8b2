"""How premiums and refunds stand in the ledger.

``premium-due:INSURER`` holds what each co-insurer has a right to. After every entry it is, for
each certificate, the split of that certificate's whole premium: so the yen that are left over
never wander, and a certificate that is given back entirely leaves nothing with anyone.
"""

from collections.abc import Sequence
from datetime import datetime

from dosojin_web.accounts.actors import Actor
from dosojin_web.ledger.operations.post_entry import Line, post
from dosojin_web.ledger.split import net_split_change
from dosojin_web.payments.models import CardRefund
from dosojin_web.policies.japan import day_in_japan
from dosojin_web.policies.models import Certificate, TransferDue
from dosojin_web.policies.models.schemes import SHARES_TOTAL

CARD = "card-clearing"
BANK = "bank"
REFUND = "refund-payable"


def book_premium(
    certificate: Certificate,
    before: int,
    after: int,
    receipt_key: str,
    account: str,
    actor: Actor,
    now: datetime,
) -> None:
    """``after − before`` yen were received on ``account`` for ``certificate``."""
    lines = [Line(account, after - before), *_shares(certificate, before, after)]
    _post("premium", receipt_key, lines, certificate.number, actor, now)


def book_return(
    certificate: Certificate, before: int, after: int, key: str, actor: Actor, now: datetime
) -> None:
    """``before − after`` yen are owed back to whoever paid them."""
    lines = [Line(REFUND, after - before), *_shares(certificate, before, after)]
    _post("return-premium", key, lines, certificate.number, actor, now)


def book_surplus(
    reference: str, amount: int, receipt_key: str, account: str, actor: Actor, now: datetime
) -> None:
    """``amount`` yen were received that nobody owed: they are owed back at once."""
    lines = [Line(account, amount), Line(REFUND, -amount)]
    _post("surplus", receipt_key, lines, reference, actor, now)


def book_refund_paid(
    reference: str, refund: CardRefund, account: str, actor: Actor, now: datetime
) -> None:
    """What was owed back has been paid from ``account``."""
    lines = [Line(REFUND, refund.amount), Line(account, -refund.amount)]
    _post("refund-paid", f"{refund.key}:{account}", lines, reference, actor, now)


def book_transfer_paid(transfer: TransferDue, actor: Actor, now: datetime) -> None:
    """What was owed back has been paid by bank."""
    lines = [Line(REFUND, transfer.amount), Line(BANK, -transfer.amount)]
    reference = transfer.change.certificate.number
    _post("refund-paid", f"{transfer.about}:{BANK}", lines, reference, actor, now)


def book_refund_unpaid(
    reference: str, refund: CardRefund, account: str, actor: Actor, now: datetime
) -> None:
    """What had been paid from ``account`` came back: it is owed once more."""
    lines = [Line(account, refund.amount), Line(REFUND, -refund.amount)]
    _post("refund-returned", f"{refund.key}:{account}", lines, reference, actor, now)


def _shares(certificate: Certificate, before: int, after: int) -> list[Line]:
    change = net_split_change(before, after, certificate.master.shares_in_order, SHARES_TOTAL)
    return [Line(f"premium-due:{insurer}", -part) for insurer, part in change.items() if part]


def _post(
    kind: str, key: str, lines: Sequence[Line], reference: str, actor: Actor, now: datetime
) -> None:
    moved = [line for line in lines if line.amount]
    if moved:
        post(kind, f"{kind}:{key}", moved, reference, day_in_japan(now), actor, now)
