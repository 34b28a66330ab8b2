"""Receipts as rows of a form, and back to the expenses of a claim file."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext

from dosojin_web.components.shapes import Choice, Fault
from dosojin_web.workbench.mapping import (
    Raw,
    categories,
    nightly_categories,
    taken_categories,
)
from dosojin_web.workbench.operations.read_figures import (
    not_a_number,
    plain_digits,
    read_amount,
    read_count,
)
from dosojin_web.workbench.situations import ready_categories, usual_categories

CURRENCIES = (
    "JPY", "USD", "EUR", "GBP", "AUD", "CAD", "NZD", "CHF", "SEK", "NOK", "DKK", "PLN", "CZK",
    "HUF", "TRY", "AED", "ZAR", "INR", "CNY", "HKD", "TWD", "KRW", "SGD", "MYR", "THB", "IDR",
    "PHP", "VND", "MXN", "BRL",
)  # fmt: skip
DEDUCTIONS = {
    "public_scheme": "public_scheme",
    "refund": "refunded",
    "planned_cost": "planned",
    "over_reasonable": "excessive",
}
"""What was said of all receipts, and the field of one receipt that it makes matter."""

ITEMS_FROM = "belonging"


@dataclass(frozen=True, slots=True)
class Row:
    """A receipt as it was typed, right or wrong. ``came_from``: its place in the claim, or ""."""

    category: str = ""
    who: str = ""
    amount: str = ""
    currency: str = "JPY"
    on: str = ""
    nights: str = ""
    status: str = ""
    deducted: Mapping[str, str] = field(default_factory=dict)
    came_from: str = ""
    faults: tuple[Fault, ...] = ()

    @property
    def is_blank(self) -> bool:
        """Nothing but what a new row holds by itself."""
        return not (self.category or self.amount or self.who or self.on or self.nights)

    @property
    def error(self) -> dict[str, str]:
        return {fault.field.rsplit("-", 1)[-1]: fault.message for fault in self.faults}


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate of exchange as it was typed."""

    currency: str
    yen: str = ""
    on: str = ""
    source: str = ""
    faults: tuple[Fault, ...] = ()

    @property
    def error(self) -> dict[str, str]:
        return {fault.field.rsplit("-", 1)[-1]: fault.message for fault in self.faults}


def field_name(number: int, part: str) -> str:
    """The name of a field of a row."""
    return f"receipts-{number}-{part}"


def rows_of(claim: Raw, happened: Sequence[str]) -> list[Row]:
    """The receipts of a claim; if it has none, those that fit what happened, to fill in."""
    rows = [_row(entry, place) for place, entry in enumerate(claim.get("expenses", ()))]
    if rows:
        return rows
    ready = ready_categories(happened, list(taken_categories(claim["product"])))
    return [Row(category=category) for category in ready]


def _row(entry: Mapping[str, Any], place: int) -> Row:
    def typed(name: str) -> str:
        value = entry.get(name, "")
        return "" if value == "unknown" else str(value)

    return Row(
        category=typed("category"),
        who=typed("person") or typed("item"),
        amount=_grouped(entry.get("amount", "")),
        currency=str(entry.get("currency", "JPY")),
        on=typed("on") if isinstance(entry.get("on", ""), str) else "",
        nights=typed("nights"),
        status=typed("status"),
        deducted={name: _grouped(entry.get(name, "")) for name in DEDUCTIONS.values()},
        came_from=str(place),
    )


def _grouped(value: Any) -> str:
    if isinstance(value, int):
        return f"{value:,}"
    return "" if value in ("unknown", None) or isinstance(value, dict) else str(value)


def rates_of(claim: Raw, rows: Sequence[Row]) -> list[Rate]:
    """A rate for each foreign currency among the rows, with what the claim says of it."""
    known: Mapping[str, Mapping[str, Any]] = claim.get("rates", {})
    wanted = dict.fromkeys(row.currency for row in rows if row.currency not in ("", "JPY"))
    found = []
    for currency in wanted:
        entry = known.get(currency, {})
        yen = entry.get("yen", "")
        shown = " - ".join(map(str, yen)) if isinstance(yen, list) else str(yen)
        found.append(Rate(currency, shown, str(entry.get("on", "")), str(entry.get("source", ""))))
    return found


