"""DuckDB on its own tables, two threads; the answer comes back as Arrow."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb
import numpy as np
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
    RECEIPT_ARRAYS,
    REMAINS,
    REMAINS_MAX,
    RESCUERS_MAX,
    ROOM,
    SUNDRIES,
    SUNDRIES_MAX,
    TRANSPORT,
    WINDOW_DAYS,
)

CAPPED = f"""least(calls + least(goods, {GOODS_MAX}), {CALLS_MAX})
    + least(remains, {REMAINS_MAX})"""
RESCUE_OF = f"rescuer <= {RESCUERS_MAX} and category"
WITHIN = f"case when nights > {NIGHTS_MAX} then amount * {NIGHTS_MAX} // nights else amount end"


def _sums(sum_function: str) -> str:
    def added(name: str, cases: str) -> str:
        return f"{sum_function}(case {cases} else 0 end) as {name}"

    care = f"category in ({CARE}, {INTERPRETER}) and days < {WINDOW_DAYS}"
    unknown = f"amount * {NIGHTS_MAX} // {NIGHTS_POSSIBLE}"
    least = f"case when nights = 0 then {unknown} else {WITHIN} end"
    fare = f"when {RESCUE_OF} = {FARE} then amount when {RESCUE_OF} = {ROOM} then"
    columns = (
        added("free_lo", f"when category = {TRANSPORT} or ({care} and days >= 0) then amount"),
        added("free_hi", f"when category = {TRANSPORT} or ({care}) then amount"),
        added("rescue_lo", f"{fare} {least}"),
        added("rescue_hi", f"{fare} {WITHIN}"),
        added("calls", f"when category = {CALLS} then amount"),
        added("goods", f"when category = {GOODS} then amount"),
        added("sundries", f"when category = {SUNDRIES} then amount"),
        added("remains", f"when category = {REMAINS} then amount"),
    )
    return f"select occurrence, {', '.join(columns)} from receipts group by occurrence"


def _plane(name: str, must: str, may: str, in_hospital: str) -> str:
    """One plane: `must` and `may` say when a flag counts for it, and against it."""
    granted = f"""injury {must} or (illness {must} and began_on_trip {must}
        and treated_in_time {must})"""
    excluded = f"""intent {may} or (war {may} and not terrorism {must}) or drunk_driving {may}
        or (dangerous_sport {may} and not rider {must})"""
    rescue = f"""case when {in_hospital}
        then rescue_{name} + least(sundries, {SUNDRIES_MAX}) else 0 end"""
    return f"""(case when ({granted}) and not ({excluded})
        then least(free_{name} + {CAPPED} + {rescue}, sum_insured) else 0 end)::bigint as {name}"""


def query(sum_function: str) -> str:
    surely = f"hospital_days >= {HOSPITAL_DAYS_MIN}"
    lo = _plane("lo", "= 1", "<> 0", surely)
    hi = _plane("hi", "<> 0", "= 1", f"({surely} or hospital_days < 0)")
    return f"""with sums as ({_sums(sum_function)})
        select occurrence, {lo}, {hi} from sums join occurrences using (occurrence)"""


def answer(found: pa.Table) -> Answer:
    order = np.argsort(found["occurrence"].to_numpy())
    return found["lo"].to_numpy()[order], found["hi"].to_numpy()[order]


def contestant(folder: Path) -> Contestant:
    given = load(folder)
    base = duckdb.connect(config={"threads": 2})
    arrow: dict[str, Any] = {
        "receipts": {name: given[name] for name in ("occurrence", *RECEIPT_ARRAYS)},
        "occurrences": {
            "occurrence": np.arange(len(given["hospital_days"]), dtype=np.int32),
            **{name: given[name] for name in ("hospital_days", "sum_insured", *FLAGS)},
        },
    }
    for name, columns in arrow.items():
        base.register("given", pa.table(columns))
        base.execute(f"create table {name} as select * from given")
        base.unregister("given")
    forms = {
        "SQL, sum": Form(_asking(base, query("sum")), len(given["amount"]), answer),
        "SQL, sum_no_overflow": Form(
            _asking(base, query("sum_no_overflow")), len(given["amount"]), answer
        ),
    }
    return Contestant(f"duckdb {duckdb.__version__}, 2 threads", forms)


def _asking(base: Any, sql: str) -> Any:
    return lambda: base.sql(sql).to_arrow_table()
