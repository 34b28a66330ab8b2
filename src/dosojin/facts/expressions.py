"""Tests and numbers over facts: plain data, lowered once by `dosojin.terms.lowering`.

Numbers carry a unit ("day" ordinals, "days" counts, "minute" moments, "minutes" durations, "yen",
"persons", …); comparing or adding unlike units is refused where it is written.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from dosojin.facts.declaration import Fact


class Expression:
    """A test over facts; it yields a truth only when evaluated."""

    __slots__ = ()

    def __bool__(self) -> NoReturn:
        raise TypeError("an expression has no truth of its own: use all_of, any_of, not_")


@dataclass(frozen=True, slots=True)
class IsTrue(Expression):
    """A yes/no fact is yes."""

    fact: Fact


@dataclass(frozen=True, slots=True)
class IsOneOf(Expression):
    """A choice fact is one of `choices`."""

    fact: Fact
    choices: tuple[Enum, ...]


@dataclass(frozen=True, slots=True)
class Has(Expression):
    """A set-valued fact contains `member`."""

    fact: Fact
    member: Enum


@dataclass(frozen=True, slots=True)
class Compare(Expression):
    """`left <= right` (le), `left < right` (lt), `left = right` (eq), `left ≠ right` (ne)."""

    left: Number
    relation: str
    right: Number

    def __post_init__(self) -> None:
        if self.left.unit != self.right.unit:
            raise TypeError(f"cannot compare {self.left.unit} with {self.right.unit}")


@dataclass(frozen=True, slots=True)
class AllOf(Expression):
    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class AnyOf(Expression):
    parts: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Not(Expression):
    part: Expression


@dataclass(frozen=True, slots=True)
class AnyLine(Expression):
    """At least one filed receipt of `categories` for which `test` holds."""

    categories: tuple[str, ...]
    test: Expression


@dataclass(frozen=True, slots=True)
class IsCategory(Expression):
    """The receipt line is of one of these categories."""

    categories: tuple[str, ...]


class Number:
    """An integer with a unit, computed from facts and figures."""

    __slots__ = ()

    @property
    def unit(self) -> str:
        raise NotImplementedError

    def __bool__(self) -> NoReturn:
        raise TypeError("a number has no truth: compare it")

    def __le__(self, other: Number) -> Compare:
        return Compare(self, "le", other)

    def __lt__(self, other: Number) -> Compare:
        return Compare(self, "lt", other)

    def __ge__(self, other: Number) -> Compare:
        return Compare(other, "le", self)

    def __gt__(self, other: Number) -> Compare:
        return Compare(other, "lt", self)

    def equals(self, other: Number) -> Compare:
        """The test that both are the same amount (`==` compares structure)."""
        return Compare(self, "eq", other)

    def __add__(self, other: Number) -> Number:
        return Sum(self, other)

    def __sub__(self, other: Number) -> Number:
        return Difference(self, other)


@dataclass(frozen=True, slots=True)
class Constant(Number):
    """A bare integer. Clause modules use figures instead, which know their source."""

    value: int
    of_unit: str

    @property
    def unit(self) -> str:
        return self.of_unit


@dataclass(frozen=True, slots=True)
class Figure(Number):
    """A number of the wording: `id` like "rescue.rescuers_max", its value, unit and source."""

    id: str
    value: int
    of_unit: str
    source: str

    @property
    def unit(self) -> str:
        return self.of_unit


@dataclass(frozen=True, slots=True)
class Quantity(Number):
    """The amount of a counted, timed or money fact."""

    fact: Fact

    @property
    def unit(self) -> str:
        return self.fact.unit


@dataclass(frozen=True, slots=True)
class CivilDay(Number):
    """The civil day of a dated fact, at its own place; unit "day" (an ordinal)."""

    fact: Fact

    @property
    def unit(self) -> str:
        return "day"


@dataclass(frozen=True, slots=True)
class Moment(Number):
    """The moment of a dated fact; a bare date is anywhere in its 24 hours; unit "minute"."""

    fact: Fact

    @property
    def unit(self) -> str:
        return "minute"


@dataclass(frozen=True, slots=True)
class StartInJapan(Number):
    """00:00 in Japan of a civil day; unit "minute"."""

    day: Number

    @property
    def unit(self) -> str:
        return "minute"


@dataclass(frozen=True, slots=True)
class DayInJapan(Number):
    """The civil day in Japan at a moment; unit "day"."""

    moment: Number

    @property
    def unit(self) -> str:
        return "day"


@dataclass(frozen=True, slots=True)
class MonthsOn(Number):
    """The last day of a period of `months` months that starts on `day`; unit "day".

    A month ends the day before its corresponding day, or at month end where there is none.
    """

    start: Number
    months: Figure

    @property
    def unit(self) -> str:
        return "day"


_ADDING = {("day", "days"): "day", ("minute", "minutes"): "minute"}
_SUBTRACTING = {("day", "day"): "days", ("minute", "minute"): "minutes", ("day", "days"): "day",
                ("minute", "minutes"): "minute"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sum(Number):
    left: Number
    right: Number

    def __post_init__(self) -> None:
        self.unit  # noqa: B018 — refuse unlike units where they are written

    @property
    def unit(self) -> str:
        if self.left.unit == self.right.unit and self.left.unit not in ("day", "minute"):
            return self.left.unit
        try:
            return _ADDING[self.left.unit, self.right.unit]
        except KeyError:
            raise TypeError(f"cannot add {self.right.unit} to {self.left.unit}") from None


@dataclass(frozen=True, slots=True)
class Difference(Number):
    left: Number
    right: Number

    def __post_init__(self) -> None:
        self.unit  # noqa: B018 — refuse unlike units where they are written

    @property
    def unit(self) -> str:
        pair = (self.left.unit, self.right.unit)
        if pair in _SUBTRACTING:
            return _SUBTRACTING[pair]
        if pair[0] == pair[1]:
            return pair[0]
        raise TypeError(f"cannot subtract {pair[1]} from {pair[0]}")


def _one_unit(numbers: Iterable[Number]) -> str:
    units = {number.unit for number in numbers}
    if len(units) != 1:
        raise TypeError(f"unlike units: {', '.join(sorted(units))}")
    return units.pop()


@dataclass(frozen=True, slots=True)
class Least(Number):
    """The smallest of several."""

    parts: tuple[Number, ...]

    def __post_init__(self) -> None:
        _one_unit(self.parts)

    @property
    def unit(self) -> str:
        return _one_unit(self.parts)


@dataclass(frozen=True, slots=True)
class Greatest(Number):
    """The largest of several."""

    parts: tuple[Number, ...]

    def __post_init__(self) -> None:
        _one_unit(self.parts)

    @property
    def unit(self) -> str:
        return _one_unit(self.parts)


@dataclass(frozen=True, slots=True)
class Either(Number):
    """`then` where `test` holds, `otherwise` where it does not; both are possible while unknown."""

    test: Expression
    then: Number
    otherwise: Number

    def __post_init__(self) -> None:
        _one_unit((self.then, self.otherwise))

    @property
    def unit(self) -> str:
        return self.then.unit


def as_expression(test: Expression | Fact) -> Expression:
    """A yes/no fact stands for its own test; expressions pass through."""
    return test if isinstance(test, Expression) else test.is_true


def all_of(*tests: Expression | Fact) -> Expression:
    """Holds when every test holds."""
    return AllOf(tuple(as_expression(test) for test in tests))


def any_of(*tests: Expression | Fact) -> Expression:
    """Holds when at least one test holds."""
    return AnyOf(tuple(as_expression(test) for test in tests))


def not_(test: Expression | Fact) -> Expression:
    """Holds when the test does not."""
    return Not(as_expression(test))


def least(*numbers: Number | Fact) -> Number:
    return Least(tuple(as_number(number) for number in numbers))


def greatest(*numbers: Number | Fact) -> Number:
    return Greatest(tuple(as_number(number) for number in numbers))


def either(test: Expression | Fact, then: Number | Fact, otherwise: Number | Fact) -> Number:
    return Either(as_expression(test), as_number(then), as_number(otherwise))


def as_number(number: Number | Fact) -> Number:
    """A counted or money fact stands for its own quantity."""
    return number if isinstance(number, Number) else number.quantity


def days_counted(first: Fact, last: Fact) -> Number:
    """Civil days touched from `first` to `last`, both counted; unit "days"."""
    return last.day - first.day + Constant(1, "days")


def any_line(*categories: str, where: Expression | Fact | None = None) -> Expression:
    """At least one filed receipt of these categories (for which `where` holds)."""
    names = tuple(str(category) for category in categories)
    return AnyLine(names, AllOf(()) if where is None else as_expression(where))


def category_is(*categories: str) -> Expression:
    """The receipt line is of one of these categories."""
    return IsCategory(tuple(str(category) for category in categories))
