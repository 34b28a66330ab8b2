"""Where an auditor can look at what an event, a booking or a letter is about."""

from django.urls import reverse

CERTIFICATE, CHANGE, PAYMENT, PROGRAMME = "certificate", "change", "payment", "programme"
PAGES = {
    CERTIFICATE: "auditor:certificate",
    CHANGE: "auditor:request",
    PAYMENT: "auditor:payment",
    PROGRAMME: "auditor:programme",
}


def find_address(about: str) -> str:
    """The page of ``certificate:G26-000012-8`` and its like; "" for what has none."""
    kind, _, key = about.partition(":")
    return reverse(PAGES[kind], args=[key]) if kind in PAGES and key else ""
