"""This project on planes no wider than the arrays the peers are given."""

from __future__ import annotations

from pathlib import Path

from bench.batch.peers.dosojin_kernels import contestant_of
from bench.batch.peers.serve import Contestant, load
from bench.batch.workload import columns_of


def contestant(folder: Path) -> Contestant:
    return contestant_of(columns_of(load(folder), narrow=True))
