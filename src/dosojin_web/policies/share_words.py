"""A share of a contract in words."""

from .models.schemes import SHARES_TOTAL


def percent_words(share: int) -> str:
    """A share of ten thousand as a percentage: ``17.5%``."""
    whole, rest = divmod(share * 100, SHARES_TOTAL)
    decimals = f"{rest * 100 // SHARES_TOTAL:02d}".rstrip("0")
    return f"{whole}.{decimals}%" if decimals else f"{whole}%"
