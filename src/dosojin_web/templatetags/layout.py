"""Showing: buttons, states, summaries, steps, callouts and the question card."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, gettext_lazy

from dosojin_web.components.icons import ICONS
from dosojin_web.components.shapes import Citation, Progress, Step, SummaryRow
from dosojin_web.people.telephones import write_phone

register = template.Library()
register.filter("telephone", write_phone)
Context = dict[str, Any]


class Tone(StrEnum):
    """What a colour means, where there is one."""

    GOOD = "good"
    OPEN = "open"
    BAD = "bad"
    PLAIN = "plain"


# state: shape, tone, words
STATES = {
    "covered": ("check", Tone.GOOD, gettext_lazy("Covered")),
    "not_covered": ("cross", Tone.BAD, gettext_lazy("Not covered")),
    "depends": ("open", Tone.OPEN, gettext_lazy("Depends on what is still open")),
    "yes": ("check", Tone.GOOD, gettext_lazy("Yes")),
    "no": ("cross", Tone.PLAIN, gettext_lazy("No")),
    "unknown": ("open", Tone.OPEN, gettext_lazy("Not known")),
    "certain": ("check", Tone.GOOD, gettext_lazy("Certain")),
    "possible": ("half", Tone.OPEN, gettext_lazy("Possible")),
    "paid": ("check", Tone.PLAIN, gettext_lazy("Paid")),
    "billed": ("page", Tone.PLAIN, gettext_lazy("Billed")),
    "estimated": ("half", Tone.PLAIN, gettext_lazy("Estimated")),
    "done": ("check", Tone.GOOD, gettext_lazy("Done")),
    "current": ("here", Tone.PLAIN, gettext_lazy("Now")),
    "todo": ("ring", Tone.PLAIN, gettext_lazy("Not yet")),
    "late": ("clock", Tone.BAD, gettext_lazy("Late")),
    "coded": ("check", Tone.PLAIN, gettext_lazy("Computed")),
    "human": ("person", Tone.PLAIN, gettext_lazy("A person decides")),
    "not_modelled": ("ring", Tone.PLAIN, gettext_lazy("Not modelled")),
    "invited": ("page", Tone.PLAIN, gettext_lazy("Invited")),
    "applying": ("half", Tone.OPEN, gettext_lazy("Applying")),
    "referred": ("person", Tone.OPEN, gettext_lazy("With the agency")),
    "awaiting_payment": ("clock", Tone.OPEN, gettext_lazy("Awaiting payment")),
    "enrolled": ("check", Tone.GOOD, gettext_lazy("Enrolled")),
    "on_trip": ("here", Tone.GOOD, gettext_lazy("On the trip")),
    "ended": ("ring", Tone.PLAIN, gettext_lazy("Ended")),
    "cancelled": ("cross", Tone.PLAIN, gettext_lazy("Cancelled")),
    "refused": ("cross", Tone.BAD, gettext_lazy("Refused")),
    "requested": ("open", Tone.OPEN, gettext_lazy("Requested")),
    "confirmed": ("check", Tone.GOOD, gettext_lazy("Confirmed")),
    "needs_attention": ("warning", Tone.BAD, gettext_lazy("Needs attention")),
    "differs": ("open", Tone.OPEN, gettext_lazy("Differs")),
    "open_now": ("check", Tone.GOOD, gettext_lazy("Open now")),
    "closed_now": ("ring", Tone.PLAIN, gettext_lazy("Closed now")),
}

CALLOUTS = {"note": "note", "good": "check", "warning": "warning", "bad": "cross"}

BUTTONS = {"primary", "secondary", "quiet", "danger"}


def _known(word: str, words: set[str] | dict[str, Any], what: str) -> str:
    if word not in words:
        raise template.TemplateSyntaxError(f"no {what} “{word}”: use one of {', '.join(words)}")
    return word


@register.simple_tag
def icon(name: str) -> SafeString:
    """A shape; it says nothing by itself, so words stand beside it."""
    drawing = mark_safe(ICONS[_known(name, ICONS, "icon")])
    return format_html(
        '<svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">{}</svg>',
        drawing,
    )


@register.simple_tag
def state(name: str, words: str = "", extra: str = "") -> SafeString:
    """A state: shape and word. ``words`` replaces the usual word, ``extra`` follows it."""
    shape, tone, usual = STATES[_known(name, STATES, "state")]
    said = words or str(usual)
    return format_html(
        '<span class="state state-{}">{}<span>{}{}</span></span>',
        tone,
        icon(shape),
        said,
        f" {extra}" if extra else "",
    )


@register.inclusion_tag("components/button.html")
def button(
    label: str,
    kind: str = "primary",
    href: str = "",
    name: str = "",
    value: str = "",
    icon: str = "",
) -> Context:
    """A button that sends the form, or, with ``href``, a link that looks like one."""
    _known(kind, BUTTONS, "button")
    return {"label": label, "kind": kind, "href": href, "name": name, "value": value, "icon": icon}


@register.inclusion_tag("components/back_link.html")
def back_link(href: str, label: str = "") -> Context:
    """The way back, above the heading; answers are kept."""
    return {"href": href, "label": label or gettext("Back")}


@register.inclusion_tag("components/summary_list.html")
def summary_list(rows: Sequence[SummaryRow]) -> Context:
    """Answers to look over, each with a way to change it."""
    return {"rows": rows}


@register.inclusion_tag("components/task_list.html")
def task_list(steps: Sequence[Step], label: str = "") -> Context:
    """The parts of the task and how far each is. ``label`` names the list for screen readers."""
    words = {
        Progress.DONE: "done",
        Progress.CURRENT: "current",
        Progress.TODO: "todo",
    }
    return {
        "label": label or gettext("Steps"),
        "steps": [(step, words[step.progress]) for step in steps],
    }


@register.simple_block_tag
def callout(content: str, kind: str = "note", title: str = "") -> SafeString:
    """A paragraph that must not be missed. ``kind``: note, good, warning, bad."""
    shape = CALLOUTS[_known(kind, CALLOUTS, "callout")]
    return mark_safe(
        render_to_string(
            "components/callout.html",
            {"kind": kind, "shape": shape, "title": title, "content": content},
        )
    )


@register.simple_block_tag
def disclosure(content: str, summary: str, opened: bool = False) -> SafeString:
    """Text that opens on demand, for what most readers need not read."""
    return mark_safe(
        render_to_string(
            "components/disclosure.html",
            {"summary": summary, "opened": opened, "content": content},
        )
    )


@register.simple_block_tag
def question_card(
    content: str,
    question: str,
    why: str,
    worth: int | None = None,
    unbounded: bool = False,
    proof: Sequence[str] = (),
    place: str = "",
    clauses: Sequence[tuple[Citation, str]] = (),
    wide: bool = False,
) -> SafeString:
    """One question with its fields inside, and beside it why it is asked.

    ``worth`` is the yen that depend on the answer; ``unbounded`` says that no limit is known;
    ``proof`` lists the papers that show the answer; ``place`` reads like "Question 2";
    ``clauses`` are the clauses that wait for the answer, with what they say; ``wide`` puts the
    reasons below, for a long list of answers.
    """
    return mark_safe(
        render_to_string(
            "components/question_card.html",
            {
                "content": content,
                "question": question,
                "why": why,
                "worth": worth,
                "unbounded": unbounded,
                "proof": proof,
                "place": place,
                "clauses": clauses,
                "wide": wide,
            },
        )
    )


WEEKDAYS_JA = "月火水木金土日"
DAYS_JA = '<span class="whole">{}〜</span><wbr><span class="whole">{}</span>'
DAYS_EN = '<span class="whole">{} –</span> <span class="whole">{}</span>'


@register.filter
def civil_day(day: date) -> str:
    """``2026年6月1日（月）`` or ``Mon 1 June 2026``."""
    if get_language() == "ja":
        return f"{day.year}年{day.month}月{day.day}日（{WEEKDAYS_JA[day.weekday()]}）"
    return date_format(day, "D j F Y")


def civil_days(first: date, last: date) -> SafeString:
    """``2026年6月1日（月）〜8月31日（月）``, ``Mon 1 June – Mon 31 August 2026``.

    The year stands once if it is the same. A line breaks between the days only.
    """
    begin, end = civil_day(first), civil_day(last)
    same_year = first.year == last.year
    if get_language() == "ja":
        end = end.partition("年")[2] if same_year else end
        return format_html(DAYS_JA, begin, end)
    begin = begin.removesuffix(f" {first.year}") if same_year else begin
    return format_html(DAYS_EN, begin, end)
