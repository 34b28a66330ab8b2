"""What every answer carries beyond Django's own headers."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

# No page here needs any of these; saying so takes them from a script that should not be there.
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in ("camera", "display-capture", "geolocation", "microphone", "payment", "usb")
)


class PermissionsPolicyMiddleware:
    """Sets ``Permissions-Policy`` on every answer that has none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        return response
