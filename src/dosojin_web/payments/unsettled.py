"""Refunds that somebody still waits for."""

from django.db.models import Case, QuerySet, Value, When

from .models import UNSETTLED, CardRefund, RefundState


def list_unsettled_refunds() -> QuerySet[CardRefund]:
    """Failed ones first, then oldest first. A failed one stays until a person has settled it."""
    failed_first = Case(When(state=RefundState.FAILED, then=Value(0)), default=Value(1))
    refunds = CardRefund.objects.filter(state__in=UNSETTLED).select_related("payment")
    return refunds.order_by(failed_first, "created_at", "pk")
