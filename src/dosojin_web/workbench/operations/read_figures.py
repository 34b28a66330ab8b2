"""Reads numbers as people type them: full width or half, with separators, signs and units."""

import re
import unicodedata
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext

MAN = {"万": 10_000, "億": 100_000_000, "千": 1_000}
_YEN = re.compile(r"[¥￥]?\s*(\d[\d,\s]*)\s*(億|万|千)?\s*(円|yen|jpy)?", re.IGNORECASE)
_SIGNS = re.compile(r"^[^\d\-+.,]*|[^\d.,]*$")


def plain_digits(typed: str) -> str:
    """The text with its digits and signs at half width, trimmed."""
    return unicodedata.normalize("NFKC", typed).strip()


def read_yen(typed: str) -> int | None:
    """Whole yen in "30,000", "３万円", "¥ 30000"; None if it is no such amount."""
    found = _YEN.fullmatch(plain_digits(typed))
    if found is None:
        return None
    return int(re.sub(r"[,\s]", "", found[1])) * MAN.get(found[2] or "", 1)


def read_count(typed: str) -> int | None:
    """A whole number in "12", "１２", "1,200"; None if it is none."""
    plain = plain_digits(typed).replace(",", "")
    return int(plain) if re.fullmatch(r"\d{1,15}", plain) else None


def read_amount(typed: str, currency: str) -> int | str | None:
    """An amount: yen as an integer, other money as an exact decimal text; None if unreadable."""
    if currency == "JPY":
        return read_yen(typed)
    plain = _SIGNS.sub("", plain_digits(typed)).replace(" ", "")
    plain = _without_separators(plain)
    try:
        number = Decimal(plain)
    except InvalidOperation:
        return None
    return plain if number.is_finite() and number >= 0 else None


def _without_separators(plain: str) -> str:
    """ "1,234.50" and "1.234,50" to "1234.50"; a single comma with two digits is a decimal one."""
    if "," in plain and "." in plain:
        last = max(plain.rfind(","), plain.rfind("."))
        whole = re.sub(r"[.,]", "", plain[:last])
        return f"{whole}.{plain[last + 1 :]}"
    if re.fullmatch(r"\d+,\d{1,2}", plain):
        return plain.replace(",", ".")
    return plain.replace(",", "")


def read_duration(typed: str) -> str | None:
    """Hours and minutes ("6:30") in "6:30", "6h30", "6時間30分", "6"; None if unreadable."""
    plain = plain_digits(typed).casefold()
    pattern = r"(\d{1,5})\s*(?::|時間|h|hours?)?\s*(?:(\d{1,2})\s*(?:分|min|m|minutes?)?)?"
    found = re.fullmatch(pattern, plain)
    if found is None or int(found[2] or 0) > 59 or (found[2] and found[0].isdigit()):
        return None
    return f"{int(found[1])}:{int(found[2] or 0):02}"


def not_a_number(typed: str) -> str:
    """What is said of a number that cannot be read."""
    said = gettext("“%(typed)s” is not a whole number. Write it in digits, for example 12.")
    return said % {"typed": typed}
