"""Takes in an event of the provider: checks the signature, keeps it, acts on it."""

from datetime import datetime

from dosojin_web.payments.failpoints import reach
from dosojin_web.payments.models import ProviderEvent
from dosojin_web.payments.provider import read_signed

from .handle_event import handle_event


def read_payment_event(body: bytes, signature: str, now: datetime) -> ProviderEvent:
    """The event as kept. Raises BadSignature, and then keeps nothing.

    What cannot be handled now stays unhandled with its fault, and ``reconcile`` tries again: the
    provider has done its part once the event is here.
    """
    report = read_signed(body, signature)
    event, _ = ProviderEvent.objects.get_or_create(
        id=report.id, defaults={"kind": report.kind, "raw": body.decode(), "received_at": now}
    )
    reach("event.kept")
    if event.handled_at is None:
        handle_event(event, now)
    return event
