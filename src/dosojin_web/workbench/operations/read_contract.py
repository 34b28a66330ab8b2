"""Reads the answers of the first step: which contract, from when to when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext

from dosojin_web.components.shapes import Fault
from dosojin_web.workbench.mapping import Edition


@dataclass(frozen=True, slots=True)
class Contract:
    """The contract that a claim is made on; both days belong to the policy period."""

    edition: str
    plan: str
    inception: date
    expiry: date


def _read_day(answers: Mapping[str, str], field: str, missing: str) -> date | Fault:
    typed = answers.get(field, "").strip()
    if not typed:
        return Fault(field, missing)
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return Fault(
            field,
            gettext("“%(typed)s” is not a day. Write it like 2026-06-01.") % {"typed": typed},
        )


def read_contract(answers: Mapping[str, str], edition: Edition) -> Contract | list[Fault]:
    """The contract that the answers describe, or all that is wrong with them."""
    faults: list[Fault] = []
    plan = answers.get("plan", "")
    if plan not in {choice.value for choice in edition.plans}:
        faults.append(Fault("plan", gettext("Choose the plan on the insured’s certificate.")))
    inception = _read_day(answers, "inception", gettext("Enter the day on which cover begins."))
    expiry = _read_day(answers, "expiry", gettext("Enter the day on which cover ends."))
    if isinstance(inception, date) and isinstance(expiry, date):
        if inception <= expiry:
            if not faults:
                return Contract(edition.id, plan, inception, expiry)
        else:
            expiry = Fault("expiry", gettext("Cover ends before it begins. Check both days."))
    faults += [day for day in (inception, expiry) if isinstance(day, Fault)]
    return faults
