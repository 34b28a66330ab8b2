"""Only a page whose form ends at the checkout may send one there."""

from csp.middleware import CSPMiddleware
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from dosojin_web.payments.checkout_policy import allow_checkout


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("a form")


def policy(view: object, request: HttpRequest) -> str:
    response = CSPMiddleware(view)(request)  # type: ignore[arg-type]
    return str(response.headers["Content-Security-Policy"])


def test_the_origin_of_the_checkout_is_allowed_on_that_page_only(rf: RequestFactory) -> None:
    widened = policy(allow_checkout(page), rf.get("/"))
    assert "form-action 'self' https://checkout.stripe.com;" in widened + ";"
    assert "checkout" not in policy(page, rf.get("/"))
