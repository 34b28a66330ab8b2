"""Every package says what comes in, what goes out and what it never does."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import PurePosixPath

from tests.tidy.source_tree import PythonFile, python_files

LINES_MIN = 3
NAMED_BY_DJANGO = {"commands", "management", "templatetags", "tests"}


def silent_packages(file: PythonFile) -> Iterator[str]:
    path = PurePosixPath(file.path)
    if path.parts[0] != "src" or path.name != "__init__.py" or path.parent.name in NAMED_BY_DJANGO:
        return
    docstring = ast.get_docstring(file.tree) or ""
    if sum(bool(line.strip()) for line in docstring.splitlines()) < LINES_MIN:
        yield f"{file.path}: say in {LINES_MIN} lines or more what this package is for"


def test_every_package_says_what_it_is_for() -> None:
    assert [found for file in python_files() for found in silent_packages(file)] == []


def test_the_check_finds_silent_packages() -> None:
    def found(path: str, text: str) -> list[str]:
        return list(silent_packages(PythonFile.of(path, text)))

    assert found("src/dosojin/values/__init__.py", "")
    assert found("src/dosojin/values/__init__.py", '"""One.\n\nTwo."""')
    assert not found("src/dosojin/values/__init__.py", '"""One.\n\nTwo.\nThree."""')
    assert not found("src/dosojin_web/workbench/tests/__init__.py", "")
