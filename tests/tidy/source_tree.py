"""The files of this repository, as the tidy tests read them.

Comes in: the folder that holds pyproject.toml. Goes out: the files that git tracks or would
track, and Python files with their syntax trees. Never: imports what it reads.
"""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ENGINE = "src/dosojin/"
PRODUCTS = "src/dosojin/products/"
WEB = "src/dosojin_web/"


@dataclass(frozen=True, slots=True)
class PythonFile:
    """One Python file: its path from the root, its text and its syntax tree."""

    path: str
    text: str
    tree: ast.Module

    @classmethod
    def of(cls, path: str, text: str) -> PythonFile:
        """The file that `text` would be at `path`; tests of the checks use it for bad examples."""
        return cls(path, text, ast.parse(text, path))

    def place(self, node: ast.AST) -> str:
        """Where `node` stands, as `path:line`."""
        return f"{self.path}:{getattr(node, 'lineno', 1)}"


@cache
def tracked_paths() -> tuple[str, ...]:
    """Every file that is committed or could be, from the root, sorted.

    A clone may belong to another user, which git refuses to read unless told that it is safe.
    """
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others"]
    listed = subprocess.run(
        [*command, "--exclude-standard"], cwd=ROOT, check=True, capture_output=True
    )
    paths = listed.stdout.decode().split("\0")
    return tuple(sorted(path for path in paths if path and (ROOT / path).is_file()))


@cache
def python_files() -> tuple[PythonFile, ...]:
    """Every Python file of ours; migrations are written by Django and left out."""
    return tuple(
        PythonFile.of(path, (ROOT / path).read_text(encoding="utf-8"))
        for path in tracked_paths()
        if path.endswith(".py") and "/migrations/" not in path
    )


def engine_files() -> Iterator[PythonFile]:
    """The Python files of the engine."""
    return (file for file in python_files() if file.path.startswith(ENGINE))


def text_files() -> Iterator[tuple[str, str]]:
    """Path and text of every file that is text; what others minified is theirs, not ours."""
    for path in tracked_paths():
        content = (ROOT / path).read_bytes()
        if b"\0" in content or ".min." in path:
            continue
        yield path, content.decode("utf-8", errors="replace")
