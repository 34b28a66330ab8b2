"""What a portal is made of: lists with filters and pages, progress, events, contacts."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import template
from django.core.paginator import Page
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext

from dosojin_web.components.records import (
    Column,
    ConflictRow,
    ContactCard,
    Filter,
    PastEvent,
    Tab,
    TableRow,
)
from dosojin_web.components.shapes import Choice

from .layout import WEEKDAYS_JA

register = template.Library()
Context = dict[str, Any]

JAPAN = ZoneInfo("Asia/Tokyo")
KEEP_MINE = "mine"
TAKE_THEIRS = "theirs"


def clock_words(moment: datetime) -> str:
    """``Mon 1 June 2026, 14:05``, in the zone that the moment carries."""
    if get_language() == "ja":
        weekday = WEEKDAYS_JA[moment.weekday()]
        return f"{moment.year}年{moment.month}月{moment.day}日（{weekday}）{moment:%H:%M}"
    return f"{date_format(moment, 'D j F Y', use_l10n=False)}, {moment:%H:%M}"


@register.filter
def month_words(month: date) -> str:
    """``2026年6月`` or ``June 2026``, of any day in it."""
    if get_language() == "ja":
        return f"{month.year}年{month.month}月"
    return date_format(month, "F Y", use_l10n=False)


@register.filter
def japan_time(moment: datetime) -> str:
    """The moment in Japan, without naming the zone; a page that needs it says it once."""
    return clock_words(moment.astimezone(JAPAN))


@register.filter
def japan_moment(moment: datetime) -> str:
    """The moment in Japan, with its zone: ``Mon 1 June 2026, 14:05 (Japan time)``."""
    return gettext("%(moment)s (Japan time)") % {"moment": japan_time(moment)}


@register.inclusion_tag("components/data_table.html")
def data_table(
    caption: str,
    columns: Sequence[Column],
    rows: Sequence[TableRow],
    total: TableRow | None = None,
    empty: str = "",
    name: str = "table",
    stacked: bool = True,
    caption_unseen: bool = False,
) -> Context:
    """Rows of words, states and yen. On a phone each row becomes a card, or, with
    ``stacked=False``, the table scrolls sideways. ``empty`` is said when there is no row.
    """
    return {
        "caption": caption,
        "columns": columns,
        "rows": [list(zip(columns, row.cells, strict=True)) for row in rows or ()],
        "total": list(zip(columns, total.cells, strict=True)) if total else None,
        "empty": empty or gettext("There is nothing here yet."),
        "name": name,
        "stacked": stacked,
        "caption_unseen": caption_unseen,
    }


@register.inclusion_tag("components/tabs.html")
def tabs(items: Sequence[Tab], label: str) -> Context:
    """The pages that belong together; ``label`` names them for screen readers."""
    return {"items": items, "label": label}


@register.inclusion_tag("components/filter_bar.html")
def filter_bar(
    filters: Sequence[Filter] = (),
    search: str = "",
    value: str = "",
    name: str = "q",
    reset: str = "",
) -> Context:
    """Narrows a list by its address. ``search`` labels the search field, sent as ``name``;
    ``reset`` is the address of the whole list, shown when anything narrows it.
    """
    return {
        "filters": filters,
        "search": search,
        "value": value,
        "name": name,
        "reset": reset if value or any(filter.value for filter in filters) else "",
    }


@register.inclusion_tag("components/pagination.html", takes_context=True)
def pagination(context: template.Context, page: Page[Any], parameter: str = "page") -> Context:
    """Where in a long list the reader is. What narrows the list stays in the addresses."""
    query = context["request"].GET.copy()

    def address(number: int) -> str:
        query[parameter] = str(number)
        return f"?{query.urlencode()}"

    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return {
        "first": f"{page.start_index():,}",
        "last": f"{page.end_index():,}",
        "total": f"{page.paginator.count:,}",
        "page": page,
        "previous": address(page.number - 1) if page.has_previous() else "",
        "next": address(page.number + 1) if page.has_next() else "",
        "numbers": [
            (number, address(number) if isinstance(number, int) else "") for number in numbers
        ],
    }


@register.inclusion_tag("components/progress_bar.html")
def progress_bar(
    label: str,
    done: int,
    total: int,
    unit: str = "",
    name: str = "progress",
    poll: str = "",
) -> Context:
    """How far a long task is, in figures and as a bar.

    With ``poll``, htmx asks that address every second for this same element until all is done;
    without a script the page is loaded anew.
    """
    percent = 100 if total <= 0 else max(0, min(100, done * 100 // total))
    return {
        "label": label,
        "done": done,
        "total": total,
        "done_said": f"{done:,}",
        "total_said": f"{total:,}",
        "unit": unit,
        "percent": percent,
        "name": name,
        "poll": poll if done < total else "",
        "finished": done >= total,
    }


@register.inclusion_tag("components/timeline.html")
def timeline(events: Sequence[PastEvent], label: str = "") -> Context:
    """What has happened, in the order given; times are Japan's."""
    return {"events": events, "label": label or gettext("What has happened")}


@register.inclusion_tag("components/conflict.html")
def conflict(
    rows: Sequence[ConflictRow],
    who: str = "",
    at: datetime | None = None,
    name: str = "version",
    value: str = "",
    error: str = "",
) -> Context:
    """Someone else saved meanwhile: both versions, and the choice of one.

    The choice is sent as ``name`` = ``mine`` or ``theirs``. The form around it carries the
    reader's own answers as hidden fields.
    """
    return {
        "rows": rows,
        "who": who,
        "at": at,
        "name": name,
        "value": value,
        "error": error,
        "options": [
            Choice(KEEP_MINE, gettext("Keep my version")),
            Choice(TAKE_THEIRS, gettext("Take the saved version")),
        ],
    }


@register.inclusion_tag("components/contact_card.html")
def contact_card(contact: ContactCard, heading: str = "h3") -> Context:
    """Someone who can be reached, and whether now."""
    return {"contact": contact, "heading": heading}
