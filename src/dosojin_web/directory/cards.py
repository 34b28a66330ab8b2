"""A contact as its card: what is said of its hours at a moment, to a reader somewhere."""

from datetime import datetime
from zoneinfo import ZoneInfo

import phonenumbers
from django.utils.translation import get_language, gettext

from dosojin_web.components.records import ContactCard, Telephone
from dosojin_web.templatetags.portals import clock_words

from .contacts import Contact
from .office_hours import JAPAN, describe_hours, is_open, next_closing, next_opening
from .zones import name_zone


def _dial(contact: Contact) -> Telephone:
    if contact.free:
        note = gettext("Free of charge, within Japan only")
        return Telephone(contact.telephone.replace("-", ""), contact.telephone, note)
    number = phonenumbers.parse(contact.telephone, "JP")
    dialled = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    abroad = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    return Telephone(
        dialled, contact.telephone, gettext("From abroad: %(number)s") % {"number": abroad}
    )


def _say_change(contact: Contact, moment: datetime, zone: ZoneInfo | None) -> tuple[str, str]:
    opening, closing = next_opening(contact, moment), next_closing(contact, moment)
    change = opening or closing
    if change is None:
        return "", ""
    words = {"moment": clock_words(change.astimezone(JAPAN))}
    if opening:
        said = gettext("Opens %(moment)s, Japan time") % words
    else:
        said = gettext("Open until %(moment)s, Japan time") % words
    if zone is None or zone.key == JAPAN.key:
        return said, ""
    there = gettext("%(place)s: %(moment)s") % {
        "place": name_zone(zone.key, get_language() or "ja"),
        "moment": clock_words(change.astimezone(zone)),
    }
    return said, there


def draw_card(contact: Contact, moment: datetime, zone: ZoneInfo | None = None) -> ContactCard:
    """The card of a contact at ``moment``, in the active language.

    ``zone`` is the reader's: the next opening or closing is then told in it, too.
    """
    language = "ja" if get_language() == "ja" else "en"
    change, change_there = _say_change(contact, moment, zone)
    return ContactCard(
        name=contact.name,
        purpose=contact.purpose,
        telephones=(_dial(contact),),
        mail=contact.mail,
        place=contact.place,
        hours=describe_hours(contact, language),
        open_now=is_open(contact, moment),
        change=change,
        change_there=change_there,
        more_hours=[
            (staffed.label, describe_hours(contact, language, staffed.hours))
            for staffed in contact.staffed
        ],
        notes=[staffed.note for staffed in contact.staffed]
        if contact.hours
        else [gettext("No hours are printed.")],
    )
