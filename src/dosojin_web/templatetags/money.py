"""Yen: amounts, tables, the range of a payout, the clauses that move it, and where it flows."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext

from dosojin_web.components.band_picture import Step, draw_bands
from dosojin_web.components.payout_bar import PayoutBar, lay_out_bar
from dosojin_web.components.sankey import Flow, draw_sankey
from dosojin_web.components.shapes import Citation, MoneyRow

register = template.Library()
Context = dict[str, Any]

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
MAN = 10_000
OKU = 100_000_000
# In per mille of the bar: nearer than this, two labels would meet on a phone.
ROOM_FOR_TWO_LABELS = 850


@register.filter
def yen(amount: int) -> str:
    """``810,000円`` or ``−810,000 yen``; the two never part at a line's end."""
    figures = f"{amount:,}".replace("-", MINUS)
    if get_language() == "ja":
        return f"{figures}円"
    return f"{figures}{NO_BREAK_SPACE}yen"


@register.filter
def thousands(amount: int) -> str:
    """``810,000``, where the unit is said elsewhere."""
    return f"{amount:,}"


@register.filter
def more_yen(amount: int) -> str:
    """A difference: ``+540円``, ``−310 yen``, ``±0円``."""
    sign = "+" if amount > 0 else "−" if amount < 0 else "±"
    return sign + yen(abs(amount))


@register.filter
def round_yen(amount: int) -> str:
    """A round figure for a scale: ``300万円``, ``1億円``, ``3,000,000``."""
    if get_language() != "ja":
        return f"{amount:,}"
    if amount and amount % OKU == 0:
        return f"{amount // OKU:,}億円"
    if amount and amount % MAN == 0:
        return f"{amount // MAN:,}万円"
    return f"{amount:,}円"


@register.filter
def percent(per_mille: int) -> str:
    """A place on a bar as SVG writes it: ``123`` → ``12.3%``."""
    return f"{per_mille // 10}.{per_mille % 10}%"


def describe_range(bar: PayoutBar) -> str:
    """The range in a sentence: what the bar shows, for those who read and those who listen."""
    if bar.settled:
        if bar.lo == 0:
            return gettext("Nothing is paid. Nothing that we could still learn would change this.")
        return gettext(
            "%(lo)s are certain. Nothing that we could still learn would change this."
        ) % {"lo": yen(bar.lo)}
    if bar.hi is None:
        if bar.lo == 0:
            return gettext("Nothing is certain yet, and no upper limit is known.")
        return gettext("%(lo)s are certain. No upper limit is known.") % {"lo": yen(bar.lo)}
    if bar.lo == 0:
        return gettext("Nothing is certain yet. Up to %(hi)s depend on what is still open.") % {
            "hi": yen(bar.hi)
        }
    return gettext("%(lo)s are certain. Another %(more)s depend on what is still open.") % {
        "lo": yen(bar.lo),
        "more": yen(bar.hi - bar.lo),
    }


def _anchor(place: int) -> str:
    """Which end of a label stands at its place, so that it never leaves the bar."""
    if place <= 200:
        return "start"
    return "end" if place >= 800 else "middle"


@register.inclusion_tag("components/payout_range.html")
def payout_range(
    lo: int, hi: int | None, asked: int | None = None, label: str = "", name: str = "payout"
) -> Context:
    """The payout as one bar from certain to possible. ``hi`` None: no limit; ``asked``: claimed."""
    bar = lay_out_bar(lo, hi, asked)
    labelled = bar.asked is not None and (
        bar.settled or bar.asked - bar.certain >= ROOM_FOR_TWO_LABELS
    )
    return {
        "name": name,
        "label": label or gettext("What is paid"),
        "bar": bar,
        "width": bar.possible - bar.certain,
        "certain_anchor": _anchor(bar.certain),
        "possible_anchor": _anchor(bar.possible),
        "sentence": describe_range(bar),
        "asked": asked,
        "asked_labelled": labelled,
        "asked_anchor": _anchor(bar.asked or 0),
        "plain": bar.settled and not labelled,
    }


@register.inclusion_tag("components/money_table.html")
def money_table(
    caption: str,
    columns: Sequence[str],
    rows: Sequence[MoneyRow],
    total: MoneyRow | None = None,
    name: str = "money",
    first: str = "",
) -> Context:
    """Yen in columns, right-aligned. ``first`` heads the column of labels, ``name`` is the id."""
    return {
        "caption": caption,
        "columns": columns,
        "rows": rows,
        "total": total,
        "name": name,
        "first": first or gettext("Item"),
    }


@register.inclusion_tag("components/clause.html")
def clause(citation: Citation | str, address: str = "") -> Context:
    """A clause that is cited; with an address, a link to the wording page."""
    cited = citation if isinstance(citation, Citation) else Citation(citation, address)
    return {"citation": cited}


@register.inclusion_tag("components/sankey.html")
def sankey(flows: Sequence[Flow], caption: str = "", name: str = "flow") -> Context:
    """The way of the money as a picture (wide, and narrow for phones) with a table beside it."""
    return {
        "name": name,
        "caption": caption or gettext("Where the money goes"),
        "flows": flows,
        "wide": draw_sankey(flows, width=620),
        "narrow": draw_sankey(flows, width=344),
    }


def short_day(day: date, with_year: bool = False) -> str:
    """``8/13`` or ``13 Aug``, for a label where there is no room for more."""
    if get_language() == "ja":
        return f"{day.year}/{day.month}/{day.day}" if with_year else f"{day.month}/{day.day}"
    return f"{day.day} {date_format(day, 'M Y' if with_year else 'M')}"


def _last_days(steps: Sequence[Step]) -> list[str]:
    """The labels of the last days, with the year where two would read the same without it."""
    said = {(step.last_day.month, step.last_day.day) for step in steps}
    with_year = len(said) < len(steps)
    return [gettext("to %(day)s") % {"day": short_day(step.last_day, with_year)} for step in steps]


@register.inclusion_tag("components/band_picture.html")
def band_picture(
    steps: Sequence[Step], end: date, caption: str = "", sentence: str = "", name: str = "bands"
) -> Context:
    """What longer and shorter cost: steps as a picture, wide and narrow, with a table beside it.

    ``end`` is the day that was asked for, which one of the steps must hold; ``sentence`` says
    what the picture shows.
    """
    days = _last_days(steps)
    chosen = next(step for step in steps if step.first_day <= end <= step.last_day)
    return {
        "name": name,
        "caption": caption or gettext("If the last day moves"),
        "sentence": sentence,
        "wide": draw_bands(steps, end, days, width=620),
        "narrow": draw_bands(steps, end, days, width=344),
        "mark": gettext("last day %(day)s") % {"day": short_day(end)},
        "rows": [(step, step.amount - chosen.amount, step is chosen) for step in steps],
        "grouped": len({step.group for step in steps}) > 1,
    }
