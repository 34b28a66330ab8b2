"""Telephone numbers as people write them."""

import phonenumbers
from phonenumbers import PhoneNumberFormat

JAPAN_CODE = 81


def write_phone(number: str) -> str:
    """A kept number, +819012345678, for a reader: 090-1234-5678, or +1 617-555-0123 of abroad.

    What is no number in international form comes back as it is.
    """
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    at_home = parsed.country_code == JAPAN_CODE
    form = PhoneNumberFormat.NATIONAL if at_home else PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(parsed, form)
