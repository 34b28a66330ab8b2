"""What a question is worth: the width before, less the mean width after, over its answers.

Every answer is filed as a claim of its own and decided anew; where both bounds are tight, these
widths must be those that the ranking used.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from dosojin.adjudication.decision import Decision
from dosojin.facts.declaration import Fact
from dosojin.facts.expressions import AllOf
from dosojin.terms.editions import Edition
from dosojin.terms.money_tree import Part
from dosojin.values.problems import Problem
from tests.properties import vocabulary as words
from tests.properties.claims import FEW, Filing, FilingMaker
from tests.properties.situations import (
    facts_mentioned,
    nodes_of,
)
from tests.properties.sketches import Case
from tests.properties.stated import Known, options
from tests.properties.wordings import Kind as WordingKind
from tests.properties.wordings import WordingMaker
from tests.properties.workbench import decided, in_force

FLAGS = (words.flag, words.guarded_flag)


@st.composite
def questioned(draw: st.DrawFn) -> Case:
    edition = WordingMaker(draw, WordingKind()).edition()
    filing = FilingMaker(draw, edition, FEW).filing()
    missing = {fact.name: options(fact)[1][0] for fact in FLAGS[: draw(st.integers(1, 2))]}
    return Case(edition, replace(filing, facts={**filing.facts, **missing}))


def answered(edition: Edition, filing: Filing, name: str, raws: Sequence[object]) -> list[Decision]:
    """The decisions on all answers that are possible."""
    found: list[Decision] = []
    for raw in raws:
        facts = {**filing.facts, name: Known(raw, (raw,))}
        try:
            found.append(decided(replace(filing, facts=facts).raw()))
        except Problem as problem:
            assert problem.code == "facts.impossible"
    return found


def check_worth(before: Decision, after: list[Decision], worth: int | None) -> None:
    if not after or not all(one.tight for one in (before, *after)):
        return
    widths = [one.payable.width for one in after]
    if before.payable.width is None:
        assert (worth is None) == any(width is not None for width in widths)
        return
    known = [width for width in widths if width is not None]
    assert len(known) == len(widths)
    assert worth == (before.payable.width * len(known) - sum(known)) // len(known)


@given(questioned())
def test_a_flag_is_worth_what_its_answers_narrow(case: Case) -> None:
    edition, filing = case.edition, case.filing
    with in_force(edition):
        try:
            before = decided(filing.raw(), questions=True)
        except Problem:
            return
        worths = {one.key: one.worth for one in before.questions}
        for fact in FLAGS:
            if fact.name in worths and filing.facts[fact.name].is_open:
                after = answered(edition, filing, fact.name, [True, False])
                check_worth(before, after, worths[fact.name])
        check_unasked(case, before, set(worths))


def check_unasked(case: Case, before: Decision, asked: set[str]) -> None:
    """A flag that is open and not asked would have changed nothing, or waits for a person."""
    for fact in FLAGS:
        one = case.filing.facts[fact.name]
        is_free = one.raw != "unknown" and one.is_open and fact.applies_when is None
        if is_free and fact.name not in asked and before.tight:
            for after in answered(case.edition, case.filing, fact.name, [True, False]):
                assert not after.tight or after.payable == before.payable, fact.name


@st.composite
def excluded_words(draw: st.DrawFn) -> tuple[Case, list[list[str]]]:
    """A part of which every word of a choice is excluded, granted or free, each by a test of its
    own: the words that no test tells apart are one answer."""
    maker = WordingMaker(draw, WordingKind(any_lines=False))
    members = list(words.Cause)
    told = draw(st.lists(st.sampled_from(members), min_size=1, max_size=2, unique=True))
    maker.tests = (words.flag.is_true, words.opening.is_true)
    edition = maker.edition()
    excludes = [maker.clause("x", words.cause.is_(word)) for word in told]
    benefits = tuple(
        replace(one, carried=AllOf(()), money=with_exclusions(one.money, excludes))
        if isinstance(one.money, Part)
        else one
        for one in edition.benefits[:1]
    )
    edition = replace(edition, benefits=benefits, checks=())
    filing = FilingMaker(draw, edition, replace(FEW, facts=1)).filing()
    still: Fact = words.cause
    filing = replace(filing, facts={**filing.facts, "cause": options(still)[1][-2]})
    cells = [[str(word.value)] for word in told]
    cells.append([str(word.value) for word in members if word not in told])
    return Case(edition, filing), cells


def with_exclusions(part: Part, excludes: list[object]) -> Part:
    always = replace(part.grants[0], test=AllOf(()))
    return replace(part, grants=(always,), excludes=tuple(excludes))  # type: ignore[arg-type]


@given(excluded_words())
def test_a_choice_is_worth_what_its_cells_narrow(drawn: tuple[Case, list[list[str]]]) -> None:
    case, cells = drawn
    parts = [node for one in case.edition.benefits for node in nodes_of(one.money)]
    readers = [node for node in parts if "cause" in facts_mentioned(node)]
    if not readers or not isinstance(readers[0], Part):
        return
    inner = facts_mentioned(readers[0].money)
    with in_force(case.edition):
        before = decided(case.filing.raw(), questions=True)
        found = next((one for one in before.questions if one.key == "cause"), None)
        if found is None or "cause" in inner:
            return
        after = [
            decision
            for cell in cells
            for decision in answered(case.edition, case.filing, "cause", [{"one_of": cell}])
        ]
    check_worth(before, after, found.worth)
