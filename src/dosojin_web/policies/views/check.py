"""What the QR code of a certificate leads to: whether it is valid, and nothing else."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from dosojin_web.policies.japan import day_in_japan
from dosojin_web.policies.models import Certificate
from dosojin_web.policies.versions import CertificateState, latest_version, state_of

VALID = (CertificateState.NOT_BEGUN, CertificateState.IN_FORCE)


@never_cache
@require_safe
def check(request: HttpRequest, token: str) -> HttpResponse:
    """Valid until cover has ended: a visa office looks before the trip begins.

    A code that does not exist answers like one that is not valid.
    """
    now = timezone.now()
    certificate = Certificate.objects.filter(check_token=token).first()
    valid = False
    if certificate is not None:
        valid = state_of(latest_version(certificate), day_in_japan(now)) in VALID
    return render(request, "policies/check.html", {"valid": valid, "now": now})
