"""Writes the loops over receipts that go by table, and what reads their sums."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dosojin.batch.kernels.receipt_table import HALF, ReceiptTable
from dosojin.batch.kernels.source_block import RECEIPT_HEAD, RECEIPTS, Block, indented
from dosojin.batch.kernels.steps import RECEIPT

if TYPE_CHECKING:
    from dosojin.batch.kernels.write_source import KernelSource

TABLE_TILE = 1024
"""Claims that a loop goes over before the next loop; measured."""


class TableWriter:
    """The table of one kernel; see `receipt_table` for what it says."""

    def __init__(self, source: KernelSource, table: ReceiptTable) -> None:
        self.source = source
        self.table = table
        self.packed = source.kernel.shape.is_small

    def arrays(self) -> list[str]:
        size = TABLE_TILE * len(self.table.slots)
        lines = [f"{name} = np.empty({size}, np.int64)" for name in self._names()]
        lines.append(f"place = np.empty(64, np.{self._place_type()})")
        return lines + (["waiting = np.empty(64, np.uint64)"] if self.table.special else [])

    def _place_type(self) -> str:
        bits = self.table.width + len(self.table.slot_of).bit_length()
        return "uint8" if bits <= 8 else "uint16" if bits <= 16 else "uint32"

    def _names(self) -> tuple[str, ...]:
        return ("T",) if self.packed else ("T0", "T1")

    def cleared(self) -> list[str]:
        """What is done before a tile."""
        lines = [f"{name}[:] = 0" for name in self._names()]
        lines += [
            "j0, held = np.uint64(off[b0]), off[b1] - off[b0]",
            "if held > len(place):",
            f"    place = np.empty(2 * held, np.{self._place_type()})",
        ]
        if self.table.special:
            lines.append("    waiting = np.empty(2 * held, np.uint64)")
            lines.append("count = np.uint64(0)")
        return lines

    def value(self, index: int) -> str:
        """A sum, in the loop over claims."""
        slot, pair = next((n, p) for n, p in enumerate(self.table.slots) if index in p)
        end = pair.index(index)
        place = f"x + np.uint64({slot * TABLE_TILE})" if slot else "x"
        if not self.packed:
            return f"T{end}[{place}]"
        return f"T[{place}] >> {HALF}" if end else f"T[{place}] & {(1 << HALF) - 1}"

    def tables(self) -> tuple[list[int], list[int], list[int], list[int]]:
        """Entries, those of odd categories, which categories are odd, slots by category."""
        entries = list(self.table.entries)
        if self.packed:
            entries = [(entry >> 1 << HALF) | entry & 1 for entry in entries]
        odd = [int(code in self.table.special) for code in range(len(self.table.slot_of))]
        width = self.table.width
        usual = [0 if odd[place >> width] else entry for place, entry in enumerate(entries)]
        return usual, entries, odd, [slot * TABLE_TILE for slot in self.table.slot_of]

    def loop(self, time: int) -> list[str]:
        """First the place of each receipt in the table, which goes many at a time; then the sums.

        Odd categories add nothing yet, and are gone through after.
        """
        block = Block(self.source, RECEIPT, time)
        asked = f"place[j - j0] = np.{self._place_type()}({self._asked(block)})"
        lines = [RECEIPTS, *indented([*RECEIPT_HEAD, *block.lines, asked])]
        block = Block(self.source, RECEIPT, time)
        usual = self._brought(block, self.table.amounts)
        inner = [*self._found(), *block.lines, "e = entry[q]"]
        if self.table.special:
            inner += ["waiting[count] = j", "count += odd[c]"]
        lines += [RECEIPTS, *indented([*inner, *usual, *self._add()])]
        if not self.table.special:
            return lines
        return [*lines, "for m in range(count):", *indented(self._odd(time))]

    def _found(self) -> list[str]:
        """The place of a receipt as it was worked out, its category, its claim in the tile."""
        shifted = f"c = q >> np.uint64({self.table.width})"
        return ["q = np.uint64(place[j - j0])", shifted, RECEIPT_HEAD[1]]

    def _odd(self, time: int) -> list[str]:
        """One receipt whose amount has to be worked out first."""
        block = Block(self.source, RECEIPT, time)
        lines = ["j = waiting[m]", *self._found(), "e = odd_entry[q]", "way = route[c]"]
        pairs = list(dict.fromkeys(self.table.special.values()))
        for number, pair in enumerate(pairs, start=1):
            own = Block(self.source, RECEIPT, time, shared=block)
            brought = self._brought(own, pair)
            word = "elif" if number > 1 else "if"
            lines += [f"{word} way == {number}:", *indented([*own.lines, *brought, *self._add()])]
        codes = range(len(self.source.categories) + 1)
        ways = {code: pairs.index(pair) + 1 for code, pair in self.table.special.items()}
        self.source.routes = tuple(ways.get(code, 0) for code in codes)
        return lines

    def _asked(self, block: Block) -> str:
        """The place of a receipt's entry, from its category and the answers to what is asked."""
        bits, place = [], 0
        for step in self.table.asked:
            name = block.name(step)
            result = self.source.steps[step].result
            text = f"np.int64({name})" if result == "yes_or_no" else name
            bits.append(f"({text} << {place})" if place else text)
            place += 2 if result == "truth" else 1
        return " | ".join([f"(np.int64(c) << {self.table.width})", *bits])

    def _add(self) -> list[str]:
        if self.packed:
            return ["T[k + slot[c]] += v"]
        return ["T0[k + slot[c]] += v", "T1[k + slot[c]] += w"]

    def _brought(self, block: Block, pair: tuple[int, int]) -> list[str]:
        """What a receipt adds, once its entry is looked up."""
        low, high = block.name(pair[0]), block.name(pair[1])
        if not self.packed:
            return [f"v = {low} & -(e & 1)", f"w = {high} & -(e >> 1)"]
        if low == high:
            return [f"v = {low} * e"]
        return [f"v = (({high} & -(e >> {HALF})) << {HALF}) + ({low} & -(e & 1))"]
