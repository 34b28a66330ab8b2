"""The receipts of the occurrences of one event kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from dosojin.batch.columns import Array
from dosojin.batch.portfolio.scene import NOT_SAID, Drawn, Scene, certain
from dosojin.batch.portfolio.specs import Assumptions, Bill, Event
from dosojin.batch.portfolio.streams import Stream


@dataclass(frozen=True, slots=True)
class Bills:
    """One entry a receipt. of: the occurrence, by place. order: filing order within it.

    category, person, item: codes, −1 no name. amount: yen, what it will be in the end. on: the day.
    """

    of: Array
    order: Array
    category: Array
    amount: Array
    on: Array
    person: Array
    item: Array
    facts: Mapping[str, Drawn]

    @property
    def count(self) -> int:
        return len(self.of)

    def take(self, rows: Array, of: Array) -> Bills:
        """Some of the receipts, of occurrences that are now numbered otherwise."""
        return Bills(
            of,
            self.order[rows],
            self.category[rows],
            self.amount[rows],
            self.on[rows],
            self.person[rows],
            self.item[rows],
            {fact: drawn.take(rows) for fact, drawn in self.facts.items()},
        )


def draw_bills(assumptions: Assumptions, event: Event, scene: Scene, stream: Stream) -> Bills:
    """All receipts of the occurrences that `scene` holds."""
    found: list[Bills] = []
    order = 0
    for bill in event.bills:
        found.extend(_of_bill(assumptions, bill, scene, stream, order))
        order += max(bill.copies.codes) * len(bill.lines)
    return joined_bills(found, assumptions.line_facts)


def _of_bill(
    assumptions: Assumptions, bill: Bill, scene: Scene, stream: Stream, order: int
) -> list[Bills]:
    comes = scene.holds(bill.conditions) & stream.happens(scene.rows, bill.chance)
    copies = np.where(comes, stream.pick(scene.rows, bill.copies), 0)
    of_copy = np.repeat(np.arange(scene.rows), copies)
    number = np.arange(len(of_copy)) - np.repeat(np.cumsum(copies) - copies, copies)
    copy_scene = Scene(len(of_copy), {}, {}, stream, assumptions.vocabulary, scene, of_copy)
    on = copy_scene.day(bill.on).values
    person, item = _names(bill.persons, number), _names(bill.items, number)
    found = []
    for place, line in enumerate(bill.lines):
        kept = np.flatnonzero(stream.happens(len(of_copy), line.chance))
        amount = stream.quantile(len(kept), line.amount)
        rules = {**assumptions.line_rules, **line.rules}
        given = {"amount": certain(amount)}
        above = of_copy[kept]
        lines = Scene(len(kept), rules, given, stream, assumptions.vocabulary, scene, above)
        found.append(
            Bills(
                above,
                order + number[kept] * len(bill.lines) + place,
                stream.pick(len(kept), line.category),
                amount,
                on[kept],
                person[kept],
                item[kept],
                {fact: lines.fact(fact) for fact in rules},
            )
        )
    return found


def _names(names: tuple[int, ...], number: Array) -> Array:
    """The code of each copy's name; the names begin again where they end."""
    if not names:
        return np.full(len(number), -1, np.int64)
    found: Array = np.array(names, np.int64)[number % len(names)]
    return found


def joined_bills(parts: list[Bills], facts: tuple[str, ...]) -> Bills:
    """Receipts one after another; a fact that a part does not have is left out there."""
    sizes = [part.count for part in parts]

    def end_to_end(arrays: list[Array]) -> Array:
        return np.concatenate(arrays) if arrays else np.zeros(0, np.int64)

    return Bills(
        end_to_end([part.of for part in parts]),
        end_to_end([part.order for part in parts]),
        end_to_end([part.category for part in parts]),
        end_to_end([part.amount for part in parts]),
        end_to_end([part.on for part in parts]),
        end_to_end([part.person for part in parts]),
        end_to_end([part.item for part in parts]),
        {fact: joined_facts([part.facts.get(fact) for part in parts], sizes) for fact in facts},
    )


def joined_facts(parts: list[Drawn | None], sizes: list[int]) -> Drawn:
    """One fact of parts of those sizes, end to end; None: nothing is said in that part."""
    total = sum(sizes)
    values, stated = np.zeros(total, np.int64), np.zeros(total, bool)
    said = np.full(total, NOT_SAID, np.int64)
    start = 0
    for part, size in zip(parts, sizes, strict=True):
        if part is not None:
            values[start : start + size] = part.values
            stated[start : start + size] = part.stated
            if part.said is not None:
                said[start : start + size] = part.said
        start += size
    return Drawn(values, stated, said if (said >= 0).any() else None)
