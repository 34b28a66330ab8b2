"""The time zones that a reader can choose: where students of the scheme go, by their city."""

from functools import lru_cache
from zoneinfo import ZoneInfo

from babel.dates import get_timezone_location

ZONES = (
    "Asia/Tokyo", "Asia/Seoul", "Asia/Shanghai", "Asia/Taipei", "Asia/Hong_Kong", "Asia/Manila",
    "Asia/Singapore", "Asia/Kuala_Lumpur", "Asia/Bangkok", "Asia/Jakarta", "Asia/Kolkata",
    "Asia/Dubai", "Australia/Sydney", "Australia/Brisbane", "Pacific/Auckland",
    "Europe/London", "Europe/Dublin", "Europe/Paris", "Europe/Berlin", "Europe/Madrid",
    "Europe/Rome", "Europe/Helsinki", "Europe/Istanbul", "Africa/Cairo", "Africa/Nairobi",
    "America/New_York", "America/Toronto", "America/Chicago", "America/Denver",
    "America/Los_Angeles", "America/Vancouver", "America/Mexico_City", "America/Sao_Paulo",
    "Pacific/Honolulu",
)  # fmt: skip


@lru_cache(maxsize=128)
def name_zone(key: str, language: str) -> str:
    """The zone by its city: ``Paris``, ``パリ``."""
    return str(get_timezone_location(ZoneInfo(key), locale=language, return_city=True))


def find_zone(key: str) -> ZoneInfo | None:
    """One of the zones above; None for anything else."""
    return ZoneInfo(key) if key in ZONES else None
