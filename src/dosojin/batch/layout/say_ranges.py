"""Yen that lie in a range, said the way a claim can say them: an amount at a rate not yet fixed.

A claim states the amounts of a receipt exactly, in yen or in a currency whose rate is one number
or a range [least, most]. All amounts of a receipt share its currency. So columns that hold
"lo..hi" are said again with a rate from 1 to r, and amounts a such that floor(a) = lo and
floor(a × r) = hi.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from dosojin.values.problems import Problem
from dosojin.values.text import Text

Range = tuple[int, int]
"""Yen at least and at most."""


def say_ranges(amounts: Mapping[str, Range]) -> tuple[str, dict[str, str]]:
    """The most yen of a unit (the least is 1) and the amounts in that unit, as exact decimals.

    Problem if no rate gives all of these ranges: then no claim says them.
    """
    low, high = Fraction(1), None
    for least, most in amounts.values():
        low = max(low, Fraction(most, least + 1))
        if least:
            end = Fraction(most + 1, least)
            high = end if high is None else min(high, end)
    high = low + 2 if high is None else high
    if low >= high:
        raise _no_rate(amounts)
    rate = _decimal_inside(low, high)
    found = {}
    for name, (least, most) in amounts.items():
        start = max(Fraction(least), most / rate)
        found[name] = _written(_decimal_from(start, min(Fraction(least + 1), (most + 1) / rate)))
    return _written(rate), found


def _decimal_from(start: Fraction, end: Fraction) -> Fraction:
    """A decimal of few digits in start ≤ x < end."""
    scale = 1
    while True:
        found = Fraction(-(-start.numerator * scale // start.denominator), scale)
        if found < end:
            return found
        scale *= 10


def _decimal_inside(start: Fraction, end: Fraction) -> Fraction:
    """A decimal of few digits in start < x < end."""
    return _decimal_from(start + (end - start) / 2, end)


def _written(number: Fraction) -> str:
    """A decimal in digits; its denominator divides a power of ten."""
    places = 0
    while (number * 10**places).denominator != 1:
        places += 1
    digits = str(int(number * 10**places)).rjust(places + 1, "0")
    return f"{digits[:-places]}.{digits[-places:]}" if places else digits


def _no_rate(amounts: Mapping[str, Range]) -> Problem:
    shown = ", ".join(f"{name} {least}..{most}" for name, (least, most) in amounts.items())
    return Problem(
        "amount.ranges",
        next(iter(amounts)),
        Text(
            f"一つのレートでは説明できない範囲です（{shown}）。",
            f"No single rate of exchange gives these ranges ({shown}).",
        ),
        Text(
            "領収書の金額を、それぞれ一つの円の額で書いてください。",
            "Write the amounts of the receipt as exact yen.",
        ),
    )
