"""Why a card was refused, in words for whoever holds it."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

# The provider's codes that a payer can do something about. Others, such as a card reported stolen,
# are answered like an unknown one: the reason is between the holder and the bank.
WORDS: dict[str, Promise] = {
    "insufficient_funds": gettext_lazy(
        "There is not enough money or credit on this card. Pay with another card."
    ),
    "card_velocity_exceeded": gettext_lazy(
        "This card has reached its limit for now. Pay with another card, or try again later."
    ),
    "withdrawal_count_limit_exceeded": gettext_lazy(
        "This card has reached its limit for now. Pay with another card, or try again later."
    ),
    "expired_card": gettext_lazy("This card has expired. Pay with another card."),
    "incorrect_cvc": gettext_lazy("The security code was wrong. Type it again."),
    "invalid_cvc": gettext_lazy("The security code was wrong. Type it again."),
    "incorrect_number": gettext_lazy("The card number was wrong. Type it again."),
    "invalid_number": gettext_lazy("The card number was wrong. Type it again."),
    "invalid_expiry_month": gettext_lazy("The date of expiry was wrong. Type it again."),
    "invalid_expiry_year": gettext_lazy("The date of expiry was wrong. Type it again."),
    "payment_intent_authentication_failure": gettext_lazy(
        "The check of your identity by the card company failed. Try again, or use another card."
    ),
    "authentication_required": gettext_lazy(
        "The card company wants to check your identity. Try again and follow its instructions."
    ),
    "card_not_supported": gettext_lazy(
        "This card cannot be used for this purchase. Pay with another card."
    ),
    "processing_error": gettext_lazy(
        "Something went wrong at the card company. Nothing was charged; try again in a while."
    ),
}
UNKNOWN = gettext_lazy(
    "The card company declined this card and gave no reason. Pay with another card, or ask them."
)


def explain_decline(code: str) -> str:
    """What was wrong and what to do, in the reader's language; "" for no decline (code "")."""
    return str(WORDS.get(code, UNKNOWN)) if code else ""
