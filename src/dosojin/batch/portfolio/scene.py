"""Facts of many rows drawn together: each when it is first needed, by the first case that holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from dosojin.batch.columns import Array
from dosojin.batch.portfolio.specs import Case, Condition, How, Rule
from dosojin.batch.portfolio.streams import Stream

YES = 1
NOT_SAID = -1
_HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Drawn:
    """What was drawn of a fact: codes, flags, numbers or days; `said`: words instead, by code.

    stated: whether anything is said. said: None where no row has one, else NOT_SAID elsewhere.
    """

    values: Array
    stated: Array
    said: Array | None = None

    def take(self, rows: Array) -> Drawn:
        """The same fact of some of the rows, in their order."""
        said = None if self.said is None else self.said[rows]
        return Drawn(self.values[rows], self.stated[rows], said)

    def only(self, kept: Array) -> Drawn:
        """Left out where `kept` is false."""
        said = None if self.said is None else np.where(kept, self.said, NOT_SAID)
        return Drawn(self.values, self.stated & kept, said)


def certain(values: Array) -> Drawn:
    """Stated in every row."""
    return Drawn(values, np.ones(len(values), bool))


class Scene:
    """Rows whose facts are drawn: given facts, rules for the others, perhaps a scene above.

    Receipts have the scene of their occurrences above them: `rows_above` says which is whose.
    """

    def __init__(
        self,
        rows: int,
        rules: Mapping[str, Rule],
        given: Mapping[str, Drawn],
        stream: Stream,
        vocabulary: Mapping[str, tuple[str, ...]],
        above: Scene | None = None,
        rows_above: Array | None = None,
    ) -> None:
        self.rows = rows
        self._rules = rules
        self._found = dict(given)
        self._stream = stream
        self._vocabulary = vocabulary
        self._above = above
        self._rows_above = rows_above

    def fact(self, name: str) -> Drawn:
        """What is said of a fact; nothing at all if no rule draws it."""
        found = self._found.get(name)
        if found is None:
            found = self._drawn(name)
            self._found[name] = found
        return found

    def _drawn(self, name: str) -> Drawn:
        rule = self._rules.get(name)
        if rule is not None:
            return self._by_rule(rule)
        if self._above is not None and self._rows_above is not None:
            return self._above.fact(name).take(self._rows_above)
        return Drawn(np.zeros(self.rows, np.int64), np.zeros(self.rows, bool))

    def _by_rule(self, rule: Rule) -> Drawn:
        values = np.zeros(self.rows, np.int64)
        stated = np.zeros(self.rows, bool)
        said: Array | None = None
        left = np.ones(self.rows, bool)
        for case in rule.cases:
            taken = left & self.holds(case.conditions)
            left &= ~taken
            drawn = self._by_case(case)
            values = np.where(taken, drawn.values, values)
            stated |= taken & drawn.stated
            if drawn.said is not None:
                before = np.full(self.rows, NOT_SAID, np.int64) if said is None else said
                said = np.where(taken, drawn.said, before)
        return Drawn(values, stated, said)

    def _by_case(self, case: Case) -> Drawn:
        rows = self.rows
        match case.how:
            case How.CODE:
                return certain(np.full(rows, case.code, np.int64))
            case How.WEIGHTS:
                assert case.weights is not None
                codes = self._stream.pick(rows, case.weights)
                return Drawn(codes, codes >= 0)
            case How.CHANCE:
                return certain(self._stream.happens(rows, case.chance).astype(np.int64))
            case How.ON_TRIP:
                return self.fact("is_on_trip")
            case How.DAY:
                return self.day(case)
            case How.TABLE:
                assert case.table is not None
                return self._with_said(case, certain(self._stream.quantile(rows, case.table)))
            case How.PERCENT:
                assert case.table is not None
                base = self.fact(case.base)
                part = self._stream.quantile(rows, case.table) * base.values // _HUNDRED
                return self._with_said(case, Drawn(part, base.stated))

    def _with_said(self, case: Case, drawn: Drawn) -> Drawn:
        if not case.said:
            return drawn
        said = np.full(self.rows, NOT_SAID, np.int64)
        for word, chance in case.said:
            said = np.where(self._stream.happens(self.rows, chance), word, said)
        return Drawn(drawn.values, drawn.stated, said)

    def day(self, case: Case) -> Drawn:
        """The base and so many days more; where the base is not stated, the day of the event."""
        base, event = self.fact(case.base), self.fact("event")
        days = np.where(base.stated, base.values, event.values)
        if case.not_before:
            floor = self.fact(case.not_before)
            days = np.where(floor.stated, np.maximum(days, floor.values), days)
        if case.table is not None:
            days = days + self._stream.quantile(self.rows, case.table)
        return certain(days)

    def holds(self, conditions: tuple[Condition, ...]) -> Array:
        """Whether all conditions hold, by row; nothing said is none of the words."""
        found = np.ones(self.rows, bool)
        for condition in conditions:
            drawn = self.fact(condition.fact)
            has = drawn.stated & self._has(condition, drawn.values)
            found &= has if condition.holds else ~has
        return found

    def _has(self, condition: Condition, values: Array) -> Array:
        words = set(condition.words)
        if words <= {"yes", "no"}:
            return np.isin(values, [YES if word == "yes" else 0 for word in condition.words])
        listed = self._vocabulary[condition.fact]
        table = np.array([bool(words & set(word.split("|"))) for word in listed])
        return table[values]
