"""Writes a kernel as Python source that numba compiles.

The source goes tile by tile over the claims. Within a tile it is a few loops, in order of time:
claims (what receipts need to know), receipts (branch by category, adding up), persons and items,
then claims again. A loop works out what it needs anew from the planes; only what crosses from one
level to another is kept, in arrays as long as the tile.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from dosojin.batch.kernels.benefit_kernel import BenefitKernel
from dosojin.batch.kernels.receipt_table import ReceiptTable, reads_category, receipt_table
from dosojin.batch.kernels.source_block import CLAIMS, RECEIPTS, REDUCTIONS, Block, indented
from dosojin.batch.kernels.steps import CLAIM, ITEM, PERSON, RECEIPT, Branch, Step
from dosojin.batch.kernels.table_writer import TABLE_TILE, TableWriter

RANKS = {CLAIM: 0, RECEIPT: 1, PERSON: 2, ITEM: 2}
LEVELS = 3
TILE = 256
"""Claims that a loop goes over before the next loop, without a table."""
RESULT_TYPES = ("int8", "int16", "int64", "int64", "int8")


def result_types(kernel: BenefitKernel) -> tuple[str, ...]:
    """The array types of `kernel.results`."""
    return RESULT_TYPES + ("int64",) * (len(kernel.results) - len(RESULT_TYPES))


class KernelSource:
    """The source of one kernel. planes: what it loads, in the order of its arguments."""

    def __init__(self, kernel: BenefitKernel, categories: Sequence[str]) -> None:
        self.kernel = kernel
        self.steps = kernel.steps
        self.categories = tuple(categories)
        loads = (step.arguments[0] for step in self.steps if step.operation == "load")
        self.planes = tuple(dict.fromkeys(loads))
        self.times = [0] * len(self.steps)
        for index in range(len(self.steps)):
            self.times[index] = self._time(index)
        claim_times = [self.times[index] for index in kernel.results]
        self.last = _at_or_after(max(claim_times), 0)
        self.crossing = [
            (index, step.arguments[0]) for index, step in enumerate(self.steps)
            if step.operation == "up"
        ]  # fmt: skip
        self.kept = tuple(dict.fromkeys(source for _, source in self.crossing))
        self.sums = [i for i, step in enumerate(self.steps) if step.operation in REDUCTIONS]
        self.firsts = [i for i, step in enumerate(self.steps) if step.operation == "first"]
        self.routes: tuple[int, ...] = (0,) * (len(self.categories) + 1)
        self.table: ReceiptTable | None = None
        self.table_time = -1
        self._plan_table()

    # when ---------------------------------------------------------------------------------

    def _time(self, index: int) -> int:
        """The first loop a step can be worked out in: its level's, one cycle after another."""
        step = self.steps[index]
        if step.operation == "const":
            return -1
        rank = RANKS[step.level]
        if step.operation in ("load", "category"):
            return rank
        inner = [self.times[each] for each in self._refers(step)]
        crosses = step.operation in (*REDUCTIONS, "first", "up")
        earliest = max(inner, default=-1) + (1 if crosses else 0)
        if step.operation in REDUCTIONS:
            earliest = max(earliest, RANKS[step.arguments[1]] + 1)
        return _at_or_after(max(earliest, 0), rank)

    def _refers(self, step: Step) -> Iterable[int]:
        if step.operation in ("const", "load", "category"):
            return ()
        if step.operation in REDUCTIONS:
            return [inner for _, inner in step.arguments[2]]
        return step.arguments

    # what ---------------------------------------------------------------------------------

    def written(self) -> str:
        """The whole function `kernel(first, last, …)`."""
        arguments = ["first", "last", "off", "occ", "cat", "person_off", "person_of", "item_off"]
        arguments += ["item_of", "route", "entry", "odd_entry", "odd", "slot", *self.planes]
        arguments += [f"r{number}" for number in range(len(self.kernel.results))]
        self.tile = TILE if self.table is None else TABLE_TILE
        body = [
            "one = np.uint64(1)",
            *self._lasting_arrays(),
            f"for a0 in range(first, last, {self.tile}):",
            *indented(self._tile()),
        ]
        return "\n".join([f"def kernel({', '.join(arguments)}):", *indented(body), ""])

    def _tile(self) -> list[str]:
        ends = f"b0, b1 = np.uint64(a0), np.uint64(min(last, a0 + {self.tile}))"
        lines = [ends, *self._arrays()]
        for time in range(self.last + 1):
            rank = time % LEVELS
            if rank == 0:
                lines += self._claims(time)
            elif rank == 1:
                lines += self._receipts(time)
            else:
                lines += self._groups(time, PERSON) + self._groups(time, ITEM)
        return lines

    def _lasting_arrays(self) -> list[str]:
        """Arrays by claim of a tile; they are made once and cleared for each."""
        lines = TableWriter(self, self.table).arrays() if self.table is not None else []
        lines += [f"A{index} = np.empty({self.tile}, np.int64)" for index in self._by_claim()]
        return lines + [f"U{source} = np.empty({self.tile}, np.int64)" for source in self.kept]

    def _by_claim(self) -> list[int]:
        """The sums by claim that are not the table's."""
        own = [index for index in self.sums if self.steps[index].level == CLAIM]
        return [index for index in own if not self.in_table(index)]

    def _arrays(self) -> list[str]:
        lines: list[str] = []
        levels = {self.steps[index].level for index in self.sums} | {
            PERSON for _ in self.firsts
        }  # fmt: skip
        for level in (PERSON, ITEM):
            if level in levels:
                lines.append(f"{level}_0 = np.uint64({level}_off[b0])")
                lines.append(f"{level}_n = {level}_off[b1] - {level}_off[b0]")
        if self.table is not None:
            lines += TableWriter(self, self.table).cleared()
        for index in self._by_claim():
            lines.append(f"A{index}[:] = {3 if self.steps[index].operation == 'all' else 0}")
        for index in self.sums:
            level = self.steps[index].level
            if level != CLAIM:
                lines.append(f"A{index} = np.zeros({level}_n, np.int64)")
        for index in self.firsts:
            for place in range(3):
                lines.append(f"F{index}_{place} = np.empty(person_n, np.int64)")
        return lines

    def _claims(self, time: int) -> list[str]:
        roots = [source for source in self.kept if self.times[source] == time]
        ends = list(self.kernel.results) if time == self.last else []
        if not roots and not ends:
            return []
        writer = Block(self, CLAIM, time)
        lines = [f"U{source}[x] = {writer.name(source)}" for source in roots]
        lines += [f"r{number}[i] = {writer.name(step)}" for number, step in enumerate(ends)]
        return [*CLAIMS, *indented([*writer.lines, *lines])]

    def _groups(self, time: int, level: str) -> list[str]:
        sums = [
            index for index in self.sums
            if self.steps[index].arguments[1] == level and self._value_time(index) == time
        ]  # fmt: skip
        firsts = [i for i in self.firsts if level == PERSON and self._first_time(i) == time]
        if not sums and not firsts:
            return []
        writer = Block(self, level, time)
        lines = []
        for index in sums:
            for _, value in self.steps[index].arguments[2]:
                lines.append(self._add(index, writer.name(value), "x"))
        for index in firsts:
            for place, value in enumerate(self.steps[index].arguments[:3]):
                lines.append(f"F{index}_{place}[y] = {writer.name(value)}")
        inner = [
            f"for g in range(np.uint64({level}_off[i]), np.uint64({level}_off[i + one])):",
            *indented([f"y = g - {level}_0", *writer.lines, *lines]),
        ]
        return [*CLAIMS, *indented(inner)]

    def _value_time(self, index: int) -> int:
        step = self.steps[index]
        times = [self.times[inner] for _, inner in step.arguments[2]]
        return _at_or_after(max(0, *times), RANKS[step.arguments[1]])

    def _first_time(self, index: int) -> int:
        times = [self.times[inner] for inner in self.steps[index].arguments[:3]]
        return _at_or_after(max(0, *times), RANKS[PERSON])

    def _add(self, index: int, value: str, place: str) -> str:
        sign = {"sum": "+", "any": "|", "all": "&"}[self.steps[index].operation]
        return f"A{index}[{place}] {sign}= {value}"

    def _receipts(self, time: int) -> list[str]:
        sums = [
            index for index in self.sums
            if self.steps[index].arguments[1] == RECEIPT and self._value_time(index) == time
        ]  # fmt: skip
        if not sums:
            return []
        if self.table is not None and time == self.table_time:
            return TableWriter(self, self.table).loop(time)
        blocks: dict[tuple[Any, ...], list[int]] = {}
        for code in range(len(self.categories) + 1):
            blocks.setdefault(self._signature(sums, code), []).append(code)
        table = [0] * (len(self.categories) + 1)
        lines: list[str] = []
        shared = Block(self, RECEIPT, time)
        for step in self._shared(list(blocks)):
            shared.name(step)
        for number, (signature, codes) in enumerate(blocks.items(), start=1):
            if not signature[0]:
                continue
            for code in codes:
                table[code] = number
            writer = Block(self, RECEIPT, time, codes[0], shared)
            updates = [
                self._add(index, writer.name(value), self._place(index))
                for index, value in signature[0]
            ]
            word = "elif" if lines else "if"
            lines += [f"{word} way == {number}:", *indented([*writer.lines, *updates])]
        if not lines:
            return []
        self.routes = self.routes[: time // LEVELS * len(table)] + tuple(table)
        shift = f" + np.uint64({time // LEVELS * len(table)})" if time // LEVELS else ""
        way = f"way = route[np.uint64(cat[j]){shift}]"
        head = ["k = np.uint64(occ[j] - a0)", *shared.lines, way]
        return [RECEIPTS, *indented([*head, *lines])]

    def _shared(self, signatures: list[tuple[Any, ...]]) -> list[int]:
        """What several ways need, whatever the category: worked out once, before they part."""
        uses: dict[int, int] = {}
        for signature in signatures:
            values = {value for _, value in signature[0]}
            for step in self._below(values):
                uses[step] = uses.get(step, 0) + 1
        asking = self._asks_category()
        several = [step for step, count in uses.items() if count > 1 and step not in asking]
        return sorted(several)

    def _below(self, values: Iterable[int]) -> set[int]:
        """The receipt-level steps that these rest on, themselves included."""
        found: set[int] = set()
        waiting = list(values)
        while waiting:
            index = waiting.pop()
            step = self.steps[index]
            if index in found or step.level != RECEIPT:
                continue
            found.add(index)
            if step.operation not in ("up", *REDUCTIONS, "load", "category"):
                waiting.extend(step.arguments)
        return found

    def _asks_category(self) -> set[int]:
        """Receipt-level steps whose value depends on the category."""
        found: set[int] = set()
        for index, step in enumerate(self.steps):
            if step.operation == "category" or (
                step.level == RECEIPT
                and step.operation not in ("up", "load", *REDUCTIONS)
                and found.intersection(step.arguments)
            ):
                found.add(index)
        return found

    def _plan_table(self) -> None:
        """Chooses the one loop over receipts that a table serves, if any."""
        times = {self._value_time(i) for i in self.sums if self.steps[i].arguments[1] == RECEIPT}
        if len(times) != 1 or reads_category(self.steps):
            return
        sums = [i for i in self.sums if self.steps[i].arguments[1] == RECEIPT]
        if any(self.steps[i].level != CLAIM or self.steps[i].operation != "sum" for i in sums):
            return
        codes = range(len(self.categories) + 1)
        self.table = receipt_table(self.steps, [self._signature(sums, c)[0] for c in codes])
        self.table_time = times.pop()

    def tables(self) -> tuple[list[int], list[int], list[int], list[int]]:
        """For the table: entries, those of odd categories, which are odd, slots by category."""
        if self.table is None:
            return [0], [0], [0], [0]
        return TableWriter(self, self.table).tables()

    def sum_text(self, index: int) -> str:
        """What reads a sum, in the loop over claims or groups."""
        if self.table is not None and self.in_table(index):
            return TableWriter(self, self.table).value(index)
        return f"A{index}[{'x' if self.steps[index].level == CLAIM else 'y'}]"

    def in_table(self, index: int) -> bool:
        """Whether a sum is one of the table's."""
        return self.table is not None and any(index in pair for pair in self.table.slots)

    def _signature(self, sums: list[int], code: int) -> tuple[Any, ...]:
        """What receipts of a category bring to which sums, and how category tests answer."""
        active = []
        for index in sums:
            neutral = 3 if self.steps[index].operation == "all" else 0
            for names, value in self.steps[index].arguments[2]:
                if self._takes((names, value), code, neutral):
                    active.append((index, value))
        tests = [
            self.is_in(step.arguments[0], code) for step in self.steps
            if step.operation == "category"
        ]  # fmt: skip
        return tuple(active), tuple(tests)

    def _takes(self, branch: Branch, code: int, neutral: int) -> bool:
        names, value = branch
        step = self.steps[value]
        changes_nothing = step.operation == "const" and step.arguments[0] == neutral
        return not changes_nothing and (names is None or self.is_in(names, code))

    def is_in(self, names: Sequence[str], code: int) -> bool:
        """Whether a category, by code, is one of these."""
        return code < len(self.categories) and self.categories[code] in names

    def _place(self, index: int) -> str:
        level = self.steps[index].level
        return "k" if level == CLAIM else f"np.uint64({level}_of[j]) - {level}_0"


def _at_or_after(time: int, rank: int) -> int:
    return time + (rank - time) % LEVELS
