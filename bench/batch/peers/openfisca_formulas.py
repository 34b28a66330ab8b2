"""openfisca-core: receipts as persons, the occurrence as their group entity, yen as its integers.

Its integers are 32 bits wide; every sum of this workload fits. A simulation is made for every
population, so its making is part of the work; the calculation alone is measured as well.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

from bench.batch.peers.serve import Contestant, Form, load
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
    OCCURRENCE_ARRAYS,
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

PERIOD = "2026-06"
RECEIPT = build_entity("receipt", "receipts", "A receipt", is_person=True)
OCCURRENCE = build_entity(
    "occurrence", "occurrences", "An occurrence", roles=[{"key": "receipt", "plural": "receipts"}]
)
Formula = Callable[[Any, Any], Any]


def variable(name: str, entity: Any, formula: Formula | None = None, kind: type = int) -> Any:
    fields: dict[str, Any] = {
        "value_type": kind,
        "entity": entity,
        "definition_period": DateUnit.MONTH,
        "label": name,
    }
    if formula is not None:
        fields["formula"] = formula
    return type(name, (Variable,), fields)


def receipt_formulas() -> dict[str, Formula]:
    """What a receipt brings to each sum of its occurrence."""

    def care_hi(receipt: Any, period: Any) -> Any:
        category = receipt("category", period)
        care = (category == CARE) | (category == INTERPRETER)
        counts = (care & (receipt("days", period) < WINDOW_DAYS)) | (category == TRANSPORT)
        return receipt("amount", period) * counts

    def care_lo(receipt: Any, period: Any) -> Any:
        certain = (receipt("days", period) >= 0) | (receipt("category", period) == TRANSPORT)
        return receipt("care_hi", period) * certain

    def rescue(receipt: Any, period: Any) -> Any:
        category = receipt("category", period)
        counts = ((category == FARE) | (category == ROOM)) & (
            receipt("rescuer", period) <= RESCUERS_MAX
        )
        return receipt("amount", period) * counts

    def rescue_hi(receipt: Any, period: Any) -> Any:
        yen, nights = receipt("rescue", period), receipt("nights", period)
        capped = np.flatnonzero((receipt("category", period) == ROOM) & (nights > NIGHTS_MAX))
        found = yen.copy()
        found[capped] = yen[capped].astype(np.int64) * NIGHTS_MAX // nights[capped]
        return found

    def rescue_lo(receipt: Any, period: Any) -> Any:
        found = receipt("rescue_hi", period).copy()
        rooms = receipt("category", period) == ROOM
        unknown = np.flatnonzero(rooms & (receipt("nights", period) == 0))
        found[unknown] = found[unknown].astype(np.int64) * NIGHTS_MAX // NIGHTS_POSSIBLE
        return found

    formulas = (care_hi, care_lo, rescue, rescue_hi, rescue_lo)
    return {formula.__name__: formula for formula in formulas}


def occurrence_formulas() -> dict[str, Formula]:
    """Sums and limits of an occurrence that are the same in both planes."""

    def summed(category: int) -> Formula:
        def formula(occurrence: Any, period: Any) -> Any:
            categories = occurrence.members("category", period)
            return occurrence.sum(occurrence.members("amount", period) * (categories == category))

        return formula

    def capped(occurrence: Any, period: Any) -> Any:
        goods = np.minimum(occurrence("goods", period), GOODS_MAX)
        calls = np.minimum(occurrence("calls", period) + goods, CALLS_MAX)
        return calls + np.minimum(occurrence("remains", period), REMAINS_MAX)

    def sundries_paid(occurrence: Any, period: Any) -> Any:
        return np.minimum(occurrence("sundries", period), SUNDRIES_MAX)

    return {
        "calls": summed(CALLS),
        "goods": summed(GOODS),
        "sundries": summed(SUNDRIES),
        "remains": summed(REMAINS),
        "capped": capped,
        "sundries_paid": sundries_paid,
    }


def plane_formulas(plane: str) -> tuple[Formula, Formula]:
    """(covered, paid) of one plane."""
    worst = plane == "lo"

    def covered(occurrence: Any, period: Any) -> Any:
        yes = {name: occurrence(name, period) == 1 for name in FLAGS}
        not_no = {name: occurrence(name, period) != 0 for name in FLAGS}
        must, may = (yes, not_no) if worst else (not_no, yes)
        granted = must["injury"] | (
            must["illness"] & must["began_on_trip"] & must["treated_in_time"]
        )
        excluded = (
            may["intent"]
            | (may["war"] & ~must["terrorism"])
            | may["drunk_driving"]
            | (may["dangerous_sport"] & ~must["rider"])
        )
        return granted & ~excluded

    def paid(occurrence: Any, period: Any) -> Any:
        days = occurrence("hospital_days", period)
        in_hospital = days >= HOSPITAL_DAYS_MIN
        if not worst:
            in_hospital = in_hospital | (days < 0)
        rescue = occurrence.sum(occurrence.members(f"rescue_{plane}", period))
        rescue = (rescue + occurrence("sundries_paid", period)) * in_hospital
        free = occurrence.sum(occurrence.members(f"care_{plane}", period))
        total = free + rescue + occurrence("capped", period)
        insured = occurrence("sum_insured", period)
        return np.minimum(total, insured) * occurrence(f"covered_{plane}", period)

    return covered, paid


class Wording(TaxBenefitSystem):  # type: ignore[misc]
    def __init__(self) -> None:
        super().__init__([RECEIPT, OCCURRENCE])
        for name in RECEIPT_ARRAYS:
            self.add_variable(variable(name, RECEIPT))
        for name in OCCURRENCE_ARRAYS:
            self.add_variable(variable(name, OCCURRENCE))
        for name, formula in receipt_formulas().items():
            self.add_variable(variable(name, RECEIPT, formula))
        for name, formula in occurrence_formulas().items():
            self.add_variable(variable(name, OCCURRENCE, formula))
        for plane in ("lo", "hi"):
            covered, paid = plane_formulas(plane)
            self.add_variable(variable(f"covered_{plane}", OCCURRENCE, covered, bool))
            self.add_variable(variable(f"paid_{plane}", OCCURRENCE, paid))


def built(system: Any, given: dict[str, Any]) -> Any:
    builder = SimulationBuilder()
    builder.create_entities(system)
    receipts, rows = len(given["amount"]), len(given["hospital_days"])
    builder.declare_person_entity("receipt", np.arange(receipts))
    occurrences = builder.declare_entity("occurrence", np.arange(rows))
    roles = np.repeat("receipt", receipts)
    builder.join_with_persons(occurrences, given["occurrence"], roles=roles)
    simulation = builder.build(system)
    for name in (*RECEIPT_ARRAYS, *OCCURRENCE_ARRAYS):
        simulation.set_input(name, PERIOD, given[name].astype(np.int32))
    return simulation


def contestant(folder: Path) -> Contestant:
    given = load(folder)
    system = Wording()
    parts: dict[str, float] = {}

    def work() -> tuple[Any, Any]:
        simulation = built(system, given)
        start = time.perf_counter()
        lo = simulation.calculate("paid_lo", PERIOD)
        hi = simulation.calculate("paid_hi", PERIOD)
        parts["without its making"] = time.perf_counter() - start
        return lo, hi

    form = Form(work, len(given["amount"]), lambda found: found, parts)
    return Contestant(f"openfisca-core {version('openfisca-core')}", {"simulation": form})
