"""Random claims on real editions: worked cases with facts and receipts changed by chance.

Free invention would rarely open a cover; a worked case stands where clauses bite, and so do its
neighbours. Two cases are laid over each other, so that claims cross the covers too.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from dosojin.adjudication import read_claim
from dosojin.adjudication.catalogue import load_lowered
from dosojin.adjudication.worked_cases import worked_cases
from dosojin.terms.lowered import Variable
from dosojin.values.problems import Problem

PERSONS = ("father", "mother", "ann", "ben")
ITEMS = ("camera", "bag", "passport")
YEN = (0, 1, 999, 3_000, 29_999, 100_000, 777_777, 5_000_000, 300_000_000)
MINUTES_AN_HOUR = 60


class ClaimMutator:
    """Draws claims on one edition that can be read."""

    def __init__(self, product: str, chance: random.Random) -> None:
        self.chance = chance
        lowered = load_lowered(product)
        self.claims = [step.claim for case in worked_cases(product) for step in case.steps]
        self.facts = {v.name: v for v in lowered.variables if v.owner not in ("policy", "line")}
        self.line_facts = {v.name: v for v in lowered.variables if v.owner == "line"}
        self.expenses = [one for claim in self.claims for one in claim.get("expenses", ())]

    def raws(self, count: int) -> list[dict[str, Any]]:
        """That many claim files, all of which can be read."""
        found: list[dict[str, Any]] = []
        while len(found) < count:
            raw = self.raw()
            try:
                read_claim.read_claim(raw)
            except Problem:
                continue
            found.append(raw)
        return found

    def often(self, tenths: int) -> bool:
        return self.chance.randrange(10) < tenths

    def raw(self) -> dict[str, Any]:
        """One claim file; it may contradict itself."""
        base, other = self.chance.choice(self.claims), self.chance.choice(self.claims)
        found = dict(base)
        facts = dict(base.get("facts", {}))
        expenses = [dict(one) for one in base.get("expenses", ())]
        if self.often(5):
            facts |= other.get("facts", {})
            expenses += [dict(one) for one in other.get("expenses", ())]
        if "rates" in other:
            found["rates"] = {**other["rates"], **base.get("rates", {})}
        for name in list(facts):
            self._change(facts, name)
        for name in self.chance.sample(sorted(self.facts), 2):
            facts[name] = self._drawn(self.facts[name])
        found["facts"] = facts
        found["policy"] = self._policy(base["policy"])
        found["expenses"] = self._expenses(expenses)
        if self.often(1):
            found.pop("place_offset", None)
        return found

    # facts --------------------------------------------------------------------------------

    def _change(self, facts: dict[str, Any], name: str) -> None:
        chosen = self.chance.randrange(30)
        spec = self.facts[name]
        if chosen == 0:
            del facts[name]
        elif chosen == 1:
            facts[name] = "unknown"
        elif chosen == 2:
            facts[name] = self._drawn(spec)
        elif chosen == 3:
            facts[name] = self._widened(spec, facts[name])

    def _drawn(self, spec: Variable) -> Any:
        pick = self.chance.choice
        if spec.kind == "flag":
            return pick((True, False, "unknown"))
        if spec.kind == "choice":
            some = self.chance.sample(spec.choices, min(2, len(spec.choices)))
            return pick((some[0], some[0], {"one_of": some}))
        if spec.kind == "choices":
            one, other = self.chance.choice(spec.choices), self.chance.choice(spec.choices)
            ways: list[Any] = ["none", [one], [one, other], {"has": [one]}, {"not": [one]}]
            return pick(ways)
        if spec.kind == "day":
            return self._days(date(2026, 5, 20) + timedelta(self.chance.randrange(120)))
        if spec.kind == "grades":
            return [self.chance.randint(1, 14) for _ in range(self.chance.randint(1, 3))]
        if spec.kind == "persons":
            return pick(("none", ["father"], ["mother", "father"], ["ben", "zoe", "ann"]))
        if spec.kind == "duration":
            return self._duration(self.chance.randrange(20 * MINUTES_AN_HOUR))
        return self._count(spec, pick(YEN) if spec.kind == "yen" else self.chance.randrange(101))

    def _days(self, day: date) -> Any:
        if self.often(6):
            return day.isoformat()
        later = day + timedelta(self.chance.randrange(60))
        return {"from": day.isoformat(), "to": later.isoformat()}

    def _duration(self, minutes: int) -> Any:
        def said(value: int) -> str:
            return f"{value // MINUTES_AN_HOUR}:{value % MINUTES_AN_HOUR:02}"

        if self.often(6):
            return said(minutes)
        return {"from": said(minutes), "to": said(minutes + self.chance.randrange(400))}

    def _count(self, spec: Variable, value: int) -> Any:
        least = 0 if spec.least is None else spec.least
        most = 10**9 if spec.most is None else spec.most
        exact = min(max(value, least), most)
        if self.often(6):
            return exact
        return {"from": exact, "to": self.chance.choice((exact, min(2 * exact + 1, most), most))}

    def _widened(self, spec: Variable, raw: Any) -> Any:
        """The same fact, less exactly."""
        if spec.kind == "day" and isinstance(raw, (str, date)) and raw != "unknown":
            day = date.fromisoformat(str(raw)[:10])
            few = timedelta(self.chance.randrange(8))
            return {"from": (day - few).isoformat(), "to": day.isoformat()}
        if spec.kind == "choice" and isinstance(raw, str) and raw in spec.choices:
            return {"one_of": [raw, self.chance.choice(spec.choices)]}
        if spec.kind in ("count", "yen") and isinstance(raw, int):
            return self._count(spec, raw)
        return raw

    # policy and receipts ------------------------------------------------------------------

    def _policy(self, policy: Mapping[str, Any]) -> dict[str, Any]:
        found = dict(policy)
        sums = dict(found.get("sums", {}))
        for name, value in list(sums.items()):
            if isinstance(value, int) and not isinstance(value, bool) and self.often(1):
                sums[name] = self.chance.choice((0, 50_000, value // 2, "unlimited", "unknown"))
        if sums:
            found["sums"] = sums
        if self.often(1):
            found["inception"] = self.chance.choice(
                ("2025-06-01", {"from": "2025-05-01", "to": "2025-09-01"})
            )
        return found

    def _expenses(self, expenses: list[dict[str, Any]]) -> list[dict[str, Any]]:
        found = [one for one in expenses if not self.often(1)]
        for _ in range(self.chance.choice((0, 0, 1, 2, 4))):
            found.append(dict(self.chance.choice([*self.expenses, *expenses])))
        for one in found:
            one.pop("currency", None)
            self._receipt(one)
        self.chance.shuffle(found)
        return found

    def _receipt(self, one: dict[str, Any]) -> None:
        if not isinstance(one["amount"], int) or self.often(2):
            one["amount"] = self.chance.choice((*YEN, *YEN, "unknown"))
        if self.often(1):
            one["status"] = self.chance.choice(("paid", "billed", "estimated"))
        if self.often(2):
            one["person"] = self.chance.choice(PERSONS)
        if self.often(2):
            one["item"] = self.chance.choice(ITEMS)
        if self.often(1):
            one.pop("person", None)
        for name, spec in self.line_facts.items():
            if name != "amount" and self.often(1):
                one[name] = self._drawn_on_line(spec)
        for name in [name for name in one if name in self.line_facts and name != "amount"]:
            if self.chance.randrange(30) == 0:
                del one[name]

    def _drawn_on_line(self, spec: Variable) -> Any:
        if spec.kind == "yen":
            ways = (0, 500, 100_000, "unknown")
            return self.chance.choice((*ways, "irreparable") if "repair" in spec.name else ways)
        if spec.name == "nights":
            return self.chance.choice((1, 5, 20, {"from": 2, "to": 9}, "unknown"))
        return self._drawn(spec)
