"""Money trees are refused where they are written wrongly: a scope, an id, a fact that dates."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from dosojin.facts.expressions import Either
from dosojin.terms.money_tree import (
    OCCURRENCE,
    POLICY_PERIOD,
    POLICY_YEAR,
    Node,
    Paid,
    all_together,
    below,
    deductible,
    first,
    fixed,
    gate,
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
from dosojin.values.money import UNBOUNDED
from tests.unit.adjudication.small_edition import (
    CITED,
    Cost,
    assessed,
    cited,
    days_lost,
    died,
    earlier_share,
    figure,
    loss_on,
    sum_medical,
    tour_days,
    yen,
)

CARE, FARE = lines(Cost.CARE), lines(Cost.FARE)
SAID: dict[str, Any] = {"ja": "あ", "en": "a"}
CLAUSE = cited("clause", died)


@pytest.mark.parametrize(
    "written",
    [
        lambda: limit(yen(5), CARE, **SAID),
        lambda: deductible(yen(5), CARE, **SAID),
        lambda: lines(),
        lambda: limit(sum_medical, CARE, per=OCCURRENCE, **SAID),
        lambda: limit(sum_medical, CARE, per=OCCURRENCE, id="a", **SAID),
        lambda: limit(yen(5), CARE, per=POLICY_YEAR, **SAID),
        lambda: limit(yen(5), CARE, per=POLICY_PERIOD, dated=loss_on, **SAID),
        lambda: indemnity_ratio(earlier_share, CARE, **SAID),
    ],
    ids=[
        "a limit without scope", "a deductible without scope", "no category", "no id",
        "no source", "a year without a date", "a date without a year", "a ratio without id",
    ],
)  # fmt: skip
def test_what_is_missing_is_refused(written: Callable[[], Any]) -> None:
    with pytest.raises(TypeError):
        written()


def test_a_node_cites_its_figure_unless_told_otherwise() -> None:
    cap = yen(50_000, "medical.goods_max")
    named = limit(cap, CARE, per=OCCURRENCE, **SAID)
    assert (named.id, named.source) == ("medical.goods_max", "x")
    other = limit(cap, CARE, per=OCCURRENCE, id="own", source="y", **SAID)
    assert (other.id, other.source) == ("own", "y")


def test_a_gate_and_a_sieve_are_called_after_their_clause() -> None:
    for node in (gate(CLAUSE, CARE), sieve(CLAUSE, of=CARE)):
        assert (node.id, node.reading, node.source) == ("clause", CLAUSE.reading, "x")


def test_where_a_conditional_limit_fails_there_is_none() -> None:
    node = limit(yen(5, "cap"), CARE, per=OCCURRENCE, when=CLAUSE, **SAID)
    assert isinstance(node.yen, Either)
    assert node.yen.test == CLAUSE.test
    assert node.yen.then == yen(5, "cap")
    assert getattr(node.yen.otherwise, "value", None) == UNBOUNDED
    assert node.when is CLAUSE


def test_paid_names_an_earlier_node() -> None:
    node = less(paid("disability.sum"), assessed, of=CARE, id="less", **CITED)
    assert node.amounts == (Paid("disability.sum"), assessed.quantity)


@pytest.mark.parametrize(
    ("node", "children"),
    [
        (CARE, ()),
        (fixed(assessed, id="f", **CITED), ()),
        (part("p", ja="", en="", source="", grants=[CLAUSE], money=CARE), (CARE,)),
        (gate(CLAUSE, CARE), (CARE,)),
        (sieve(CLAUSE, of=CARE), (CARE,)),
        (first(figure(3, "persons"), CARE, **SAID), (CARE,)),
        (nights(figure(3, "nights"), CARE, **SAID), (CARE,)),
        (limit(yen(5), CARE, per=OCCURRENCE, **SAID), (CARE,)),
        (deductible(yen(5), CARE, per=OCCURRENCE, **SAID), (CARE,)),
        (share(earlier_share, CARE, id="s", **CITED), (CARE,)),
        (indemnity_ratio(figure(80, "percent"), CARE, **SAID), (CARE,)),
        (pro_rata(days_lost, tour_days, CARE, id="r", **CITED), (CARE,)),
        (less(assessed, of=CARE, id="l", **CITED), (CARE,)),
        (highest_of(CARE, FARE, id="h", **CITED), (CARE, FARE)),
        (all_together(CARE, FARE), (CARE, FARE)),
    ],
)
def test_what_pays_into_a_node(node: Node, children: tuple[Node, ...]) -> None:
    assert below(node) == children


def test_only_money_nodes_have_something_below() -> None:
    with pytest.raises(TypeError, match="Text is no money node"):
        below(CLAUSE.reading)  # type: ignore[arg-type]
