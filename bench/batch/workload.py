"""Claims for the benchmark: drawn by a seed; as compact arrays, as columns, as files.

The compact arrays are what every peer is given: one entry a receipt or an occurrence, −1 (nights:
0) for what is not known. `columns_of` holds the very same claims in the planes of this project.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from bench.batch import rules
from bench.batch.edition import lowered
from dosojin.batch.columns import OFFSET_UNKNOWN, Columns, Planes, Receipts, categories_of

Array = NDArray[Any]
Arrays = dict[str, Array]

CATEGORY_CHANCES = (0.08, 0.43, 0.08, 0.10, 0.10, 0.04, 0.07, 0.04, 0.06)
YES_CHANCES = {
    "injury": 0.4, "illness": 0.6, "began_on_trip": 0.9, "treated_in_time": 0.9, "intent": 0.01,
    "war": 0.01, "terrorism": 0.3, "drunk_driving": 0.02, "dangerous_sport": 0.05, "rider": 0.4,
}  # fmt: skip
UNKNOWN_CHANCE = 0.03
"""Of every flag; of days since the first treatment and of nights a little less."""
SUMS_INSURED = (300_000, 1_000_000, 3_000_000, 10_000_000)
INCEPTION, EXPIRY, AS_OF = date(2026, 4, 1), date(2027, 3, 31), date(2027, 6, 30)


def make_arrays(receipts: int, seed: int) -> Arrays:
    """`receipts` receipts in three tenths as many occurrences; the same for the same seed."""
    draw = np.random.default_rng(seed)
    occurrences = receipts * 10 // 33
    lengths = _lengths(draw, occurrences, receipts)
    offsets = np.zeros(occurrences + 1, np.int64)
    np.cumsum(lengths, out=offsets[1:])
    policies = occurrences // 3 + 1
    policy = np.sort(draw.integers(0, policies, occurrences, dtype=np.int32))
    found: Arrays = {
        "offsets": offsets,
        "occurrence": np.repeat(np.arange(occurrences, dtype=np.int32), lengths),
        "policy": policy,
        **_receipt_arrays(draw, receipts),
        "hospital_days": _unknown(draw, draw.integers(0, 20, occurrences, dtype=np.int16), 0.05),
        "sum_insured": draw.choice(np.array(SUMS_INSURED, np.int64), policies)[policy],
    }
    for name in rules.FLAGS:
        rows = policies if name == "rider" else occurrences
        flag = (draw.random(rows, np.float32) < YES_CHANCES[name]).astype(np.int8)
        flag = _unknown(draw, flag, UNKNOWN_CHANCE)
        found[name] = flag[policy] if name == "rider" else flag
    return found


def _lengths(draw: np.random.Generator, occurrences: int, receipts: int) -> Array:
    """Receipts of every occurrence, one at least, `receipts` in all."""
    lengths = 1 + draw.poisson(receipts / occurrences - 1, occurrences)
    excess = int(lengths.sum()) - receipts
    may_move = np.flatnonzero(lengths > 1) if excess > 0 else np.arange(occurrences)
    lengths[draw.choice(may_move, abs(excess), replace=False)] -= 1 if excess > 0 else -1
    return lengths


def _receipt_arrays(draw: np.random.Generator, receipts: int) -> Arrays:
    steps = np.cumsum(np.array(CATEGORY_CHANCES))[:-1]
    chance = draw.random(receipts, np.float32)
    return {
        "category": np.searchsorted(steps, chance, side="right").astype(np.int8),
        "amount": np.clip(np.exp(draw.normal(10.5, 1.4, receipts)), 1, 9_999_999).astype(np.int64),
        "days": _unknown(draw, draw.integers(0, 220, receipts, dtype=np.int16), 0.02),
        "rescuer": draw.integers(1, 6, receipts, dtype=np.int8),
        "nights": draw.integers(0, 31, receipts, dtype=np.int8),
    }


def _unknown(draw: np.random.Generator, known: Array, chance: float) -> Array:
    known[draw.random(len(known), np.float32) < chance] = -1
    return known


def cached_arrays(receipts: int, seed: int, folder: Path) -> Path:
    """A folder with one .npy file an array; drawn once."""
    target = folder / f"arrays-{receipts}-{seed}"
    if not target.exists():
        with _finished(target) as unfinished:
            for name, array in make_arrays(receipts, seed).items():
                np.save(unfinished / f"{name}.npy", array)
    return target


def load_arrays(folder: Path) -> Arrays:
    return {path.stem: np.load(path) for path in sorted(folder.glob("*.npy"))}


# the project's columns ------------------------------------------------------------------------


def make_receipts(receipts: int, seed: int) -> Columns:
    return columns_of(make_arrays(receipts, seed))


def columns_of(arrays: Arrays, *, narrow: bool = False) -> Columns:
    """The same claims as planes; a pair of equal planes is one array.

    narrow: counts and categories as small as the compact arrays hold them, not as 64 and 16 bits.
    """
    form = lowered()
    number = {variable.name: index for index, variable in enumerate(form.variables)}
    assert categories_of(form) == rules.CATEGORIES
    rows = len(arrays["hospital_days"])
    planes: dict[int, Planes] = {
        number[name]: (_flag_plane(arrays[name]),) for name in rules.FLAGS if name != "rider"
    }
    rider = arrays["rider"]
    planes[number["riders"]] = ((rider == 1).astype(np.int32), (rider == 0).astype(np.int32))
    planes[number["sums.medical_rescue"]] = (arrays["sum_insured"],) * 2
    planes[number["hospital_days"]] = _count_planes(arrays["hospital_days"], -1, 0, 3650, narrow)
    rescuer = arrays["rescuer"] if narrow else arrays["rescuer"].astype(np.int64)
    amount = arrays["amount"]
    receipts = Receipts(
        arrays["offsets"],
        arrays["category"] if narrow else arrays["category"].astype(np.int16),
        amount,
        amount,
        {
            number["days"]: _count_planes(arrays["days"], -1, 0, 3650, narrow),
            number["nights"]: _count_planes(
                arrays["nights"], 0, 1, rules.NIGHTS_POSSIBLE, narrow
            ),
            number["rescuer"]: (rescuer, rescuer),
        },
    )
    return Columns(
        form,
        rows,
        np.full(rows, AS_OF.toordinal(), np.int32),
        np.full(rows, OFFSET_UNKNOWN, np.int32),
        arrays["policy"].astype(np.int64),
        planes,
        {},
        receipts,
    )


def _flag_plane(flag: Array) -> Array:
    """0 no, 2 unknown, 3 yes; −1 is the last of the three."""
    return np.array([0, 3, 2], np.int8)[flag]


def _count_planes(count: Array, unknown: int, least: int, most: int, narrow: bool) -> Planes:
    known = count != unknown
    wide = count.astype(np.int16 if narrow else np.int64)
    return np.where(known, wide, least).astype(wide.dtype), np.where(known, wide, most)


def planes_of(columns: Columns) -> list[Array]:
    """Every array that a decision on these columns needs, once."""
    receipts = columns.receipts
    held = [receipts.offsets, receipts.category, receipts.lo, receipts.hi]
    for planes in (*receipts.planes.values(), *columns.planes.values()):
        held += planes
    return list({id(array): array for array in held}.values())


# files ----------------------------------------------------------------------------------------


def cached_portfolio(receipts: int, seed: int, parts: int, folder: Path) -> Path:
    """The claims of `make_arrays` in partitions, cut between policies; written once."""
    target = folder / f"portfolio-{receipts}-{seed}-{parts}"
    if not target.exists():
        arrays = make_arrays(receipts, seed)
        with _finished(target) as unfinished:
            for number, (first, last) in enumerate(_cuts(arrays["policy"], parts)):
                tables = tables_of(rows_of(arrays, first, last), first_occurrence=first)
                write_partition(tables, unfinished / f"part-{number:05}")
    return target


def cached_large_portfolio(receipts: int, seed: int, parts: int, folder: Path) -> Path:
    """`parts` partitions of `receipts` receipts each, drawn one by one; written once."""
    target = folder / f"portfolio-{parts}x{receipts}-{seed}"
    if not target.exists():
        with _finished(target) as unfinished:
            for number in range(parts):
                arrays = make_arrays(receipts, seed + number)
                occurrences = len(arrays["policy"])
                first = number * occurrences
                tables = tables_of(arrays, first_policy=first, first_occurrence=first)
                write_partition(tables, unfinished / f"part-{number:05}")
    return target


@contextmanager
def _finished(target: Path) -> Iterator[Path]:
    """A folder to fill that gets its name when it is complete."""
    unfinished = target.with_name(f"{target.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    yield unfinished
    unfinished.rename(target)


def _cuts(policy: Array, parts: int) -> list[tuple[int, int]]:
    """Ranges of rows of about the same size, no policy in two of them."""
    middles = [len(policy) * part // parts for part in range(1, parts)]
    inner = np.searchsorted(policy, policy[middles]).tolist()
    ends = [0, *inner, len(policy)]
    return list(pairwise(ends))


def rows_of(arrays: Arrays, first: int, last: int) -> Arrays:
    """The occurrences first..last (exclusive) with their receipts."""
    offsets = arrays["offsets"][first : last + 1]
    begin, end = int(offsets[0]), int(offsets[-1])
    found = {name: arrays[name][begin:end] for name in rules.RECEIPT_ARRAYS}
    found |= {name: arrays[name][first:last] for name in (*rules.OCCURRENCE_ARRAYS, "policy")}
    return {
        **found,
        "offsets": offsets - begin,
        "occurrence": arrays["occurrence"][begin:end] - np.int32(first),
    }


def write_partition(tables: Mapping[str, pa.Table], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        pq.write_table(table, folder / f"{name}.parquet")


def tables_of(
    arrays: Arrays, *, first_policy: int = 0, first_occurrence: int = 0
) -> dict[str, pa.Table]:
    """policies, occurrences and receipts; what is not known is null. Ids start where asked."""
    policy = arrays["policy"].astype(np.int64) + first_policy
    held, at = np.unique(policy, return_index=True)
    rows = len(policy)
    names = np.arange(rows, dtype=np.int64) + first_occurrence
    flags = {name: _flag_column(arrays[name]) for name in rules.FLAGS if name != "rider"}
    words = pa.array(["none", "sport", "unknown"])
    count = len(held)
    return {
        "policies": pa.table({
            "policy": held,
            "inception": _days(INCEPTION, count),
            "expiry": _days(EXPIRY, count),
            "riders": words.take(pa.array(arrays["rider"][at].astype(np.int64) % 3)),
            "sums.medical_rescue": arrays["sum_insured"][at],
        }),
        "occurrences": pa.table({
            "policy": policy,
            "occurrence": names,
            "seq": np.arange(rows, dtype=np.int64) - np.repeat(at, np.diff([*at, rows])),
            "as_of": _days(AS_OF, rows),
            **flags,
            "hospital_days": _count_column(arrays["hospital_days"], -1),
        }),
        "receipts": pa.table({
            "occurrence": names[arrays["occurrence"]],
            "category": pa.DictionaryArray.from_arrays(arrays["category"], rules.CATEGORIES),
            "amount": arrays["amount"],
            "days": _count_column(arrays["days"], -1),
            "rescuer": _count_column(arrays["rescuer"], -1),
            "nights": _count_column(arrays["nights"], 0),
        }),
    }  # fmt: skip


def _days(day: date, count: int) -> pa.Array:
    since_1970 = day.toordinal() - date(1970, 1, 1).toordinal()
    return pa.array(np.full(count, since_1970, np.int32)).cast(pa.date32())


def _flag_column(flag: Array) -> pa.Array:
    return pa.array(flag == 1, mask=flag < 0)


def _count_column(count: Array, unknown: int) -> pa.Array:
    return pa.array(count, mask=count == unknown)
