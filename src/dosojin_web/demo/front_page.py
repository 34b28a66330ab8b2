"""What the front page of the demonstration shows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from dosojin_web.directory.models import Organisation, OrganisationKind
from dosojin_web.installation.models import Installation
from dosojin_web.ledger.balances import trial_balance
from dosojin_web.policies.models import Certificate, Member, Programme
from dosojin_web.templatetags.money import yen

from .personas import Group, Persona, shown_personas

TITLES: Mapping[Group, str | Promise] = {
    Group.STUDENTS: gettext_lazy("Students"),
    Group.UNIVERSITY: gettext_lazy("The university"),
    Group.SCHEME: gettext_lazy("Those who run the scheme"),
    Group.INSURERS: gettext_lazy("Those who carry it, and who looks over their shoulder"),
}


PREMIUM_DUE = "premium-due"


@dataclass(frozen=True, slots=True)
class Figure:
    """How many there are of something."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Door:
    """A persona and where it sits; ``place`` is "" for an auditor."""

    persona: Persona
    place: str


@dataclass(frozen=True, slots=True)
class Side:
    """A group of doors under its title."""

    name: str
    title: str
    doors: tuple[Door, ...]


def front_page() -> dict[str, Any]:
    """The context of the template: figures, sides of the house, when the demonstration was made."""
    places = {each.code: each.name for each in Organisation.objects.all()}
    sides = [
        Side(
            group.value,
            str(title),
            tuple(
                Door(persona, places.get(persona.organisation, ""))
                for persona in shown_personas(group)
            ),
        )
        for group, title in TITLES.items()
    ]
    return {
        "figures": count_up(),
        "sides": sides,
        "fake_control": f"{settings.CHECKOUT_ORIGIN}/control/",
        "made_at": timezone.localdate(Installation.objects.get().decided_at),
    }


def count_up() -> list[Figure]:
    """The size of the scheme at a glance."""
    universities = Organisation.objects.filter(kind=OrganisationKind.UNIVERSITY)
    premium = -sum(
        amount
        for account, amount in trial_balance().items()
        if account.startswith(f"{PREMIUM_DUE}:")
    )
    counted = (
        (gettext("Universities"), universities.count()),
        (gettext("Study trips"), Programme.objects.count()),
        (gettext("Students on rosters"), Member.objects.count()),
        (gettext("Certificates"), Certificate.objects.count()),
    )
    return [
        *(Figure(label, f"{count:,}") for label, count in counted),
        Figure(gettext("Premium so far"), yen(premium)),
    ]
