"""Whether lowered truths can hold together: a small search over what their tests demand.

A demand is a set of values that a choice, flag, set member or comparison may still have. Two
comparisons count as related only if they are the same or each other's opposite, so "cannot hold
together" is proved, and "can" is only not disproved.
"""

from __future__ import annotations

from collections.abc import Mapping

from dosojin.terms.lowered import Lowered

Demand = tuple[str, int, int]
Values = Mapping[Demand, int]
Search = Values | None
Eithers = list[tuple[int, ...]]
YES, NO = 2, 1
BRANCHES_MAX = 20_000


class Consistency:
    """Searches one lowered edition for receipts of one category."""

    def __init__(self, lowered: Lowered, category: str) -> None:
        self.lowered = lowered
        self.category = category
        self.branches = 0

    def together(self, truths: tuple[int, ...]) -> Values | None:
        """Values under which all the truths may hold, or None if there are none."""
        self.branches = 0
        return self._search(list(truths), {}, [])

    def _search(self, waiting: list[int], values: dict[Demand, int], either: Eithers) -> Search:
        """Takes in every demand, then the branch with the fewest ways that are still open."""
        while True:
            while waiting:
                step = self.lowered.truths[waiting.pop()]
                if step[0] == "all":
                    waiting += step[1]
                elif step[0] == "any":
                    either = [*either, step[1]]
                elif step[0] in ("test", "not_test") and not self._demand(step, values):
                    return None
            opened = self._still_open(either, values)
            if opened is None:
                return None
            either = sorted(opened, key=len)
            if not either:
                return values
            if len(either[0]) > 1:
                return self._branch(values, either)
            waiting, either = [either[0][0]], either[1:]

    def _branch(self, values: dict[Demand, int], either: Eithers) -> Search:
        for way in either[0]:
            self.branches += 1
            if self.branches > BRANCHES_MAX:
                return values
            found = self._search([way], dict(values), either[1:])
            if found is not None:
                return found
        return None

    def _still_open(self, either: Eithers, values: dict[Demand, int]) -> Eithers | None:
        """The choices not made yet, without the ways that fail; None if one has no way left."""
        left: Eithers = []
        for ways in either:
            standing = [(way, self._stands(way, values)) for way in ways]
            if any(holds is True for _, holds in standing):
                continue
            possible = tuple(way for way, holds in standing if holds is None)
            if not possible:
                return None
            left.append(possible)
        return left

    def _stands(self, truth: int, values: dict[Demand, int]) -> bool | None:
        """Whether a truth holds or fails already under `values`; None while it is open."""
        step = self.lowered.truths[truth]
        if step[0] in ("all", "any"):
            settles: bool = step[0] == "any"
            found = [self._stands(part, values) for part in step[1]]
            if settles in found:
                return settles
            return None if None in found else not settles
        if step[0] not in ("test", "not_test"):
            return None
        test = self.lowered.tests[step[1]]
        holds = step[0] == "test"
        if test[0] == "category":
            return bool((self.category in test[1]) is holds)
        key, allowed, everything = self._atom(test)
        left = values.get(key, everything)
        passing = left & (allowed if holds else everything & ~allowed)
        return False if not passing else True if passing == left else None

    def _demand(self, step: tuple[str, int], values: dict[Demand, int]) -> bool:
        """Narrows `values` by one test; False if nothing is left."""
        test = self.lowered.tests[step[1]]
        holds = step[0] == "test"
        if test[0] == "category":
            return (self.category in test[1]) is holds
        key, allowed, everything = self._atom(test)
        if not holds:
            allowed = everything & ~allowed
        left = values.get(key, everything) & allowed
        values[key] = left
        return left != 0

    def _atom(self, test: tuple[object, ...]) -> tuple[Demand, int, int]:
        """(what is demanded of, the values that pass, all values)."""
        match test:
            case ("choice", int(variable), int(mask)):
                count = len(self.lowered.variables[variable].choices)
                return ("choice", variable, -1), mask, (1 << count) - 1
            case ("has", int(variable), int(bit)):
                return ("has", variable, bit), YES, YES | NO
            case ("compare", "lt", int(left), int(right)):
                return ("le", right, left), NO, YES | NO
            case ("compare", "le", int(left), int(right)):
                return ("le", left, right), YES, YES | NO
            case ("compare", relation, int(left), int(right)):
                pair = (min(left, right), max(left, right))
                return ("eq", *pair), YES if relation == "eq" else NO, YES | NO
            case ("flag", int(variable)):
                return ("flag", variable, -1), YES, YES | NO
        raise TypeError(f"{test!r} is no test")

    def told(self, values: Values) -> str:
        """The values in the words of claim files, for a finding: "cause: illness"."""
        words: list[str] = []
        for (kind, variable, bit), left in values.items():
            if kind not in ("choice", "has", "flag"):
                continue
            spec = self.lowered.variables[variable]
            if kind == "choice":
                names = [name for at, name in enumerate(spec.choices) if left >> at & 1]
                words.append(f"{spec.name}: {' | '.join(names)}")
            elif kind == "has" and left == YES:
                words.append(f"{spec.name}: [{spec.choices[bit]}]")
            elif kind == "flag":
                words.append(f"{spec.name}: {'true' if left == YES else 'false'}")
        return ", ".join(words)
