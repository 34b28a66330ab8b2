"""The words of an edition: figures filled in, clauses in wording order, payout first."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dosojin.facts.expressions import Figure, all_of, days_counted, not_
from dosojin.terms.clauses import Role, clause
from dosojin.terms.editions import Benefit
from dosojin.terms.money_tree import OCCURRENCE, all_together, gate, limit, lines, part, sieve
from dosojin.terms.wording import (
    clauses_of,
    figures_in,
    grouped,
    nodes_of,
    reading_of,
    wording_of,
)
from dosojin.values.canonical import digest
from dosojin.values.text import Text
from tests.unit.adjudication.small_edition import (
    CITED,
    SMALL,
    TEXT,
    Cost,
    admitted_on,
    assessed,
    cited,
    delay_time,
    died,
    discharged_on,
    figure,
    yen,
)

STAY = figure(3, "days", "rescue.stay_days_min")
STAYED = days_counted(admitted_on, discharged_on) >= STAY


def test_a_reading_is_filled_from_the_figures_its_test_reads() -> None:
    found = clause(
        "a", STAYED, ja="{stay_days_min}日以上", en="{stay_days_min} days or more", source="x"
    )
    assert reading_of(found) == Text("3日以上", "3 days or more")


def test_amounts_are_grouped_and_hours_are_said_as_hours() -> None:
    node = limit(yen(1_000_000, "a.sum"), lines(Cost.CARE), per=OCCURRENCE, ja="{sum}", en="{sum}")
    assert reading_of(node).en == "1,000,000"
    late = Figure("a.late", 360, "minutes", "x")
    odd = Figure("a.odd", 390, "minutes", "x")
    tests = all_of(delay_time >= late, delay_time >= odd)
    assert reading_of(clause("a", tests, ja="", en="{late} {odd}", source="x")).en == "6 390"
    assert grouped(1234567) == "1,234,567"


def test_a_placeholder_of_no_figure_is_named() -> None:
    with pytest.raises(KeyError, match="death_days"):
        reading_of(clause("a", died, ja="", en="{death_days}", source="x"))


def test_a_node_reads_its_own_figures_and_not_those_of_its_children() -> None:
    inner = limit(yen(5, "inner"), lines(Cost.CARE), per=OCCURRENCE, ja="", en="")
    outer = limit(yen(9, "outer"), inner, per=OCCURRENCE, ja="", en="")
    assert [found.id for found in figures_in(outer)] == ["outer"]
    both = all_together(inner, inner)
    assert list(figures_in(both)) == []
    assert [found.id for found in figures_in(gate(cited("g", not_(STAYED)), inner))] == [STAY.id]


def test_clauses_come_in_wording_order_with_restores_after_what_they_lift() -> None:
    lifts = cited("m.r.terrorism", died)
    tree = part(
        "m",
        ja="",
        en="",
        source="x",
        grants=[cited("m.1", died), cited("m.2", died)],
        excludes=[cited("m.x.war", died, restored_by=(lifts,)), cited("m.x.fight", died)],
        money=gate(
            cited("m.gate", died),
            sieve(
                cited("m.sieve", died),
                of=limit(
                    assessed,
                    lines(Cost.CARE),
                    per=OCCURRENCE,
                    id="m.cap",
                    when=cited("m.when", died),
                    **CITED,
                ),
            ),
        ),
    )
    found = [
        (at, role, entry.id)
        for at, role, entry in clauses_of(Benefit("b", TEXT, "x", STAYED, tree))
    ]
    assert found == [
        ("m", Role.GRANTS, "m.1"),
        ("m", Role.GRANTS, "m.2"),
        ("m", Role.EXCLUDES, "m.x.war"),
        ("m", Role.RESTORES, "m.r.terrorism"),
        ("m", Role.EXCLUDES, "m.x.fight"),
        ("m", Role.LIMITS, "m.gate"),
        ("m", Role.LIMITS, "m.sieve"),
        ("m", Role.LIMITS, "m.when"),
    ]


def test_nodes_come_payout_first() -> None:
    names = [node.id for node in nodes_of(SMALL.benefits[2]) if node.id]
    assert names[:4] == ["medical_rescue.sum", "medical", "medical.window_days", "medical.less"]
    assert names[4] == "rescue"


def test_the_fingerprint_of_the_words_changes_with_a_word() -> None:
    before = wording_of(SMALL)
    assert digest(before) == digest(wording_of(SMALL))
    renamed = replace(SMALL.benefits[0], title=Text("い", "b"))
    after = wording_of(replace(SMALL, benefits=(renamed, *SMALL.benefits[1:])))
    assert digest(before) != digest(after)