def posted_rows(answers: Mapping[str, str]) -> list[Row]:
    """The rows of a form as they were sent."""
    rows = []
    number = 0
    while field_name(number, "category") in answers:
        category, who, amount, currency, on, nights, status = (
            answers.get(field_name(number, part), "").strip()
            for part in ("category", "who", "amount", "currency", "on", "nights", "status")
        )
        deducted = {
            name: answers.get(field_name(number, name), "").strip() for name in DEDUCTIONS.values()
        }
        came_from = answers.get(field_name(number, "from"), "")
        rows.append(
            Row(category, who, amount, currency or "JPY", on, nights, status, deducted, came_from)
        )
        number += 1
    return rows


def posted_rates(answers: Mapping[str, str], rows: Sequence[Row]) -> list[Rate]:
    """The rates of a form, one for each foreign currency of its rows."""
    wanted = dict.fromkeys(row.currency for row in rows if row.currency != "JPY")
    return [
        Rate(
            currency,
            yen=answers.get(f"rate-{currency}-yen", "").strip(),
            on=answers.get(f"rate-{currency}-on", "").strip(),
            source=answers.get(f"rate-{currency}-source", "").strip(),
        )
        for currency in wanted
    ]


def with_receipts(
    claim: Raw, rows: Sequence[Row], rates: Sequence[Rate]
) -> tuple[Raw, list[Fault]]:
    """The claim with these receipts, and what could not be read of them."""
    changed = deepcopy(claim)
    faults: list[Fault] = []
    before = changed.get("expenses", [])
    filled = [(number, row) for number, row in enumerate(rows) if not row.is_blank]
    changed["expenses"] = [
        _expense(row, number, before, claim["product"], faults) for number, row in filled
    ]
    known = {rate.currency: _rate(rate, faults) for rate in rates}
    if known:
        changed["rates"] = {**changed.get("rates", {}), **known}
    return changed, faults


def _rate(rate: Rate, faults: list[Fault]) -> dict[str, Any]:
    missing = {
        "yen": gettext("Enter how many yen one %(currency)s is worth."),
        "on": gettext("Enter the day of the rate for %(currency)s."),
        "source": gettext("Say where the rate for %(currency)s comes from, for example the bank."),
    }
    for part, words in missing.items():
        if not getattr(rate, part):
            field = f"rate-{rate.currency}-{part}"
            faults.append(Fault(field, words % {"currency": rate.currency}))
    typed = plain_digits(rate.yen)
    ends = [end.strip() for end in typed.replace("〜", "-").replace("–", "-").split("-")]
    amounts = [read_amount(end, rate.currency) for end in ends]
    if rate.yen and (None in amounts or len(amounts) > 2):
        said = gettext("“%(typed)s” is not a rate. Write it like 155.20.") % {"typed": rate.yen}
        faults.append(Fault(f"rate-{rate.currency}-yen", said))
    yen = amounts if len(amounts) == 2 else amounts[0]
    return {"yen": yen, "on": plain_digits(rate.on), "source": rate.source}


def _expense(
    row: Row, number: int, before: Sequence[Raw], product: str, faults: list[Fault]
) -> dict[str, Any]:
    came_from = int(row.came_from) if row.came_from.isdigit() else -1
    entry = dict(before[came_from]) if 0 <= came_from < len(before) else {}
    named = ("category", "amount", "currency", "on", "status", "person", "item", "nights")
    for name in (*named, *DEDUCTIONS.values()):
        if not isinstance(entry.get(name), dict):
            entry.pop(name, None)
    if not row.category:
        said = gettext("Choose what receipt %(number)s was for.") % {"number": number + 1}
        faults.append(Fault(field_name(number, "category"), said))
    entry["category"] = row.category
    if row.amount or not isinstance(entry.get("amount"), dict):  # a range has no field here
        entry["amount"] = _amount(row, number, faults)
    if row.currency != "JPY":
        entry["currency"] = row.currency
    if row.status:
        entry["status"] = row.status
    if row.on:
        entry["on"] = plain_digits(row.on)
    if row.who:
        entry["item" if _is_item(row.category, product) else "person"] = row.who
    if row.nights:
        nights = read_count(row.nights)
        if nights is None:
            faults.append(Fault(field_name(number, "nights"), not_a_number(row.nights)))
        entry["nights"] = nights
    for name, typed in row.deducted.items():
        if typed:
            entry[name] = _money(typed, row.currency, field_name(number, name), faults)
    return entry


