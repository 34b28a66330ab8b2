"""Reads the answers of the first step: which contract, from when to when, as known on what day."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext

from dosojin_web.components.shapes import NONE_OF_THESE, UNKNOWN, Fault
from dosojin_web.workbench.mapping import EditionOffer, Kind, included_riders, sums_to_fill
from dosojin_web.workbench.operations.read_figures import plain_digits, read_yen

OPTIONAL_DAYS = ("premium_paid_on",)


def read_contract(
    answers: MultiValueDict[str, str], edition: EditionOffer
) -> tuple[dict[str, Any], list[Fault]]:
    """The entries of a claim file that the answers give, and all that is wrong with them."""
    faults: list[Fault] = []
    plan = answers.get("plan", "")
    if plan not in {offer.id for offer in edition.plans}:
        faults.append(Fault("plan", gettext("Choose the plan on the insured’s certificate.")))
    needed = {
        "inception": gettext("Enter the day on which cover begins."),
        "expiry": gettext("Enter the day on which cover ends."),
        "as_of": gettext("Enter the day on which all this is known: usually today."),
    }
    days: dict[str, str] = {}
    for field in (*needed, *OPTIONAL_DAYS):
        typed = plain_digits(answers.get(field, ""))
        if not typed and field in needed:
            faults.append(Fault(field, needed[field]))
        elif typed and not _is_day(typed):
            said = gettext("“%(typed)s” is not a day. Write it like 2026-06-01.")
            faults.append(Fault(field, said % {"typed": typed}))
        elif typed:
            days[field] = typed
    if days.get("inception", "") > days.get("expiry", "9999"):
        faults.append(Fault("expiry", gettext("Cover ends before it begins. Check both days.")))
    as_of = days.pop("as_of", "")
    policy: dict[str, Any] = dict(days)
    _read_sums(answers, edition, policy, faults)
    _read_riders(answers, edition, plan, policy)
    entries: dict[str, Any] = {"product": edition.id, "plan": plan, "as_of": as_of}
    if answers.get("place_offset"):
        entries["place_offset"] = answers["place_offset"]
    return entries | {"policy": policy}, faults


def _is_day(typed: str) -> bool:
    try:
        return date.fromisoformat(typed).isoformat() == typed
    except ValueError:
        return False


def _read_sums(
    answers: Mapping[str, str],
    edition: EditionOffer,
    policy: dict[str, Any],
    faults: list[Fault],
) -> None:
    """What the certificate shows; an empty field stays open and is asked when it matters."""
    sums: dict[str, Any] = {}
    for id, _, fact in sums_to_fill(edition):
        typed = plain_digits(answers.get(f"sum-{id}", ""))
        if not typed:
            continue
        if fact.kind is Kind.FLAG:
            sums[id] = {"yes": True, "no": False}.get(typed, UNKNOWN)
            continue
        if typed.casefold() in ("unlimited", "無制限"):
            sums[id] = "unlimited"
            continue
        amount = read_yen(typed)
        if amount is None:
            said = gettext("“%(typed)s” is not an amount in yen. Write 0 if it is not carried.")
            faults.append(Fault(f"sum-{id}", said % {"typed": typed}))
        else:
            sums[id] = amount
    if sums:
        policy["sums"] = sums


def _read_riders(
    answers: MultiValueDict[str, str], edition: EditionOffer, plan: str, policy: dict[str, Any]
) -> None:
    """Riders beside those that the plan includes; nothing ticked leaves the plan as it is."""
    ticked = answers.getlist("riders")
    known = [choice.value for choice in edition.riders.choices or () if choice.value in ticked]
    own = included_riders(edition.id, plan)
    if known:
        policy["riders"] = [*own, *(rider for rider in known if rider not in own)]
    elif UNKNOWN in ticked:
        policy["riders"] = {"has": list(own)} if own else UNKNOWN
    elif NONE_OF_THESE in ticked:
        policy["riders"] = list(own) if own else NONE_OF_THESE
