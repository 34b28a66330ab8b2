"""The countries of the world, named and sorted for a reader."""

from functools import cache

from babel import Locale

from dosojin_web.components.shapes import Choice

# Codes of two letters that name no country one travels to.
NOT_COUNTRIES = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ", "JP"})


@cache
def list_countries(language: str) -> tuple[Choice, ...]:
    """ISO 3166 codes with names in "ja" or "en", sorted by name; without Japan."""
    names = Locale(language).territories
    found = [
        Choice(code, str(name))
        for code, name in names.items()
        if len(code) == 2 and code.isalpha() and code not in NOT_COUNTRIES
    ]
    return tuple(sorted(found, key=lambda choice: choice.label))


def is_country(code: str) -> bool:
    """Whether a trip can go there."""
    return any(choice.value == code for choice in list_countries("en"))
