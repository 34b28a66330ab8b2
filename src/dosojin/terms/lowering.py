"""From an edition to its lowered form, once.

A test of a fact that may not apply is guarded by the fact's `applies_when`: while that fails, so
does the test. Inside money a deduction that does not apply is 0 yen, and an amount among "the
least of several" that does not apply sets no bound.
"""

from __future__ import annotations

from collections.abc import Iterable

from dosojin.facts.declaration import Fact, Kind, Owner
from dosojin.facts.expressions import (
    AllOf,
    AnyLine,
    AnyOf,
    CivilDay,
    Compare,
    Constant,
    DayInJapan,
    Difference,
    Either,
    Expression,
    Figure,
    Greatest,
    Has,
    IsCategory,
    IsOneOf,
    IsTrue,
    Least,
    Moment,
    MonthsOn,
    Not,
    Number,
    Quantity,
    StartInJapan,
    Sum,
)
from dosojin.terms.lowered import Step, Variable
from dosojin.values.money import UNBOUNDED

_OPPOSITE = {"le": "lt", "lt": "le", "eq": "ne", "ne": "eq"}


def facts_read(thing: Expression | Number) -> Iterable[Fact]:
    """The facts that a test or number reads always; branches of an `either` are read only there."""
    match thing:
        case IsTrue(fact) | Quantity(fact) | CivilDay(fact) | Moment(fact):
            yield fact
        case IsOneOf(fact, _) | Has(fact, _):
            yield fact
        case Compare(left, _, right):
            yield from facts_read(left)
            yield from facts_read(right)
        case Sum(left, right) | Difference(left, right):
            yield from facts_read(left)
            yield from facts_read(right)
        case Least(parts) | Greatest(parts):
            for part in parts:
                yield from facts_read(part)
        case StartInJapan(inner) | DayInJapan(inner):
            yield from facts_read(inner)
        case MonthsOn(start, _):
            yield from facts_read(start)
        case _:
            return


