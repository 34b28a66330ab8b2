"""A simulated portfolio: the same bytes from the same seed, and all that the wording can meet."""

from __future__ import annotations

import tomllib
from collections import Counter
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from dosojin.adjudication.catalogue import load_edition, load_lowered
from dosojin.adjudication.read_claim import read_claim
from dosojin.adjudication.read_values import ValueReader
from dosojin.batch.layout.tables import Tables
from dosojin.batch.layout.unpack import claim_of_row
from dosojin.batch.layout.words import raw_of_text
from dosojin.batch.portfolio.band_days import last_days, rows_of
from dosojin.batch.portfolio.read_assumptions import load_assumptions, read_assumptions
from dosojin.batch.portfolio.read_rules import AssumptionError
from dosojin.batch.portfolio.simulate import (
    MANIFEST,
    Portfolio,
    draw_partition,
    partition_folder,
    portfolio_of,
    simulate,
    write_partition,
)
from dosojin.batch.portfolio.specs import Table, Weights
from dosojin.batch.portfolio.streams import Stream
from dosojin.batch.runs.decide_partition import Options
from dosojin.batch.runs.progress import Silence
from dosojin.batch.runs.run_batch import plan_run, run_batch
from dosojin.batch.runs.runners import runner_for
from dosojin.cli.main import main
from dosojin.rating.load_tariff import load_tariff
from dosojin.rating.quote_premium import quote
from dosojin.values.problems import Problem

EDITION = "gakkensai-2026"
SEED = 7
OFTEN = 8_000_000
"""Events per thousand million travel days, in a portfolio where every kind is frequent."""


