"""Lets the form of one page lead to the checkout.

Browsers hold ``form-action`` against every address that a form's answer redirects to, and
Chromium against the whole chain, so a page of ours in between changes nothing. The policy is
therefore widened by one origin, and only on the pages whose form ends at the checkout:

    @allow_checkout
    def pay(request, ...): ...
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from csp.decorators import csp_update
from django.conf import settings
from django.http import HttpResponseBase

View = Callable[..., HttpResponseBase]


def allow_checkout(view: View) -> View:
    """The view, its page allowed to send a form that is answered by a redirect to the checkout."""

    @wraps(view)
    def widened(*args: Any, **kwargs: Any) -> HttpResponseBase:
        widen = csp_update({"form-action": [settings.CHECKOUT_ORIGIN]})
        return widen(view)(*args, **kwargs)

    return widened