class StepBuilder:
    """Collects numbered steps, each distinct one once."""

    def __init__(self) -> None:
        self._facts: dict[tuple[str, str], int] = {}
        self._variables: list[Variable | None] = []
        self.numbers: list[Step] = []
        self.tests: list[Step] = []
        self.truths: list[Step] = []
        self._known: dict[tuple[str, Step], int] = {}

    @property
    def variables(self) -> tuple[Variable, ...]:
        return tuple(variable for variable in self._variables if variable is not None)

    def _step(self, kind: str, steps: list[Step], step: Step) -> int:
        found = self._known.get((kind, step))
        if found is None:
            found = self._known[kind, step] = len(steps)
            steps.append(step)
        return found

    def variable(self, fact: Fact) -> int:
        """The number of a fact; its applicability is lowered with it."""
        key = (fact.owner.value, fact.name)
        if key in self._facts:
            return self._facts[key]
        index = self._facts[key] = len(self._variables)
        self._variables.append(None)
        applies = -1 if fact.applies_when is None else self.truth(fact.applies_when)
        words = () if fact.choices is None else tuple(choice.value for choice in fact.choices)
        self._variables[index] = Variable(
            fact.name, fact.owner.value, fact.kind.value, fact.unit, words, fact.least, fact.most,
            fact.may_run, fact.utc_offset, fact.medical, applies,
        )  # fmt: skip
        return index

    def number(self, number: Number) -> int:
        """The step that computes a number."""
        return self._step("number", self.numbers, self._number_step(number))

    def _number_step(self, number: Number) -> Step:
        match number:
            case Constant(value, _) | Figure(_, value, _, _):
                return ("constant", value)
            case Quantity(fact):
                return ("quantity", self.variable(fact))
            case CivilDay(fact):
                return ("day", self.variable(fact))
            case Moment(fact):
                return ("moment", self.variable(fact))
            case StartInJapan(day):
                return ("start_in_japan", self.number(day))
            case DayInJapan(moment):
                return ("day_in_japan", self.number(moment))
            case MonthsOn(start, months):
                return ("months_on", self.number(start), months.value)
            case Sum(left, right):
                return ("sum", self.number(left), self.number(right))
            case Difference(left, right):
                return ("difference", self.number(left), self.number(right))
            case Least(parts):
                return ("least", tuple(self.number(part) for part in parts))
            case Greatest(parts):
                return ("greatest", tuple(self.number(part) for part in parts))
            case Either(test, then, otherwise):
                return ("either", self.truth(test), self.number(then), self.number(otherwise))
        raise TypeError(f"{type(number).__name__} cannot be lowered")

    def amount(self, number: Number, *, where_not_applicable: int) -> int:
        """A number that flows into money; 0 or UNBOUNDED where a fact in it does not apply."""
        inner = self.number(number)
        guards = [fact.applies_when for fact in facts_read(number) if fact.applies_when is not None]
        if not guards:
            return inner
        neutral = self._step("number", self.numbers, ("constant", where_not_applicable))
        guard = self.truth(AllOf(tuple(guards)))
        return self._step("number", self.numbers, ("either", guard, inner, neutral))

    def deduction(self, number: Number) -> int:
        return self.amount(number, where_not_applicable=0)

    def bound(self, number: Number) -> int:
        return self.amount(number, where_not_applicable=UNBOUNDED)

    def truth(self, test: Expression, *, negated: bool = False) -> int:
        """The step that holds when `test` does (or, negated, when it does not)."""
        match test:
            case AllOf(parts) | AnyOf(parts):
                together = isinstance(test, AllOf) is not negated
                steps = {self.truth(part, negated=negated) for part in parts}
                return self.combined("all" if together else "any", steps)
            case Not(part):
                return self.truth(part, negated=not negated)
            case AnyLine(categories, inner):
                step = self.truth(inner, negated=negated)
                kind = "every_line" if negated else "any_line"
                return self._step("truth", self.truths, (kind, categories, step))
        return self._guarded(test, negated)

    def combined(self, kind: str, truths: Iterable[int]) -> int:
        """The step that holds when "all" or "any" of some truths do."""
        steps = tuple(sorted(set(truths)))
        if len(steps) == 1:
            return steps[0]
        return self._step("truth", self.truths, (kind, steps))

    def _guarded(self, test: Expression, negated: bool) -> int:
        if isinstance(test, Compare) and negated:
            relation = _OPPOSITE[test.relation]
            swapped = relation in ("le", "lt")
            left, right = (test.right, test.left) if swapped else (test.left, test.right)
            atom = self._truth_of_test(Compare(left, relation, right), False)
        else:
            atom = self._truth_of_test(test, negated)
        read = (fact.applies_when for fact in facts_read(test))
        guards = dict.fromkeys(guard for guard in read if guard is not None)
        if not guards:
            return atom
        steps = {atom} | {self.truth(guard, negated=negated) for guard in guards}
        kind = "any" if negated else "all"
        return self._step("truth", self.truths, (kind, tuple(sorted(steps))))

    def _truth_of_test(self, test: Expression, negated: bool) -> int:
        step = self._step("test", self.tests, self._test_step(test))
        return self._step("truth", self.truths, ("not_test" if negated else "test", step))

    def _test_step(self, test: Expression) -> Step:
        match test:
            case IsTrue(fact):
                return ("flag", self.variable(fact))
            case IsOneOf(fact, choices):
                words = [choice.value for choice in fact.choices] if fact.choices else []
                mask = sum(1 << words.index(str(choice.value)) for choice in set(choices))
                return ("choice", self.variable(fact), mask)
            case Has(fact, member):
                words = [choice.value for choice in fact.choices] if fact.choices else []
                return ("has", self.variable(fact), words.index(str(member.value)))
            case Compare(left, relation, right):
                return ("compare", relation, self.number(left), self.number(right))
            case IsCategory(categories):
                return ("category", categories)
        raise TypeError(f"{type(test).__name__} cannot be lowered")


def is_line_fact(fact: Fact) -> bool:
    return fact.owner is Owner.LINE


def is_set(fact: Fact) -> bool:
    return fact.kind is Kind.CHOICES
