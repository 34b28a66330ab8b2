"""What a payment is for: the slice that asks for money says here what happens when it comes.

    @payment_purpose("application")
    class ApplicationPayment(PaymentPurpose):
        def settle(self, reference, payment, now): ...

Each call runs inside the transaction that changes the payment or refund, and once for each such
change: an exception undoes both, and the next round tries again.
"""

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from .models import CardRefund, Payment

Made = TypeVar("Made", bound="type[PaymentPurpose]")


class PaymentPurpose:
    """The calls. A purpose must say what settling does; the others do nothing by themselves."""

    def settle(self, reference: str, payment: Payment, now: datetime) -> None:
        """The money has come. At most once for a reference."""
        raise NotImplementedError

    def fail(self, reference: str, payment: Payment, now: datetime) -> None:
        """This try has ended unpaid: failed, expired or cancelled. Another try may follow."""

    def refund_settled(self, reference: str, refund: CardRefund, now: datetime) -> None:
        """The provider says the money is back on the card."""

    def refund_failed(
        self, reference: str, refund: CardRefund, was_settled: bool, now: datetime
    ) -> None:
        """The money did not get back; ``was_settled``: after ``refund_settled`` was called."""

    def refund_transferred(self, reference: str, refund: CardRefund, now: datetime) -> None:
        """A failed refund has been paid by bank transfer instead."""


_PURPOSES: dict[str, PaymentPurpose] = {}


def payment_purpose(name: str) -> Callable[[Made], Made]:
    """A decorator that registers a class of handlers; call it where Django loads it (``ready``)."""

    def register(made: Made) -> Made:
        if not issubclass(made, PaymentPurpose):
            raise TypeError(f"{made.__name__} must inherit from PaymentPurpose.")
        known = _PURPOSES.get(name)
        if known is not None and type(known).__qualname__ != made.__qualname__:
            raise ValueError(f"The purpose {name!r} is registered by {type(known).__name__}.")
        _PURPOSES[name] = made()
        return made

    return register


def find_purpose(name: str) -> PaymentPurpose:
    """The handlers of a purpose; KeyError with the remedy if nobody registered it."""
    try:
        return _PURPOSES[name]
    except KeyError:
        raise KeyError(f"No payment purpose {name!r}: register it in its app's ready().") from None
