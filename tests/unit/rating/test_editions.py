"""The editions that the product folders hold, and what stands in their files of plans."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from importlib.resources import files
from typing import Any

import pytest

from dosojin.products import editions

PLANS = ("A", "B", "C", "D", "E", "F")
EVERY_PLAN = (
    "accidental_death",
    "disability",
    "medical_rescue",
    "sickness_death",
    "personal_effects",
)
FLIGHTS = ("baggage_delay", "flight_delay")
BENEFITS_2026 = {
    "A": (*EVERY_PLAN, "liability"),
    "B": (*EVERY_PLAN, "student_liability"),
    "C": (*EVERY_PLAN, "liability", *FLIGHTS),
    "D": (*EVERY_PLAN, "student_liability", *FLIGHTS),
    "E": (*EVERY_PLAN, "liability", *FLIGHTS, "trip_alteration"),
    "F": (*EVERY_PLAN, "student_liability", *FLIGHTS, "temporary_return"),
}
SUMS_2026 = {
    "accidental_death": {"A": 3_000_000, "B": 3_000_000},
    "disability": {"A": 3_000_000, "B": 3_000_000},
    "sickness_death": {"A": 3_000_000, "B": 3_000_000},
    "personal_effects": {"A": 100_000, "B": 100_000},
}
USUAL_2026: dict[str, object] = {
    "accidental_death": 10_000_000,
    "disability": 10_000_000,
    "sickness_death": 10_000_000,
    "medical_rescue": "unlimited",
    "personal_effects": 200_000,
    "liability": 100_000_000,
    "student_liability": 100_000_000,
    "baggage_delay": 30_000,
    "flight_delay": "included",
    "trip_alteration": 300_000,
    "temporary_return": 300_000,
}


def plans_file(product: str) -> dict[str, Any]:
    edition = editions()[product]
    text = files(edition.package).joinpath(edition.plans_name).read_text(encoding="utf-8")
    return tomllib.loads(text)


def test_editions_are_found_by_their_files() -> None:
    assert {"gakkensai-2026", "gakkensai-2025"} <= set(editions())
    edition = editions()["gakkensai-2026"]
    assert (edition.family, edition.suffix) == ("gakkensai", "2026")


@pytest.mark.parametrize("plan", PLANS)
def test_each_plan_of_2026_insures_what_the_flyer_prints(plan: str) -> None:
    sums = plans_file("gakkensai-2026")["plans"][plan]["sums_insured"]
    assert tuple(sums) == BENEFITS_2026[plan]
    for benefit, entry in sums.items():
        assert entry["value"] == SUMS_2026.get(benefit, {}).get(plan, USUAL_2026[benefit])


@pytest.mark.parametrize("product", ["gakkensai-2025", "gakkensai-2026"])
def test_every_sum_rider_and_length_has_a_source(product: str) -> None:
    content = plans_file(product)
    seed = {"gakkensai-2025": "004 l.", "gakkensai-2026": "003 l."}[product]
    assert tuple(content["plans"]) == PLANS
    for plan in content["plans"].values():
        assert plan["length"]["source"].startswith(seed)
        assert all(entry["source"].startswith(seed) for entry in plan["sums_insured"].values())
    assert all(rider["source"].startswith(seed) for rider in content["riders"].values())


def test_the_edition_of_2025_leaves_every_sum_to_the_certificate() -> None:
    for plan in plans_file("gakkensai-2025")["plans"].values():
        assert {entry["value"] for entry in plan["sums_insured"].values()} == {"certificate"}


def test_a_quote_imports_no_clause_and_nothing_heavy() -> None:
    program = (
        "import sys; from dosojin.cli.main import main; "
        "main(['quote', 'gakkensai-2026', '--start', '2026-06-01', '--end', '2026-06-08']); "
        "heavy = {'rich', 'typer', 'click', 'django', 'hypothesis', 'ruamel', 'babel', 'asyncio'};"
        "assert not heavy & set(sys.modules), heavy & set(sys.modules);"
        "ours = [n for n in sys.modules if n.startswith('dosojin.')];"
        "assert not [n for n in ours if n.split('.')[1] not in "
        "('cli', 'rating', 'products', 'values')], ours;"
        "assert not [n for n in ours if n.startswith('dosojin.products.gakkensai.')], ours"
    )
    outcome = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert outcome.returncode == 0, outcome.stderr