def _amount(row: Row, number: int, faults: list[Fault]) -> Any:
    """The amount; an empty field says that nobody knows it yet."""
    if not row.amount:
        return "unknown"
    return _money(row.amount, row.currency, field_name(number, "amount"), faults)


def _money(typed: str, currency: str, place: str, faults: list[Fault]) -> Any:
    amount = read_amount(typed, currency)
    if amount is None:
        example = "30,000" if currency == "JPY" else "1,250.00"
        words = {"typed": typed, "currency": currency, "example": example}
        said = gettext("“%(typed)s” is not an amount in %(currency)s. Write it like %(example)s.")
        faults.append(Fault(place, said % words))
    return amount


def _is_item(category: str, product: str) -> bool:
    """Whether a name beside this cost names a thing; beside all others it names a person."""
    order = list(categories(product))
    last = "effects_loss_prevention"
    if category not in order or ITEMS_FROM not in order or last not in order:
        return False
    return order.index(ITEMS_FROM) <= order.index(category) <= order.index(last)


def attach_faults(rows: Sequence[Row], faults: Sequence[Fault]) -> list[Row]:
    """The rows, each with what is wrong in it."""
    return [
        replace(row, faults=tuple(f for f in faults if f.field.startswith(f"receipts-{number}-")))
        for number, row in enumerate(rows)
    ]


def attach_rate_faults(rates: Sequence[Rate], faults: Sequence[Fault]) -> list[Rate]:
    """The rates, each with what is wrong in it."""
    return [
        replace(rate, faults=tuple(f for f in faults if f.field.split("-")[1:2] == [rate.currency]))
        for rate in rates
    ]


def describe_row(claim: Raw, line: int) -> str:
    """One receipt in a few words: "A rescuer's room (mother), JPY 300,000"."""
    row = _row(claim["expenses"][line], line)
    title = categories(claim["product"]).get(row.category, row.category)
    name = f"（{row.who}）" if row.who else ""
    amount = f"{row.currency} {row.amount}" if row.amount else gettext("amount not known")
    return f"{title}{name}, {amount}"


def form_choices(claim: Raw, happened: Sequence[str]) -> dict[str, Any]:
    """What the rows offer: kinds of cost in two groups, states, currencies, extra fields."""
    product = claim["product"]
    taken = taken_categories(product)
    titles = {id: words for id, words in categories(product).items() if id in taken}
    own = [entry["category"] for entry in claim.get("expenses", ()) if "category" in entry]
    for category in own:
        titles.setdefault(category, categories(product).get(category, category))
    usual = usual_categories(happened, list(titles))
    used = [entry.get("currency", "JPY") for entry in claim.get("expenses", ())]
    said = claim.get("facts", {}).get("deductions")
    has = said.get("has", []) if isinstance(said, dict) else said
    return {
        "usual": [Choice(id, titles[id]) for id in usual],
        "others": [Choice(id, words) for id, words in titles.items() if id not in usual],
        "statuses": [
            Choice("paid", gettext("Paid")),
            Choice("billed", gettext("Billed")),
            Choice("estimated", gettext("Estimated")),
        ],
        "currencies": [Choice(code, code) for code in dict.fromkeys((*CURRENCIES, *used))],
        "nightly": nightly_categories(product),
        "deductions": [
            name for word, name in DEDUCTIONS.items() if isinstance(has, list) and word in has
        ],
    }


def receipts_total(claim: Raw) -> str:
    """How many receipts there are, for the list of answers."""
    count = len(claim.get("expenses", ()))
    if count == 0:
        return gettext("None yet")
    return gettext("%(count)s in all") % {"count": count}
