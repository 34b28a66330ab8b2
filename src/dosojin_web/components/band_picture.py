"""A stepped picture of what something costs, the longer it lasts.

In:  steps in order, each with its last day and whole yen; the day that was asked for.
Out: columns and labels placed on a sheet. A column is as high as its yen, from zero, and the wider
     the more days it holds; but each is wide enough for its label, so the scale of days is not
     even: every column names its last day.
Never: a premium of its own; the table beside the picture holds the same figures.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from .sankey import measure

TALLEST_COLUMN = 110
LABEL_HEIGHT = 20
"""Room for a line of words above or below a column, in pixels."""
LABEL_SIZE = 14
GAP = 2
MARGIN = 2


@dataclass(frozen=True, slots=True)
class Step:
    """Days ``first_day`` to ``last_day`` cost ``amount`` yen; ``group`` names what they belong to.

    Where the group changes from one step to the next, the picture says so.
    """

    first_day: date
    last_day: date
    amount: int
    group: str = ""

    @property
    def days(self) -> int:
        """How many days it holds."""
        return (self.last_day - self.first_day).days + 1


@dataclass(frozen=True, slots=True)
class Column:
    """A step on the sheet, in pixels; ``day`` is its last day as the label says it."""

    x: int
    y: int
    width: int
    height: int
    amount: int
    day: str
    group: str
    is_chosen: bool

    @property
    def middle(self) -> int:
        """Where its labels are centred."""
        return self.x + self.width // 2

    @property
    def amount_baseline(self) -> int:
        """The baseline of the amount, above the column."""
        return self.y - 6

    @property
    def group_baseline(self) -> int:
        """The baseline of the group's name, above the amount."""
        return self.amount_baseline - LABEL_HEIGHT


@dataclass(frozen=True, slots=True)
class Picture:
    """All columns; ``mark_x`` is where the asked day stands, its label anchored at ``anchor``."""

    width: int
    height: int
    floor: int
    columns: tuple[Column, ...]
    mark_x: int
    anchor: str

    @property
    def day_baseline(self) -> int:
        """The baseline of the last days."""
        return self.floor + LABEL_HEIGHT - 4

    @property
    def mark(self) -> str:
        """The pointer below the asked day, as a path."""
        top = self.floor + LABEL_HEIGHT + 4
        return f"M{self.mark_x} {top}l6 9h-12Z"

    @property
    def mark_baseline(self) -> int:
        """The baseline of the words for the asked day."""
        return self.floor + 2 * LABEL_HEIGHT + 10


def draw_bands(steps: Sequence[Step], end: date, days: Sequence[str], width: int) -> Picture:
    """The picture of ``steps`` on a sheet so many pixels wide; ``days`` word their last days.

    Raises ValueError if no step holds the day ``end``.
    """
    chosen = _find(steps, end)
    first, last = _trim([_least(*pair) for pair in zip(steps, days, strict=True)], chosen, width)
    steps, days, chosen = steps[first:last], days[first:last], chosen - first
    widths = _share_width(steps, days, _room(len(steps), width))
    highest = max(step.amount for step in steps)
    floor = TALLEST_COLUMN + 2 * LABEL_HEIGHT
    columns = []
    x = MARGIN
    for at, step in enumerate(steps):
        height = max(2, step.amount * TALLEST_COLUMN // highest)
        begins = at > 0 and steps[at - 1].group != step.group
        columns.append(
            Column(
                x, floor - height, widths[at], height, step.amount, days[at],
                step.group if begins else "", at == chosen,
            )
        )  # fmt: skip
        x += widths[at] + GAP
    here = columns[chosen]
    past = 2 * (end - steps[chosen].first_day).days + 1
    mark_x = here.x + here.width * past // (2 * steps[chosen].days)
    anchor = "start" if mark_x < width // 4 else "end" if mark_x > width * 3 // 4 else "middle"
    return Picture(width, floor + 2 * LABEL_HEIGHT + 16, floor, tuple(columns), mark_x, anchor)


def _find(steps: Sequence[Step], end: date) -> int:
    for at, step in enumerate(steps):
        if step.first_day <= end <= step.last_day:
            return at
    raise ValueError(f"no step holds {end}")


def _room(columns: int, width: int) -> int:
    """The pixels that so many columns have between them."""
    return width - 2 * MARGIN - GAP * (columns - 1)


def _least(step: Step, day: str) -> int:
    """The pixels that the labels of a step need."""
    return round(max(measure(day), measure(f"{step.amount:,}")) * LABEL_SIZE) + 4


def _trim(least: Sequence[int], chosen: int, width: int) -> tuple[int, int]:
    """From which step to which (not included) there is room: the far ones go first."""
    first, last = 0, len(least)
    while sum(least[first:last]) > _room(last - first, width) and last - first > 1:
        if last - 1 - chosen > chosen - first:
            last -= 1
        else:
            first += 1
    return first, last


def _share_width(steps: Sequence[Step], days: Sequence[str], room: int) -> list[int]:
    """What the labels need, and of what is left a share by the days of the step."""
    least = [_least(step, day) for step, day in zip(steps, days, strict=True)]
    left = max(0, room - sum(least))
    whole = sum(step.days for step in steps)
    return [needed + left * step.days // whole for needed, step in zip(least, steps, strict=True)]
