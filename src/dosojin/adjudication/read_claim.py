"""From a claim as people write it (a mapping) to a case; nothing is guessed, nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from fractions import Fraction
from typing import Any

from dosojin.adjudication.case import Case, Known, LineKnown
from dosojin.adjudication.catalogue import (
    load_edition,
    load_lowered,
    plan_ids,
    plan_riders,
    plan_sums,
)
from dosojin.adjudication.consistency import Inconsistent, narrow_by_checks
from dosojin.adjudication.evaluation import Evaluator, evaluator
from dosojin.adjudication.payout import STATEFUL
from dosojin.adjudication.policy_year import policy_years
from dosojin.adjudication.read_money import in_yen, read_rates
from dosojin.adjudication.read_shapes import list_of, mapping_of, missing
from dosojin.adjudication.read_values import (
    UNKNOWN,
    ValueReader,
    only_keys,
    read_day,
    shown,
    unknown_word,
    whole_yen,
    wrong_type,
)
from dosojin.terms.editions import Edition
from dosojin.terms.lowered import Lowered, Variable
from dosojin.values.moments import EARLIEST_DAY, LATEST_DAY, offset_minutes
from dosojin.values.money import UNBOUNDED
from dosojin.values.problems import Problem
from dosojin.values.text import Text

CLAIM_KEYS = (
    "product", "plan", "as_of", "place_offset", "policy", "facts", "expenses", "rates", "usage",
    "documents", "note",
)  # fmt: skip
LINE_KEYS = ("category", "amount", "currency", "on", "status", "person", "item", "note")
STATUSES = ("paid", "billed", "estimated")
LINES_MAX = 5000


@dataclass(frozen=True, slots=True)
class Claim:
    """A claim that was read: its edition and plan, the case, and the mapping it came from."""

    product: str
    plan: str | None
    case: Case
    as_of: date
    documents: frozenset[str]
    source: Mapping[str, Any]

    @property
    def edition(self) -> Edition:
        return load_edition(self.product)

    @property
    def evaluator(self) -> Evaluator:
        return evaluator(load_lowered(self.product))


def read_claim(raw: Any, *, lowered: Lowered | None = None) -> Claim:
    """The claim in `raw` (what JSON or YAML gave); a Problem says what cannot be taken.

    `lowered` reads it for a kept revision instead of the edition's current one.
    """
    if not isinstance(raw, Mapping):
        raise wrong_type(
            "", raw, "事案の項目（product, facts など）", "a claim with product, facts …"
        )
    only_keys(raw, CLAIM_KEYS, "")
    product = _text(raw, "product")
    edition = load_edition(product)
    return _ClaimReader(raw, edition, lowered or load_lowered(product)).claim()


def _text(raw: Mapping[str, Any], key: str) -> str:
    if key not in raw:
        raise missing(key, "この項目は必要です", "is needed")
    if not isinstance(raw[key], str):
        raise wrong_type(key, raw[key], "文字列", "a word")
    return str(raw[key])


class _ClaimReader:
    def __init__(self, raw: Mapping[str, Any], edition: Edition, lowered: Lowered) -> None:
        self.raw = raw
        self.edition = edition
        self.lowered = lowered
        self.evaluator = evaluator(lowered)
        self.as_of = self._as_of()
        self.offset = self._place_offset()
        self.values = ValueReader(self.as_of.toordinal(), self.offset)
        self.by_name = {
            variable.name: index
            for index, variable in enumerate(lowered.variables)
            if variable.owner != "line"
        }
        self.line_names = {
            lowered.variables[index].name: index for index in self.evaluator.program.line_slot
        }
        self.known: list[Known] = [
            None if variable.owner == "line" else self.values.domain(variable)
            for variable in lowered.variables
        ]
        self.stated: set[int] = set()
        self.asked: set[int] = set()
        self.named: dict[int, tuple[str, ...]] = {}

    def claim(self) -> Claim:
        plan = self._plan()
        self._policy(plan)
        self._facts()
        rates = read_rates(self.raw.get("rates"))
        lines = tuple(
            self._line(entry, f"expenses[{number}]", rates)
            for number, entry in enumerate(self._entries("expenses"))
        )
        others = self._usage()
        case = Case(
            tuple(self.known), lines, frozenset(self.stated), frozenset(self.asked),
            dict(self.named), others, self.offset,
        )  # fmt: skip
        documents = frozenset(self._documents())
        return Claim(self.edition.id, plan, self._checked(case), self.as_of, documents, self.raw)

    def _entries(self, key: str) -> Sequence[Any]:
        entries = list_of(self.raw.get(key), key)
        if len(entries) > LINES_MAX:
            raise wrong_type(
                key, f"{len(entries)}", f"{LINES_MAX}行まで", f"at most {LINES_MAX} entries"
            )
        return entries

    def _documents(self) -> Iterator[str]:
        for number, name in enumerate(self._entries("documents")):
            if not isinstance(name, str):
                raise wrong_type(f"documents[{number}]", name, "書類の名前", "the name of a paper")
            yield name

    def _as_of(self) -> date:
        if "as_of" not in self.raw:
            raise missing(
                "as_of", "いつ現在の情報かが必要です", "says on what day all this is known"
            )
        found = read_day(self.raw["as_of"], "as_of")
        day = found.date() if isinstance(found, datetime) else found
        if not EARLIEST_DAY <= day.toordinal() <= LATEST_DAY:
            raise wrong_type("as_of", day, "1900年から2199年までの日付", "a day from 1900 to 2199")
        return day

    def _place_offset(self) -> int | None:
        raw = self.raw.get("place_offset")
        if raw is None:
            return None
        try:
            return offset_minutes(raw if isinstance(raw, str) else "")
        except ValueError:
            raise wrong_type(
                "place_offset", raw, "「-04:00」のような時差", 'a UTC offset such as "-04:00"'
            ) from None

    def _plan(self) -> str | None:
        if "plan" not in self.raw:
            return None
        plan = _text(self.raw, "plan")
        if plan not in plan_ids(self.edition.id):
            raise unknown_word("plan", plan, plan_ids(self.edition.id))
        return plan

    def _checked(self, case: Case) -> Case:
        try:
            return narrow_by_checks(self.evaluator, case)
        except Inconsistent as found:
            check = self.edition.checks[found.check]
            reads = self.evaluator.program.truth_reads[self.lowered.checks[found.check]]
            stated = [self._place_of(i) for i in sorted(reads) if i in self.stated]
            raise Problem(
                "facts.impossible",
                ", ".join(stated) or "facts",
                check.message,
                Text(
                    "どれかが誤っています。確かめて直してください。",
                    "One of them is wrong: check and correct it.",
                ),
            ) from None

    def _place_of(self, variable: int) -> str:
        spec = self.lowered.variables[variable]
        section = "policy" if spec.owner == "policy" else "facts"
        return f"{section}.{spec.name.removeprefix('policy_')}" if section == "policy" else (
            f"facts.{spec.name}"
        )  # fmt: skip

    def _set(self, name: str, raw: Any, place: str) -> None:
        index = self.by_name[name]
        variable = self.lowered.variables[index]
        known = self.values.read(variable, raw, place)
        self.stated.add(index)
        if raw == UNKNOWN:
            self.asked.add(index)
        if variable.kind == "persons":
            self.named[index] = known or ()
        self.known[index] = known

    # policy -------------------------------------------------------------------------------

    def _policy(self, plan: str | None) -> None:
        policy = mapping_of(self.raw.get("policy"), "policy")
        own = [v.name for v in self.lowered.variables if v.owner == "policy"]
        plain = [name.removeprefix("policy_") for name in own if not name.startswith("sums.")]
        only_keys(policy, [*plain, "sums"], "policy")
        if plan is not None:
            self._plan_defaults(plan)
        for key, raw in policy.items():
            if key == "sums":
                continue
            name = key if key in self.by_name else f"policy_{key}"
            self._set(name, raw, f"policy.{key}")
        for key in ("inception", "expiry"):
            if key not in policy:
                raise missing(f"policy.{key}", "保険期間が必要です", "is needed: the policy period")
        self._sums(mapping_of(policy.get("sums"), "policy.sums"))
        if plan is not None:
            self._fits(plan)

    def _fits(self, plan: str) -> None:
        """A period that the plan does not take was mistyped, or the plan was."""
        from dosojin.rating.load_tariff import load_tariff
        from dosojin.rating.quote_premium import refuse_length

        tariff = load_tariff(self.edition.id)
        first = self.known[self.by_name[self.edition.policy_start.name]]
        last = self.known[self.by_name[self.edition.policy_end.name]]
        if first[0] != first[1] or last[0] != last[1] or last[0] < first[0]:
            return
        start, end = date.fromordinal(first[0]), date.fromordinal(last[0])
        if not tariff.plan(plan).admits(start, end):
            refusal = refuse_length(tariff, tariff.plan(plan), start, end)
            place = "policy.expiry" if refusal.place == "end" else refusal.place
            raise Problem(refusal.code, place, refusal.message, refusal.remedy)

    def _plan_defaults(self, plan: str) -> None:
        """What the plan says by itself; the certificate (policy) may say otherwise."""
        riders = self.by_name[self.edition.riders.name]
        words = self.lowered.variables[riders].choices
        inside = sum(
            1 << words.index(rider)
            for rider in plan_riders(self.edition.id, plan)
            if rider in words
        )
        self.known[riders] = (inside, ((1 << len(words)) - 1) & ~inside)
        sums = plan_sums(self.edition.id, plan)
        for id, fact in self.edition.sums.items():
            value = sums.get(id, 0)
            if value is None:
                continue
            index = self.by_name[fact.name]
            flag = self.lowered.variables[index].kind == "flag"
            self.known[index] = (3 if value else 0) if flag else (value, value)

    def _sums(self, sums: Mapping[str, Any]) -> None:
        only_keys(sums, tuple(self.edition.sums), "policy.sums")
        for id, raw in sums.items():
            fact = self.edition.sums[id]
            place = f"policy.sums.{id}"
            if fact.kind.value == "flag" and raw == "included":
                raw = True
            if fact.kind.value == "flag" and raw == 0 and not isinstance(raw, bool):
                raw = False
            self._set(fact.name, raw, place)

    # facts --------------------------------------------------------------------------------

    def _facts(self) -> None:
        facts = mapping_of(self.raw.get("facts"), "facts")
        names = [v.name for v in self.lowered.variables if v.owner not in ("policy", "line")]
        for name, raw in facts.items():
            if name not in names:
                near = get_close_matches(str(name), names, n=1)
                raise Problem(
                    "fact.unknown",
                    f"facts.{shown(name)}",
                    Text(
                        "この商品に、この事実の項目はありません。",
                        f"{self.edition.id} knows no such fact.",
                    ),
                    Text(
                        f"「{near[0]}」ではありませんか。"
                        if near
                        else "dosojin facts で一覧を確かめてください。",
                        f"Did you mean {near[0]!r}?"
                        if near
                        else "See `dosojin facts` for the list.",
                    ),
                )
            self._set(name, raw, f"facts.{name}")

    # receipts -----------------------------------------------------------------------------

    def _line(
        self, entry: Any, place: str, rates: Mapping[str, tuple[Fraction, Fraction]]
    ) -> LineKnown:
        raw = mapping_of(entry, place)
        only_keys(raw, (*LINE_KEYS, *(n for n in self.line_names if n not in LINE_KEYS)), place)
        if "category" not in raw:
            raise missing(f"{place}.category", "費用の種類が必要です", "says what the cost was for")
        category = raw["category"]
        words = tuple(choice.value for choice in self.edition.categories)
        if category not in words:
            raise unknown_word(f"{place}.category", category, words)
        currency = raw.get("currency", "JPY")
        if not isinstance(currency, str) or currency not in rates:
            raise self._no_rate(currency, raw.get("amount"), place)
        status = raw.get("status")
        if status is not None and status not in STATUSES:
            raise unknown_word(f"{place}.status", status, STATUSES)
        lo, hi = self._amount(raw, place, currency, rates[currency])
        if status == "estimated":
            lo = 0
        known = self._line_known(raw, place, (lo, hi), rates[currency])
        amount = self.line_names.get("amount", -1)
        on = known[self.evaluator.program.line_slot[self.line_names["on"]]]
        return LineKnown(
            category, lo, hi, known, self._name(raw, "person", place),
            self._name(raw, "item", place), on[0] if on[0] == on[1] else None,
            status == "estimated", self.evaluator.program.line_slot.get(amount, -1),
        )  # fmt: skip

    def _name(self, raw: Mapping[str, Any], key: str, place: str) -> str | None:
        value = raw.get(key)
        if value is not None and (not isinstance(value, str) or not value):
            raise wrong_type(f"{place}.{key}", value, "名前", "a name")
        return value

    def _no_rate(self, currency: Any, amount: Any, place: str) -> Problem:
        today = self.as_of.isoformat()
        entry = f'{{{shown(currency)}: {{yen: "155.20", on: {today}, source: …}}}}'
        return Problem(
            "currency.no_rate",
            f"{place}.currency",
            Text(
                f"{shown(amount)} {shown(currency)} を円にするレートがありません。",
                f"{shown(amount)} {shown(currency)} has no rate.",
            ),
            Text(
                f"rates: {entry} を加えるか、実際に支払った円の額を書いてください。",
                f"Add rates: {entry}, or the amount in yen that was really charged.",
            ),
        )

    def _amount(
        self, raw: Mapping[str, Any], place: str, currency: str, rate: tuple[Fraction, Fraction]
    ) -> tuple[int, int]:
        if "amount" not in raw:
            raise missing(
                f"{place}.amount",
                "金額が必要です（不明なら unknown）",
                'is needed ("unknown" if so)',
            )
        value = raw["amount"]
        if value == UNKNOWN:
            return 0, UNBOUNDED
        return in_yen(value, f"{place}.amount", currency, rate)

    def _line_known(
        self,
        raw: Mapping[str, Any],
        place: str,
        amount: tuple[int, int],
        rate: tuple[Fraction, Fraction],
    ) -> tuple[Known, ...]:
        known: list[Known] = []
        for index in self.evaluator.program.line_slot:
            variable = self.lowered.variables[index]
            where = f"{place}.{variable.name}"
            value = raw.get(variable.name)
            if variable.name == "amount":
                known.append(amount)
            elif variable.name not in raw:
                known.append(self._line_domain(variable, amount[1]))
            elif variable.kind == "yen" and value not in (UNKNOWN, "irreparable"):
                known.append(in_yen(value, where, str(raw.get("currency", "JPY")), rate))
            else:
                known.append(self.values.read(variable, value, where))
        return tuple(known)

    def _line_domain(self, variable: Variable, most: int) -> Known:
        domain = self.values.domain(variable)
        return (0, most) if variable.kind == "yen" else domain

    # usage --------------------------------------------------------------------------------

    def _usage(self) -> dict[int, tuple[int, int]]:
        """What other occurrences used, by node: (least, most) yen.

        Use in another policy year does not count; while the year of this one is open, it may.
        """
        others: dict[int, tuple[int, int]] = {}
        nodes = {node.id: i for i, node in enumerate(self.lowered.nodes) if node.scope in STATEFUL}
        for number, entry in enumerate(self._entries("usage")):
            place = f"usage[{number}]"
            raw = mapping_of(entry, place)
            only_keys(raw, ("node", "year", "settled", "guaranteed"), place)
            if not isinstance(raw.get("node"), str) or raw["node"] not in nodes:
                raise unknown_word(f"{place}.node", raw.get("node"), tuple(nodes))
            index = nodes[raw["node"]]
            settled = whole_yen(raw.get("settled", 0), f"{place}.settled")
            open_ended = whole_yen(raw.get("guaranteed", 0), f"{place}.guaranteed")
            least, most = others.get(index, (0, 0))
            first, last = self._years(index)
            year = self._year(raw, index, place)
            if year is None or first == last == year:
                others[index] = (least + settled, most + settled + open_ended)
            elif first <= year <= last:
                others[index] = (least, most + settled + open_ended)
        return others

    def _year(self, raw: Mapping[str, Any], index: int, place: str) -> int | None:
        if self.lowered.nodes[index].scope != "policy_year":
            if "year" in raw:
                raise wrong_type(f"{place}.year", raw["year"], "年のない使用額", "no year here")
            return None
        year = raw.get("year")
        if isinstance(year, bool) or not isinstance(year, int) or year < 1:
            raise wrong_type(f"{place}.year", year, "保険年度（1, 2 …）", "the policy year: 1, 2 …")
        return year

    def _years(self, index: int) -> tuple[int, int]:
        return policy_years(self.lowered, self.known, index, self.edition.policy_start.name)
