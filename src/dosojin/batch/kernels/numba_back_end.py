"""Compiles kernels with numba and runs them, on one thread or several.

The source of a kernel is kept in a folder of the user's cache named after the edition's digest, so
that the machine code that numba keeps beside it serves the next process too. A kernel lets go of
the interpreter's lock; several threads each take a share of the claims.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import numpy as np

from dosojin.adjudication.decide import lowered_digest
from dosojin.batch.columns import Array, Columns, Groups
from dosojin.batch.kernels.benefit_kernel import BenefitKernel
from dosojin.batch.kernels.steps import ITEM, PERSON
from dosojin.batch.kernels.write_source import KernelSource, result_types
from dosojin.terms.lowered import Lowered

CACHE_VARIABLE = "DOSOJIN_CACHE"
HEAD = '''"""A kernel written by Dosojin; deleting it does no harm."""

import numpy as np
from numba import njit

from dosojin.batch.kernels.compiled_steps import (
    day_in_japan, first_of, member, months_on, pack, start_in_japan, where, word,
)


@njit(nogil=True, error_model="numpy", cache={cache})
'''
Compiled = Callable[..., None]
_COMPILED: dict[int, tuple[BenefitKernel, KernelSource, Compiled]] = {}
ROWS_A_THREAD = 4096
"""Fewer claims are not worth a second thread."""


def cache_folder() -> Path:
    """Where kernels are kept: DOSOJIN_CACHE, else the user's cache folder."""
    given = os.environ.get(CACHE_VARIABLE)
    if given:
        return Path(given)
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(home) / "dosojin" / "kernels"


def compiled(
    lowered: Lowered, kernel: BenefitKernel, categories: tuple[str, ...]
) -> tuple[KernelSource, Compiled]:
    """A kernel's source and its function, compiled when it is first called."""
    found = _COMPILED.get(id(kernel))
    if found is None or found[0] is not kernel:
        source = KernelSource(kernel, categories)
        function = _loaded(source.written(), lowered)
        found = _COMPILED[id(kernel)] = (kernel, source, function)
    return found[1], found[2]


def is_compiled(lowered: Lowered, kernel: BenefitKernel, categories: tuple[str, ...]) -> bool:
    """Whether the machine code of a kernel is there, from this process or an earlier one."""
    found = _COMPILED.get(id(kernel))
    if found is not None and found[0] is kernel:
        return True
    path = _path(HEAD.format(cache=True) + KernelSource(kernel, categories).written(), lowered)
    return any(path.parent.glob(f"__pycache__/{path.stem}.*.nbi"))


def _path(text: str, lowered: Lowered) -> Path:
    """Where a kernel's source is kept, by the edition's digest and its own."""
    name = f"kernel_{sha256(text.encode()).hexdigest()[:20]}"
    edition = f"{lowered.edition}-{lowered_digest(lowered).rpartition(':')[2][:16]}"
    return cache_folder() / edition / f"{name}.py"


def _loaded(body: str, lowered: Lowered) -> Compiled:
    text = HEAD.format(cache=True) + body
    path = _path(text, lowered)
    name = path.stem
    try:
        _write_once(path, text)
    except OSError:
        scope: dict[str, Any] = {}
        exec(HEAD.format(cache=False) + body, scope)
        return scope["kernel"]  # type: ignore[no-any-return]
    spec = spec_from_file_location(name, path)
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    sys.modules[name] = module  # numba looks the kernel up here when it reads its machine code
    spec.loader.exec_module(module)
    return module.kernel  # type: ignore[no-any-return]


def _write_once(path: Path, text: str) -> None:
    """Keeps the source; a file that is there already is left alone, so its machine code holds."""
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_text(text, encoding="utf-8")
    os.replace(draft, path)


def run_compiled(
    lowered: Lowered,
    kernel: BenefitKernel,
    columns: Columns,
    categories: tuple[str, ...],
    planes: Mapping[str, Array],
    threads: int,
) -> list[Array]:
    """The planes of `kernel.results`."""
    source, function = compiled(lowered, kernel, categories)
    receipts = columns.receipts
    levels = {step.level for step in kernel.steps}
    person = _groups(receipts.person, receipts.offsets, PERSON in levels)
    item = _groups(receipts.item, receipts.offsets, ITEM in levels)
    results = [np.empty(columns.rows, kind) for kind in result_types(kernel)]
    routes = np.array(source.routes, np.uint8)
    entries, odd_entries, odd, slots = source.tables()
    inputs = [
        receipts.offsets, receipts.occurrence, receipts.category, *person, *item, routes,
        np.array(entries, np.int64), np.array(odd_entries, np.int64), np.array(odd, np.uint64),
        np.array(slots, np.uint64),
        *(planes[name] for name in source.planes), *results,
    ]  # fmt: skip
    arguments = [np.ascontiguousarray(each) for each in inputs[: -len(results)]] + results
    shares = max(1, min(threads, columns.rows // ROWS_A_THREAD))
    if shares == 1:
        function(0, columns.rows, *arguments)
        return results
    ends = [columns.rows * share // shares for share in range(shares + 1)]
    with ThreadPoolExecutor(shares) as pool:
        list(
            pool.map(
                lambda share: function(ends[share], ends[share + 1], *arguments), range(shares)
            )
        )
    return results


def _groups(groups: Groups | None, offsets: Array, is_read: bool) -> tuple[Array, Array]:
    """Offsets and numbers of groups; every receipt alone where none bears a name."""
    if not is_read:
        return offsets, offsets[:0]
    if groups is not None:
        return groups.offsets, groups.of_receipt
    return offsets, np.arange(int(offsets[-1]), dtype=np.int64)
