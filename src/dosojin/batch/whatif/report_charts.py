"""The pictures of the report: inline SVG that stretches with its column, in whole tenths of a %.

Every picture stands in or beside a table with the same content, so all of them are hidden from
screen readers. Solid is certain, hatched is possible, whatever the colour.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dosojin.batch.whatif.amount_words import short_yen
from dosojin.batch.whatif.comparison import Amount, Bin, Change
from dosojin.batch.whatif.spread_of_change import bins_up_to
from dosojin.values.text import Language

THINNEST = 4
"""Tenths of a per cent: what is there can be seen, however little it is."""
WHOLE = 1000
HIDDEN = '<svg aria-hidden="true" focusable="false"'
PATTERNS = (
    '<svg width="0" height="0" aria-hidden="true" focusable="false" class="patterns"><defs>'
    + "".join(
        f'<pattern id="{name}" width="6" height="6" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect width="6" height="6" class="{name}-ground"/>'
        f'<rect width="2.5" height="6" class="{name}-line"/></pattern>'
        for name in ("hatch-less", "hatch-more", "hatch-was")
    )
    + "</defs></svg>"
)
MARK = (
    f'{HIDDEN} viewBox="0 0 20 20"><rect class="ground" width="20" height="20" rx="4"/>'
    '<g class="stones" transform="translate(2.4 2) scale(.76)">'
    '<path d="M3 18.6V9a7 7 0 0 1 14 0v9.6Z" fill="none" stroke-width="1.8" '
    'stroke-linejoin="round"/><circle cx="7.6" cy="9.2" r="1.7"/>'
    '<circle cx="12.4" cy="9.2" r="1.7"/>'
    '<path d="M4.9 16c0-2.6 1-4 2.7-4s2.4 1 2.4 2.4c0-1.4.7-2.4 2.4-2.4s2.7 1.4 2.7 4Z"/>'
    "</g></svg>"
)


def tenths(mille: int) -> str:
    """Tenths of a per cent as CSS and SVG write them: "12.3%"."""
    sign = "-" if mille < 0 else ""
    whole, tenth = divmod(abs(mille), 10)
    return f"{sign}{whole}.{tenth}%"


@dataclass(frozen=True, slots=True)
class Scale:
    """Amounts from `least` to `most` along a picture's width, but for a margin at both sides."""

    least: int
    most: int

    margin: int = 0

    def at(self, amount: int) -> int:
        """Where an amount stands, in tenths of a per cent, kept within the picture."""
        reach, room = max(self.most - self.least, 1), WHOLE - 2 * self.margin
        return self.margin + min(max((amount - self.least) * room // reach, 0), room)


def _rect(x: int, width: int, y: str, height: str, kind: str) -> str:
    return (
        f'<rect x="{tenths(x)}" width="{tenths(width)}" y="{y}" height="{height}" '
        f'class="{kind}"/>'
    )


def _line(x: int, top: str, bottom: str, kind: str) -> str:
    return f'<line x1="{tenths(x)}" x2="{tenths(x)}" y1="{top}" y2="{bottom}" class="{kind}"/>'


def _between(scale: Scale, one: int, other: int) -> tuple[int, int]:
    """Place and width of a bar between two amounts; one that is not empty can be seen."""
    least, most = sorted((scale.at(one), scale.at(other)))
    if one != other and most - least < THINNEST:
        most = least + THINNEST
        if most > WHOLE:
            least, most = WHOLE - THINNEST, WHOLE
    return least, most - least


# payouts --------------------------------------------------------------------------------------


def payout_bar(amount: Amount, most: int, *, was: bool) -> str:
    """One bar from nothing to what is certain, and on to what is possible."""
    scale = Scale(0, most)
    certain = _between(scale, 0, amount.lo)
    possible = _between(scale, amount.lo, amount.hi)
    return (
        f'{HIDDEN} class="{"was" if was else "now"}">'
        + _rect(0, WHOLE, "0", "100%", "track")
        + (_rect(*possible, "0", "100%", "possible") if amount.hi != amount.lo else "")
        + _rect(*certain, "0", "100%", "certain")
        + "</svg>"
    )


# the waterfall --------------------------------------------------------------------------------

_MARGIN = 20


def waterfall_scale(changes: Sequence[Change]) -> Scale:
    """Wide enough for every place that the running sums of the changes reach, and for nothing."""
    reached = [0]
    lo = hi = 0
    for change in changes:
        lo, hi = lo + change.lo, hi + change.hi
        reached += [lo, hi]
    return Scale(min(reached), max(reached), _MARGIN)


def waterfall_bar(scale: Scale, start: Change, change: Change, *, is_last: bool) -> str:
    """One step: from where the steps before have led, in both amounts, to where it leads."""
    end = start + change
    marks = [_line(scale.at(0), "0", "100%", "zero")]
    if start.lo:
        marks.append(_line(scale.at(start.lo), "0", "50%", "join"))
    if end.lo and not is_last:
        marks.append(_line(scale.at(end.lo), "50%", "100%", "join"))
    bars = []
    if change.hi:
        kind = "possible more" if change.hi > 0 else "possible"
        bars.append(_rect(*_between(scale, start.hi, end.hi), "-11", "22", kind))
    if change.lo:
        kind = "certain more" if change.lo > 0 else "certain"
        bars.append(_rect(*_between(scale, start.lo, end.lo), "-5", "10", kind))
    middle = f'<svg y="50%" class="middle">{"".join(bars)}</svg>'
    return f"{HIDDEN}>{''.join(marks)}{middle}</svg>"


# the spread -----------------------------------------------------------------------------------

_TOP, _BOTTOM = 90, 860
"""Where bars may begin and must end, in tenths of a per cent of the height."""
_LABELS_MOST = 10
_BESIDE_ZERO = 1_000
"""Where a phone has no room for a label beside that of zero."""
_SERIES = (1, 2, 5, 10)


@dataclass(frozen=True, slots=True)
class Column:
    """A bin with the claims whose certain and whose possible amount moves that far."""

    least: int
    most: int
    certain: int
    possible: int

    @property
    def edges(self) -> tuple[int, int]:
        """Where it begins and ends on the scale: (0, 1000) for changes of 1 to 999 yen."""
        least = 0 if self.least == 1 else self.least
        most = 0 if self.most == -1 else self.most
        return (least - 1 if least < 0 else least), (most + 1 if most > 0 else most)


def columns_of_bins(certain: Sequence[Bin], possible: Sequence[Bin]) -> tuple[Column, ...]:
    """The bins of both amounts side by side, without gaps between the first and the last."""
    both = (*certain, *possible)
    if not both:
        return ()
    least, most = min(each.least for each in both), max(each.most for each in both)
    bounds = [bound for bound in bins_up_to(max(-least, most)) if least <= bound[0] <= most]
    lows = {(each.least, each.most): each.claims for each in certain}
    highs = {(each.least, each.most): each.claims for each in possible}
    return tuple(
        Column(*bound, lows.get(bound, 0), highs.get(bound, 0)) for bound in bounds
    )


def histogram(columns: Sequence[Column], language: Language) -> str:
    """Claims by how far they move; two bars a bin."""
    most = nice_most(max(max(each.certain, each.possible) for each in columns))
    parts = []
    for claims in (most, most // 2) if most > 1 else (most,):
        y = _BOTTOM - (_BOTTOM - _TOP) * claims // most
        parts.append(f'<line x1="0" x2="100%" y1="{tenths(y)}" y2="{tenths(y)}" class="grid"/>')
        parts.append(f'<text x="0" y="{tenths(y)}" dy="-4">{claims:,}</text>')
    for place, column in enumerate(columns):
        parts += _pair(column, place, len(columns), most)
    parts.append(
        f'<line x1="0" x2="100%" y1="{tenths(_BOTTOM)}" y2="{tenths(_BOTTOM)}" class="axis"/>'
    )
    parts += _marks(columns, language)
    return f"{HIDDEN}>{''.join(parts)}</svg>"


def nice_most(claims: int) -> int:
    """The least of 1, 2, 5, 10, 20 … that is no less; even, unless it is 1 or 5."""
    unit = 1
    while True:
        for step in _SERIES:
            if step * unit >= claims:
                return step * unit
        unit *= 10


def _pair(column: Column, place: int, count: int, most: int) -> list[str]:
    slot, start = WHOLE // count, WHOLE * place // count
    turn = " more" if column.least > 0 else ""
    found = []
    for claims, kind, left in (
        (column.certain, f"certain{turn}", slot * 12 // 100),
        (column.possible, f"possible{turn}", slot * 50 // 100),
    ):
        if claims:
            height = max((_BOTTOM - _TOP) * claims // most, THINNEST)
            y, tall = tenths(_BOTTOM - height), tenths(height)
            found.append(_rect(start + left, slot * 38 // 100, y, tall, kind))
    return found


def _marks(columns: Sequence[Column], language: Language) -> list[str]:
    edges = [columns[0].edges[0], *(column.edges[1] for column in columns)]
    found = []
    for place, edge in enumerate(edges):
        x = WHOLE * place // len(columns)
        anchor = "start" if place == 0 else "end" if place == len(edges) - 1 else "middle"
        is_major = edge == 0 or str(abs(edge)).strip("0") == "1"
        if not is_major and len(columns) > _LABELS_MOST:
            continue
        is_kept = is_major and abs(edge) != _BESIDE_ZERO
        kind = "" if is_kept or len(columns) <= _LABELS_MOST // 2 else ' class="minor"'
        if edge == 0:
            found.append(_line(x, tenths(_TOP), tenths(_BOTTOM), "zero"))
        found.append(
            f'<text x="{tenths(x)}" y="{tenths(_BOTTOM)}" dy="18" text-anchor="{anchor}"{kind}>'
            f"{short_yen(edge, language)}</text>"
        )
    return found


# loss ratios ----------------------------------------------------------------------------------

_RATIO_BARS = (("was", "0%", "42%"), ("now", "58%", "42%"))


def ratio_bars(before: tuple[int, int], after: tuple[int, int], most: int) -> str:
    """Loss ratios before and after, below each other; a line where the premium is used up.

    In tenths of a per cent; what runs past `most` is cut, with a gap to say so.
    """
    scale = Scale(0, most)
    parts = []
    for (kind, y, height), (lo, hi) in zip(_RATIO_BARS, (before, after), strict=True):
        inner = ""
        if hi != lo:
            inner += _rect(*_between(scale, lo, hi), y, height, "possible")
        if lo:
            inner += _rect(*_between(scale, 0, lo), y, height, "certain")
        if hi > most:
            inner += _rect(WHOLE - 30, 10, y, height, "gap")
        parts.append(f'<g class="{kind}">{inner}</g>')
    parts.append(_line(scale.at(0), "-8%", "108%", "zero"))
    if most >= WHOLE:
        parts.append(_line(scale.at(WHOLE), "-8%", "108%", "join"))
    return f"{HIDDEN}>{''.join(parts)}</svg>"


def key(kind: str, turn: str = "") -> str:
    """A patch of one kind of bar, for the legend."""
    return f'{HIDDEN} class="{turn}"><rect width="100%" height="100%" class="{kind}"/></svg>'
