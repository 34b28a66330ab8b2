"""The way of money as a picture: where each box, band and label of a Sankey diagram stands.

In:  flows of integer yen between named places. Out: a ``Picture`` in whole pixels, for a template
     to write as SVG. Places stand in columns from left to right, each as far left as its sources
     allow; what goes on keeps to the top and what is lost falls below it. Every box has room for
     its label: above it, or below it where money is lost, because the bands arrive from above. So
     labels never meet, on a phone either.
Never: a rule of insurance, a colour, or a word that was not handed in.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from unicodedata import east_asian_width

BOX_WIDTH = 10
TALLEST_COLUMN = 200
THINNEST_BAND = 2
GAP_BELOW = 14
LABEL_SIZE = 13
LINE_HEIGHT = 18
LABEL_GAP = 7
MARGIN = 4
# Latin letters are narrower than the square of a Japanese character.
HALF_WIDTH = 0.56
# The mean of a line of Latin letters; one line of text may well be wider, a wrapped one is not.
MEAN_WIDTH = 0.5
CLAUSE_SIZE = 12
LABEL_LINES_MAX = 4
NOT_AT_LINE_START = "、。，．）」』】ー・々ぁぃぅぇぉっゃゅょァィゥェォッャュョ％)"


@dataclass(frozen=True, slots=True)
class Flow:
    """``yen`` from one place to another; ``clause`` says why, ``lost`` that it is not paid.

    ``unbounded``: no limit is known; it stands in the table and is not drawn.
    """

    source: str
    target: str
    yen: int
    clause: str = ""
    lost: bool = False
    address: str = ""
    unbounded: bool = False


@dataclass(slots=True)
class Box:
    """A place that money comes from or goes to. x, y: its upper left corner."""

    name: str
    column: int
    lost: bool
    yen: int = 0
    x: int = 0
    y: int = 0
    height: int = 0
    width: int = BOX_WIDTH
    lines: tuple[str, ...] = ()
    clauses: tuple[tuple[str, str], ...] = ()
    at_end: bool = False
    taken_in: int = 0
    given_out: int = 0
    lift: int = 0
    """Pixels by which the label stands higher, above that of the box to the left."""
    pull: int = 0
    """Pixels by which the label starts further left, so that it ends within the sheet."""

    @property
    def label_x(self) -> int:
        """Where the label starts, or, in the last column, ends."""
        return self.x + self.width if self.at_end else self.x - self.pull

    @property
    def label_width(self) -> int:
        """The pixels that the label is wide, as nearly as can be told without its font."""
        amount = measure(f"{self.yen:,} yen", MEAN_WIDTH)
        names = max(amount, *(measure(line, MEAN_WIDTH) for line in self.lines)) * LABEL_SIZE
        clauses = [measure(clause) * CLAUSE_SIZE for clause, _ in self.clauses]
        return round(max(names, *clauses) if clauses else names)

    @property
    def label_lines(self) -> int:
        """Lines of the label: the name's, the amount's, and one a clause."""
        return len(self.lines) + 1 + len(self.clauses)

    @property
    def room_above(self) -> int:
        """Pixels that the label needs above the box."""
        return 0 if self.lost else self.label_lines * LINE_HEIGHT + LABEL_GAP

    @property
    def room_below(self) -> int:
        """Pixels that the label needs below the box."""
        return self.label_lines * LINE_HEIGHT + LABEL_GAP if self.lost else 0

    def baseline(self, line: int) -> int:
        """The baseline of the label's line number ``line``, counted from 0."""
        if self.lost:
            return self.y + self.height + (line + 1) * LINE_HEIGHT
        return self.y - LABEL_GAP - self.lift - (self.label_lines - 1 - line) * LINE_HEIGHT

    @property
    def placed_lines(self) -> list[tuple[str, int]]:
        """The lines of the name, with their baselines."""
        return [(text, self.baseline(line)) for line, text in enumerate(self.lines)]

    @property
    def yen_baseline(self) -> int:
        """The baseline of the amount."""
        return self.baseline(len(self.lines))

    @property
    def placed_clauses(self) -> list[tuple[str, str, int]]:
        """The clauses, their addresses and baselines."""
        return [
            (clause, address, self.baseline(len(self.lines) + 1 + line))
            for line, (clause, address) in enumerate(self.clauses)
        ]


