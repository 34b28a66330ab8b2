"""What can go wrong with a payment, in words for whoever called."""


class PaymentError(Exception):
    """The parent of all of them."""


class KeyReused(PaymentError):
    """The key stands for something else already: another amount, purpose or reference."""


class ProviderUnavailable(PaymentError):
    """The provider did not answer. Nothing is lost; call again with the same key."""


class ProviderRefused(PaymentError):
    """The provider understood and refused; ``code`` is its word for why."""

    def __init__(self, code: str) -> None:
        super().__init__(f"The payment provider refused: {code}.")
        self.code = code


class ProviderKeyReused(ProviderRefused):
    """The provider has seen this idempotency key with other words in the request."""


class BadSignature(PaymentError):
    """The event was not signed with our secret, or too long ago."""


class RefundRefused(PaymentError):
    """The refund cannot be; the message says why and what to do."""


class NotThePaymentAsked(PaymentError):
    """The provider reports another amount or currency than was asked; nothing is settled."""


class PaymentUnderway(PaymentError):
    """A card's bank is at work on an earlier try: whether it succeeds is not known yet."""


class ApprovalMissing(RefundRefused):
    """The amount is beyond the actor's authority: request an approval, and call again then."""
