"""Money is whole yen, so the engine has no floats; figures stand in the edition's TOML only."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.tidy.source_tree import PRODUCTS, PythonFile, engine_files


def floats(file: PythonFile) -> Iterator[str]:
    """Literals, conversions and annotations; `isinstance(x, float)`, which refuses one, is fine."""
    for node in ast.walk(file.tree):
        match node:
            case ast.Constant(value=float() | complex()):
                yield f"{file.place(node)}: the literal {node.value!r} is a float"
            case ast.Call(func=ast.Name(id="float")):
                yield f"{file.place(node)}: float(…) makes a float"
            case ast.arg(annotation=annotation) | ast.AnnAssign(annotation=annotation) if (
                names_float(annotation)
            ):
                yield f"{file.place(node)}: declared as a float"
            case ast.FunctionDef(returns=returns) if names_float(returns):
                yield f"{file.place(node)}: {node.name} returns a float"


def names_float(annotation: ast.expr | None) -> bool:
    return annotation is not None and any(
        isinstance(node, ast.Name) and node.id == "float" for node in ast.walk(annotation)
    )


def is_clause_module(path: str) -> bool:
    """Benefits and definitions; `edition_*.py` chooses among them and is read with its TOML."""
    return path.startswith(PRODUCTS) and ("/benefits/" in path or path.endswith("/definitions.py"))


def figures_in_clauses(file: PythonFile) -> Iterator[str]:
    if not is_clause_module(file.path):
        return
    for node in ast.walk(file.tree):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, int | float | complex)
            and not isinstance(node.value, bool)
            and node.value not in (0, 1)
        ):
            yield f"{file.place(node)}: {node.value!r} is a figure; it belongs into the edition"


def test_the_engine_has_no_floats() -> None:
    assert [found for file in engine_files() for found in floats(file)] == []


def test_clause_modules_have_no_figures() -> None:
    assert [found for file in engine_files() for found in figures_in_clauses(file)] == []


def test_the_check_finds_floats() -> None:
    for bad in (
        "x = 1.5",
        "x = 1e3",
        "x = float('1')",
        "def f(x: float) -> int: ...",
        "def f() -> list[float]: ...",
        "class A:\n    x: float | None",
    ):
        assert list(floats(PythonFile.of("src/dosojin/a.py", bad))), bad
    for good in ("x = 15", "isinstance(x, float)", "x = '1.5'"):
        assert not list(floats(PythonFile.of("src/dosojin/a.py", good))), good


def test_the_check_finds_figures() -> None:
    def found(path: str, text: str) -> list[str]:
        return list(figures_in_clauses(PythonFile.of(path, text)))

    benefit = f"{PRODUCTS}alpha/benefits/rescue.py"
    assert found(benefit, "clause(days >= 3)")
    assert found(f"{PRODUCTS}alpha/definitions.py", "limit = -300_000")
    assert not found(benefit, "clause(days >= figures.days_min, True, 0, 1)")
    assert not found("src/dosojin/values/money.py", "x = 3")