@dataclass(frozen=True, slots=True)
class Band:
    """A flow as a shape: ``path`` is what SVG calls ``d``."""

    path: str
    lost: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """All shapes, in drawing order, and the size of the sheet."""

    width: int
    height: int
    boxes: tuple[Box, ...] = ()
    bands: tuple[Band, ...] = field(default=())


def measure(text: str, half: float = HALF_WIDTH) -> float:
    """The width of ``text``, in characters of full width; a Latin letter counts for ``half``."""
    return sum(1 if east_asian_width(letter) in "WFA" else half for letter in text)


def _pieces(text: str) -> list[str]:
    """``text`` cut where a line may end: at spaces, and between Japanese characters."""
    pieces: list[str] = []
    for letter in text:
        wide = east_asian_width(letter) in "WF"
        joined = (
            not pieces
            or letter in NOT_AT_LINE_START
            or (not wide and not pieces[-1].endswith(" ") and measure(pieces[-1][-1]) < 1)
            or letter == " "
        )
        if joined and pieces:
            pieces[-1] += letter
        else:
            pieces.append(letter)
    return pieces


def wrap(text: str, width: float) -> tuple[str, ...]:
    """``text`` in lines of at most ``width`` full-width characters; a longer word stays whole."""
    lines = [""]
    for piece in _pieces(text):
        if lines[-1] and measure((lines[-1] + piece).rstrip()) > width:
            lines.append("")
        lines[-1] += piece
    return tuple(line.strip() for line in lines)


def _find_columns(flows: Sequence[Flow]) -> dict[str, int]:
    """Each place's column: the longest way to it. Raises ValueError if money runs in a circle."""
    columns: dict[str, int] = {}
    for flow in flows:
        columns.setdefault(flow.source, 0)
        columns.setdefault(flow.target, 0)
    for _ in range(len(columns)):
        settled = True
        for flow in flows:
            if columns[flow.target] <= columns[flow.source]:
                columns[flow.target] = columns[flow.source] + 1
                settled = False
        if settled:
            return columns
    raise ValueError("money runs in a circle: " + " → ".join(columns))


def _make_boxes(flows: Sequence[Flow]) -> dict[str, Box]:
    boxes = {name: Box(name, column, lost=False) for name, column in _find_columns(flows).items()}
    for name, box in boxes.items():
        arriving = [flow for flow in flows if flow.target == name]
        leaving = [flow for flow in flows if flow.source == name]
        box.yen = max(sum(f.yen for f in arriving), sum(f.yen for f in leaving))
        box.lost = bool(arriving) and all(flow.lost for flow in arriving)
        cited = [(f.clause, f.address) for f in arriving if f.clause and f.lost]
        box.clauses = tuple(dict.fromkeys(cited))
    return boxes


