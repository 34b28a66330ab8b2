"""Reading an edition's tariff from its folder: plans_YEAR.toml and the premium table it names.

The files are ours, so a fault in them is a `TariffError` for the person who edits them, with file
and line; only an edition that does not exist is a problem of the one who asks.
"""

from __future__ import annotations

import csv
import tomllib
from functools import cache
from importlib.resources import files
from itertools import pairwise
from types import MappingProxyType
from typing import Any

from dosojin.products import EditionFiles, editions
from dosojin.rating.bands import Band, BandUnit
from dosojin.rating.problems import unknown_product
from dosojin.rating.tariff import (
    Discount,
    Plan,
    RefundStrategy,
    RefundTerms,
    RiderTerms,
    Tariff,
    TariffRow,
)
from dosojin.values.text import Text

_UNITS = {"days": BandUnit.DAY, "months": BandUnit.MONTH, "years": BandUnit.YEAR}
_COLUMNS = ["plan", "band_unit", "band_length", "premium", "source"]

Table = dict[str, Any]


class TariffError(ValueError):
    """A tariff file contradicts itself; the message names file and place."""


@cache
def load_tariff(product: str) -> Tariff:
    """The tariff of the edition with that id; RatingProblem lists the editions if there is none."""
    edition = editions().get(product)
    if edition is None:
        raise unknown_product(product, tuple(editions()))
    table = tomllib.loads(_read(edition, edition.plans_name))
    terms = table["tariff"]
    is_published = terms["status"] == "published"
    rows = read_rows(_read(edition, terms["premiums"]), terms["premiums"]) if is_published else {}
    tariff = Tariff(
        product=edition.id,
        is_published=is_published,
        currency=terms["currency"],
        plans=MappingProxyType(
            {name: _plan(name, plan, rows) for name, plan in table["plans"].items()}
        ),
        discount=_discount(terms["discount"]),
        riders=tuple(_rider(name, rider) for name, rider in table["riders"].items()),
        extension_at_most=_figure_band(terms["extension"]["total_at_most"]),
        refund=_refund(terms["refund"]) if is_published else None,
    )
    check_plans(tariff, edition.plans_name)
    return tariff


def read_rows(text: str, name: str) -> dict[str, tuple[TariffRow, ...]]:
    """The premium table by plan, each in reading order; `name` is the file's, for faults."""
    reader = csv.DictReader(text.splitlines())
    if reader.fieldnames != _COLUMNS:
        raise TariffError(f"{name}: the columns must be {','.join(_COLUMNS)}")
    rows: dict[str, list[TariffRow]] = {}
    for line in reader:
        try:
            band = Band(BandUnit(line["band_unit"]), int(line["band_length"]))
            row = TariffRow(band, int(line["premium"]), line["source"])
        except ValueError as fault:
            raise TariffError(f"{name}, line {reader.line_num}: {fault}") from fault
        if row.premium <= 0 or not row.source:
            raise TariffError(f"{name}, line {reader.line_num}: premium above 0 and source needed")
        rows.setdefault(line["plan"], []).append(row)
    ordered = {}
    for plan, found in rows.items():
        ordered[plan] = tuple(sorted(found, key=lambda row: row.band.reading_order))
        for shorter, longer in pairwise(ordered[plan]):
            if shorter.band == longer.band or shorter.premium > longer.premium:
                raise TariffError(f"{name}: plan {plan}, {longer.band.name}: falls or stands twice")
    return ordered


def check_plans(tariff: Tariff, name: str) -> None:
    """TariffError unless pairs are mutual and meet, and each table reaches its plan's length."""
    for plan in tariff.plans.values():
        pair = tariff.plans.get(plan.pair)
        if pair is None or pair.pair != plan.id:
            raise TariffError(f"{name}: plans.{plan.id}.pair is not mutual")
        shorter, longer = (plan, pair) if plan.over is None else (pair, plan)
        if longer.over != shorter.at_most:
            raise TariffError(f"{name}: plans {shorter.id} and {longer.id} do not meet")
        if not tariff.is_published:
            continue
        if not plan.rows or plan.rows[-1].band != plan.at_most:
            raise TariffError(
                f"{name}: the premiums of plan {plan.id} end elsewhere than its length"
            )
        if longer.rows and shorter.rows and shorter.rows[-1].premium > longer.rows[0].premium:
            raise TariffError(f"{name}: premiums fall from plan {shorter.id} to {longer.id}")


def _read(edition: EditionFiles, name: str) -> str:
    return files(edition.package).joinpath(name).read_text(encoding="utf-8")


def _plan(name: str, table: Table, rows: dict[str, tuple[TariffRow, ...]]) -> Plan:
    length = table["length"]
    return Plan(
        id=name,
        title=_text(table["title"]),
        over=_band(length["over"]) if "over" in length else None,
        at_most=_band(length["at_most"]),
        pair=table["pair"],
        rows=rows[table["tariff"]] if rows else (),
    )


def _discount(table: Table) -> Discount:
    total = table["total"]
    parts = tuple(table[part]["value"] for part in ("volume", "loss_ratio") if part in table)
    return Discount(total["value"], total["about"], parts, total["source"])


def _rider(name: str, table: Table) -> RiderTerms:
    carried_to = table.get("carried_to")
    return RiderTerms(
        id=name,
        title=_text(table["title"]),
        plans=frozenset(table["plans"]),
        carried_to=None if carried_to is None else _figure_band(carried_to),
        source=table["source"] if carried_to is None else carried_to["source"],
    )


def _refund(table: Table) -> RefundTerms:
    short_rates = [(_band(row["to"]), row["percent"]) for row in table["short_rate"]["kept"]]
    return RefundTerms(
        strategies=tuple(RefundStrategy(name) for name in table["strategies"]),
        rounding=table["rounding"]["value"],
        short_rates=tuple(sorted(short_rates, key=lambda rate: rate[0].reading_order)),
    )


def _band(table: dict[str, int]) -> Band:
    """{ days = 31 } as a band."""
    [(unit, length)] = table.items()
    return Band(_UNITS[unit], length)


def _figure_band(table: Table) -> Band:
    """{ value = 2, unit = "years", … } as a band."""
    return Band(_UNITS[table["unit"]], table["value"])


def _text(table: dict[str, str]) -> Text:
    return Text(table["ja"], table["en"])
