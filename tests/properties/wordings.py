"""Random wordings: benefits, parts, clauses and money trees over every kind of node.

The rules of nesting are kept: what needs single receipts stands below what needs persons, that
below what needs only a total, and a narrower scope never above a wider one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from hypothesis import strategies as st

from dosojin.facts.declaration import Check, Fact
from dosojin.facts.expressions import (
    AllOf,
    AnyOf,
    Constant,
    Expression,
    Number,
    all_of,
    any_of,
    not_,
)
from dosojin.terms.clauses import Clause, clause
from dosojin.terms.editions import Benefit, Edition
from dosojin.terms.money_tree import (
    ITEM,
    OCCURRENCE,
    PERSON,
    POLICY_PERIOD,
    Node,
    Paid,
    Part,
    all_together,
    deductible,
    first,
    fixed,
    gate,
    graded,
    highest_of,
    indemnity_ratio,
    less,
    limit,
    lines,
    nights,
    paid,
    part,
    pro_rata,
    share,
    sieve,
)
from tests.properties import vocabulary as words
from tests.properties.situations import categories_of

T = TypeVar("T")
SINGLE, BY_ITEM, BY_PERSON, WHOLE, OVER_CLAIMS = range(5)
"""How far the money of a node can still be told apart."""
CATEGORIES = tuple(str(cost.value) for cost in words.Cost)


@dataclass(frozen=True, slots=True)
class Kind:
    """Which wordings to draw.

    exclusive: no category feeds two sources. only_lines: no fixed or graded sources, so that all
    money is a receipt's. any_lines: tests may ask for receipts. monotone: sums only ever limit,
    carry or are paid, and what one node takes off for another it takes off once. over_claims:
    every benefit has a limit for the whole policy period.
    """

    exclusive: bool = False
    only_lines: bool = False
    any_lines: bool = True
    monotone: bool = False
    over_claims: bool = False


ANY = Kind()
ALWAYS = AllOf(())


@dataclass(frozen=True, slots=True)
class Tree:
    """A money tree under way, and how far its money can be told apart."""

    node: Node
    level: int


class WordingMaker:
    """Draws one wording; every id is a letter and a number, so that they never clash."""

    def __init__(self, draw: st.DrawFn, kind: Kind) -> None:
        self.draw = draw
        self.kind = kind
        self.numbers: dict[str, int] = {}
        self.free = list(CATEGORIES)
        self.payable: list[str] = []
        self.tests = words.PLAIN_TESTS
        if kind.any_lines:
            self.tests += words.ANY_LINE_TESTS

    def pick(self, options: Sequence[T]) -> T:
        return options[self.draw(integers(len(options)))]

    def name(self, letter: str) -> str:
        self.numbers[letter] = self.numbers.get(letter, 0) + 1
        return f"{letter}{self.numbers[letter]}"

    # tests and clauses --------------------------------------------------------------------

    def test(self) -> Expression:
        shape = self.pick(("plain",) * 5 + ("not",) * 2 + ("all", "any", "mixed"))
        found = self.pick(self.tests)
        if shape == "plain":
            return found
        if shape == "not":
            return not_(found)
        other = self.pick(self.tests)
        if shape == "all":
            return all_of(found, other)
        if shape == "any":
            return any_of(found, other)
        return any_of(all_of(found, not_(other)), all_of(not_(found), self.pick(self.tests)))

    def clause(self, letter: str, test: Expression, restores: tuple[Clause, ...] = ()) -> Clause:
        return clause(self.name(letter), test, ja="あ", en="a", source="x", restored_by=restores)

    def exclusion(self) -> Clause:
        restores = tuple(self.clause("r", self.test()) for _ in range(self.pick((0, 0, 1, 2))))
        return self.clause("x", self.test(), restores)

    def texts(self, letter: str = "n") -> dict[str, Any]:
        return {"id": self.name(letter), "ja": "あ", "en": "a", "source": "x"}

    # sources ------------------------------------------------------------------------------

    def categories(self) -> tuple[str, ...]:
        if not self.kind.exclusive:
            return self.pick(((CATEGORIES[0],), CATEGORIES[1:2], CATEGORIES[:2], CATEGORIES[2:]))
        taken = self.free[: self.pick((1, 1, 2))]
        self.free = self.free[len(taken) :]
        return tuple(taken)

    def source(self) -> Tree | None:
        whole = ("lines",) * 5
        if not self.kind.only_lines:
            whole += ("fixed", "fixed", "graded")
        chosen = self.pick(whole)
        if chosen == "lines":
            names = self.categories()
            if not names:
                return None
            amount = self.pick((None, None, None, *words.LINE_BOUNDS))
            return Tree(lines(*names, amount=amount, id=self.name("n")), SINGLE)
        if chosen == "fixed":
            amounts = [self.pick((*words.YEN_NUMBERS[:8], *words.SUMS, *words.SUMS))]
            if self.pick((True, False)):
                amounts.append(self.pick(self.yens()))
            return Tree(fixed(*amounts, **self.texts()), WHOLE)
        worst = AnyOf(()) if self.pick((True, False)) else self.test()
        return Tree(
            graded(
                self.pick((Constant(100, "yen"), *words.SUMS)), words.grades,
                words.GRADE_PERCENTS, worst_only=worst, worst_grade=words.WORST_GRADE,
                **self.texts(),
            ),
            WHOLE,
        )  # fmt: skip

    def yens(self) -> tuple[Number, ...]:
        return words.YEN_NUMBERS

    # nodes --------------------------------------------------------------------------------

    def tree(self, depth: int) -> Tree | None:
        if depth == 0 or self.pick((0, 1, 1, 1)) == 0:
            return self.source()
        if self.pick((0, 0, 1)):
            return self.joined(depth)
        below = self.tree(depth - 1)
        return None if below is None else self.above(below)

    def joined(self, depth: int) -> Tree | None:
        found = [tree for tree in (self.tree(depth - 1), self.tree(depth - 1)) if tree]
        if len(found) < 2:
            return found[0] if found else None
        level = max(tree.level for tree in found)
        nodes = [tree.node for tree in found]
        if level < OVER_CLAIMS and self.pick((True, False, False)):
            return Tree(highest_of(*nodes, **self.texts()), WHOLE)
        return Tree(all_together(*nodes, id=self.name("n")), level)

    def above(self, tree: Tree) -> Tree:
        """One more node on top, of a kind that may stand there."""
        makers: list[Callable[[Tree], Tree]] = [self.gated, self.period_limit]
        if tree.level <= WHOLE:
            makers += [self.limit, self.deductible, self.scaled, self.less]
        if tree.level <= BY_PERSON:
            makers += [self.first, self.person_limit] * 2
        if tree.level <= BY_ITEM:
            makers += [self.item_limit]
        if tree.level == SINGLE:
            makers += [self.sieve, self.nights, self.less_by_line] * 3
        return self.pick(makers)(tree)

    def gated(self, tree: Tree) -> Tree:
        return Tree(gate(self.clause("g", self.test()), tree.node), tree.level)

    def sieve(self, tree: Tree) -> Tree:
        test = self.pick((*words.LINE_TESTS, *words.LINE_TESTS, self.pick(self.tests)))
        return Tree(sieve(self.clause("s", test), tree.node), SINGLE)

    def nights(self, tree: Tree) -> Tree:
        count = self.pick(words.NIGHT_COUNTS)
        return Tree(nights(count, tree.node, **self.texts()), SINGLE)  # type: ignore[arg-type]

    def first(self, tree: Tree) -> Tree:
        named = self.pick((None, words.named))
        count = self.pick(words.PERSON_COUNTS)
        node = first(count, tree.node, named=named, **self.texts())  # type: ignore[arg-type]
        return Tree(node, BY_PERSON)

    def item_limit(self, tree: Tree) -> Tree:
        make = self.pick((limit, limit, deductible))
        yen = self.pick(self.yens())
        return Tree(make(yen, tree.node, per=ITEM, **self.texts()), BY_ITEM)

    def person_limit(self, tree: Tree) -> Tree:
        make = self.pick((limit, limit, deductible))
        yen = self.pick(self.yens())
        return Tree(make(yen, tree.node, per=PERSON, **self.texts()), BY_PERSON)

    def limit(self, tree: Tree) -> Tree:
        yen = self.pick((*self.yens(), *words.SUMS, *words.SUMS))
        when = self.clause("w", self.test()) if self.pick((0, 0, 1)) else None
        return Tree(limit(yen, tree.node, per=OCCURRENCE, when=when, **self.texts()), WHOLE)

    def period_limit(self, tree: Tree) -> Tree:
        yen = self.pick((*words.YEN_NUMBERS[2:8], *words.SUMS, *words.SUMS))
        when = self.clause("w", self.test()) if self.pick((0, 0, 1)) else None
        node = limit(yen, tree.node, per=POLICY_PERIOD, when=when, **self.texts("u"))
        return Tree(node, OVER_CLAIMS)

    def deductible(self, tree: Tree) -> Tree:
        yen = self.pick(self.yens())
        return Tree(deductible(yen, tree.node, per=OCCURRENCE, **self.texts()), WHOLE)

    def scaled(self, tree: Tree) -> Tree:
        kind = self.pick(("share", "ratio", "part"))
        if kind == "part":
            one, whole = self.pick(words.PARTS_OF_TIME)
            return Tree(pro_rata(one, whole, tree.node, **self.texts()), WHOLE)
        percent = self.pick(words.PERCENTS)
        make = share if kind == "share" else indemnity_ratio
        return Tree(make(percent, tree.node, **self.texts()), WHOLE)

    def less(self, tree: Tree) -> Tree:
        amounts: list[Number | Paid] = [self.pick(self.yens())]
        if self.payable and self.pick((True, True, False)):
            amounts = [paid(self.paid_once())]
        return Tree(less(*amounts, of=tree.node, **self.texts()), WHOLE)

    def paid_once(self) -> str:
        name = self.pick(self.payable)
        if self.kind.monotone:
            self.payable.remove(name)
        return name

    def less_by_line(self, tree: Tree) -> Tree:
        amounts = [self.pick(words.LINE_YENS) for _ in range(self.pick((1, 1, 2)))]
        return Tree(less(*amounts, of=tree.node, **self.texts()), SINGLE)

    # parts, benefits, edition ---------------------------------------------------------------

    def part(self, benefit: str) -> tuple[Part, int] | None:
        tree = self.tree(self.pick((1, 2, 3)))
        if tree is None:
            return None
        opens: tuple[Fact, ...] = ()
        grants = [self.pick((ALWAYS, self.test())) for _ in range(self.pick((1, 1, 2)))]
        if not takes_lines(tree.node):
            opens = (words.opening,)
            grants = [all_of(words.opening, grant) for grant in grants]
        found = part(
            self.name(f"{benefit}.p"), ja="あ", en="a", source="x", opens=opens, money=tree.node,
            grants=[self.clause("c", grant) for grant in grants],
            excludes=[self.exclusion() for _ in range(self.pick((0, 1, 1, 2)))],
        )  # fmt: skip
        return found, tree.level

    def benefit(self) -> Benefit | None:
        name = self.name("benefit")
        found = [one for one in (self.part(name) for _ in range(self.pick((1, 1, 2)))) if one]
        if not found:
            return None
        level = max(level for _, level in found)
        tree = Tree(found[0][0], level)
        if len(found) == 2:
            joint = highest_of(found[0][0], found[1][0], **self.texts())
            node: Node = all_together(found[0][0], found[1][0], id=self.name("n"))
            if level < OVER_CLAIMS and self.pick((True, False, False)):
                node, level = joint, WHOLE
            tree = Tree(node, level)
        top = self.pick(("none", "sum", "period", "less"))
        top = "period" if self.kind.over_claims else top
        if top == "less" and self.payable and level <= WHOLE:
            tree = Tree(less(paid(self.paid_once()), of=tree.node, **self.texts()), WHOLE)
        elif top == "sum" and level <= WHOLE:
            tree = self.limit(tree)
        elif top == "period":
            tree = self.period_limit(tree)
        self.payable += [tree.node.id, found[0][0].id]
        if self.kind.monotone:
            self.payable.remove(found[0][0].id)
        carried = self.pick((AllOf(()), *(total >= words.yens(1) for total in words.SUMS)))
        return Benefit(name, words.TEXT, "x", carried, tree.node)

    def edition(self) -> Edition:
        benefits = [self.benefit() for _ in range(self.pick((1, 2, 2, 3)))]
        checks = dict.fromkeys(self.pick(words.CHECKS) for _ in range(self.pick((0, 1, 1, 2))))
        return Edition(
            "example-1", 1, words.TEXT, "example", words.FACTS, words.RECEIPT_FACTS, words.Cost,
            tuple(benefit for benefit in benefits if benefit is not None),
            tuple(Check(test, words.TEXT) for test in checks), {}, words.Circumstance,
            {"a": words.sum_a, "b": words.sum_b}, words.inception, words.expiry, words.riders,
        )  # fmt: skip


_INTEGERS = [st.integers(0, max(most - 1, 0)) for most in range(200)]


def integers(count: int) -> st.SearchStrategy[int]:
    return _INTEGERS[count]


def takes_lines(node: Node) -> bool:
    """Whether a receipt can feed the tree."""
    return bool(categories_of(node))


@st.composite
def wordings(draw: st.DrawFn, kind: Kind = ANY) -> Edition:
    """An edition of one to three benefits."""
    return WordingMaker(draw, kind).edition()
