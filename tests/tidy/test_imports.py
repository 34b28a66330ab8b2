"""The import contract of pyproject.toml holds, and each of its clauses can be broken."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.tidy.source_tree import ROOT, WEB, PythonFile, python_files

LAYERS = (
    "values",
    "facts",
    "terms",
    "products",
    "rating",
    "adjudication",
    "coordination",
    "explanation",
    "batch",
    "cli",
)


def named_in_the_contract() -> set[str]:
    """Every package that the contract names: it wants them all to be there."""
    table = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = table["tool"]["importlinter"]["contracts"]
    names = {
        name
        for contract in contracts
        for key in ("source_modules", "forbidden_modules", "modules")
        for name in contract.get(key, ())
    }
    return {name for name in names if name.startswith("dosojin") and "*" not in name}


def check_contract(source: Path) -> subprocess.CompletedProcess[str]:
    """Hold the packages in `source` against the contract."""
    return subprocess.run(
        [
            str(Path(sys.executable).with_name("lint-imports")),
            "--no-cache",
            "--no-logo",
            "--config",
            str(ROOT / "pyproject.toml"),
        ],
        cwd=source,
        env={**os.environ, "PYTHONPATH": str(source)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def small_tree(tmp_path: Path) -> Path:
    """The layers with nothing in them, and two products."""
    folders = [f"dosojin/{layer}" for layer in LAYERS]
    folders += ["dosojin", "dosojin_web", "dosojin/products/alpha", "dosojin/products/beta"]
    folders += [name.replace(".", "/") for name in named_in_the_contract()]
    folders += ["dosojin_web/portals"]
    for folder in folders:
        (tmp_path / folder).mkdir(parents=True, exist_ok=True)
        (tmp_path / folder / "__init__.py").touch()
    return tmp_path


def test_the_contract_holds() -> None:
    outcome = check_contract(ROOT / "src")
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        ("dosojin/values/a.py", "import dosojin.facts", "imports only what stands below"),
        ("dosojin/terms/a.py", "import dosojin.adjudication", "imports only what stands below"),
        ("dosojin/products/alpha/a.py", "import dosojin.rating", "imports only what stands below"),
        ("dosojin/stray/__init__.py", "", "imports only what stands below"),
        ("dosojin/cli/a.py", "import django", "neither Django nor the web"),
        ("dosojin/cli/a.py", "import dosojin_web", "neither Django nor the web"),
        ("dosojin/facts/a.py", "from dosojin import decide", "nobody imports the front door"),
        ("dosojin/cli/a.py", "import dosojin.products.alpha", "imports a product by name"),
        ("dosojin_web/a.py", "import dosojin.products.alpha", "imports a product by name"),
        ("dosojin/products/alpha/a.py", "import dosojin.products.beta", "independent"),
        ("dosojin_web/ledger/a.py", "import dosojin_web.policies", "nothing of what stands on"),
        ("dosojin_web/portals/agency/a.py", "import dosojin_web.portals.student", "Portals are"),
    ],
)
def test_the_contract_can_be_broken(
    small_tree: Path, module: str, line: str, contract: str
) -> None:
    (small_tree / module).parent.mkdir(exist_ok=True)
    (small_tree / module).write_text(line, encoding="utf-8")
    outcome = check_contract(small_tree)
    assert outcome.returncode == 1, outcome.stdout + outcome.stderr
    broken = [row for row in outcome.stdout.splitlines() if row.endswith("BROKEN")]
    assert any(contract in row for row in broken), outcome.stdout


def test_an_orderly_tree_keeps_the_contract(small_tree: Path) -> None:
    product = small_tree / "dosojin/products/alpha/a.py"
    product.write_text("import dosojin.terms, dosojin.products.alpha", encoding="utf-8")
    outcome = check_contract(small_tree)
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr


def engine_imports(file: PythonFile) -> Iterator[str]:
    """Imports of the engine in a web slice outside its `mapping.py`, the only door."""
    if not file.path.startswith(WEB) or "/tests/" in file.path:
        return
    if file.path.endswith("/mapping.py") or "/mapping/" in file.path:
        return
    for number, line in enumerate(file.text.splitlines(), start=1):
        words = line.split()
        if words[:1] in (["from"], ["import"]) and words[1].split(".")[0] == "dosojin":
            yield f"{file.path}:{number}: the engine is reached through mapping.py only"


def test_the_mapping_is_the_only_door_to_the_engine() -> None:
    assert [found for file in python_files() for found in engine_imports(file)] == []


def test_the_check_finds_other_doors() -> None:
    view = f"{WEB}workbench/views/decision.py"
    assert list(engine_imports(PythonFile.of(view, "from dosojin.adjudication import decide")))
    assert list(engine_imports(PythonFile.of(view, "def f():\n    import dosojin")))
    assert not list(engine_imports(PythonFile.of(view, "import dosojin_web.workbench.mapping")))
    door = f"{WEB}workbench/mapping.py"
    assert not list(engine_imports(PythonFile.of(door, "from dosojin import decide")))
