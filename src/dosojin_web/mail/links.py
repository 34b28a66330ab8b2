"""Addresses of this site, in letters and on the page that shows them."""

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

ADDRESS = re.compile(r"https?://[!-~]+")
# What may stand behind an address in a sentence and does not belong to it.
CLOSING = ".,;:!?)]>'\""


def absolute_address(path: str) -> str:
    """The address of a page of this site for someone who is not on it: ``https://…/my/``."""
    return f"{settings.SITE_URL}{path}"


def link_own_addresses(text: str) -> SafeString:
    """The text as HTML in which addresses of this site, and no others, can be followed.

    The link has no host: it leads to the site that shows it, on whatever port that runs.
    """
    ours = urlsplit(settings.SITE_URL)
    parts: list[str] = []
    end = 0
    for match in ADDRESS.finditer(text):
        address = match.group().rstrip(CLOSING)
        found = urlsplit(address)
        if (found.scheme, found.netloc) != (ours.scheme, ours.netloc):
            continue
        path = found._replace(scheme="", netloc="").geturl() or "/"
        # Two slashes at the start would name a host.
        parts += [
            escape(text[end : match.start()]),
            format_html('<a href="{}">{}</a>', "/" + path.lstrip("/"), address),
        ]
        end = match.start() + len(address)
    return mark_safe("".join([*parts, escape(text[end:])]))
