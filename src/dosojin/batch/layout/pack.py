"""From claims as people write them to the three tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import pyarrow as pa

from dosojin.adjudication.catalogue import load_edition, load_lowered
from dosojin.adjudication.read_claim import read_claim
from dosojin.adjudication.read_money import Rate, in_yen, read_rates
from dosojin.adjudication.read_values import UNKNOWN, read_day
from dosojin.batch.layout.claim_text import claim_text
from dosojin.batch.layout.schema import columns_of
from dosojin.batch.layout.tables import IDS, SAID, SUMS, WORDS, Id, Tables
from dosojin.batch.layout.words import YEN_WORDS, text_of_raw
from dosojin.terms.editions import Edition
from dosojin.terms.lowered import Lowered, Variable
from dosojin.values.money import is_unbounded
from dosojin.values.problems import Problem
from dosojin.values.text import Text

Cell = tuple[Any, str | None]
"""One plain value, or else the text of what was said."""
COLUMN_TYPES: Mapping[str, pa.DataType] = {
    "flag": pa.bool_(),
    "choice": WORDS,
    "choices": WORDS,
    "grades": WORDS,
    "persons": WORDS,
    "count": pa.int64(),
    "yen": pa.int64(),
    "duration": pa.int64(),
    "day": pa.date32(),
    "key": pa.int64(),
    "word": WORDS,
    "offset": WORDS,
    "name": WORDS,
    "json": pa.string(),
}
"""By kind; flags of which one is stated as not known become words."""
INT64_END = 1 << 63


@dataclass(frozen=True, slots=True)
class Filed:
    """A claim, the occurrence it tells of, the certificate, and its turn among its claims.

    place: how problems call it; the occurrence, if nothing else is said.
    """

    claim: Mapping[str, Any]
    occurrence: Id
    policy: Id
    seq: int = 1
    place: str = field(default="", compare=False)

    def seen_from_here(self, problem: Problem) -> Problem:
        """A problem in the claim, its place led by that of the claim."""
        return placed(problem, self.place or str(self.occurrence))


def placed(problem: Problem, place: str) -> Problem:
    """The same problem, its place led by that of a file or a row."""
    inner = f"{place}: {problem.place}" if problem.place else place
    return Problem(problem.code, inner, problem.message, problem.remedy)


def pack_claims(filed: Iterable[Filed], edition: str | None = None) -> Tables:
    """Claims of one edition as tables, sorted; a fact that no claim states has no column.

    edition: needed if there are no claims. Problem, its place led by the occurrence, for a claim
    that cannot be read, an occurrence that stands twice, claims of one certificate that say
    different things of it, or claims of several editions.
    """
    ordered = _sorted_by_certificate(filed)
    product = _one_edition(ordered, edition)
    packer = _Packer(load_edition(product), load_lowered(product))
    for one in ordered:
        try:
            packer.add(one)
        except Problem as problem:
            raise one.seen_from_here(problem) from None
    return packer.tables()


def _sorted_by_certificate(filed: Iterable[Filed]) -> Sequence[Filed]:
    found = list(filed)
    policies = _ids([one.policy for one in found])
    occurrences = _ids([one.occurrence for one in found])
    seen: set[Id] = set()
    for one, occurrence in zip(found, occurrences, strict=True):
        if occurrence in seen:
            raise Problem(
                "occurrence.twice",
                f"{one.place}: {occurrence}" if one.place else str(occurrence),
                Text("同じ事故の番号が二度あります。", "This occurrence stands twice."),
                Text(
                    "一件ごとに別の番号を付けてください。", "Give every occurrence its own number."
                ),
            )
        seen.add(occurrence)
    renamed = (
        replace(one, occurrence=occurrence, policy=policy)
        for one, occurrence, policy in zip(found, occurrences, policies, strict=True)
    )
    return sorted(renamed, key=lambda one: (one.policy, one.seq, one.occurrence))


def _ids(ids: Sequence[Id]) -> Sequence[Id]:
    """The same type everywhere: whole numbers if all are, else texts."""
    whole = all(
        isinstance(id, int) and not isinstance(id, bool) and -INT64_END <= id < INT64_END
        for id in ids
    )
    return ids if whole else [str(id) for id in ids]


def _one_edition(filed: Sequence[Filed], edition: str | None) -> str:
    for one in filed:
        claim: object = one.claim
        named = claim.get("product") if isinstance(claim, Mapping) else None
        if not isinstance(named, str):
            _read(one)  # refuses it, in its own words
        elif edition is None:
            edition = named
        elif named != edition:
            raise Problem(
                "pack.editions",
                f"{one.place or one.occurrence}: product",
                Text(
                    f"{edition} と {named} が混ざっています。",
                    f"Claims of {edition} and of {named} are mixed.",
                ),
                Text("版ごとに分けてまとめてください。", "Pack the claims of each edition apart."),
            )
    if edition is None:
        raise Problem(
            "pack.empty",
            "product",
            Text("事案がありません。", "There are no claims."),
            Text("事案ファイルを一つ以上渡してください。", "Give one claim file or more."),
        )
    return edition


def _read(one: Filed) -> None:
    try:
        read_claim(one.claim)
    except Problem as problem:
        raise one.seen_from_here(problem) from None


class _Sheet:
    """A table that grows by rows; columns come into being when something is said."""

    def __init__(self) -> None:
        self.rows = 0
        self.cells: dict[str, dict[int, Any]] = {}

    def put(self, column: str, value: Any) -> None:
        if value is not None:
            self.cells.setdefault(column, {})[self.rows] = value

    def put_cell(self, column: str, cell: Cell) -> None:
        plain, said = cell
        self.put(column, plain)
        self.put(column + SAID, said)

    def table(self, columns: Mapping[str, pa.DataType], required: Sequence[str]) -> pa.Table:
        """In the order of `columns`, each followed by its text column if it has one."""
        arrays: dict[str, pa.Array] = {}
        for name, kind in columns.items():
            if name in self.cells or name in required:
                arrays[name] = self._array(name, kind)
            if name + SAID in self.cells:
                arrays[name + SAID] = self._array(name + SAID, WORDS)
        return pa.table(arrays)

    def _array(self, name: str, kind: pa.DataType) -> pa.Array:
        cells = self.cells.get(name, {})
        values = [cells.get(row) for row in range(self.rows)]
        if kind not in (WORDS, pa.bool_()):
            return pa.array(values, kind)
        words = sorted(set(cells.values()))
        if kind == pa.bool_() and UNKNOWN not in words:
            flags = [None if value is None else value == "yes" for value in values]
            return pa.array(flags, kind)
        numbers = {word: number for number, word in enumerate(words)}
        places = [None if value is None else numbers[value] for value in values]
        return pa.DictionaryArray.from_arrays(
            pa.array(places, pa.int32()), pa.array(words, pa.string())
        )


class _Packer:
    def __init__(self, edition: Edition, lowered: Lowered) -> None:
        self.edition = edition
        self.by_name = {variable.name: variable for variable in lowered.variables}
        self.lowered = lowered
        self.policies, self.occurrences, self.receipts = _Sheet(), _Sheet(), _Sheet()
        self.last: tuple[Id, dict[str, Cell]] | None = None
        self.id_types: tuple[pa.DataType, pa.DataType] = (pa.string(), pa.string())

    def add(self, one: Filed) -> None:
        """One more claim; those of one certificate come one after the other."""
        read_claim(one.claim)
        claim = one.claim
        self.id_types = (_id_type(one.policy), _id_type(one.occurrence))
        said = self._policy_cells(claim)
        if self.last is None or self.last[0] != one.policy:
            self._add_policy(one.policy, said)
        elif self.last[1] != said:
            raise _policy_differs(self.last[1], said)
        sheet = self.occurrences
        sheet.put("policy", one.policy)
        sheet.put("occurrence", one.occurrence)
        sheet.put("seq", one.seq)
        as_of = read_day(claim["as_of"], "as_of")
        sheet.put("as_of", as_of.date() if isinstance(as_of, datetime) else as_of)
        sheet.put("place_offset", claim.get("place_offset"))
        sheet.put("usage", claim_text(claim["usage"]) if claim.get("usage") else None)
        sheet.put("source", claim_text(claim))
        for name, raw in (claim.get("facts") or {}).items():
            sheet.put_cell(name, cell_of(self.by_name[name], raw))
        sheet.rows += 1
        rates = read_rates(claim.get("rates"))
        for entry in claim.get("expenses") or ():
            self._add_receipt(one.occurrence, entry, rates)

    def _add_policy(self, policy: Id, said: dict[str, Cell]) -> None:
        self.last = (policy, said)
        self.policies.put("policy", policy)
        for name, cell in said.items():
            self.policies.put_cell(name, cell)
        self.policies.rows += 1

    def _policy_cells(self, claim: Mapping[str, Any]) -> dict[str, Cell]:
        """What a claim says of its certificate, by column."""
        policy = claim["policy"]
        said: dict[str, Cell] = {"plan": (claim.get("plan"), None)}
        for key, raw in policy.items():
            if key != "sums":
                name = key if key in self.by_name else f"policy_{key}"
                said[key] = cell_of(self.by_name[name], raw)
        for id, raw in (policy.get("sums") or {}).items():
            variable = self.by_name[self.edition.sums[id].name]
            if variable.kind == "flag":
                raw = True if raw == "included" else False if raw == 0 else raw
            # the sum speaks last, as it does when a claim is read
            said.pop(variable.name.removeprefix("policy_"), None)
            said[f"{SUMS}{id}"] = cell_of(variable, raw)
        return said

    def _add_receipt(
        self, occurrence: Id, entry: Mapping[str, Any], rates: Mapping[str, Rate]
    ) -> None:
        sheet = self.receipts
        currency = entry.get("currency", "JPY")
        sheet.put("occurrence", occurrence)
        for name in ("category", "status", "person", "item"):
            sheet.put(name, entry.get(name))
        sheet.put_cell("amount", _yen_cell(entry["amount"], currency, rates))
        for variable in self.lowered.variables:
            name = variable.name
            if variable.owner != "line" or name not in entry or name == "amount":
                continue
            if variable.kind == "yen":
                sheet.put_cell(name, _yen_cell(entry[name], currency, rates))
            else:
                sheet.put_cell(name, cell_of(variable, entry[name]))
        sheet.rows += 1

    def tables(self) -> Tables:
        """All that was added, in the columns that something was said of."""
        columns = columns_of(self.edition.id, self.lowered)
        ids = dict(zip(IDS, self.id_types, strict=True))
        sheets = (self.policies, self.occurrences, self.receipts)
        found = []
        for sheet, known in zip(sheets, columns.values(), strict=True):
            types = {
                name: ids.get(name) or COLUMN_TYPES[column.kind] for name, column in known.items()
            }
            required = [name for name, column in known.items() if column.required]
            found.append(sheet.table(types, required))
        return Tables(self.edition.id, *found)


def cell_of(variable: Variable, raw: Any) -> Cell:
    """What a claim says of a variable: one plain value where it is one, otherwise the text."""
    kind = variable.kind
    text = text_of_raw(variable, raw)
    if kind not in ("count", "yen", "duration", "day"):
        return text, None
    if raw == UNKNOWN or isinstance(raw, Mapping) or raw in YEN_WORDS:
        return None, text
    if kind == "duration":
        hours, minutes = text.split(":")
        return int(hours) * 60 + int(minutes), None
    if kind == "day":
        day = read_day(text, "")
        return (None, text) if isinstance(day, datetime) else (day, None)
    return (int(raw), None) if -INT64_END <= raw < INT64_END else (None, text)


def _yen_cell(raw: Any, currency: str, rates: Mapping[str, Rate]) -> Cell:
    """An amount of a receipt in yen; a rate that is not fixed yet makes it a range."""
    if raw == UNKNOWN or raw in YEN_WORDS:
        return None, str(raw)
    least, most = in_yen(raw, "amount", currency, rates[currency])
    if is_unbounded(most):
        return None, f"{least}.."
    return (least, None) if least == most else (None, f"{least}..{most}")


def _id_type(id: Id) -> pa.DataType:
    return pa.int64() if isinstance(id, int) else pa.string()


def _policy_differs(one: Mapping[str, Cell], other: Mapping[str, Cell]) -> Problem:
    names = sorted(name for name in {*one, *other} if one.get(name) != other.get(name))
    return Problem(
        "policy.differs",
        f"policy.{names[0]}",
        Text(
            "同じ証券の事案が、証券について違うことを述べています。",
            "Claims on one certificate say different things of it.",
        ),
        Text(
            "証券の項目をそろえるか、別の証券として渡してください。",
            "Make them say the same, or give them as different certificates.",
        ),
    )
