"""Amounts and rates of exchange: exact or in a range, a fraction of a yen dropped once (D6)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any

from dosojin.adjudication.read_shapes import mapping_of, missing
from dosojin.adjudication.read_values import (
    only_keys,
    read_day,
    reversed_range,
    whole_yen,
    wrong_type,
)
from dosojin.values.money import UNBOUNDED

Rate = tuple[Fraction, Fraction]
"""Yen for one unit of a currency, at least and at most (a rate not yet fixed is a range)."""

EXPONENT_MAX = 30


def read_rates(raw: Any) -> dict[str, Rate]:
    """The rates of a claim by currency; yen itself is always there."""
    found: dict[str, Rate] = {"JPY": (Fraction(1), Fraction(1))}
    for currency, entry in mapping_of(raw, "rates").items():
        place = f"rates.{currency}"
        rate = mapping_of(entry, place)
        only_keys(rate, ("yen", "on", "source", "kind"), place)
        if "yen" not in rate:
            raise missing(
                f"{place}.yen", "1単位あたりの円が必要です", "is needed: yen for one unit"
            )
        for key in ("on", "source"):
            if key not in rate:
                raise missing(
                    f"{place}.{key}", "レートの日付と出典が必要です", "is needed with a rate"
                )
        read_day(rate["on"], f"{place}.on")
        found[str(currency)] = _rate(rate["yen"], f"{place}.yen")
    return found


def _rate(raw: Any, place: str) -> Rate:
    ends = raw if isinstance(raw, list) else [raw, raw]
    if len(ends) != 2:
        raise wrong_type(place, ends, "一つのレートか [下限, 上限]", "one rate or [least, most]")
    low, high = (_decimal(end, place) for end in ends)
    if not 0 < low <= high:
        raise wrong_type(place, raw, "0より大きいレート", "a rate above 0")
    return low, high


def _decimal(value: Any, place: str) -> Fraction:
    problem = wrong_type(place, value, '「"155.20"」のような数', 'a number such as "155.20"')
    if isinstance(value, bool) or not isinstance(value, (str, int, Decimal)):
        raise problem
    try:
        number = Decimal(value)
    except InvalidOperation:
        raise problem from None
    if not number.is_finite() or abs(number.adjusted()) > EXPONENT_MAX:
        raise problem
    return Fraction(number)


def in_yen(value: Any, place: str, currency: str, rate: Rate) -> tuple[int, int]:
    """Yen at least and at most, UNBOUNDED if there is no end to them.

    In yen an amount may be a range {from, to} of which either end may be left out. A fraction of
    a yen is dropped once, here (D6).
    """
    if currency == "JPY":
        return _yen_range(value, place) if isinstance(value, Mapping) else _exactly(value, place)
    amount = _decimal(value, place)
    if amount < 0:
        raise wrong_type(place, value, "0以上の金額", "an amount that is not negative")
    low, high = int(amount * rate[0]), int(amount * rate[1])
    return whole_yen(low, place), whole_yen(high, place)


def _exactly(value: Any, place: str) -> tuple[int, int]:
    yen = whole_yen(value, place)
    return yen, yen


def _yen_range(value: Mapping[str, Any], place: str) -> tuple[int, int]:
    only_keys(value, ("from", "to"), place)
    least = whole_yen(value["from"], f"{place}.from") if "from" in value else 0
    most = whole_yen(value["to"], f"{place}.to") if "to" in value else UNBOUNDED
    if least > most:
        raise reversed_range(value, place)
    return least, most
