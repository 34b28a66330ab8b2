"""What an office says of a study trip, read from a form and shown in it again."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext

from dosojin_web.components.records import ConflictRow
from dosojin_web.components.shapes import Fault
from dosojin_web.policies.countries import is_country
from dosojin_web.policies.models import MasterPolicy, Programme
from dosojin_web.policies.operations.approve_programme import ProgrammeForm, list_faults
from dosojin_web.policies.sheets import country_name
from dosojin_web.templatetags.layout import civil_day

from .words import reader_language

LENGTH_MAX = 120
DAYS = ("starts_on", "ends_on")


@dataclass(frozen=True, slots=True)
class ReadForm:
    """What was typed, and what it says if nothing is wrong with it."""

    values: Mapping[str, str]
    form: ProgrammeForm | None
    master: MasterPolicy | None
    faults: list[Fault] = field(default_factory=list)


def values_of(programme: Programme) -> dict[str, str]:
    """What the form shows of a study trip as it stands."""
    return {
        "title": programme.title,
        "host": programme.host,
        "country": programme.country,
        "starts_on": str(programme.starts_on),
        "ends_on": str(programme.ends_on),
        "earns_credits": "yes" if programme.earns_credits else "",
    }


def read_form(sent: Mapping[str, str], master: MasterPolicy | None = None) -> ReadForm:
    """The form as it was sent. ``master``: the contract that the study trip stands on already."""
    values = {name: sent.get(name, "").strip() for name in ProgrammeForm.__dataclass_fields__}
    faults: dict[str, Fault] = {}
    days = {name: _read_day(name, values[name], faults) for name in DAYS}
    for name in ("title", "host"):
        if len(values[name]) > LENGTH_MAX:
            faults[name] = Fault(
                name, gettext("Say it in at most %(count)s characters.") % {"count": LENGTH_MAX}
            )
    form = ProgrammeForm(
        title=values["title"],
        host=values["host"],
        country=values["country"] if is_country(values["country"]) else "",
        starts_on=days["starts_on"] or date.min,
        ends_on=days["ends_on"] or date.max,
        earns_credits=values["earns_credits"] == "yes",
    )
    for fault in list_faults(form):
        faults.setdefault(fault.field, fault)
    found = master
    if days["starts_on"]:
        found = _find_master(days["starts_on"], master, faults)
    ordered = [faults[name] for name in values if name in faults]
    return ReadForm(values, None if ordered else form, found, ordered)


def compare(values: Mapping[str, str], saved: Mapping[str, str]) -> list[ConflictRow]:
    """Two versions of a study trip, item by item, in words."""
    yours, theirs = _say(values), _say(saved)
    return [ConflictRow(label, words, theirs[label]) for label, words in yours.items()]


def _say(values: Mapping[str, str]) -> dict[str, str]:
    return {
        gettext("Title"): values["title"],
        gettext("Host institution"): values["host"],
        gettext("Country or region"): country_name(values["country"], reader_language()),
        gettext("First day"): civil_day(date.fromisoformat(values["starts_on"])),
        gettext("Last day"): civil_day(date.fromisoformat(values["ends_on"])),
        gettext("Earns credits"): gettext("Yes")
        if values["earns_credits"] in ("yes", "True")
        else gettext("No"),
    }


def _read_day(name: str, typed: str, faults: dict[str, Fault]) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        message = gettext("“%(typed)s” is not a date. Write it like 2026-06-01.") % {"typed": typed}
        missing = {
            "starts_on": gettext("Enter the first day."),
            "ends_on": gettext("Enter the last day."),
        }
        faults[name] = Fault(name, message if typed else missing[name])
        return None


def _find_master(
    starts_on: date, held: MasterPolicy | None, faults: dict[str, Fault]
) -> MasterPolicy | None:
    """The year of the scheme in which a trip begins; a study trip does not change its year."""
    running = MasterPolicy.objects.filter(
        first_inception__lte=starts_on, last_inception__gte=starts_on
    )
    found = running.filter(pk=held.pk).first() if held else running.order_by("-pk").first()
    if found is None:
        message = gettext(
            "The scheme has no contract for trips that begin on this day. Ask the agency."
        )
        faults.setdefault("starts_on", Fault("starts_on", message))
    return found
