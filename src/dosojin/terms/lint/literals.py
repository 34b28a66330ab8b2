"""Numbers in clause modules: figures stand in the edition's TOML, with unit and source."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from dosojin.terms.lint.findings import Finding
from dosojin.values.text import Text

ALLOWED = (0, 1)
"""Nothing and one are words, not figures."""


def literal_findings(text: str, name: str) -> Iterator[Finding]:
    """The numeric literals of a clause module; `name` is how findings call the file."""
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Constant) or isinstance(node.value, bool):
            continue
        if isinstance(node.value, int | float | complex) and node.value not in ALLOWED:
            yield Finding(
                "literal.number",
                f"{name}:{node.lineno}",
                Text(
                    f"条文に数字 {node.value!r} があります。",
                    f"{node.value!r} is a figure in a clause module.",
                ),
                Text("版の TOML に移してください。", "Move it into the edition's TOML."),
            )
