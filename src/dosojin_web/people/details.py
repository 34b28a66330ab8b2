"""What a person says of himself, checked field by field before it is kept."""

import re
import unicodedata
from collections.abc import Callable, Collection
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from .faults import Faults

JAPAN = ZoneInfo("Asia/Tokyo")
NAME_LENGTH_MAX = 100
EMAIL_LENGTH_MAX = 254
AGE_MAX = 120

# Single characters that Unicode's canonical form would replace by another form of the name.
COMPATIBLE = re.compile("([\uf900-\ufaff\U0002f800-\U0002fa1f])")
SPACES = re.compile(r"\s+")
KANA = re.compile("[ァ-ヺー・ヽヾ ]*")
ROMAN = re.compile(r"[A-Z][A-Z '()./-]*")
JOINERS = "\u200c\u200d"  # Persian and Indian names are written with them.
NAME_MARKS = frozenset(" -'.,()·・=＝゠‐–’`ʻ〃〻")


@dataclass(frozen=True, slots=True)
class PersonDetails:
    """The fields of a person, as entered or as kept; "" and None are not given."""

    family_name: str = ""
    given_name: str = ""
    family_name_kana: str = ""
    given_name_kana: str = ""
    family_name_roman: str = ""
    given_name_roman: str = ""
    birth_date: date | None = None
    phone: str = ""
    email: str = ""


DETAIL_NAMES = tuple(field.name for field in fields(PersonDetails))
NAMED = frozenset({"family_name"})
INSURED = frozenset(
    {"family_name", "family_name_kana", "family_name_roman", "birth_date", "phone", "email"}
)
"""What a certificate needs of the insured; given names may be missing, for some have none."""


class Fault(Exception):
    """One field is wrong; the message says what and what to do."""


def check_details(
    details: PersonDetails, now: datetime, needed: Collection[str] = NAMED
) -> PersonDetails:
    """The details as they are kept. Faults, with every field that is wrong or missing."""
    kept: dict[str, str | date | None] = {}
    faults: dict[str, str] = {}
    for name in DETAIL_NAMES:
        value = getattr(details, name)
        try:
            kept[name] = _check_field(name, value, now)
        except Fault as fault:
            faults[name] = str(fault)
            continue
        if name in needed and not kept[name]:
            faults[name] = _missing(name)
    for name, message in _check_together(kept).items():
        faults.setdefault(name, message)
    if faults:
        raise Faults({name: faults[name] for name in DETAIL_NAMES if name in faults})
    return replace(details, **kept)  # type: ignore[arg-type]


def _check_field(name: str, value: str | date | None, now: datetime) -> str | date | None:
    if name == "birth_date":
        return _check_birth_date(value, now)
    assert isinstance(value, str)
    reader: Callable[[str], str] = {
        "phone": read_phone,
        "email": read_email,
        "family_name_kana": read_kana,
        "given_name_kana": read_kana,
        "family_name_roman": read_roman,
        "given_name_roman": read_roman,
    }.get(name, read_name)
    return reader(value)


def _check_together(kept: dict[str, str | date | None]) -> dict[str, str]:
    """A given name stands in every form of the name, or in none."""
    faults = {}
    for form, missing in (
        ("kana", _("Enter the given name in katakana too.")),
        ("roman", _("Enter the given name in roman letters too.")),
    ):
        family, given = kept.get(f"family_name_{form}"), kept.get(f"given_name_{form}")
        if family and kept.get("given_name") and given == "":
            faults[f"given_name_{form}"] = missing
        if given and not kept.get("given_name") and "given_name" in kept:
            faults["given_name"] = _("Enter the given name here too, or leave it out everywhere.")
    return faults


def _missing(name: str) -> str:
    return {
        "family_name": _("Enter the family name. Enter a single name here."),
        "family_name_kana": _("Enter the family name in katakana."),
        "family_name_roman": _("Enter the family name as in the passport."),
        "birth_date": _("Enter the date of birth."),
        "phone": _("Enter a telephone number."),
        "email": _("Enter an e-mail address."),
    }.get(name, _("Fill in this field."))


