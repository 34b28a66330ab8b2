"""Loss ratios and the discount they earn, worked by hand."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
import pytest

from dosojin.batch.experience import payouts
from dosojin.batch.experience.discount_scale import (
    Scale,
    combined_discount,
    implied_experience,
    load_scale,
    percent,
    read_scale,
    shipped_scale,
)
from dosojin.batch.experience.read_experience import read_experience
from dosojin.batch.experience.tallies import CellKey, Experience, LossRatio, Tally
from dosojin.batch.experience.tell_experience import (
    experience_discount,
    experience_json,
    notes,
    sections,
    thousands,
    whole_discount,
)
from dosojin.cli.main import main
from dosojin.rating.load_tariff import load_tariff
from dosojin.values.problems import Problem

EDITION = "gakkensai-2026"
Captured = pytest.CaptureFixture[str]


# the formula ----------------------------------------------------------------------------------


def test_the_schemes_own_example() -> None:
    """15 % for volume and 25 % for experience are 36.25 % together (004 l.6)."""
    assert combined_discount(1500, 2500) == Fraction(3625, 10000)
    assert percent(combined_discount(1500, 2500)) == "36.25"
    tariff = load_tariff("gakkensai-2025")
    assert combined_discount(*tariff.discount.parts) == Fraction(tariff.discount.total, 10_000)


def test_the_discount_of_2026_implies_26_per_cent() -> None:
    assert percent(implied_experience(load_tariff(EDITION).discount.total, 1500)) == "26.00"
    assert percent(combined_discount(1500, 2600)) == "37.10"
    assert shipped_scale().known == {"gakkensai-2025": 2500, "gakkensai-2026": 2600}


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (Fraction(0), "0.00"),
        (Fraction(1), "100.00"),
        (Fraction(1, 3), "33.33"),
        (Fraction(2, 3), "66.67"),
        (Fraction(5, 100_000), "0.01"),
        (Fraction(4999, 10**8), "0.00"),
        (Fraction(-1, 4), "-25.00"),
    ],
)
def test_percentages_round_half_up(share: Fraction, text: str) -> None:
    assert percent(share) == text


# the scale ------------------------------------------------------------------------------------


def scale(*steps: tuple[int, int]) -> Scale:
    return Scale("test", False, 1500, steps, {})


def test_a_step_is_earned_below_its_loss_ratio() -> None:
    table = scale((3000, 3000), (4000, 2500), (6000, 500))
    assert table.earned(Fraction(0)) == 3000
    assert table.earned(Fraction(29_999, 100_000)) == 3000
    assert table.earned(Fraction(3, 10)) == 2500
    assert table.earned(Fraction(6, 10)) == 0
    assert table.earned(None) == 0
    assert percent(table.combined(table.earned(Fraction(35, 100)))) == "36.25"


def test_the_shipped_scale_says_that_it_is_an_assumption() -> None:
    shipped = shipped_scale()
    assert shipped.is_assumption and shipped.volume == 1500
    assert shipped.earned(Fraction(345, 1000)) == 2500
    assert [shipped.earned(Fraction(each, 100)) for each in (0, 20, 58, 59)] == [4000, 3900, 100, 0]


@pytest.mark.parametrize(
    ("table", "place"),
    [
        ({}, "volume.value"),
        ({"volume": {"value": 1500}}, "experience.steps"),
        ({"volume": {"value": -1}, "experience": {"steps": [[1, 1]]}}, "volume.value"),
        ({"volume": {"value": 0}, "experience": {"steps": []}}, "experience.steps"),
        ({"volume": {"value": 0}, "experience": {"steps": [[1, 20_000]]}}, "experience.steps"),
        ({"volume": {"value": 0}, "experience": {"steps": [[2, 5], [1, 4]]}}, "experience.steps"),
        ({"volume": {"value": 0}, "experience": {"steps": [[1, 4], [2, 5]]}}, "experience.steps"),
    ],
)
def test_a_scale_that_is_none_is_refused(table: dict[str, Any], place: str) -> None:
    with pytest.raises(Problem, match=place):
        read_scale(table, "mine.toml")


def test_a_scale_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_text("volume = [")
    for name in ("bad.toml", "none.toml"):
        with pytest.raises(Problem, match="cannot be read"):
            load_scale(tmp_path / name)


# a portfolio by hand --------------------------------------------------------------------------
# Three policies: A for 8 days, 3,710 yen (2024); D for a year, 173,340 yen (2024); C for 31 days,
# 12,430 yen (2025). All premiums are net of 37.1 %.

POLICIES = {
    "policy": [1, 2, 3],
    "plan": ["A", "D", "C"],
    "inception": [date(2024, 3, 1), date(2024, 9, 1), date(2025, 2, 1)],
    "expiry": [date(2024, 3, 8), date(2025, 8, 31), date(2025, 3, 3)],
    "premium": [3710, 173_340, 12_430],
}
# Policy 2: a clinic for certain, and a stolen bag that may be paid; policy 3: a flight, refused.
DECIDED = [
    (2, 21, "medical_rescue", "covered", 40_000, 40_000),
    (2, 22, "medical_rescue", "not_covered", 0, 0),
    (2, 22, "personal_effects", "depends", 0, 20_000),
    (3, 31, "flight_delay", "not_covered", 0, 0),
]


def portfolio(folder: Path, **columns: Sequence[Any]) -> Path:
    part = folder / "portfolio" / "part-00000"
    part.mkdir(parents=True)
    table = {**POLICIES, **columns}
    pq.write_table(
        pa.table({name: cells for name, cells in table.items() if cells}), part / "policies.parquet"
    )
    return part.parent


def decided(path: Path, rows: Sequence[tuple[Any, ...]], edition: str = EDITION) -> Path:
    names = ("policy", "occurrence", "benefit", "verdict", "lo", "hi")
    cells = zip(*rows, strict=True)
    table = pa.table({name: list(each) for name, each in zip(names, cells, strict=True)})
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(table.replace_schema_metadata({"dosojin.edition": edition}), path)
    return path


def test_premiums_and_payouts_by_hand(tmp_path: Path) -> None:
    source = portfolio(tmp_path)
    found = read_experience(source, decided(tmp_path / "decisions.parquet", DECIDED))
    assert found.cells == {
        CellKey(2024, "A", "8 days"): Tally(1, 3710),
        CellKey(2024, "D", "1 year"): Tally(1, 173_340, 2, 1, 40_000, 60_000),
        CellKey(2025, "C", "31 days"): Tally(1, 12_430, 1, 0, 0, 0),
    }
    assert found.discount == 3710 and found.rated == 0
    year = found.by(lambda key: key.year)[2024]
    assert year == Tally(2, 177_050, 2, 1, 40_000, 60_000)
    # 177,050 / 0.629 = 281,478.54 before discount
    assert found.before_discount(year) == Fraction(177_050_000, 629)
    ratio = found.loss_ratio(year)
    assert ratio == LossRatio(Fraction(40 * 629, 177_050), Fraction(60 * 629, 177_050))
    assert (percent(ratio.lo or Fraction()), percent(ratio.hi or Fraction())) == ("14.21", "21.32")
    net = found.loss_ratio_net(year)
    assert (net.lo, net.hi) == (Fraction(40_000, 177_050), Fraction(60_000, 177_050))


def test_the_discount_is_certain_at_the_upper_loss_ratio(tmp_path: Path) -> None:
    source = portfolio(tmp_path)
    found = read_experience(source, decided(tmp_path / "d.parquet", DECIDED))
    table = scale((1500, 3000), (2200, 2500), (9000, 500))
    told = experience_json(found, table)
    year = told["years"][0]
    assert year["year"] == 2024 and year["payout"] == {"lo": 40_000, "hi": 60_000}
    assert year["experience_discount"]["certain"]["percent"] == "25.00"
    assert year["experience_discount"]["possible"]["percent"] == "30.00"
    assert year["discount"]["certain"] == {
        "numerator": 29,
        "denominator": 80,
        "percent": "36.25",
    }
    assert year["discount"]["possible"]["percent"] == "40.50"


def test_a_folder_of_parts_gives_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = portfolio(tmp_path)
    whole = read_experience(source, decided(tmp_path / "d.parquet", DECIDED))
    for number in range(2):
        rows = DECIDED[2 * number : 2 * number + 2]
        decided(tmp_path / "out" / f"part-0000{number}.parquet", rows)
    assert read_experience(source, tmp_path / "out") == whole
    monkeypatch.setattr(payouts, "DECISIONS_AT_ONCE", 1)
    assert read_experience(source, tmp_path / "out") == whole


def test_an_occurrence_that_is_cut_is_open_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = portfolio(tmp_path)
    rows = [(2, 21, "a", "depends", 0, 5), (2, 21, "b", "depends", 0, 5)]
    monkeypatch.setattr(payouts, "DECISIONS_AT_ONCE", 1)
    found = read_experience(source, decided(tmp_path / "d.parquet", rows))
    assert (found.total.occurrences, found.total.open) == (1, 1)
    assert (found.total.lo, found.total.hi) == (0, 10)


def test_a_payout_without_a_bound_has_no_upper_loss_ratio(tmp_path: Path) -> None:
    source = portfolio(tmp_path)
    rows = [*DECIDED[:2], (3, 31, "medical_rescue", "depends", 0, None)]
    found = read_experience(source, decided(tmp_path / "d.parquet", rows))
    assert (found.total.lo, found.total.hi) == (40_000, None)
    assert found.loss_ratio(found.total).hi is None
    assert found.by(lambda key: key.year)[2024].hi == 40_000
    told = experience_json(found, shipped_scale())
    assert told["total"]["experience_discount"]["certain"]["percent"] == "0.00"
    assert told["total"]["loss_ratio"]["hi"] is None
    assert thousands(None, "ja") == "上限なし"


def test_missing_premiums_are_the_tariffs(tmp_path: Path) -> None:
    source = portfolio(tmp_path, premium=[3710, None, 12_430])
    found = read_experience(source, decided(tmp_path / "d.parquet", DECIDED))
    assert found.total.premium == sum(POLICIES["premium"]) and found.rated == 1
    without = portfolio(tmp_path / "without", premium=[])
    assert read_experience(without, tmp_path / "d.parquet").rated == 3


def test_a_policy_without_any_premium_is_refused(tmp_path: Path) -> None:
    path = decided(tmp_path / "d.parquet", DECIDED)
    source = portfolio(tmp_path, premium=[3710, None, 12_430], plan=["A", None, "C"])
    with pytest.raises(Problem, match="states no premium"):
        read_experience(source, path)
    negative = portfolio(tmp_path / "negative", premium=[3710, -1, 12_430])
    with pytest.raises(Problem, match="cannot be taken"):
        read_experience(negative, path)


@pytest.mark.parametrize(
    ("changed", "column", "value"),
    [
        ({"inception": ["2024/06/01", "2024-06-02", "2024-06-03"]}, "inception", "2024/06/01"),
        ({"expiry": [None, None, None]}, "expiry", "no value"),
        ({"premium": ["3710", "4,000", "1"]}, "premium", "4,000"),
        ({"plan": ["A", "Z", "C"]}, "plan", "'Z'"),
    ],
)
def test_what_cannot_be_read_is_named(
    tmp_path: Path, changed: dict[str, Any], column: str, value: str
) -> None:
    """The file, the policy and the column, whatever the format."""
    decisions = decided(tmp_path / "d.parquet", DECIDED)
    table = pa.table({**POLICIES, **changed})
    for suffix in ("parquet", "csv"):
        part = tmp_path / suffix / "part-00000"
        part.mkdir(parents=True)
        path = part / f"policies.{suffix}"
        pq.write_table(table, path) if suffix == "parquet" else pa.csv.write_csv(table, path)
        with pytest.raises(Problem) as caught:
            read_experience(part.parent, decisions)
        assert caught.value.place.startswith(f"{path}: ")
        assert caught.value.place.endswith(f": {column}") and value in str(caught.value)


def test_days_as_texts_are_days(tmp_path: Path) -> None:
    decisions = decided(tmp_path / "d.parquet", DECIDED)
    texts = {name: [str(day) for day in POLICIES[name]] for name in ("inception", "expiry")}
    part = tmp_path / "portfolio" / "part-00000"
    part.mkdir(parents=True)
    pq.write_table(pa.table({**POLICIES, **texts}), part / "policies.parquet")
    assert read_experience(part.parent, decisions).total.premium == sum(POLICIES["premium"])


def test_decisions_of_another_edition_are_refused(tmp_path: Path) -> None:
    source, path = portfolio(tmp_path), decided(tmp_path / "d.parquet", DECIDED)
    assert read_experience(source, path, EDITION).edition == EDITION
    with pytest.raises(Problem, match=f"decided by {EDITION}"):
        read_experience(source, path, "gakkensai-2025")


def test_decisions_from_other_files_are_noted(tmp_path: Path) -> None:
    """Ids may be the same by chance."""
    for seed in ("5", "6"):
        folder, out = str(tmp_path / seed), str(tmp_path / f"decided{seed}")
        assert main(["simulate", "--policies", "100", "--seed", seed, "-o", folder]) == 0
        assert main(["batch", folder, "-o", out, "--edition", EDITION, "--numpy"]) == 0
    five, six = (read_experience(tmp_path / "5", tmp_path / f"decided{seed}") for seed in "56")
    assert not five.is_elsewhere and six.is_elsewhere
    assert any("not made from the tables" in note.en for note in notes(six, scale()))


def test_years_without_policies_are_refused(tmp_path: Path, capsys: Captured) -> None:
    words = ["experience", str(portfolio(tmp_path))]
    words += ["--decisions", str(decided(tmp_path / "d.parquet", DECIDED)), "--lang", "en"]
    assert main([*words, "--from-year", "2030"]) == 2
    assert "begin in 2024 to 2025" in capsys.readouterr().err
    assert main([*words, "--to-year", "99"]) == 2
    assert "from 1900 to 9999" in capsys.readouterr().err


def test_without_premiums_no_discount_is_earned() -> None:
    nothing = LossRatio(None, None)
    assert experience_discount(scale(), nothing, "en") == "–"
    assert whole_discount(scale(), nothing, "ja") == "–"


def test_policies_in_csv_with_ids_of_letters(tmp_path: Path) -> None:
    part = tmp_path / "portfolio" / "part-00000"
    part.mkdir(parents=True)
    table = pa.table({**POLICIES, "policy": ["P-1", "P-2", "P-3"]})
    pa.csv.write_csv(table, part / "policies.csv")
    rows = [(f"P-{policy}", *rest) for policy, *rest in DECIDED]
    found = read_experience(part.parent, decided(tmp_path / "d.parquet", rows))
    assert found.total == Tally(3, 189_480, 3, 1, 40_000, 60_000)


def test_decisions_of_another_portfolio_are_refused(tmp_path: Path) -> None:
    source = portfolio(tmp_path)
    path = decided(tmp_path / "d.parquet", [(9, 91, "liability", "covered", 1, 1)])
    with pytest.raises(Problem, match="policy 9"):
        read_experience(source, path)


def test_decisions_that_are_not_all_there_are_refused(tmp_path: Path) -> None:
    source = portfolio(tmp_path)
    with pytest.raises(Problem, match="no decisions"):
        read_experience(source, tmp_path / "nowhere")
    out = tmp_path / "out"
    decided(out / "part-00000.parquet", DECIDED)
    (out / ".run").mkdir()
    with pytest.raises(Problem, match="not finished"):
        read_experience(source, out)
    (out / ".run").rmdir()
    summary = {"options": {"where": ["plan=D"]}, "counts": {"occurrences_rejected": 0}}
    (out / "summary.json").write_text(json.dumps(summary))
    with pytest.raises(Problem, match="--where"):
        read_experience(source, out)


def test_a_file_of_claims_is_no_portfolio(tmp_path: Path) -> None:
    path = decided(tmp_path / "d.parquet", DECIDED)
    with pytest.raises(Problem, match="without a claim"):
        read_experience(path, path)


def test_rejected_occurrences_are_named(tmp_path: Path) -> None:
    source = portfolio(tmp_path)
    out = tmp_path / "out"
    decided(out / "part-00000.parquet", DECIDED)
    summary = {"options": {"where": []}, "counts": {"occurrences_rejected": 4, "unclaimed": 2}}
    (out / "summary.json").write_text(json.dumps(summary))
    found = read_experience(source, out)
    assert (found.rejected, found.unclaimed) == (4, 2)
    told = " ".join(note.en for note in notes(found, scale()))
    assert "could not be decided: 4;" in told and "no benefit yet: 2 " in told


def test_only_some_years(tmp_path: Path) -> None:
    source = portfolio(tmp_path)
    found = read_experience(source, decided(tmp_path / "d.parquet", DECIDED)).within(2025, None)
    assert [key.year for key in found.cells] == [2025]
    assert found.loss_ratio(found.total) == LossRatio(Fraction(0), Fraction(0))
    assert found.within(2026, None).loss_ratio(Tally()) == LossRatio(None, None)


def test_tables_stand_in_the_order_of_the_tariff(tmp_path: Path) -> None:
    source = portfolio(tmp_path)
    found = read_experience(source, decided(tmp_path / "d.parquet", DECIDED))
    years, plans, bands = sections(found)
    assert [row.title.en for row in years.rows] == ["2024", "2025", "Total"]
    assert [row.title.en for row in plans.rows] == ["Plan A", "Plan C", "Plan D"]
    assert [row.title.en for row in bands.rows] == ["up to 8 days", "up to 31 days", "up to 1 year"]


def test_sums_stay_exact_beyond_64_bits() -> None:
    most = 10**12
    cells = {CellKey(2024, "A", str(n)): Tally(1, most, 1, 0, most**2, most**2) for n in range(3)}
    found = Experience(EDITION, 3710, cells)
    assert found.total.hi == 3 * most**2


def test_the_command_speaks_both_languages(tmp_path: Path, capsys: Captured) -> None:
    words = ["experience", str(portfolio(tmp_path))]
    words += ["--decisions", str(decided(tmp_path / "d.parquet", DECIDED))]
    assert main([*words, "--lang", "en"]) == 0
    page = " ".join(capsys.readouterr().out.split())
    assert "14.21–21.32" in page and "is an assumption" in page and "26.00 % for experience" in page
    assert "over these the ratio is 21.11–31.67 %" in page
    assert main([*words, "--lang", "ja"]) == 0
    page = capsys.readouterr().out
    assert "損害率" in page
    assert not any(line.strip() == "-" for line in page.splitlines())
    assert main([*words, "--json", "--from-year", "2025"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert [year["year"] for year in told["years"]] == [2025]
    assert main([*words, "--scale", str(tmp_path / "none.toml")]) == 2


def test_without_decisions_the_portfolio_is_decided(tmp_path: Path, capsys: Captured) -> None:
    folder = str(tmp_path / "portfolio")
    assert main(["simulate", "--policies", "200", "--seed", "5", "-o", folder]) == 0
    capsys.readouterr()
    assert main(["experience", folder, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["edition"] == EDITION and told["total"]["policies"] == 200
    assert 0 < told["total"]["payout"]["lo"] <= told["total"]["payout"]["hi"]
