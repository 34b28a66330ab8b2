"""Polars, in the forms that a good user would try; the fastest one counts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pyarrow as pa

from bench.batch.peers.serve import Answer, Contestant, Form, load
from bench.batch.rules import (
    CALLS,
    CALLS_MAX,
    CARE,
    FARE,
    FLAGS,
    GOODS,
    GOODS_MAX,
    HOSPITAL_DAYS_MIN,
    INTERPRETER,
    NIGHTS_MAX,
    NIGHTS_POSSIBLE,
    REMAINS,
    REMAINS_MAX,
    RESCUERS_MAX,
    ROOM,
    SUNDRIES,
    SUNDRIES_MAX,
    TRANSPORT,
    WINDOW_DAYS,
)

NOTHING = pl.lit(0, pl.Int64)


def _yen(amount: int) -> pl.Expr:
    return pl.lit(amount, pl.Int64)


def weighed() -> dict[str, pl.Expr]:
    """What each receipt brings to each sum of its occurrence."""
    category, amount, days = pl.col("category"), pl.col("amount"), pl.col("days")
    nights = pl.col("nights").cast(pl.Int64)

    def where(test: pl.Expr, yen: pl.Expr = amount) -> pl.Expr:
        return pl.when(test).then(yen).otherwise(NOTHING)

    care = ((category == CARE) | (category == INTERPRETER)) & (days < WINDOW_DAYS)
    transport = category == TRANSPORT
    among = pl.col("rescuer") <= RESCUERS_MAX
    fare, room = (category == FARE) & among, (category == ROOM) & among
    within = pl.when(nights > NIGHTS_MAX).then(amount * NIGHTS_MAX // nights).otherwise(amount)
    least = pl.when(nights == 0).then(amount * NIGHTS_MAX // NIGHTS_POSSIBLE).otherwise(within)
    return {
        "free_lo": where((care & (days >= 0)) | transport),
        "free_hi": where(care | transport),
        "rescue_lo": pl.when(fare).then(amount).when(room).then(least).otherwise(NOTHING),
        "rescue_hi": pl.when(fare).then(amount).when(room).then(within).otherwise(NOTHING),
        "calls": where(category == CALLS),
        "goods": where(category == GOODS),
        "sundries": where(category == SUNDRIES),
        "remains": where(category == REMAINS),
    }


def paid() -> list[pl.Expr]:
    """lo and hi of an occurrence from its sums and its own facts."""
    yes = {name: pl.col(name) == 1 for name in FLAGS}
    not_no = {name: pl.col(name) != 0 for name in FLAGS}
    surely = pl.col("hospital_days") >= HOSPITAL_DAYS_MIN
    possibly = surely | (pl.col("hospital_days") < 0)
    goods = pl.min_horizontal("goods", _yen(GOODS_MAX))
    capped = pl.min_horizontal(pl.col("calls") + goods, _yen(CALLS_MAX))
    capped += pl.min_horizontal("remains", _yen(REMAINS_MAX))
    sundries = pl.min_horizontal("sundries", _yen(SUNDRIES_MAX))

    def plane(name: str, must: dict[str, pl.Expr], may: dict[str, pl.Expr], in_hospital: pl.Expr):  # type: ignore[no-untyped-def]
        granted = must["injury"] | (
            must["illness"] & must["began_on_trip"] & must["treated_in_time"]
        )
        excluded = (
            may["intent"]
            | (may["war"] & ~must["terrorism"])
            | may["drunk_driving"]
            | (may["dangerous_sport"] & ~must["rider"])
        )
        rescue = pl.when(in_hospital).then(pl.col(f"rescue_{name}") + sundries).otherwise(NOTHING)
        total = pl.min_horizontal(pl.col(f"free_{name}") + capped + rescue, "sum_insured")
        return pl.when(granted & ~excluded).then(total).otherwise(NOTHING).alias(name)

    return [plane("lo", yes, not_no, surely), plane("hi", not_no, yes, possibly)]


def grouped(receipts: pl.DataFrame, occurrences: pl.DataFrame, engine: str) -> pl.DataFrame:
    sums = receipts.lazy().group_by("occurrence").agg(
        **{name: yen.sum() for name, yen in weighed().items()}
    )  # fmt: skip
    query = sums.join(occurrences.lazy(), on="occurrence").select("occurrence", *paid())
    return query.collect(engine=engine)  # type: ignore[call-overload,no-any-return]


def in_order(receipts: pl.DataFrame, occurrences: pl.DataFrame) -> pl.DataFrame:
    """Groups kept in their order, so that the sums stand beside the occurrences without a join."""
    sums = receipts.lazy().group_by("occurrence", maintain_order=True).agg(
        **{name: yen.sum() for name, yen in weighed().items()}
    )  # fmt: skip
    query = pl.concat([sums, occurrences.drop("occurrence").lazy()], how="horizontal")
    return query.select("occurrence", *paid()).collect()


def running(receipts: pl.DataFrame, occurrences: pl.DataFrame, last: pl.Series) -> pl.DataFrame:
    """Running sums, read at the last receipt of every occurrence: no hash table and no join."""
    sums = receipts.lazy().select(
        [yen.cum_sum().gather(last).alias(name) for name, yen in weighed().items()]
    )
    each = sums.select(pl.all() - pl.all().shift(1, fill_value=0))
    query = pl.concat([each, occurrences.lazy()], how="horizontal")
    return query.select("occurrence", *paid()).collect()


def of_lists(
    receipts: pl.DataFrame, occurrences: pl.DataFrame, ends: pa.Array
) -> pl.DataFrame:
    """The receipts of an occurrence as one list, cut at the offsets without copying; its sum."""
    flat = receipts.lazy().select(**weighed()).collect()
    lists = {
        name: pl.from_arrow(pa.LargeListArray.from_arrays(ends, flat[name].to_arrow()))
        for name in flat.columns
    }
    sums = pl.DataFrame(lists).lazy().select(pl.all().list.sum())
    query = pl.concat([sums, occurrences.lazy()], how="horizontal")
    return query.select("occurrence", *paid()).collect()


def answer(found: pl.DataFrame) -> Answer:
    ordered = found.sort("occurrence")
    return ordered["lo"].to_numpy(), ordered["hi"].to_numpy()


def contestant(folder: Path) -> Contestant:
    given = load(folder)
    names = ("occurrence", "category", "amount", "days", "rescuer", "nights")
    receipts = pl.DataFrame({name: given[name] for name in names})
    receipts = receipts.with_columns(pl.col("occurrence").set_sorted())
    rows = pl.int_range(len(given["hospital_days"]), dtype=pl.Int32, eager=True)
    own = {name: given[name] for name in ("hospital_days", "sum_insured", *FLAGS)}
    occurrences = pl.DataFrame({"occurrence": rows.set_sorted(), **own})
    last = pl.Series(given["offsets"][1:] - 1).cast(pl.UInt32)
    offsets = pa.array(given["offsets"])
    works: dict[str, Callable[[], Any]] = {
        "streaming group_by": lambda: grouped(receipts, occurrences, "streaming"),
        "group_by": lambda: grouped(receipts, occurrences, "in-memory"),
        "ordered group_by": lambda: in_order(receipts, occurrences),
        "running sums": lambda: running(receipts, occurrences, last),
        "sums of lists": lambda: of_lists(receipts, occurrences, offsets),
    }
    forms = {name: Form(work, len(receipts), answer) for name, work in works.items()}
    return Contestant(f"polars {pl.__version__}, {pl.thread_pool_size()} threads", forms)
