"""The discount that a loss ratio earns: an explicit table, and the scheme's formula around it.

In the formula 1 − (1 − volume)(1 − experience) everything is exact: basis points and fractions.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any

from dosojin.rating.tariff import BASIS_POINTS
from dosojin.values.problems import Problem
from dosojin.values.text import Text

FILE = "discount_scale.toml"
_HUNDREDTHS = 10_000


@dataclass(frozen=True, slots=True)
class Scale:
    """Which loss ratio earns which discount, in basis points.

    volume: the discount for volume. steps: (below this loss ratio, this discount), from low to
    high; a loss ratio that is below none earns nothing. is_assumption: the scheme did not say so.
    known: the discounts that the scheme is known to have given, by edition. name: the file.
    """

    name: str
    is_assumption: bool
    volume: int
    steps: tuple[tuple[int, int], ...]
    known: Mapping[str, int]

    def earned(self, loss_ratio: Fraction | None) -> int:
        """The experience discount in basis points; a loss ratio without a bound earns nothing."""
        if loss_ratio is not None:
            for below, discount in self.steps:
                if loss_ratio * BASIS_POINTS < below:
                    return discount
        return 0

    def combined(self, experience: int) -> Fraction:
        """The whole discount, exactly: 15 and 25 per cent give 36.25."""
        return combined_discount(self.volume, experience)


def combined_discount(volume: int, experience: int) -> Fraction:
    """1 − (1 − volume)(1 − experience); both in basis points."""
    left = (BASIS_POINTS - volume) * (BASIS_POINTS - experience)
    return 1 - Fraction(left, BASIS_POINTS * BASIS_POINTS)


def implied_experience(total: int, volume: int) -> Fraction:
    """The experience discount inside a whole one, if volume is the rest; both in basis points."""
    return 1 - Fraction(BASIS_POINTS - total, BASIS_POINTS - volume)


def percent(share: Fraction) -> str:
    """ "36.25": per cent with two decimals, half up, by whole numbers alone."""
    hundredths = (2 * share.numerator * _HUNDREDTHS + share.denominator) // (2 * share.denominator)
    sign = "-" if hundredths < 0 else ""
    whole, rest = divmod(abs(hundredths), 100)
    return f"{sign}{whole}.{rest:02}"


@cache
def shipped_scale() -> Scale:
    """The scale that is used where none is given: an assumption of ours."""
    text = (files(__package__) / FILE).read_text(encoding="utf-8")
    return read_scale(tomllib.loads(text), FILE)


def load_scale(path: Path) -> Scale:
    """The scale in a file of the same form; Problem if it cannot be read."""
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        reason = getattr(error, "strerror", None) or str(error).splitlines()[0]
        raise _refused(
            str(path),
            Text(f"割引の表を読めません（{reason}）。", f"This scale cannot be read: {reason}."),
        ) from None
    return read_scale(table, str(path))


def read_scale(table: Mapping[str, Any], name: str) -> Scale:
    """What a parsed file says; Problem that names the entry if it cannot be taken."""
    volume = _entry(table, "volume", "value", name)
    steps = _entry(table, "experience", "steps", name)
    if not _is_share(volume):
        raise _refused(f"{name}: volume.value", _NO_SHARE)
    if not isinstance(steps, list) or not steps or not all(map(_is_step, steps)):
        raise _refused(f"{name}: experience.steps", _NO_STEP)
    for (below, discount), (next_below, next_discount) in pairwise(steps):
        if below >= next_below or discount < next_discount:
            raise _refused(
                f"{name}: experience.steps",
                Text(
                    "損害率は小さい順、割引率は大きい順に並べてください。",
                    "Loss ratios must rise from step to step, and discounts must not.",
                ),
            )
    known = {each["edition"]: each["discount"] for each in table.get("known", ())}
    pairs = tuple((below, discount) for below, discount in steps)
    return Scale(name, bool(table.get("is_assumption", False)), volume, pairs, known)


_NO_SHARE = Text(
    "0 から 10000 までの整数（1万分の1）ではありません。",
    "This is no whole number of basis points from 0 to 10000.",
)
_NO_STEP = Text(
    "[損害率, 割引率]（1万分の1の整数）の並びではありません。",
    "This is no list of [loss ratio below, discount] in whole basis points.",
)


def _entry(table: Mapping[str, Any], section: str, key: str, name: str) -> Any:
    inner = table.get(section)
    if not isinstance(inner, Mapping) or key not in inner:
        raise _refused(
            f"{name}: {section}.{key}", Text("この項目が必要です。", "This entry is needed.")
        )
    return inner[key]


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_share(value: Any) -> bool:
    return _is_whole(value) and value <= BASIS_POINTS


def _is_step(step: Any) -> bool:
    is_pair = isinstance(step, list) and len(step) == 2
    return is_pair and _is_whole(step[0]) and _is_share(step[1])


def _refused(place: str, message: Text) -> Problem:
    return Problem(
        "experience.scale",
        place,
        message,
        Text(
            f"{FILE} と同じ形で書いてください（docs/why/experience-discount.md）。",
            f"Write it in the form of {FILE} (docs/why/experience-discount.md).",
        ),
    )
