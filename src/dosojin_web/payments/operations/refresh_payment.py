"""Asks the provider how a payment stands, so that no page depends on a webhook having come."""

import logging
from datetime import datetime

from dosojin_web.accounts.actors import SYSTEM
from dosojin_web.payments.errors import ProviderRefused, ProviderUnavailable
from dosojin_web.payments.models import Payment
from dosojin_web.payments.provider import find_checkout

from .apply_checkout import apply_checkout

LOG = logging.getLogger(__name__)


def refresh_payment(payment: Payment, now: datetime) -> Payment:
    """The payment as the provider has it now; as we know it, if the provider does not answer."""
    if not payment.is_live or not payment.session_id:
        return payment
    try:
        checkout = find_checkout(payment.session_id)
    except (ProviderUnavailable, ProviderRefused) as error:
        LOG.warning("Payment %s could not be refreshed: %s", payment.key, error)
        return payment
    return apply_checkout(payment.pk, checkout, SYSTEM, now)
