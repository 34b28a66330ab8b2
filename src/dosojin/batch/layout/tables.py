"""The three tables of claims, and the names by which everybody knows them and their parts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import pyarrow as pa
from numpy.typing import NDArray

from dosojin.values.text import Text

Id = int | str
"""What names a certificate or an occurrence: a whole number of 64 bits, or a text."""
IDS = ("policy", "occurrence")
"""The columns of ids; wherever one stands, it has the same type."""
SAID = "_said"
"""Ends the name of the text column beside a column of numbers or days."""
SUMS = "sums."
"""Stands before the name of a benefit in the column of its sum insured."""
POLICY_PREFIX = "policy."
"""Stands before the columns of the certificate where all is in one nested file."""
JSON_COLUMNS = ("usage", "source")
"""Long texts, hardly two the same."""
RECEIPTS = "receipts"
"""The column of lists in a nested file."""
TABLES = ("policies", "occurrences", "receipts")
WORDS = pa.dictionary(pa.int32(), pa.string())
"""The type of texts of which many rows share each."""


@dataclass(frozen=True, slots=True)
class Tables:
    """Claims of one edition as columns; rows need not be sorted. See docs/columns.md.

    edition: "" where nobody has said it yet. places: by table, how problems call its file.
    first_lines: by table, the number of its first row, if it is a slice. policy_lines: the number
    of every row of policies, if it was cut out of a nested table. notices: what was done to them
    that a person should know. has_schema_types: whether they went through `conform_tables`.
    """

    edition: str
    policies: pa.Table
    occurrences: pa.Table
    receipts: pa.Table
    places: Mapping[str, str] = field(default_factory=lambda: {table: table for table in TABLES})
    first_lines: Mapping[str, int] = field(default_factory=lambda: dict.fromkeys(TABLES, 0))
    policy_lines: NDArray[Any] | None = None
    notices: tuple[Text, ...] = ()
    has_schema_types: bool = False

    def __iter__(self) -> Iterator[tuple[str, pa.Table]]:
        yield from zip(TABLES, (self.policies, self.occurrences, self.receipts), strict=True)

    def counted_from(self, first_lines: Mapping[str, int]) -> Tables:
        """The same tables as a slice whose first rows have these numbers, by table."""
        return replace(self, first_lines={**self.first_lines, **first_lines})

    def lines(self, table: str, rows: NDArray[Any]) -> NDArray[Any]:
        """The numbers that rows of a table have where they were read."""
        if table == "policies" and self.policy_lines is not None:
            rows, table = self.policy_lines[rows], "occurrences"
        found: NDArray[Any] = rows + self.first_lines[table]
        return found
