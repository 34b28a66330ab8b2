"""Editions by id; a plan says its sums and riders."""

from __future__ import annotations

import pytest

from dosojin.adjudication.catalogue import (
    edition_files,
    load_edition,
    load_lowered,
    plan_ids,
    plan_riders,
    plan_sums,
)
from dosojin.values.money import UNBOUNDED
from dosojin.values.problems import Problem


def test_an_edition_is_found_by_its_id_and_lowered_once() -> None:
    assert load_edition("gakkensai-2026").id == "gakkensai-2026"
    assert load_edition("gakkensai-2025").id == "gakkensai-2025"
    assert load_edition("gakkensai-2026") is load_edition("gakkensai-2026")
    assert load_lowered("gakkensai-2026") is load_lowered("gakkensai-2026")
    assert load_lowered("gakkensai-2026").edition == "gakkensai-2026"


@pytest.mark.parametrize(
    ("product", "hint"), [("gakkensai2026", "Did you mean gakkensai-2026?"), ("zzz", "Use one of:")]
)
def test_a_product_that_is_none_names_those_there_are(product: str, hint: str) -> None:
    with pytest.raises(Problem) as caught:
        edition_files(product)
    problem = caught.value
    assert (problem.code, problem.place) == ("product.unknown", "product")
    assert hint in problem.remedy.en
    for known in ("gakkensai-2026", "gakkensai-2025"):
        assert known in problem.remedy.en and known in problem.remedy.ja
    assert problem.remedy.en == problem.remedy.en.strip()


def test_plans_stand_in_the_order_of_the_flyer() -> None:
    assert plan_ids("gakkensai-2026") == ("A", "B", "C", "D", "E", "F")


def test_an_unlimited_sum_is_no_number_and_a_benefit_a_plan_lacks_no_entry() -> None:
    for plan in plan_ids("gakkensai-2026"):
        sums = plan_sums("gakkensai-2026", plan)
        assert all(
            value is None or value == UNBOUNDED or 0 < value < 10**9 for value in sums.values()
        )
    # The temporary return stands in plan F alone: 300,000 yen.
    assert plan_sums("gakkensai-2026", "F").get("temporary_return") == 300_000
    assert "temporary_return" not in plan_sums("gakkensai-2026", "A")


def test_a_rider_comes_with_the_plans_that_include_it() -> None:
    # 003 l.861: the war amendment is part of every plan; the other rider of none (D13).
    for plan in plan_ids("gakkensai-2026"):
        riders = plan_riders("gakkensai-2026", plan)
        assert "war_exclusion_amendment" in riders
        assert "preexisting_emergency" not in riders
