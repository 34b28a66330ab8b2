"""The project with the benchmark's wording among its products, in a folder of its own.

A new product is a new folder and no edit anywhere else: here the folder is added to a copy of the
package, so that whole runs (`dosojin batch`, Spark's workers) find it by name and the real package
knows nothing of it.
"""

from __future__ import annotations

import shutil

from bench.batch.processes import ROOT, WORKSHOP

EDITION = "bench-2026"
TREE = WORKSHOP / "tree"
FILES = {
    "__init__.py": '"""The wording of the benchmark."""\n',
    "edition_2026.py": "from bench.batch.edition import edition\n\nEDITION = edition()\n",
    "plans_2026.toml": "[plans]\n\n[riders]\n",
}


def make_tree() -> dict[str, str]:
    """Copies the package anew; gives the environment in which Python finds the copy first."""
    package = TREE / "dosojin"
    if package.exists():
        shutil.rmtree(package)
    shutil.copytree(
        ROOT / "src" / "dosojin", package, ignore=shutil.ignore_patterns("__pycache__")
    )
    product = package / "products" / "bench"
    product.mkdir()
    for name, text in FILES.items():
        (product / name).write_text(text, encoding="utf-8")
    return {"PYTHONPATH": f"{TREE}:{ROOT}"}
