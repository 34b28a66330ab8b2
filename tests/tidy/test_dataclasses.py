"""In the engine nothing changes once it is made: every dataclass is frozen and slotted."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.tidy.source_tree import PythonFile, engine_files


def is_dataclass_name(node: ast.expr) -> bool:
    name = node.id if isinstance(node, ast.Name) else getattr(node, "attr", None)
    return name == "dataclass"


def loose_dataclasses(file: PythonFile) -> Iterator[str]:
    for node in ast.walk(file.tree):
        if not isinstance(node, ast.ClassDef):
            continue
        for decorator in node.decorator_list:
            call = decorator if isinstance(decorator, ast.Call) else None
            if not is_dataclass_name(call.func if call else decorator):
                continue
            set_true = {
                keyword.arg
                for keyword in (call.keywords if call else ())
                if isinstance(keyword.value, ast.Constant) and keyword.value.value is True
            }
            if missing := {"frozen", "slots"} - set_true:
                yield f"{file.place(node)}: {node.name} lacks {' and '.join(sorted(missing))}"


def test_dataclasses_are_frozen_and_slotted() -> None:
    assert [found for file in engine_files() for found in loose_dataclasses(file)] == []


def test_the_check_finds_loose_dataclasses() -> None:
    for decorator in (
        "@dataclass",
        "@dataclasses.dataclass",
        "@dataclass()",
        "@dataclass(frozen=True)",
        "@dataclass(frozen=True, slots=False)",
    ):
        file = PythonFile.of("src/dosojin/a.py", f"{decorator}\nclass A:\n    x: int")
        assert list(loose_dataclasses(file)), decorator
    good = "@dataclass(frozen=True, slots=True)\nclass A:\n    x: int"
    assert not list(loose_dataclasses(PythonFile.of("src/dosojin/a.py", good)))
