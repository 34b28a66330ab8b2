"""The benefits of property and travel build in both editions, with ids and readings in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from string import Formatter
from typing import Any

import pytest

from dosojin.facts.declaration import Fact
from dosojin.facts.expressions import Figure
from dosojin.products.gakkensai.edition_2025 import EDITION as EDITION_2025
from dosojin.products.gakkensai.edition_2026 import EDITION as EDITION_2026
from dosojin.terms.clauses import Clause
from dosojin.terms.editions import Benefit, Edition
from dosojin.terms.money_tree import Limit, Node, Part

BENEFITS = (
    "liability",
    "student_liability",
    "personal_effects",
    "baggage_delay",
    "flight_delay",
    "trip_alteration",
)
EDITIONS = (EDITION_2026, EDITION_2025)


def inside(thing: Any) -> Iterator[Any]:
    """Everything that a benefit is made of, facts left closed."""
    yield thing
    if isinstance(thing, tuple):
        for part in thing:
            yield from inside(part)
    elif is_dataclass(thing) and not isinstance(thing, Fact):
        for field in fields(thing):
            yield from inside(getattr(thing, field.name))


def found(thing: Any, kind: type[Any]) -> list[Any]:
    return [part for part in inside(thing) if isinstance(part, kind)]


def benefit(edition: Edition, id: str) -> Benefit:
    return next(benefit for benefit in edition.benefits if benefit.id == id)


def clauses(edition: Edition, id: str) -> dict[str, Clause]:
    return {clause.id: clause for clause in found(benefit(edition, id), Clause)}


def nodes(edition: Edition, id: str) -> dict[str, Node]:
    return {node.id: node for node in found(benefit(edition, id), Node)}


every_benefit = pytest.mark.parametrize(
    ("edition", "id"),
    [(edition, id) for edition in EDITIONS for id in BENEFITS],
    ids=lambda value: value if isinstance(value, str) else value.id,
)


@every_benefit
def test_ids_are_unique(edition: Edition, id: str) -> None:
    whole = benefit(edition, id)
    counted = Counter(node.id for node in found(whole, Node) if node.id)
    assert [name for name, count in counted.items() if count > 1] == []
    counted = Counter(clause.id for clause in found(whole, Clause))
    assert [name for name, count in counted.items() if count > 1] == []


@every_benefit
def test_readings_name_only_figures_that_they_read(edition: Edition, id: str) -> None:
    for thing in (*found(benefit(edition, id), Clause), *found(benefit(edition, id), Node)):
        known = {figure.id.rsplit(".", 1)[-1] for figure in found(thing, Figure)}
        for text in (thing.reading.ja, thing.reading.en):
            named = {name for _, name, _, _ in Formatter().parse(text) if name is not None}
            assert named <= known, (thing.id, named - known)


@every_benefit
def test_clauses_are_written_in_both_languages_with_a_source(edition: Edition, id: str) -> None:
    for clause in found(benefit(edition, id), Clause):
        assert clause.reading.ja and clause.reading.en and clause.source[:4] in ("003 ", "004 ")


@every_benefit
def test_every_part_is_opened_and_granted(edition: Edition, id: str) -> None:
    parts = found(benefit(edition, id), Part)
    assert parts and all(part.opens and part.grants for part in parts)


def test_terrorism_restores_war_wherever_war_excludes() -> None:
    for edition in EDITIONS:
        for id in BENEFITS:
            wars = [c for name, c in clauses(edition, id).items() if name.endswith(".x.war")]
            assert wars
            for war in wars:
                assert any(restore.id.endswith(".r.terrorism") for restore in war.restored_by)


def test_liability_excludes_wilful_acts_only() -> None:
    for id in ("liability", "student_liability"):
        names = clauses(EDITION_2026, id)
        assert f"{id}.x.wilful_act" in names
        assert f"{id}.x.gross_negligence" not in names


def test_editions_differ_where_the_wordings_do() -> None:
    def differing(id: str) -> tuple[set[str], set[str]]:
        new, old = set(clauses(EDITION_2026, id)), set(clauses(EDITION_2025, id))
        return new - old, old - new

    assert differing("liability") == ({"liability.r.residence_key"}, set())
    assert differing("student_liability") == (set(), set())
    assert differing("personal_effects") == (
        {"personal_effects.theft_limited"},
        {"personal_effects.x.dangerous_sport_gear"},
    )
    assert differing("baggage_delay") == (set(), set())
    assert differing("flight_delay") == (set(), set())
    only_new, only_old = differing("trip_alteration")
    assert only_old == set()
    assert {name.split(".")[0] for name in only_new} == {"trip_cancellation"}


def test_flight_delay_has_its_rows() -> None:
    assert {"flight_delay.lodging", "flight_delay.other"} <= set(
        nodes(EDITION_2026, "flight_delay")
    )
    rows = {"flight_delay.lodging", "flight_delay.transport", "flight_delay.meals"}
    assert rows <= set(nodes(EDITION_2025, "flight_delay"))


def test_what_no_published_plan_reaches_says_so() -> None:
    theft = nodes(EDITION_2026, "personal_effects")["personal_effects.theft_max"]
    assert isinstance(theft, Limit) and theft.when is not None
    assert theft.when.unreachable is not None
    for name, clause in clauses(EDITION_2026, "trip_alteration").items():
        assert (clause.unreachable is not None) == name.startswith("trip_cancellation."), name


def test_decisions_are_cited() -> None:
    cited = {
        clause.why
        for id in BENEFITS
        for clause in clauses(EDITION_2026, id).values()
        if clause.why is not None
    }
    assert {"D19", "D25", "D29", "D31", "D32"} <= cited
