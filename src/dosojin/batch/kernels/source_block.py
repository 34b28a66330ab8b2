"""One loop body of a kernel's source: statements in order of need, each value once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from dosojin.batch.kernels.steps import CLAIM, ITEM, PERSON, RECEIPT

if TYPE_CHECKING:
    from dosojin.batch.kernels.write_source import KernelSource

REDUCTIONS = ("sum", "any", "all")
TEMPLATES = {
    "add": "{} + {}", "sub": "{} - {}", "mul": "{} * {}", "div": "{} // {}",
    "min": "min({}, {})", "max": "max({}, {})",
    "lt": "{} < {}", "le": "{} <= {}", "eq": "{} == {}",
    "both": "{} & {}", "either": "{} | {}",
    "negate": "(({0} >> 1) | (({0} & 1) << 1)) ^ 3",
    "must": "{} & 1", "may": "{} >> 1", "keep": "{} & -{}",
    "select": "where({}, {}, {})", "pack": "pack({}, {})", "word": "word({}, {}, {})",
    "member": "member({}, {}, {})", "start_in_japan": "start_in_japan({})",
    "day_in_japan": "day_in_japan({})", "months_on": "months_on({}, {})",
}  # fmt: skip
INDEX = {CLAIM: "i", RECEIPT: "j", PERSON: "g", ITEM: "g"}
# Numba lets negative indices count from the end; unsigned ones spare each access that test.
CLAIMS = ("for i in range(b0, b1):", "    x = i - b0")
RECEIPTS = "for j in range(np.uint64(off[b0]), np.uint64(off[b1])):"
RECEIPT_HEAD = ("c = np.uint64(cat[j])", "k = np.uint64(occ[j] - a0)")


class Block:
    """Statements at one level and time; `shared` has names that stand already.

    code: the category that receipts here are of, where the loop has branched by it.
    """

    def __init__(
        self,
        source: KernelSource,
        level: str,
        time: int,
        code: int = -1,
        shared: Block | None = None,
    ) -> None:
        self.source = source
        self.level = level
        self.time = time
        self.code = code
        self.lines: list[str] = []
        self._names: dict[int, str] = {} if shared is None else dict(shared._names)

    def name(self, index: int) -> str:
        """The name or literal of a step's value, after writing what it takes."""
        found = self._names.get(index)
        if found is None:
            found = self._names[index] = self._write(index)
        return found

    def _write(self, index: int) -> str:
        step = self.source.steps[index]
        operation = step.operation
        if operation == "const":
            return f"({step.arguments[0]!r})"
        if index in self.source.kept and self.source.times[index] < self.time:
            return f"U{index}[x]"
        if operation == "category":
            return "3" if self.source.is_in(step.arguments[0], self.code) else "0"
        if operation == "load":
            place = INDEX[step.level]
            text = f"np.int64({step.arguments[0]}[{place}])"
            if step.result == "yes_or_no":
                text = f"{step.arguments[0]}[{place}]"
        elif operation == "up":
            text = f"U{step.arguments[0]}[{'k' if self.level == RECEIPT else 'x'}]"
        elif operation in REDUCTIONS:
            text = self.source.sum_text(index)
        elif operation == "first":
            arrays = ", ".join(f"F{index}_{place}" for place in range(3))
            count = self.name(step.arguments[3])
            ends = ", ".join(f"person_off[{end}] - person_off[b0]" for end in ("i", "i + one"))
            text = f"first_of({arrays}, {ends}, {count})"
        else:
            text = TEMPLATES[operation].format(*(self.name(each) for each in step.arguments))
        self.lines.append(f"s{index} = {text}")
        return f"s{index}"


def indented(lines: Iterable[str]) -> list[str]:
    """The lines, one level further in."""
    return [f"    {line}" for line in lines]
