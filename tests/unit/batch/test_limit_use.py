"""What occurrences of one certificate leave of a limit for the next, by hand."""

from __future__ import annotations

from typing import Any

import numpy as np

from dosojin.batch.columns import UNLIMITED, Columns
from dosojin.batch.limit_use import LimitUse
from dosojin.terms.editions import Edition
from dosojin.terms.money_tree import (
    POLICY_PERIOD,
    POLICY_YEAR,
    all_together,
    fixed,
    limit,
    lines,
)
from dosojin.values.money import UNBOUNDED, is_unbounded
from tests.unit.adjudication.small_edition import (
    CITED,
    Cost,
    bill,
    cited,
    died,
    edition_paying,
    estimate,
    loss_on,
    lowered_of,
    sum_medical,
    yen,
)
from tests.unit.batch.small_columns import amounts, bills, columns, decided

OVER_PERIOD = edition_paying(
    limit(yen(100), lines(Cost.CARE), per=POLICY_PERIOD, id="period", **CITED)
)
OVER_YEAR = edition_paying(
    limit(yen(100), lines(Cost.CARE), per=POLICY_YEAR, dated=loss_on, id="year", **CITED)
)
OF_DEATHS = edition_paying(
    limit(
        yen(100), lines(Cost.CARE), per=POLICY_PERIOD, id="deaths", when=cited("when", died),
        **CITED,
    )
)  # fmt: skip
THREE_YEARS = {"policy": {"inception": "2024-06-01", "expiry": "2027-05-31"}}


def care(amount: int, **facts: Any) -> dict[str, Any]:
    return bills(bill(Cost.CARE, amount), **facts)


def in_year(amount: int, day: Any) -> dict[str, Any]:
    return {**THREE_YEARS, **care(amount, loss_on=day)}


def uses(edition: Edition, *claims: dict[str, Any], certificates: list[int]) -> list[Any]:
    """(entry, year, least, most) of each use."""
    found = decided(edition, *claims, certificates=certificates)
    return list(
        zip(
            found.usage_entry.tolist(), found.usage_year.tolist(), found.usage_lo.tolist(),
            found.usage_hi.tolist(), strict=True,
        )
    )  # fmt: skip


def test_later_occurrences_find_what_earlier_ones_left() -> None:
    claims = [care(60), care(60), care(60), care(60)]
    found = decided(OVER_PERIOD, *claims, certificates=[1, 1, 1, 2])
    assert amounts(found) == [(60, 60), (40, 40), (0, 0), (60, 60)]
    assert uses(OVER_PERIOD, *claims, certificates=[1, 1, 1, 2]) == [
        (0, 0, 60, 60), (1, 0, 40, 40), (3, 0, 60, 60),
    ]  # fmt: skip


def test_what_an_estimate_may_use_is_not_sure_to_be_used() -> None:
    claims = [bills(estimate(Cost.CARE, 70)), care(60), care(60)]
    found = decided(OVER_PERIOD, *claims, certificates=[1, 1, 1])
    # At least 30 are sure to be used before the third, at most 130.
    assert amounts(found) == [(0, 70), (30, 60), (0, 60)]


def test_use_elsewhere_comes_on_top() -> None:
    used = {"usage": [{"node": "period", "settled": 50, "guaranteed": 20}]}
    claims = [{**care(30), **used}, {**care(30), **used}]
    found = decided(OVER_PERIOD, *claims, certificates=[1, 1])
    assert amounts(found) == [(30, 30), (0, 20)]


def test_each_policy_year_has_its_own_limit() -> None:
    claims = [in_year(80, day) for day in ("2024-07-01", "2025-06-01", "2025-05-31")]
    found = decided(OVER_YEAR, *claims, certificates=[1, 1, 1])
    assert amounts(found) == [(80, 80), (80, 80), (20, 20)]
    assert found.usage_year.tolist() == [1, 2, 1]


def test_a_year_that_is_not_certain_may_count_in_either() -> None:
    open_year = in_year(80, {"from": "2025-05-30", "to": "2025-06-02"})
    claims = [open_year, in_year(80, "2025-05-31"), in_year(80, "2026-06-01")]
    found = decided(OVER_YEAR, *claims, certificates=[1, 1, 1])
    assert amounts(found) == [(80, 80), (20, 80), (80, 80)]
    assert found.usage_year.tolist() == [0, 1, 3]


def test_an_occurrence_that_the_limit_does_not_count_uses_nothing() -> None:
    claims = [care(150, died=False), care(90, died=True), care(60, died=True), care(60)]
    found = decided(OF_DEATHS, *claims, certificates=[1, 1, 1, 1])
    assert amounts(found) == [(150, 150), (90, 90), (10, 10), (0, 60)]


def test_a_limit_without_bound_is_never_used_up() -> None:
    edition = edition_paying(
        limit(sum_medical, lines(Cost.CARE), per=POLICY_PERIOD, id="sum", **CITED)
    )
    claims = [bills(bill(Cost.CARE, "unknown")), care(60)]
    found = decided(edition, *claims, certificates=[1, 1])
    assert amounts(found) == [(0, None), (60, 60)]


def test_only_the_limit_that_was_used_is_short() -> None:
    tree = all_together(
        limit(yen(100), lines(Cost.CARE), per=POLICY_PERIOD, id="care", **CITED),
        limit(yen(100), lines(Cost.FARE), per=POLICY_PERIOD, id="fare", **CITED),
        fixed(yen(7), id="seven", **CITED),
    )
    claims = [care(90), bills(bill(Cost.CARE, 90), bill(Cost.FARE, 90))]
    found = decided(edition_paying(tree), *claims, certificates=[1, 1])
    assert amounts(found) == [(97, 97), (107, 107)]


# the books themselves


def books(made: Columns) -> tuple[LimitUse, int]:
    lowered = lowered_of(OVER_PERIOD)
    names = [variable.name for variable in lowered.variables]
    use = LimitUse(lowered, made, names.index("policy_inception"))
    return use, use.nodes[0]


def test_ranks_count_the_occurrences_before() -> None:
    use, _ = books(columns(OVER_PERIOD, *[care(1)] * 4, certificates=[3, 3, 7, 7]))
    assert use.rank.tolist() == [0, 1, 0, 1]
    assert use.number.tolist() == [0, 0, 1, 1]


def test_nothing_is_booked_without_use() -> None:
    use, node = books(columns(OVER_PERIOD, *[care(1)] * 2, certificates=[1, 1]))
    nothing = np.zeros(2, np.int64)
    use.settle(np.arange(2), {node: (nothing, nothing)}, use.rank == 0)
    assert not use.is_touched().any()
    assert use.of_row(1) == {}


def test_use_without_bound_stays_without_bound() -> None:
    use, node = books(columns(OVER_PERIOD, *[care(1)] * 3, certificates=[1, 1, 1]))
    endless = np.full(3, UNLIMITED, np.int64)
    for place in (0, 1):
        use.settle(np.arange(3), {node: (endless, endless)}, use.rank == place)
    use.gather(np.array([2]))
    assert use.used[node][1].tolist() == [0, 0, UNLIMITED]
    least, most = use.of_row(2)[node]
    assert least == most == UNBOUNDED and is_unbounded(least)


def test_no_rows_need_no_books() -> None:
    use, _ = books(columns(OVER_PERIOD, care(1)).take(np.zeros(0, np.int64)))
    assert use.rank.tolist() == []
    assert use.is_touched().tolist() == []
