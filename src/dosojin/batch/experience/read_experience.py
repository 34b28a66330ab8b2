"""Policies and decisions read together: sums by year of inception, plan and premium band."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from dosojin.adjudication.catalogue import load_lowered
from dosojin.batch.columns import AMOUNT_MAX, Array
from dosojin.batch.experience.payouts import (
    PolicyCells,
    find_decisions,
    payouts,
    plain_ids,
    sums_by_code,
)
from dosojin.batch.experience.tallies import CellKey, Experience, Tally, added_up
from dosojin.batch.layout.id_types import text_ids, with_ids
from dosojin.batch.layout.table_files import (
    CSV,
    file_schema,
    missing_column,
    missing_table,
    read_file,
    table_files,
)
from dosojin.batch.portfolio.band_days import rows_of
from dosojin.batch.runs.manifest import Identity
from dosojin.batch.runs.partitions import find_partitions, require_folders
from dosojin.rating.load_tariff import load_tariff
from dosojin.rating.tariff import Tariff
from dosojin.values.problems import Problem
from dosojin.values.text import Text

POLICIES_AT_ONCE = 1 << 22
"""A premium is at most 10^12 yen, below 2^40."""
_NO_PLAN = -1
_BASE = 1 << 12
"""Plans and bands of one edition are fewer than this."""
_COLUMNS = ("policy", "plan", "inception", "expiry", "premium")
_NEEDED = ("policy", "inception", "expiry")


def read_experience(portfolio: Path, decisions: Path, edition: str | None = None) -> Experience:
    """Premiums of a portfolio folder and payouts of the decisions on it.

    edition: whose tariff; None: the one that decided. Problem if a file cannot be read, a premium
    is neither stated nor in the tariff, a decision belongs to no policy of the portfolio, or
    another edition decided.
    """
    decided = find_decisions(decisions)
    if edition not in (None, decided.edition):
        raise _another_edition(decisions, decided.edition, str(edition))
    tariff = load_tariff(edition or decided.edition)
    parts: list[PolicyCells] = []
    sums: dict[int, Tally] = {}
    rated = 0
    files = [_files(folder) for folder in _folders(portfolio)]
    texts = text_ids(files)
    for path in (each["policies"] for each in files):
        policies, premium, is_rated = _read_policies(path, tariff, texts)
        parts.append(policies)
        rated += is_rated
        sums = added_up([*sums.items(), *_premiums(policies.cell, premium)])
    for code, tally in payouts(decided, _joined(parts)):
        sums[code] += tally
    cells = {_key_of(code, tariff): tally for code, tally in sorted(sums.items())}
    discount = tariff.discount.total
    is_elsewhere = bool(decided.source) and decided.source != _source_of(portfolio, decided.edition)
    left = (rated, decided.rejected, decided.unclaimed, is_elsewhere)
    return Experience(tariff.product, discount, cells, *left)


def _source_of(portfolio: Path, edition: str) -> str:
    """The digest that a run on the portfolio would have of its input."""
    described = Identity.of(load_lowered(edition), {}, find_partitions(portfolio)).to_json()
    return str(described["input"]["digest"])


def _folders(portfolio: Path) -> list[Path]:
    if portfolio.is_file():
        raise Problem(
            "experience.portfolio",
            str(portfolio),
            Text(
                "事案だけのファイルには、事故のない契約の保険料がありません。",
                "A file of claims lacks the premiums of policies without a claim.",
            ),
            Text(
                "すべての契約が入ったフォルダーを指定してください。",
                "Name the folder of partitions with all policies.",
            ),
        )
    return require_folders(portfolio)


def _files(folder: Path) -> dict[str, Path]:
    """The tables of a partition; of these, nothing but the policies has to be there."""
    found = table_files(folder)
    if "policies" not in found:
        raise missing_table(folder, "policies")
    return found


def _read_policies(
    path: Path, tariff: Tariff, texts: Collection[str]
) -> tuple[PolicyCells, Array, int]:
    """The policies of a partition, their premiums in yen, and how many the tariff had to rate."""
    names = file_schema(path).names
    for name in _NEEDED:
        if name not in names:
            raise missing_column(path, name)
    whole = {"policies": read_file(path, [name for name in _COLUMNS if name in names])}
    table = with_ids(whole, texts, [*whole] if path.suffix == CSV else ())["policies"]
    inception, expiry = (_days(table, name, path) for name in ("inception", "expiry"))
    plan = _plan_codes(table, tariff, path)
    row = np.full(len(plan), -1, np.int64)
    tabled = np.zeros(len(plan), np.int64)
    for number, each in enumerate(tariff.plans.values()):
        mine = np.flatnonzero(plan == number)
        row[mine] = rows_of(each, inception[mine], expiry[mine])
        premiums = np.array([entry.premium for entry in each.rows] + [0], np.int64)
        tabled[mine] = premiums[row[mine]]
    premium, stated = tabled, np.zeros(len(plan), bool)
    if "premium" in table.column_names:
        stated = np.asarray(pc.is_valid(table["premium"]))
        premium = np.where(stated, _stated_premiums(table, path), tabled)
    lost = np.flatnonzero(~stated & (tabled == 0))
    if len(lost):
        raise _no_premium(path, table["policy"][int(lost[0])].as_py(), tariff)
    year = inception.astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970
    cell = (year * _BASE + plan + 1) * _BASE + row + 1
    ids = plain_ids(table["policy"])
    return PolicyCells(ids, cell), premium, int((~stated).sum())


def _stated_premiums(table: pa.Table, path: Path) -> Array:
    """Yen, 0 where none is stated; Problem for what is no number, below nothing or too much."""
    column = _cast(table, "premium", pa.int64(), path)
    odd = pc.or_(pc.less(column, 0), pc.greater(column, AMOUNT_MAX))
    row = pc.index(odd, True).as_py()
    if row >= 0:
        raise Problem(
            "money.range",
            f"{path}: {table['policy'][row].as_py()}",
            Text(
                f"保険料 {column[row].as_py():,} 円は扱えません。",
                f"A premium of {column[row].as_py():,} yen cannot be taken.",
            ),
            Text(
                f"0 円から {AMOUNT_MAX:,} 円までの額を書いてください。",
                f"Write an amount from 0 to {AMOUNT_MAX:,} yen.",
            ),
        )
    found: Array = np.asarray(pc.fill_null(column, 0)).astype(np.int64)
    return found


def _plan_codes(table: pa.Table, tariff: Tariff, path: Path) -> Array:
    """The place of each plan in the tariff, −1 where none is stated."""
    if "plan" not in table.column_names:
        return np.full(table.num_rows, _NO_PLAN, np.int64)
    column = table["plan"].cast(pa.string())
    code = pc.index_in(column, value_set=pa.array(list(tariff.plans), pa.string()))
    odd = pc.index(pc.and_(pc.is_null(code), pc.is_valid(column)), True).as_py()
    if odd >= 0:
        try:
            tariff.plan(str(column[odd].as_py()))
        except Problem as problem:
            place = f"{path}: {table['policy'][odd].as_py()}: {problem.place}"
            raise Problem(problem.code, place, problem.message, problem.remedy) from None
    found: Array = np.asarray(pc.fill_null(code, _NO_PLAN)).astype(np.int64)
    return found


def _days(table: pa.Table, name: str, path: Path) -> Array:
    """Days since 1970-01-01; Problem for a policy whose day is missing or none."""
    days = _cast(table, name, pa.date32(), path)
    lost = pc.index(pc.is_null(days), True).as_py()
    if lost >= 0:
        raise _no_value(path, table["policy"][lost].as_py(), name)
    found: Array = np.asarray(days.cast(pa.int32())).astype(np.int64)
    return found


def _cast(table: pa.Table, name: str, kind: pa.DataType, path: Path) -> pa.ChunkedArray:
    """The column as days or whole numbers; Problem that names the first policy it fails at."""
    column = table[name]
    if pa.types.is_dictionary(column.type):
        column = column.cast(column.type.value_type)
    try:
        return column.cast(kind)
    except pa.ArrowException:
        policies = table["policy"]
    for row, value in enumerate(column):
        try:
            value.cast(kind)
        except pa.ArrowException:
            raise _no_such_value(path, policies[row].as_py(), name, value.as_py(), kind) from None
    raise _no_such_value(path, "", name, column.type, kind)


def _joined(parts: Sequence[PolicyCells]) -> PolicyCells:
    joined, cell = (
        pa.concat_arrays([part.ids for part in parts]),
        np.concatenate([part.cell for part in parts]),
    )
    if not len(joined) or not pa.types.is_integer(joined.type):
        return PolicyCells(joined, cell)
    numbers = np.asarray(joined)
    rises = bool((numbers[1:] > numbers[:-1]).all())
    return PolicyCells(joined, cell, numbers if rises else None)


def _premiums(cell: Array, premium: Array) -> Iterator[tuple[int, Tally]]:
    for first in range(0, len(cell), POLICIES_AT_ONCE):
        some = slice(first, first + POLICIES_AT_ONCE)
        codes, place, counts = np.unique(cell[some], return_inverse=True, return_counts=True)
        sums = sums_by_code(premium[some], place, len(codes))
        for code, yen, count in zip(codes.tolist(), sums, counts.tolist(), strict=True):
            yield code, Tally(policies=count, premium=yen)


def _key_of(code: int, tariff: Tariff) -> CellKey:
    rest, row = divmod(code, _BASE)
    year, plan = divmod(rest, _BASE)
    if plan == 0:
        return CellKey(year, "", "")
    chosen = list(tariff.plans.values())[plan - 1]
    return CellKey(year, chosen.id, chosen.rows[row - 1].band.name if row else "")


def _another_edition(decisions: Path, decided: str, asked: str) -> Problem:
    return Problem(
        "experience.edition",
        "--edition",
        Text(
            f"{decisions} は {decided} による判断で、{asked} のものではありません。",
            f"{decisions} was decided by {decided}, not by {asked}.",
        ),
        Text(
            f"--edition を省くか、{asked} で判断した保存先を指定してください。",
            f"Leave it out, or name decisions that {asked} made.",
        ),
    )


def _no_value(path: Path, policy: Any, name: str) -> Problem:
    return Problem(
        "value.empty",
        f"{path}: {policy}: {name}",
        Text("値がありません。", "There is no value."),
        Text("契約ごとに必ず書いてください。", "Every policy needs one."),
    )


def _no_such_value(path: Path, policy: Any, name: str, value: Any, kind: pa.DataType) -> Problem:
    wanted = (
        Text("2026-06-02 のような日付", "a day such as 2026-06-02")
        if pa.types.is_date(kind)
        else Text("円単位の整数", "whole yen")
    )
    return Problem(
        "value.type",
        ": ".join(str(part) for part in (path, policy, name) if part != ""),
        Text(f"「{value}」は読み取れません。", f"{str(value)!r} cannot be read here."),
        Text(f"{wanted.ja}を書いてください。", f"Write {wanted.en}."),
    )


def _no_premium(path: Path, policy: Any, tariff: Tariff) -> Problem:
    return Problem(
        "experience.premium",
        f"{path}: {policy}",
        Text(
            f"保険料がなく、{tariff.product} の保険料表からも分かりません。",
            f"It states no premium, and the tariff of {tariff.product} has none for it.",
        ),
        Text(
            "premium 列に保険料を書くか、plan と保険期間を確かめてください。",
            "Fill in the column premium, or check the plan and the period.",
        ),
    )