def content(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def portfolio() -> Portfolio:
    return portfolio_of(EDITION, 2500, SEED, 1000)


@pytest.fixture(scope="module")
def written(portfolio: Portfolio, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("portfolio") / "out"
    simulate(portfolio, folder)
    return folder


def toml() -> dict[str, Any]:
    text = (files("dosojin.batch.portfolio") / "assumptions.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


# the same bytes -------------------------------------------------------------------------------


def test_the_same_seed_gives_the_same_bytes(
    portfolio: Portfolio, written: Path, tmp_path: Path
) -> None:
    simulate(portfolio, tmp_path / "again")
    assert content(tmp_path / "again") == content(written)
    assert len(content(written)) == 1 + 3 * 3


def test_the_order_of_the_partitions_leaves_no_trace(
    portfolio: Portfolio, written: Path, tmp_path: Path
) -> None:
    for partition in (2, 0, 1):
        write_partition(portfolio, tmp_path, partition)
    assert content(tmp_path) == {
        name: found for name, found in content(written).items() if name != MANIFEST
    }


def test_processes_leave_no_trace(portfolio: Portfolio, written: Path, tmp_path: Path) -> None:
    simulate(portfolio, tmp_path / "two", processes=2)
    assert content(tmp_path / "two") == content(written)


def test_a_killed_run_goes_on_and_ends_with_the_same_bytes(
    portfolio: Portfolio, written: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "killed"
    simulate(portfolio, folder)
    for path in partition_folder(folder, 0).iterdir():
        path.unlink()
    (partition_folder(folder, 1) / "policies.parquet").unlink()
    (partition_folder(folder, 1) / ".policies.parquet.0a.part").write_bytes(b"PAR1")
    (partition_folder(folder, 2) / "receipts.parquet").write_bytes(b"PAR1")
    rows = simulate(portfolio, folder)
    assert [each.is_new for each in rows] == [True, True, True]
    assert content(folder) == content(written)
    assert not any(each.is_new for each in simulate(portfolio, folder))


def test_another_seed_gives_other_bytes(written: Path, tmp_path: Path) -> None:
    simulate(portfolio_of(EDITION, 2500, SEED + 1, 1000), tmp_path / "other")
    ours, theirs = content(written), content(tmp_path / "other")
    assert ours.keys() == theirs.keys()
    assert not any(ours[name] == theirs[name] for name in ours)


def test_a_folder_of_something_else_is_refused(
    portfolio: Portfolio, written: Path, tmp_path: Path
) -> None:
    with pytest.raises(Problem, match=MANIFEST):
        simulate(portfolio_of(EDITION, 2500, SEED + 1, 1000), written)
    (tmp_path / "letter.txt").write_text("dear")
    with pytest.raises(Problem, match="no empty folder"):
        simulate(portfolio, tmp_path)
    with pytest.raises(Problem, match="not one file"):
        simulate(portfolio, tmp_path / "portfolio.parquet")


def test_an_edition_without_a_tariff_is_refused() -> None:
    with pytest.raises(Problem, match="no published tariff"):
        portfolio_of("gakkensai-2025", 10, SEED)
    with pytest.raises(Problem, match="partitions"):
        portfolio_of(EDITION, 10**9, SEED, 100)


# policies -------------------------------------------------------------------------------------


def test_every_policy_is_admitted_and_pays_the_tariff(written: Path) -> None:
    table = pq.read_table(partition_folder(written, 1) / "policies.parquet")
    assert table["policy"].to_pylist() == list(range(1001, 2001))
    tariff = load_tariff(EDITION)
    for row in table.slice(0, 300).to_pylist():
        found = quote(tariff, row["plan"], row["inception"], row["expiry"])
        assert found.premium == row["premium"]
    assert set(table["plan"].to_pylist()) == set(tariff.plans)


def test_last_days_of_bands_are_those_of_the_tariff() -> None:
    starts = [date(2023, 12, 31), date(2024, 1, 30), date(2024, 1, 31), date(2024, 2, 29)]
    starts += [date(2025, 8, 15), date(2025, 10, 31)]
    days = np.array([start.toordinal() for start in starts]) - date(1970, 1, 1).toordinal()
    for plan in load_tariff(EDITION).plans.values():
        for row in plan.rows:
            found = last_days(row.band, days).astype("datetime64[D]").tolist()
            assert found == [row.band.last_day(start) for start in starts]


def test_periods_find_their_row_or_none() -> None:
    plan = load_tariff(EDITION).plan("D")
    start = np.array([date(2025, 8, 1).toordinal() - date(1970, 1, 1).toordinal()] * 5)
    found = rows_of(plan, start, start + np.array([30, 31, 52, 53, 400]))
    assert [plan.rows[row].band.name if row >= 0 else None for row in found.tolist()] == [
        None,
        "34 days",
        "53 days",
        "2 months",
        None,
    ]


# occurrences ----------------------------------------------------------------------------------


def test_tables_are_sorted_and_hang_together(written: Path) -> None:
    folder = partition_folder(written, 0)
    policies, occurrences, receipts = (
        pq.read_table(folder / f"{name}.parquet")
        for name in ("policies", "occurrences", "receipts")
    )
    keys = list(zip(occurrences["policy"].to_pylist(), occurrences["seq"].to_pylist(), strict=True))
    assert keys == sorted(set(keys))
    assert {policy for policy, _ in keys} <= set(policies["policy"].to_pylist())
    place = {each: row for row, each in enumerate(occurrences["occurrence"].to_pylist())}
    assert len(place) == occurrences.num_rows
    filed = [place[each] for each in receipts["occurrence"].to_pylist()]
    assert filed == sorted(filed)
    as_of = occurrences["as_of"].to_pylist()
    for row, day in zip(filed, receipts["on"].to_pylist(), strict=True):
        assert day <= as_of[row]
    assert max(Counter(policy for policy, _ in keys).values()) > 1


def test_no_column_is_a_fraction(written: Path) -> None:
    for name in ("policies", "occurrences", "receipts"):
        schema = pq.read_schema(partition_folder(written, 0) / f"{name}.parquet")
        assert not any(pa.types.is_floating(field.type) for field in schema)


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A partition in which every kind of event is frequent."""
    entries = toml()
    for event in entries["events"].values():
        rate = "per_day" if "per_day" in event else "per_trip"
        event[rate] = OFTEN if rate == "per_day" else OFTEN // 100
        event["without_cover"] = max(event.get("without_cover", 1_000_000), 300_000)
    for endorsement in entries["policies"]["endorsements"]:
        endorsement["chance"] = 60_000
    assumptions = read_assumptions(entries, EDITION, "")
    plan = Portfolio(EDITION, 1, 300, SEED, 300, "")
    folder = tmp_path_factory.mktemp("crowded") / "part-00000"
    folder.mkdir()
    tables = draw_partition(assumptions, plan, 0)
    for name in ("policies", "occurrences", "receipts"):
        pq.write_table(getattr(tables, name), folder / f"{name}.parquet")
    return folder.parent


@pytest.fixture(scope="module")
def decisions(crowded: Path, tmp_path_factory: pytest.TempPathFactory) -> pa.Table:
    out = tmp_path_factory.mktemp("decided") / "decisions.parquet"
    job = plan_run(crowded, out, Options(EDITION, back_end="numpy"))
    finished = run_batch(job, runner_for(1), Silence())
    assert finished.counts.occurrences_rejected == finished.counts.receipts_rejected == 0
    return pq.read_table(out)


def test_every_benefit_is_claimed_and_paid(decisions: pa.Table) -> None:
    rows = decisions.select(["benefit", "verdict", "hi"]).to_pylist()
    benefits = {benefit.id for benefit in load_lowered(EDITION).benefits}
    assert {row["benefit"] for row in rows} == benefits
    assert {row["benefit"] for row in rows if row["verdict"] == "covered"} == benefits
    assert {row["verdict"] for row in rows} == {"covered", "depends", "not_covered"}


def test_limits_over_the_policy_period_are_reached(crowded: Path, decisions: pa.Table) -> None:
    policies = pq.read_table(crowded / "part-00000/policies.parquet").to_pylist()
    plans = {row["policy"]: row for row in policies}
    used: Counter[tuple[str, int]] = Counter()
    for row in decisions.select(["policy", "usage"]).to_pylist():
        for use in row["usage"]:
            used[use["node"], row["policy"]] += use["lo"]
    published = {"A": 100_000, "B": 100_000}
    reached = {
        policy
        for (node, policy), yen in used.items()
        if node == "personal_effects.sum"
        and yen == published.get(plans[policy]["plan"], 200_000)
        and plans[policy]["sums.personal_effects"] is None
    }
    assert reached
    thefts = {node for (node, _), yen in used.items() if "theft" in node and yen == 300_000}
    assert thefts
    assert any(node == "disability.sum" for node, _ in used)


def test_a_sample_passes_the_checks_of_the_edition(crowded: Path) -> None:
    names = ("policies", "occurrences", "receipts")
    read_in = [pq.read_table(crowded / f"part-00000/{name}.parquet") for name in names]
    tables = Tables(EDITION, *read_in)
    rows = tables.occurrences.num_rows
    read = [read_claim(claim_of_row(tables, row)) for row in range(0, rows, max(1, rows // 150))]
    assert len(read) >= 150
    assert len({claim.plan for claim in read}) == len(load_tariff(EDITION).plans)


def test_some_is_not_known_until_files_are_closed(written: Path) -> None:
    parts = [partition_folder(written, number) for number in range(3)]
    receipts = pa.concat_tables([pq.read_table(part / "receipts.parquet") for part in parts])
    assert {"paid", "billed", "estimated"} <= set(receipts["status"].to_pylist())
    assert any(".." in (said or "") for said in receipts["amount_said"].to_pylist())
    occurrences = pa.concat_tables([pq.read_table(part / "occurrences.parquet") for part in parts])
    said = [text for text in occurrences["returned_home_on_said"].to_pylist() if text]
    as_of = {f"{day}.." for day in occurrences["as_of"].to_pylist()}
    assert said and set(said) <= as_of


# assumptions ----------------------------------------------------------------------------------


def test_every_word_is_one_that_a_claim_may_say() -> None:
    assumptions = load_assumptions(EDITION)
    variables = {variable.name: variable for variable in load_lowered(EDITION).variables}
    reader = ValueReader(date(2026, 6, 30).toordinal(), 0)
    plain = {"category", "person", "item", "place_offset", "when"}
    for column, words in assumptions.vocabulary.items():
        if column in plain:
            continue
        variable = variables[column.removesuffix("_said")]
        for word in words:
            reader.read(variable, raw_of_text(variable, word), column)
    categories = {choice.value for choice in load_edition(EDITION).categories}
    assert set(assumptions.vocabulary["category"]) == categories


def test_every_assumption_says_why() -> None:
    found = toml()
    parts = [entry for name, entry in found["policies"].items() if name != "endorsements"]
    parts += found["policies"]["endorsements"] + found["trip"]["kinds"]
    parts += list(found["events"].values()) + list(found["tables"].values())
    parts += [found["place_offset"], found["knowledge"], found["knowledge"]["amounts"]]
    assert all(part["why"] for part in parts)
    assert all(table["unit"] for table in found["tables"].values())


def test_assumptions_that_fit_no_edition_are_refused() -> None:
    entries = toml()
    entries["events"]["illness"]["facts"]["mood"] = True
    with pytest.raises(AssumptionError, match="mood"):
        read_assumptions(entries, EDITION, "")
    entries = toml()
    entries["policies"]["lengths"]["A"]["32 days"] = 1
    with pytest.raises(AssumptionError, match="32 days"):
        read_assumptions(entries, EDITION, "")


def test_draws_follow_their_tables_in_whole_numbers() -> None:
    stream = Stream(SEED, 1)
    table = Table("t", "yen", (0, 500_000, 1_000_000), (10, 20, 1000))
    drawn = stream.quantile(20_000, table)
    assert drawn.dtype == np.int64
    assert drawn.min() >= 10 and drawn.max() <= 1000
    assert 9_500 < int((drawn < 20).sum()) < 10_500
    picked = Counter(stream.pick(10_000, Weights((-1, 4), (3, 1))).tolist())
    assert set(picked) == {-1, 4} and 7_200 < picked[-1] < 7_800
    assert (Stream(SEED, 1).below(5, 100) == Stream(SEED, 1).below(5, 100)).all()
    assert (Stream(SEED, 1).below(50, 100) != Stream(SEED, 2).below(50, 100)).any()


def test_the_command_says_what_it_wrote(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["simulate", "--policies", "1_00", "--seed", "7", "-o", str(tmp_path / "p")]
    assert main([*words, "--lang", "en"]) == 0
    assert "100 policies" in capsys.readouterr().out
    assert main([*words, "--lang", "ja"]) == 0
    assert "契約 100、" in capsys.readouterr().out
    assert main([*words, "--seed", "8"]) == 2
    assert main(["simulate", "--policies", "ten", "--seed", "7", "-o", "x", "--lang", "en"]) == 2
    assert "'ten'" in capsys.readouterr().err
