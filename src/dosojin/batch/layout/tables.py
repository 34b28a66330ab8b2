"""The three tables of a portfolio, or of one partition of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyarrow as pa

Id = int | str
"""What names a certificate or an occurrence: a whole number of 64 bits, or a text."""
SAID = "_said"
"""Ends the name of the text column beside a column of numbers or days."""
POLICY_PREFIX = "policy."
"""Stands before the columns of the certificate where all is in one nested file."""
TABLES = ("policies", "occurrences", "receipts")


@dataclass(frozen=True, slots=True)
class Tables:
    """Claims of one edition as columns; rows need not be sorted. See docs/columns.md."""

    edition: str
    policies: pa.Table
    occurrences: pa.Table
    receipts: pa.Table

    def __iter__(self) -> Iterator[tuple[str, pa.Table]]:
        yield from zip(TABLES, (self.policies, self.occurrences, self.receipts), strict=True)
