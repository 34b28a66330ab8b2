"""Whom a student can call, as cards."""

from datetime import datetime

from django.utils.translation import get_language

from dosojin_web.components.records import ContactCard
from dosojin_web.directory.cards import draw_card
from dosojin_web.directory.mapping import list_contacts

# The agency prints no hours; the customer centre answers every day.
WHOM = ("agency", "customer_centre")


def draw_contacts(product: str, now: datetime) -> list[ContactCard]:
    """The agency, and who answers when the agency does not."""
    language = "ja" if get_language() == "ja" else "en"
    found = {contact.id: contact for contact in list_contacts(product, language)}
    return [draw_card(found[id], now) for id in WHOM if id in found]
