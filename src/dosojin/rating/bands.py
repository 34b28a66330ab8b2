"""Bands: the lengths a tariff is printed by, such as "up to 8 days" or "up to 2 months"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from dosojin.values.periods import (
    MONTHS_A_YEAR,
    last_day_of_days,
    last_day_of_months,
    last_day_of_years,
)
from dosojin.values.text import Text


class BandUnit(Enum):
    """What a band is counted in."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


_COUNTERS = {BandUnit.DAY: "日", BandUnit.MONTH: "か月", BandUnit.YEAR: "年"}


@dataclass(frozen=True, slots=True)
class Band:
    """A length of `length` units, from the day of departure on."""

    unit: BandUnit
    length: int

    def __post_init__(self) -> None:
        if self.length < 1:
            raise ValueError(f"a band has a length of at least 1, not {self.length}")

    def last_day(self, start: date) -> date:
        """The last day that the band takes in, if the trip begins on `start`."""
        if self.unit is BandUnit.DAY:
            return last_day_of_days(start, self.length)
        if self.unit is BandUnit.MONTH:
            return last_day_of_months(start, self.length)
        return last_day_of_years(start, self.length)

    def covers(self, start: date, end: date) -> bool:
        return end <= self.last_day(start)

    @property
    def reading_order(self) -> tuple[bool, int]:
        """Bands are tried in this order: days before months and years, each from short to long."""
        months = self.length * (MONTHS_A_YEAR if self.unit is BandUnit.YEAR else 1)
        return (self.unit is not BandUnit.DAY, months)

    @property
    def name(self) -> str:
        """ "8 days", "1 year": the same in every language, for programs."""
        return f"{self.length} {self.unit.value}{'' if self.length == 1 else 's'}"

    @property
    def length_text(self) -> Text:
        """The bare length: "2か月", "2 months"."""
        return Text(f"{self.length}{_COUNTERS[self.unit]}", self.name)

    @property
    def text(self) -> Text:
        """The band as a tariff prints it: "2か月まで", "up to 2 months"."""
        return Text(f"{self.length_text.ja}まで", f"up to {self.name}")
