"""Asking: inputs, choices, and what is said when an answer cannot be read.

A field's ``name`` is also its id, so an error summary can link to it. ``error`` is the sentence
beside the field; ``hint`` is said before the answer is given.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import template
from django.utils.translation import gettext

from dosojin_web.components.shapes import NONE_OF_THESE, UNKNOWN, Choice, Fault, Receipt

register = template.Library()
Context = dict[str, Any]


def _described_by(name: str, hint: str, error: str) -> str:
    parts = [f"{name}-hint"] if hint else []
    if error:
        parts.append(f"{name}-error")
    return " ".join(parts)


def _field(name: str, label: str, value: object, hint: str, error: str) -> Context:
    return {
        "name": name,
        "label": label,
        "value": "" if value is None else str(value),
        "hint": hint,
        "error": error,
        "described_by": _described_by(name, hint, error),
    }


@register.inclusion_tag("components/field.html")
def text_field(
    name: str,
    label: str,
    value: str = "",
    hint: str = "",
    error: str = "",
    optional: bool = False,
    width: str = "full",
    autocomplete: str = "off",
    kind: str = "text",
) -> Context:
    """A line of text. ``width`` is full, half or short: as wide as the answer is long.

    ``kind`` is text, email or tel: the keyboard that a phone shows.
    """
    return _field(name, label, value, hint, error) | {
        "optional": optional,
        "width": width,
        "autocomplete": autocomplete,
        "kind": kind,
    }


@register.inclusion_tag("components/field.html")
def password_field(
    name: str,
    label: str,
    hint: str = "",
    error: str = "",
    autocomplete: str = "current-password",
) -> Context:
    """A password. It is never shown again, neither right nor wrong."""
    return _field(name, label, "", hint, error) | {
        "optional": False,
        "width": "half",
        "autocomplete": autocomplete,
        "kind": "password",
    }


@register.inclusion_tag("components/file_field.html")
def file_field(
    name: str,
    label: str,
    accept: str = "",
    hint: str = "",
    error: str = "",
    optional: bool = False,
    multiple: bool = False,
) -> Context:
    """A file to send. ``accept`` lists endings such as ``.csv``; the form needs
    ``enctype="multipart/form-data"``. ``hint`` says what is taken and how large it may be.
    """
    return _field(name, label, "", hint, error) | {
        "accept": accept,
        "optional": optional,
        "multiple": multiple,
    }


@register.inclusion_tag("components/checkbox.html")
def checkbox(
    name: str,
    label: str,
    checked: bool = False,
    hint: str = "",
    error: str = "",
    value: str = "yes",
) -> Context:
    """A single tick, for what is confirmed: sent as ``value``, or not at all."""
    return _field(name, label, value, hint, error) | {"checked": checked}


@register.inclusion_tag("components/field.html")
def number_field(
    name: str,
    label: str,
    value: object = None,
    unit: str = "",
    hint: str = "",
    error: str = "",
    optional: bool = False,
    width: str = "short",
) -> Context:
    """A number and its unit. Not ``type=number``: neither a wheel nor a comma may change it."""
    return _field(name, label, value, hint, error) | {
        "optional": optional,
        "width": width,
        "unit": unit,
        "kind": "number",
    }


@register.inclusion_tag("components/field.html")
def date_field(
    name: str,
    label: str,
    value: date | str | None = None,
    hint: str = "",
    error: str = "",
    optional: bool = False,
) -> Context:
    """A day. A string is what was typed and could not be read; it is shown again as it was."""
    shown = value.isoformat() if isinstance(value, date) else value
    return _field(name, label, shown, hint, error) | {
        "optional": optional,
        "width": "short",
        "kind": "date",
    }


@register.inclusion_tag("components/text_area.html")
def text_area(
    name: str,
    label: str,
    value: str = "",
    hint: str = "",
    error: str = "",
    optional: bool = False,
    rows: int = 5,
) -> Context:
    """Several lines of text."""
    return _field(name, label, value, hint, error) | {"optional": optional, "rows": rows}


@register.inclusion_tag("components/select.html")
def select_field(
    name: str,
    label: str,
    options: Sequence[Choice],
    value: str = "",
    hint: str = "",
    error: str = "",
    others: Sequence[Choice] = (),
    empty: str = "",
) -> Context:
    """One of a long list. For a few answers use ``choices``.

    ``others`` make a second group below the likely ones; ``empty`` words the choice of none.
    """
    return _field(name, label, value, hint, error) | {
        "options": options,
        "others": others,
        "empty": empty or gettext("Choose…"),
        "keeps_empty": bool(empty),
    }


@register.inclusion_tag("components/choices.html")
def choices(
    name: str,
    label: str,
    options: Sequence[Choice],
    value: str = "",
    hint: str = "",
    error: str = "",
    unknown: bool = False,
    columns: int = 1,
    heading: str = "",
) -> Context:
    """Exactly one answer. ``unknown`` adds "I don't know"; ``heading`` makes the legend h1–h3."""
    return _field(name, label, value, hint, error) | {
        "options": options,
        "chosen": [value],
        "kind": "radio",
        "apart": [Choice(UNKNOWN, gettext("I don’t know"))] if unknown else [],
        "columns": columns,
        "heading": heading,
    }


@register.inclusion_tag("components/choices.html")
def none_of_these(
    name: str,
    label: str,
    options: Sequence[Choice],
    values: Sequence[str] = (),
    hint: str = "",
    error: str = "",
    unknown: bool = True,
    columns: int = 1,
    heading: str = "",
) -> Context:
    """All that apply, or, in one tick, none of them; ``unknown`` adds "I don't know"."""
    apart = [Choice(NONE_OF_THESE, gettext("None of these apply"))]
    if unknown:
        apart.append(Choice(UNKNOWN, gettext("I don’t know")))
    return _field(name, label, "", hint, error) | {
        "options": options,
        "chosen": list(values),
        "kind": "checkbox",
        "apart": apart,
        "columns": columns,
        "heading": heading,
    }


@register.inclusion_tag("components/error_summary.html")
def error_summary(faults: Sequence[Fault]) -> Context:
    """All that is wrong with this page, each a link to its field. Nothing when nothing is."""
    return {"faults": faults}


@register.inclusion_tag("components/receipts.html")
def receipt_rows(
    receipts: Sequence[Receipt],
    categories: Sequence[Choice],
    statuses: Sequence[Choice],
    currencies: Sequence[Choice],
    name: str = "receipts",
) -> Context:
    """Receipts to type: fields ``NAME-0-category, -status, -amount, -currency, -on`` a row.

    The buttons send ``action`` = ``add_NAME`` or ``remove_NAME:0``.
    """
    return {
        "name": name,
        "categories": categories,
        "statuses": statuses,
        "currencies": currencies,
        "rows": [
            {
                "at": f"{name}-{place}",
                "number": place + 1,
                "place": place,
                "receipt": receipt,
                "error": {fault.field: fault.message for fault in receipt.faults},
            }
            for place, receipt in enumerate(receipts)
        ],
    }
