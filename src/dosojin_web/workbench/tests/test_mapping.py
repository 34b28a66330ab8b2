"""The door to the engine is the only one."""

import ast
from pathlib import Path

import dosojin_web


def test_only_mapping_imports_the_engine() -> None:
    root = Path(dosojin_web.__file__).parent
    strangers = []
    for path in root.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if path.name != "mapping.py" and any(n.split(".")[0] == "dosojin" for n in names):
                strangers.append(path.relative_to(root).as_posix())
    assert strangers == []
