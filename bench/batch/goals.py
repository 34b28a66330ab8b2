"""The goals of the benchmark, and how far each is met."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Goal:
    """A ratio and what it should be: at least `wanted`, or at most where `is_most`.

    name: what is compared. unit: what stands behind the number ("×", "GiB", "of it").
    """

    name: str
    wanted: float
    unit: str = "×"
    is_most: bool = False

    def is_met(self, found: float) -> bool:
        return found <= self.wanted if self.is_most else found >= self.wanted

    def verdict(self, found: float) -> str:
        """`met`, or how far from it: what the found figure is of the wanted one."""
        if self.is_met(found):
            return "met"
        off = found / self.wanted if self.is_most else self.wanted / found
        return f"missed by a factor of {off:.2f}"

    def line(self, found: float) -> str:
        sign = "≤" if self.is_most else "≥"
        return (
            f"{self.name:<62} {shown(found):>8} {self.unit:<5} {sign} {shown(self.wanted):>6}   "
            f"{self.verdict(found)}"
        )


BANDWIDTH = Goal("share of memory bandwidth, 2 threads (same planes)", 1 / 3, "of it")
BANDWIDTH_COMPACT = Goal("… counted against the peers' smaller arrays", 1 / 3, "of it")
POLARS = Goal("against Polars, its fastest form", 15)
DUCKDB = Goal("against DuckDB, its faster form", 30)
OPENFISCA = Goal("against openfisca-core with the making of its simulation", 100)
ZEN = Goal("against zen-engine, precompiled", 1500)
DECODING = Goal("Parquet to Parquet, against decoding the input", 1.5, "×", is_most=True)
SPARK = Goal("Spark local[2] against the local run, after start-up", 0.9, "of it")
MEMORY = Goal("most memory held", 4, "GiB", is_most=True)


def shown(number: float) -> str:
    """Three figures, grouped in thousands."""
    if number >= 100:
        return f"{number:,.0f}"
    return f"{number:.2f}" if number < 10 else f"{number:.1f}"
