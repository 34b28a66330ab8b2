"""The test cards: each behaves in one way, as the provider's own test cards do."""

from dataclasses import dataclass
from enum import StrEnum


class Charge(StrEnum):
    """What happens when the card is charged."""

    SUCCEEDS = "succeeds"
    DECLINED = "declined"
    CHALLENGED = "challenged"
    PROCESSES = "processes"
    PROCESSES_IN_VAIN = "processes_in_vain"


class GivingBack(StrEnum):
    """What happens when money goes back to the card."""

    SETTLES = "settles"
    SETTLES_LATER = "settles_later"
    FAILS_LATER = "fails_later"


@dataclass(frozen=True, slots=True)
class Card:
    """A test card. ``code`` and ``decline`` are the provider's words for why it is refused."""

    id: str
    charge: Charge = Charge.SUCCEEDS
    giving_back: GivingBack = GivingBack.SETTLES
    code: str = ""
    decline: str = ""


CARDS = {
    card.id: card
    for card in (
        Card("success"),
        Card("challenge", Charge.CHALLENGED),
        Card(
            "insufficient_funds",
            Charge.DECLINED,
            code="card_declined",
            decline="insufficient_funds",
        ),
        Card("expired_card", Charge.DECLINED, code="expired_card", decline="expired_card"),
        Card("declined", Charge.DECLINED, code="card_declined", decline="generic_decline"),
        Card("processing", Charge.PROCESSES),
        Card("processing_fails", Charge.PROCESSES_IN_VAIN),
        Card("refund_pending", giving_back=GivingBack.SETTLES_LATER),
        Card("refund_fails", giving_back=GivingBack.FAILS_LATER),
    )
}
