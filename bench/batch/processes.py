"""Contestants as long-lived processes, each in an environment of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parents[2]
BENCH = Path(__file__).resolve().parent
WORKSHOP = ROOT / "var" / "bench"
UV = ROOT / ".boot" / "bin" / "uv"


@dataclass(frozen=True, slots=True)
class Peer:
    """Who takes part: its name in the table, its module in `peers`, its requirements.

    environment: the name in requirements-NAME.txt, or "" for the project's own. rounds_most: fewer
    rounds for the slow.
    """

    name: str
    module: str
    environment: str = ""
    rounds_most: int = 99


def python_of(environment: str) -> Path:
    """The interpreter of an environment, which is made if its requirements changed."""
    if not environment:
        return Path(sys.executable)
    requirements = BENCH / f"requirements-{environment}.txt"
    wanted = requirements.read_text(encoding="utf-8")
    folder = WORKSHOP / f"env-{environment}"
    stamp, python = folder / "made-from.txt", folder / "bin" / "python"
    if not stamp.exists() or stamp.read_text(encoding="utf-8") != wanted:
        print(f"Preparing {folder.relative_to(ROOT)} …", file=sys.stderr, flush=True)
        uv = [str(UV)] if UV.exists() else ["uv"]
        make = [*uv, "venv", "--quiet", "--clear", "--python", sys.executable, str(folder)]
        subprocess.run(make, check=True)
        install = [*uv, "pip", "install", "--quiet", "--python", str(python)]
        subprocess.run([*install, "--requirement", str(requirements)], check=True)
        stamp.write_text(wanted, encoding="utf-8")
    return python


class Running:
    """A peer's process and its forms."""

    def __init__(self, peer: Peer, arrays: Path, **environment: str) -> None:
        self.peer = peer
        command = [
            str(python_of(peer.environment)), str(BENCH / "peers" / "serve.py"), peer.module,
            str(arrays),
        ]  # fmt: skip
        settings = {
            "NUMBA_CACHE_DIR": str(WORKSHOP / "numba"),
            "DOSOJIN_CACHE": os.environ.get("DOSOJIN_CACHE", str(WORKSHOP / "kernels")),
            **environment,
        }
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
            env={**os.environ, **settings},
        )  # fmt: skip
        found = self.ask("forms")
        self.versions: str = found["versions"]
        self.forms: dict[str, dict[str, Any]] = found["forms"]

    def ask(self, *words: str) -> Any:
        """The answer to one command; SystemExit if the process ended."""
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.write("\t".join(words) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit(f"{self.peer.name} ended with {self.process.wait()}")
        return json.loads(line)

    def run(self, form: str) -> dict[str, float]:
        """Seconds of one run, by name."""
        found: dict[str, float] = self.ask("run", form)["seconds"]
        return found

    def answer(self, form: str) -> NDArray[Any]:
        """(lo, hi) of every occurrence that it decides."""
        path = WORKSHOP / f"answer-{self.peer.module}.npy"
        self.ask("answer", form, str(path))
        found = np.load(path)
        path.unlink()
        return found

    def peak(self) -> int:
        found: int = self.ask("peak")["bytes"]
        return found

    def stop(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait()
