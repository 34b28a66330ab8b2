"""Long files and long functions hide a concept that nobody has named yet."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.tidy.source_tree import WEB, PythonFile, python_files

FILE_LINES_MAX = 500
FUNCTION_LINES_MAX = 50
VIEW_LINES_MAX = 30


def long_files(file: PythonFile) -> Iterator[str]:
    lines = file.text.count("\n")
    if lines > FILE_LINES_MAX:
        yield f"{file.path}: {lines} lines, at most {FILE_LINES_MAX}"


def is_view(path: str) -> bool:
    return path.startswith(WEB) and ("/views/" in path or path.endswith("/views.py"))


def code_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of a function without its decorators and docstring."""
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    if ast.get_docstring(function) is not None:
        docstring = function.body[0]
        lines -= (docstring.end_lineno or docstring.lineno) - docstring.lineno + 1
    return lines


def long_functions(file: PythonFile) -> Iterator[str]:
    limit = VIEW_LINES_MAX if is_view(file.path) else FUNCTION_LINES_MAX
    for node in ast.walk(file.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and code_lines(node) > limit:
            yield f"{file.place(node)}: {node.name} has {code_lines(node)} lines, at most {limit}"


def test_files_are_short() -> None:
    assert [found for file in python_files() for found in long_files(file)] == []


def test_functions_are_short() -> None:
    assert [found for file in python_files() for found in long_functions(file)] == []


def test_the_checks_find_what_is_long() -> None:
    assert list(long_files(PythonFile.of("src/dosojin/a.py", "x = 1\n" * 501)))
    assert not list(long_files(PythonFile.of("src/dosojin/a.py", "x = 1\n" * 500)))

    def function_of(lines: int) -> str:
        return 'def f():\n    """One.\n    Two."""\n' + "    x = 1\n" * (lines - 1)

    assert list(long_functions(PythonFile.of("src/dosojin/a.py", function_of(51))))
    assert not list(long_functions(PythonFile.of("src/dosojin/a.py", function_of(50))))
    assert list(long_functions(PythonFile.of(f"{WEB}workbench/views/a.py", function_of(31))))
    assert not list(long_functions(PythonFile.of(f"{WEB}workbench/views/a.py", function_of(30))))
