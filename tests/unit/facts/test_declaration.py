"""Facts: declared once, by name; words of a list know their titles."""

from __future__ import annotations

import pytest

from dosojin.facts.declaration import Choice, Kind, Owner, applies
from dosojin.facts.expressions import Has, IsOneOf, all_of
from dosojin.values.text import Text
from tests.unit.adjudication.small_edition import (
    Cause,
    Circumstance,
    cause,
    circumstances,
    died,
    fact,
)


class Titled(Choice):
    SEA = "sea"
    AIR = "air"

    @classmethod
    def titles(cls) -> dict[str, Text]:
        return {"sea": Text("海", "sea"), "air": Text("空", "air")}


def test_a_word_knows_its_title() -> None:
    assert Titled.AIR.title == Text("空", "air")
    assert str(Titled.AIR) == "air"


def test_words_without_titles_say_so() -> None:
    with pytest.raises(NotImplementedError, match="Cause has no titles"):
        _ = Cause.INJURY.title


def test_one_of_several_words() -> None:
    both = cause.is_(Cause.INJURY, Cause.ILLNESS)
    assert both == IsOneOf(cause, (Cause.INJURY, Cause.ILLNESS))


def test_words_of_another_list_are_refused() -> None:
    with pytest.raises(TypeError, match="cause has no choice"):
        cause.is_(Titled.SEA)
    with pytest.raises(TypeError, match="cause has no choice"):
        cause.is_()
    with pytest.raises(TypeError, match="circumstances has no member"):
        circumstances.has(Cause.INJURY)


def test_a_member_of_a_set() -> None:
    assert circumstances.has(Circumstance.WAR) == Has(circumstances, Circumstance.WAR)


def test_facts_are_the_same_by_name_and_owner() -> None:
    assert fact("on", Kind.DAY) == fact("on", Kind.DAY, may_run=True)
    assert fact("on", Kind.DAY) != fact("on", Kind.DAY, owner=Owner.LINE)
    assert fact("on", Kind.DAY) != fact("to", Kind.DAY)
    assert len({fact("on", Kind.DAY), fact("on", Kind.DAY)}) == 1


def test_applies_takes_a_fact_or_a_test() -> None:
    assert applies(died) == died.is_true
    assert applies(all_of(died)) == all_of(died)