def read_name(text: str) -> str:
    """A name as it is written. Fault if it holds what no name has."""
    name = tidy(text)
    _check_length(name)
    for character in name:
        if unicodedata.category(character) == "Co":
            raise Fault(
                _("%(character)s exists on your device only. Enter the nearest common character.")
                % {"character": character}
            )
        if not _in_names(character):
            raise Fault(_("“%(character)s” cannot stand in a name.") % {"character": character})
    if name and not any(unicodedata.category(character)[0] == "L" for character in name):
        raise Fault(_("A name has letters. Enter it as in the passport or the register."))
    return name


def read_kana(text: str) -> str:
    """A name in full-width katakana, from any kana. Fault for other letters."""
    wide = tidy(unicodedata.normalize("NFKC", text))
    name = "".join(chr(ord(c) + 0x60) if "ぁ" <= c <= "ゖ" else c for c in wide)
    _check_length(name)
    if not KANA.fullmatch(name) or (name and not re.search("[ァ-ヺ]", name)):
        raise Fault(_("Enter the name in katakana, for example ヤマダ."))
    return name


def read_roman(text: str) -> str:
    """A name in capital roman letters, as in a passport. Fault for other letters."""
    name = tidy(unicodedata.normalize("NFKC", text)).upper()
    name = name.translate(str.maketrans("’‘`‐‑–", "'''---"))
    _check_length(name)
    if name and not ROMAN.fullmatch(name):
        raise Fault(_("Enter the letters A to Z as in the passport, without accents."))
    return name


def read_phone(text: str) -> str:
    """A telephone number in international form, +81312345678. Fault if there is no such number."""
    typed = tidy(unicodedata.normalize("NFKC", text))
    if not typed:
        return ""
    message = _("Enter the whole telephone number; of another country with + and its code.")
    try:
        number = phonenumbers.parse(typed, "JP")
    except phonenumbers.NumberParseException:
        raise Fault(message) from None
    if number.extension:
        raise Fault(_("Enter the telephone number without an extension."))
    if not phonenumbers.is_valid_number(number):
        raise Fault(message)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def read_email(text: str) -> str:
    """An e-mail address, its domain in small letters. Fault if it cannot be one."""
    address = tidy(unicodedata.normalize("NFKC", text))
    if not address:
        return ""
    local, at, domain = address.rpartition("@")
    address = f"{local}{at}{domain.lower()}"
    try:
        validate_email(address)
    except ValidationError:
        raise Fault(_("Enter an e-mail address, for example name@example.com.")) from None
    if len(address) > EMAIL_LENGTH_MAX:
        raise Fault(_("The e-mail address is too long."))
    return address


def _check_birth_date(value: object, now: datetime) -> date | None:
    if value is None:
        return None
    assert isinstance(value, date) and not isinstance(value, datetime)
    today = now.astimezone(JAPAN).date()
    if value > today:
        raise Fault(_("The date of birth lies in the future. Check the year."))
    if (today.year - value.year) > AGE_MAX:
        raise Fault(_("The date of birth lies too far back. Check the year."))
    return value


def tidy(text: str) -> str:
    """One space between words, none around, marks joined to their letters, no other change.

    Not Unicode's NFKC, nor all of its NFC: they would put another character into some names.
    """
    parts = COMPATIBLE.split(text)
    composed = "".join(
        part if COMPATIBLE.fullmatch(part) else unicodedata.normalize("NFC", part) for part in parts
    )
    return SPACES.sub(" ", composed).strip()


def _in_names(character: str) -> bool:
    category = unicodedata.category(character)
    return (
        category[0] in "LM" or category == "Nl" or character in NAME_MARKS or character in JOINERS
    )


def _check_length(name: str) -> None:
    if len(name) > NAME_LENGTH_MAX:
        raise Fault(_("A name has at most %(count)s characters.") % {"count": NAME_LENGTH_MAX})
