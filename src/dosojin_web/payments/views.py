"""The address that the payment provider calls."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from .errors import BadSignature
from .operations.read_payment_event import read_payment_event

BODY_BYTES_MAX = 256 * 1024


@csrf_exempt
@require_POST
def webhook(request: HttpRequest) -> HttpResponse:
    """200 once the event is kept; 400 if it is not signed by the provider."""
    if len(request.body) > BODY_BYTES_MAX:
        return HttpResponse(status=413)
    try:
        read_payment_event(
            request.body, request.headers.get("Stripe-Signature", ""), timezone.now()
        )
    except BadSignature as error:
        return HttpResponse(str(error), status=400, content_type="text/plain; charset=utf-8")
    return HttpResponse(status=200)