def _thickness(yen: int, whole: int) -> int:
    return max(THINNEST_BAND, yen * TALLEST_COLUMN // whole)


def _set_across(boxes: dict[str, Box], width: int) -> None:
    """Columns at equal distances, and labels broken to the width that a column has."""
    last = max(box.column for box in boxes.values())
    room = width - 2 * MARGIN - BOX_WIDTH
    for box in boxes.values():
        box.x = MARGIN + (room * box.column // last if last else 0)
        box.at_end = box.column == last > 0
        across = (room // last if last else room) - (0 if box.at_end else 6)
        box.lines = _shortened(wrap(box.name, across / LABEL_SIZE))
        if box.lost and not box.at_end:
            box.pull = min(box.x - MARGIN, max(0, box.x + box.label_width - width + MARGIN))


def _shortened(lines: tuple[str, ...]) -> tuple[str, ...]:
    """A name of many lines, cut; the table beside the picture has the whole."""
    if len(lines) <= LABEL_LINES_MAX:
        return lines
    return (*lines[: LABEL_LINES_MAX - 1], lines[LABEL_LINES_MAX - 1][:-1].rstrip("、,;: ") + "…")


def _lift_labels(boxes: dict[str, Box]) -> int:
    """Labels of the last column are lifted above those that they would meet.

    They run to the left and those of the column before to the right, into the same space.
    Returns the pixels by which the highest of them now stands above the sheet.
    """
    above = 0
    for box in boxes.values():
        if not box.at_end or box.lost:
            continue
        beside = [b for b in boxes.values() if b.column == box.column - 1 and not b.lost]
        for other in sorted(beside, key=lambda b: -b.y):
            free = box.x + box.width - other.x - LABEL_GAP
            top, end = box.y - box.room_above - box.lift, box.y - box.lift
            met = top < other.y and other.y - other.room_above < end
            if met and box.label_width + other.label_width > free:
                box.lift = box.y - (other.y - other.room_above)
        above = max(above, box.room_above + box.lift - box.y)
    return above


def _set_down(boxes: dict[str, Box], flows: Sequence[Flow], whole: int) -> int:
    """Boxes below each other, each near the money that reaches it. Returns the height."""
    for box in boxes.values():
        arriving = sum(_thickness(f.yen, whole) for f in flows if f.target == box.name)
        leaving = sum(_thickness(f.yen, whole) for f in flows if f.source == box.name)
        box.height = max(arriving, leaving)
    wished = dict.fromkeys(boxes, 0)
    weighed = dict.fromkeys(boxes, 0)
    lowest = 0
    for column in range(max(box.column for box in boxes.values()) + 1):
        here = [box for box in boxes.values() if box.column == column]
        for box in here:
            if weighed[box.name]:
                wished[box.name] = wished[box.name] // weighed[box.name] - box.height // 2
        here.sort(key=lambda box: (box.lost, wished[box.name]))
        floor = 0
        for box in here:
            box.y = max(floor + box.room_above, wished[box.name])
            floor = box.y + box.height + box.room_below + GAP_BELOW
            offset = box.y
            for flow in _outgoing(box, flows):
                thick = _thickness(flow.yen, whole)
                wished[flow.target] += (offset + thick // 2) * thick
                weighed[flow.target] += thick
                offset += thick
        lowest = max(lowest, floor)
    return lowest - GAP_BELOW + MARGIN


def _outgoing(box: Box, flows: Sequence[Flow]) -> list[Flow]:
    """What leaves a box, from the top: first what goes on, then what is lost."""
    leaving = [flow for flow in flows if flow.source == box.name]
    return sorted(leaving, key=lambda flow: flow.lost)


def _draw_band(source: Box, target: Box, thick: int, lost: bool) -> Band:
    left, right = source.x + source.width, target.x
    top, end = source.y + source.given_out, target.y + target.taken_in
    source.given_out += thick
    target.taken_in += thick
    middle = (left + right) // 2
    path = (
        f"M{left} {top}C{middle} {top} {middle} {end} {right} {end}v{thick}"
        f"C{middle} {end + thick} {middle} {top + thick} {left} {top + thick}Z"
    )
    return Band(path, lost)


def draw_sankey(flows: Sequence[Flow], width: int) -> Picture:
    """The picture of ``flows`` on a sheet ``width`` pixels wide; flows of 0 yen are left out.

    Raises ValueError if an amount is negative or money runs in a circle.
    """
    if any(flow.yen < 0 for flow in flows):
        raise ValueError("a flow of negative yen cannot be drawn; turn it round")
    drawn = [flow for flow in flows if flow.yen]
    if not drawn:
        return Picture(width, 0)
    boxes = _make_boxes(drawn)
    whole = max(
        sum(box.yen for box in boxes.values() if box.column == column)
        for column in {box.column for box in boxes.values()}
    )
    _set_across(boxes, width)
    height = _set_down(boxes, drawn, whole)
    above = _lift_labels(boxes)
    for box in boxes.values():
        box.y += above
    height += above
    bands = []
    for box in sorted(boxes.values(), key=lambda box: (box.column, box.y)):
        for flow in _outgoing(box, drawn):
            bands.append(
                _draw_band(box, boxes[flow.target], _thickness(flow.yen, whole), flow.lost)
            )
    # What is lost is drawn last: a thin band stays visible where it crosses a wide one.
    bands.sort(key=lambda band: band.lost)
    return Picture(width, height, tuple(boxes.values()), tuple(bands))
