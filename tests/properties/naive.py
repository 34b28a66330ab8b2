"""A second evaluator, slow and plain: the payout of a claim about which everything is known.

Comes in: an edition as its authors wrote it (no lowered form) and one Situation. Goes out: an
Outcome. It shares no code with the adjudication; it was written from the description of the
engine, so that a mistake would have to be made twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from dosojin.facts.declaration import Fact, Owner
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
from dosojin.terms.clauses import Clause
from dosojin.terms.editions import Benefit, Edition
from dosojin.terms.money_tree import (
    AllTogether,
    Deductible,
    First,
    Fixed,
    Gate,
    Graded,
    HighestOf,
    IndemnityRatio,
    Less,
    Limit,
    Lines,
    Nights,
    Node,
    Paid,
    Part,
    ProRata,
    Share,
    Sieve,
    below,
)
from tests.properties.situations import (
    NO_BOUND,
    BenefitOutcome,
    Outcome,
    Portion,
    Receipt,
    Situation,
    Value,
    facts_mentioned,
    nodes_of,
    parts_of,
)

JAPAN = 9 * 60

# tests and numbers --------------------------------------------------------------------------


def _read_directly(thing: Expression | Number) -> list[Fact]:
    match thing:
        case IsTrue(fact) | Quantity(fact) | CivilDay(fact) | Moment(fact):
            return [fact]
        case IsOneOf(fact, _) | Has(fact, _):
            return [fact]
        case Compare(left, _, right) | Sum(left, right) | Difference(left, right):
            return [*_read_directly(left), *_read_directly(right)]
        case Least(parts) | Greatest(parts):
            return [fact for part in parts for fact in _read_directly(part)]
        case StartInJapan(inner) | DayInJapan(inner) | MonthsOn(inner, _):
            return _read_directly(inner)
    return []


def _end_of_months(start: date, months: int) -> date:
    month = start.month - 1 + months
    year, month = start.year + month // 12, month % 12 + 1
    if year > date.max.year:
        return date.max
    first = date(year, month, 1)
    after = date(year + month // 12, month % 12 + 1, 1)
    if start.day > (after - first).days:
        return after - timedelta(days=1)
    return first + timedelta(days=start.day - 2)


_DIRECT: dict[int, tuple[Expression | Number, list[Expression]]] = {}


def guards_of(thing: Expression | Number) -> list[Expression]:
    """When a test or number applies at all; kept by identity, for the same few are asked often."""
    found = _DIRECT.get(id(thing))
    if found is None or found[0] is not thing:
        if len(_DIRECT) > 5000:
            _DIRECT.clear()
        guards = [
            fact.applies_when for fact in _read_directly(thing) if fact.applies_when is not None
        ]
        found = _DIRECT[id(thing)] = (thing, guards)
    return found[1]


class Naive:
    """Evaluates one situation under one edition."""

    def __init__(self, edition: Edition, situation: Situation) -> None:
        self.edition = edition
        self.situation = situation
        self.money: dict[str, list[Portion]] = {}
        self.held: dict[int, bool] = {}
        self.above: dict[str, tuple[Node, ...]] = {}
        self.by_id: dict[str, Node] = {}
        self.benefit_of: dict[str, Benefit] = {}
        for benefit in edition.benefits:
            self._climb(benefit.money, (), benefit)

    def _climb(self, node: Node, above: tuple[Node, ...], benefit: Benefit) -> None:
        self.above[node.id] = above
        self.by_id[node.id] = node
        if isinstance(node, Part):
            self.benefit_of[node.id] = benefit
        for child in below(node):
            self._climb(child, (*above, node), benefit)

    def value(self, fact: Fact, receipt: Receipt | None) -> Value:
        if fact.owner is Owner.LINE:
            assert receipt is not None
            return receipt.facts[fact.name]
        return self.situation.facts[fact.name]

    def applies(self, thing: Expression | Number, receipt: Receipt | None) -> bool:
        return all(self.holds(guard, receipt) for guard in guards_of(thing))

    def holds(self, test: Expression, receipt: Receipt | None = None) -> bool:
        if receipt is not None:
            return self._holds(test, receipt)
        found = self.held.get(id(test))
        if found is None:
            found = self.held[id(test)] = self._holds(test, None)
        return found

    def _holds(self, test: Expression, receipt: Receipt | None) -> bool:
        match test:
            case AllOf(parts):
                return all(self.holds(part, receipt) for part in parts)
            case AnyOf(parts):
                return any(self.holds(part, receipt) for part in parts)
            case Not(part):
                return not self.holds(part, receipt)
            case AnyLine(categories, inner):
                return any(
                    self.holds(inner, one)
                    for one in self.situation.receipts
                    if one.category in categories
                )
            case IsCategory(categories):
                assert receipt is not None
                return receipt.category in categories
        return self.applies(test, receipt) and self._atom(test, receipt)

    def _atom(self, test: Expression, receipt: Receipt | None) -> bool:
        match test:
            case IsTrue(fact):
                return self.value(fact, receipt) is True
            case IsOneOf(fact, choices):
                return self.value(fact, receipt) in {choice.value for choice in choices}
            case Has(fact, member):
                return member.value in self.value(fact, receipt)
            case Compare(left, relation, right):
                one, other = self.number(left, receipt), self.number(right, receipt)
                return {
                    "le": one <= other, "lt": one < other, "eq": one == other, "ne": one != other
                }[relation]  # fmt: skip
        raise TypeError(type(test).__name__)

    def number(self, number: Number, receipt: Receipt | None = None) -> int:
        match number:
            case Constant(value, _) | Figure(_, value, _, _):
                return NO_BOUND if value >= NO_BOUND else value
            case Quantity(fact):
                found: int = self.value(fact, receipt)
                return found
            case CivilDay(fact):
                day: int = self.value(fact, receipt)[0]
                return day
            case Moment(fact):
                minute: int = self.value(fact, receipt)[1]
                return minute
            case StartInJapan(inner):
                return self.number(inner, receipt) * 1440 - JAPAN
            case DayInJapan(inner):
                return (self.number(inner, receipt) + JAPAN) // 1440
            case MonthsOn(start, months):
                begun = date.fromordinal(self.number(start, receipt))
                return _end_of_months(begun, months.value).toordinal()
            case Sum(left, right):
                return self.number(left, receipt) + self.number(right, receipt)
            case Difference(left, right):
                return self.number(left, receipt) - self.number(right, receipt)
            case Least(parts):
                return min(self.number(part, receipt) for part in parts)
            case Greatest(parts):
                return max(self.number(part, receipt) for part in parts)
            case Either(test, then, otherwise):
                chosen = then if self.holds(test, receipt) else otherwise
                return self.number(chosen, receipt)
        raise TypeError(type(number).__name__)

    def bound(self, number: Number, receipt: Receipt | None = None) -> int:
        """A number in money that sets no bound where it does not apply."""
        return self.number(number, receipt) if self.applies(number, receipt) else NO_BOUND

    def deduction(self, number: Number, receipt: Receipt | None = None) -> int:
        """A number in money that takes nothing where it does not apply."""
        return self.number(number, receipt) if self.applies(number, receipt) else 0

    # clauses ------------------------------------------------------------------------------

    def stands(self, exclusion: Clause) -> bool:
        return self.holds(exclusion.test) and not any(
            self.holds(restore.test) for restore in exclusion.restored_by
        )

    def is_covered(self, part: Part) -> bool:
        return (
            self.holds(self.benefit_of[part.id].carried)
            and any(self.holds(grant.test) for grant in part.grants)
            and not any(self.stands(exclusion) for exclusion in part.excludes)
        )

    def deciding(self, part: Part) -> str:
        benefit = self.benefit_of[part.id]
        if not self.holds(benefit.carried):
            return f"{benefit.id}.carried"
        granted = next((grant for grant in part.grants if self.holds(grant.test)), None)
        if granted is None:
            return part.grants[0].id
        standing = next((one for one in part.excludes if self.stands(one)), None)
        return granted.id if standing is None else standing.id

    # money --------------------------------------------------------------------------------

    def pay(self, node: Node) -> list[Portion]:
        if node.id not in self.money:
            kind = type(node).__name__.lower()
            found: list[Portion] = getattr(self, f"_{kind}")(node)
            self.money[node.id] = found
        return self.money[node.id]

    def yen(self, node: Node) -> int:
        return sum(amount for _, amount in self.pay(node))

    def arrives(self, node: Node) -> int:
        """What a node brings, if the parts and gates above it let it pass."""
        for gate in self.above[node.id]:
            if isinstance(gate, Part):
                if gate.id not in self.situation.claimed or not self.is_covered(gate):
                    return 0
            elif isinstance(gate, Gate) and not self.holds(gate.condition.test):
                return 0
        return self.yen(node)

    def _receipt(self, portion: Portion) -> Receipt:
        assert portion[0] is not None, "a receipt is wanted where none can be told apart"
        return self.situation.receipts[portion[0]]

    def _lines(self, node: Lines) -> list[Portion]:
        found: list[Portion] = []
        for place, receipt in enumerate(self.situation.receipts):
            if receipt.category in node.categories:
                most = NO_BOUND if node.amount is None else self.bound(node.amount, receipt)
                found.append((place, min(receipt.amount, most)))
        return found

    def _fixed(self, node: Fixed) -> list[Portion]:
        return [(None, max(0, min(self.bound(amount) for amount in node.amounts)))]

    def _graded(self, node: Graded) -> list[Portion]:
        percent = combined(self.situation.facts[node.grades.name], node)
        grave_enough = percent >= node.percents[node.worst_grade.value - 1].value
        if self.holds(node.worst_only) and not grave_enough:
            percent = 0
        return [(None, self.bound(node.sum) * percent // 100)]

    def _part(self, node: Part) -> list[Portion]:
        passes = node.id in self.situation.claimed and self.is_covered(node)
        return self.pay(node.money) if passes else []

    def _gate(self, node: Gate) -> list[Portion]:
        money = self.pay(node.of)
        return money if self.holds(node.condition.test) else []

    def _sieve(self, node: Sieve) -> list[Portion]:
        money = self.pay(node.of)
        return [one for one in money if self.holds(node.keeps.test, self._receipt(one))]

    def _key(self, portion: Portion, scope: str) -> tuple[str, Any]:
        receipt = self._receipt(portion)
        name = receipt.item if scope == "item" else receipt.person
        return ("line", portion[0]) if name is None else ("name", name)

    def _groups(self, money: list[Portion], scope: str) -> dict[tuple[str, Any], list[Portion]]:
        groups: dict[tuple[str, Any], list[Portion]] = {}
        for portion in money:
            groups.setdefault(self._key(portion, scope), []).append(portion)
        return groups

    def _first(self, node: First) -> list[Portion]:
        groups = self._groups(self.pay(node.of), "person")
        names: tuple[str, ...] = ()
        if node.named is not None:
            names = self.situation.facts[node.named.name]
        chosen = [("name", name) for name in dict.fromkeys(names) if ("name", name) in groups]
        rest = [key for key in groups if key not in chosen]
        # Of two who cost the same the one filed first goes before, whatever the category.
        rest.sort(key=lambda key: min(place for place, _ in groups[key] if place is not None))
        rest.sort(key=lambda key: -sum(amount for _, amount in groups[key]))
        kept = [*chosen, *rest][: self.bound(node.count)]
        return [portion for key in kept for portion in groups[key]]

    def _nights(self, node: Nights) -> list[Portion]:
        """By date; of bills of one date the dearer night first, then the shorter stay."""

        def order(portion: Portion) -> tuple[Any, ...]:
            one = self._receipt(portion)
            stay = one.facts["nights"]
            return one.facts["on"][0], Fraction(-portion[1], stay), stay

        kept: list[Portion] = []
        for bills in self._groups(self.pay(node.of), "person").values():
            left = self.bound(node.count)
            for place, amount in sorted(bills, key=order):
                assert place is not None
                stay = self.situation.receipts[place].facts["nights"]
                kept.append((place, amount * min(stay, left) // stay))
                left = max(left - stay, 0)
        return kept

    def _limit(self, node: Limit) -> list[Portion]:
        most = self.bound(node.yen)
        if node.per.value in ("item", "person"):
            return [
                (bills[0][0], min(sum(amount for _, amount in bills), most))
                for bills in self._groups(self.pay(node.of), node.per.value).values()
            ]
        if node.per.value.startswith("policy"):
            most = max(most - self.situation.used.get(node.id, 0), 0)
        money = self.pay(node.of)
        total = sum(amount for _, amount in money)
        return money if total <= most else [(None, most)]

    def _deductible(self, node: Deductible) -> list[Portion]:
        off = self.deduction(node.yen)
        if node.per.value in ("item", "person"):
            return [
                (bills[0][0], max(sum(amount for _, amount in bills) - off, 0))
                for bills in self._groups(self.pay(node.of), node.per.value).values()
            ]
        return [(None, max(self.yen(node.of) - off, 0))]

    def _share(self, node: Share) -> list[Portion]:
        return [(None, self.yen(node.of) * (100 - self.deduction(node.percent)) // 100)]

    def _indemnityratio(self, node: IndemnityRatio) -> list[Portion]:
        return [(None, self.yen(node.of) * min(self.bound(node.percent), 100) // 100)]

    def _prorata(self, node: ProRata) -> list[Portion]:
        whole = max(self.bound(node.whole), 1)
        return [(None, self.yen(node.of) * min(max(self.bound(node.part), 0), whole) // whole)]

    def _less(self, node: Less) -> list[Portion]:
        money = self.pay(node.of)
        whole = 0
        for amount in node.amounts:
            if isinstance(amount, Paid):
                whole += self.arrives(self.by_id[amount.node])
            elif any(fact.owner is Owner.LINE for fact in facts_mentioned(amount).values()):
                money = [
                    (one[0], max(one[1] - self.deduction(amount, self._receipt(one)), 0))
                    for one in money
                ]
            else:
                whole += self.deduction(amount)
        total = sum(amount for _, amount in money)
        return money if whole == 0 else [(None, max(total - whole, 0))]

    def _highestof(self, node: HighestOf) -> list[Portion]:
        return self.pay(max(node.children, key=self.yen))

    def _alltogether(self, node: AllTogether) -> list[Portion]:
        return [portion for child in node.children for portion in self.pay(child)]

    # outcome ------------------------------------------------------------------------------

    def outcome(self) -> Outcome:
        benefits: dict[str, BenefitOutcome] = {}
        for benefit in self.edition.benefits:
            parts = [part for part in parts_of(benefit) if part.id in self.situation.claimed]
            if parts:
                chosen = next((part for part in parts if self.is_covered(part)), parts[0])
                benefits[benefit.id] = BenefitOutcome(
                    self.is_covered(chosen), self.yen(benefit.money), self.deciding(chosen)
                )
        return Outcome(
            sum(one.yen for one in benefits.values()),
            benefits,
            self._truths(benefits),
            self._consumed(benefits),
            all(self.holds(check.test) for check in self.edition.checks),
        )

    def _truths(self, claimed: Iterable[str]) -> dict[str, bool]:
        found: dict[str, bool] = {}
        for benefit in self.edition.benefits:
            if benefit.id not in claimed:
                continue
            found[f"{benefit.id}.carried"] = self.holds(benefit.carried)
            for part in parts_of(benefit):
                for clause in (*part.grants, *part.excludes):
                    for one in (clause, *clause.restored_by):
                        found[one.id] = self.holds(one.test)
        return found

    def _consumed(self, claimed: Iterable[str]) -> dict[str, int]:
        """What arrives from each limit over claims; where nothing is limited, nothing counts."""
        found: dict[str, int] = {}
        for benefit in self.edition.benefits:
            for node in nodes_of(benefit.money):
                if (
                    benefit.id in claimed
                    and isinstance(node, Limit)
                    and node.per.value.startswith("policy")
                ):
                    counts = node.when is None or self.holds(node.when.test)
                    found[node.id] = self.arrives(node) if counts else 0
        return found


def combined(grades: tuple[int, ...], node: Graded) -> int:
    """Per cent for several impairments of one accident."""
    table = [0, *(percent.value for percent in node.percents)]
    worst = min(grades)

    def grave(most: int) -> bool:
        return len([grade for grade in grades if grade <= most]) > 1

    if grave(5):
        return table[max(1, worst - 3)]
    if grave(8):
        return table[max(1, worst - 2)]
    if grave(13):
        return min(table[max(1, worst - 1)], sum(table[grade] for grade in grades))
    return table[worst]


def outcome(edition: Edition, situation: Situation) -> Outcome:
    return Naive(edition, situation).outcome()
