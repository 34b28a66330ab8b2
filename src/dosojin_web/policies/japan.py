"""Days of the contract are days in Japan, wherever the reader or the server is."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

JAPAN = ZoneInfo("Asia/Tokyo")


def day_in_japan(moment: datetime) -> date:
    """The day in Japan at ``moment``, which must be aware."""
    return moment.astimezone(JAPAN).date()


def start_of_day(day: date) -> datetime:
    """00:00 in Japan."""
    return datetime.combine(day, time(), JAPAN)


def end_of_day(day: date) -> datetime:
    """24:00 in Japan, which is 00:00 of the next day."""
    return start_of_day(day + timedelta(days=1))
