"""What earlier occurrences of a certificate used of the limits that run over several."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from dosojin.adjudication.money_nodes import STATEFUL
from dosojin.batch.columns import UNLIMITED, Array, Columns, out_of_plane
from dosojin.batch.kernels.calendar_steps import policy_year
from dosojin.terms.lowered import Lowered

_Entry = tuple[int, int, int, int]
"""first year, last year, lo, hi of one occurrence's use."""


class LimitUse:
    """Books the use of limits certificate by certificate, in `seq` order.

    rank: by row, how many occurrences of the certificate come before. used: by node, the planes
    (least, most) of what others used, which kernels read.
    """

    def __init__(self, lowered: Lowered, columns: Columns, start: int) -> None:
        self.lowered = lowered
        self.columns = columns
        self.start = start
        self.nodes = [i for i, node in enumerate(lowered.nodes) if node.scope in STATEFUL]
        self.number, self.rank = _ranked(columns.certificate if self.nodes else _NONE)
        nothing = np.zeros(columns.rows if self.nodes else 0, np.int64)
        self.used: dict[int, tuple[Array, Array]] = {
            node: (
                (columns.usage[node][0].copy(), columns.usage[node][1].copy())
                if node in columns.usage
                else (nothing, nothing)
            )
            for node in self.nodes
        }
        self._booked: dict[tuple[int, int], list[_Entry]] = {}
        self._touched = np.zeros(int(self.number[-1]) + 1 if len(self.number) else 0, np.bool_)

    def years(self, node: int, rows: Array) -> tuple[Array, Array]:
        """First and last policy year that rows may belong to at a limit; 0 where it has none."""
        nothing = np.zeros(len(rows), np.int64)
        if self.lowered.nodes[node].scope != "policy_year":
            return nothing, nothing
        start = self.columns.known(self.start)
        day = self.columns.known(self.lowered.nodes[node].variable)
        wide = [plane[rows].astype(np.int64) for plane in (start[1], day[0], start[0], day[1])]
        return policy_year(wide[0], wide[1]), policy_year(wide[2], wide[3])

    def settle(
        self, claims: Array, uses: Mapping[int, tuple[Array, Array]], which: Array
    ) -> None:
        """Books what rows used, by node.

        claims: the rows that the planes of `uses` speak of; which: those to book, a mask over all.
        """
        for node, (lo, hi) in uses.items():
            places = np.flatnonzero(which[claims] & (hi > 0))
            rows = claims[places]
            first, last = self.years(node, rows)
            certificates = self.number[rows]
            self._touched[certificates] = True
            entries = zip(
                certificates.tolist(), first.tolist(), last.tolist(), lo[places].tolist(),
                hi[places].tolist(), strict=True,
            )  # fmt: skip
            for certificate, *entry in entries:
                year_first, year_last, least, most = entry
                booked = self._booked.setdefault((node, certificate), [])
                booked.append((year_first, year_last, least, most))

    def is_touched(self) -> Array:
        """By row, whether anything is booked for its certificate."""
        return np.asarray(self._touched[self.number])

    def gather(self, rows: Array) -> None:
        """Sets, for these rows, what is booked so far on top of what was used elsewhere."""
        for node in self.nodes:
            first, last = self.years(node, rows)
            years = zip(rows.tolist(), first.tolist(), last.tolist(), strict=True)
            for row, year_first, year_last in years:
                booked = self._booked.get((node, int(self.number[row])))
                if booked:
                    self._add(node, row, year_first, year_last, booked)

    def _add(
        self, node: int, row: int, year_first: int, year_last: int, booked: list[_Entry]
    ) -> None:
        given = self.columns.usage.get(node)
        least, most = (int(given[0][row]), int(given[1][row])) if given else (0, 0)
        for first, last, lo, hi in booked:
            if last < year_first or first > year_last:
                continue
            if first == last == year_first == year_last:
                least += lo
            most += hi
        own = self._own(node)
        own[0][row], own[1][row] = min(least, UNLIMITED), min(most, UNLIMITED)

    def _own(self, node: int) -> tuple[Array, Array]:
        """The planes of a node, its own and not the shared zeros."""
        least, most = self.used[node]
        if least is most:
            self.used[node] = (least.copy(), most.copy())
        return self.used[node]

    def of_row(self, row: int) -> dict[int, tuple[int, int]]:
        """What others used, for a single case."""
        found = {}
        for node, planes in self.used.items():
            least, most = (int(plane[row]) for plane in planes)
            if most:
                found[node] = (out_of_plane(least), out_of_plane(most))
        return found


_NONE = np.zeros(0, np.int64)


def _ranked(certificate: Array) -> tuple[Array, Array]:
    """By row, the number of its certificate (0, 1 …) and how many occurrences come before."""
    rows = np.arange(len(certificate))
    begins = np.ones(len(certificate), np.bool_)
    begins[1:] = certificate[1:] != certificate[:-1]
    number = np.cumsum(begins) - 1
    return number, rows - rows[begins][number] if len(rows) else rows
