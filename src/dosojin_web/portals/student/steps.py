"""The steps from the invitation to the payment, and how far each is."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy

from dosojin_web.components.shapes import Progress, Step
from dosojin_web.consents.purposes import Purpose, SignerKind, all_purposes
from dosojin_web.consents.rights import entry_at, lacking_for_enrolment
from dosojin_web.people.details import INSURED
from dosojin_web.policies.important_matters import load_important_matters
from dosojin_web.policies.models import ApplicationState
from dosojin_web.policies.operations.confirm_details import ACT as CONFIRMED

from .trips import Trip

# name of the address, label; in the order in which they are asked
STEPS = (
    ("trip", gettext_lazy("Your trip")),
    ("plans", gettext_lazy("Your plan")),
    ("matters", gettext_lazy("Important matters")),
    ("questions", gettext_lazy("Five questions")),
    ("details", gettext_lazy("Your own details")),
    ("consents", gettext_lazy("Use of your data")),
    ("check", gettext_lazy("Check and pay")),
)

# The step that does what a fault names.
STEP_OF_FIELD = {
    "departs_on": "trip",
    "plan": "plans",
    "read": "matters",
    "disclosure": "questions",
    "details": "details",
    "consents": "consents",
}


@dataclass(frozen=True, slots=True)
class Way:
    """How far an application is: the names of the steps that are done."""

    trip: Trip
    done: frozenset[str]

    @property
    def next(self) -> str:
        """The first step that is not done; the last one at the end."""
        return next((name for name, _ in STEPS if name not in self.done), STEPS[-1][0])

    @property
    def next_address(self) -> str:
        """Where that step is done."""
        return step_address(self.trip, self.next)

    @property
    def can_go_on(self) -> bool:
        """Whether that step can be done now; paying waits until the agency has answered."""
        return self._is_reachable(self.next)

    def steps(self) -> list[Step]:
        """For the list of tasks."""
        return [self._step(name, str(label)) for name, label in STEPS]

    def _step(self, name: str, label: str) -> Step:
        if name in self.done:
            progress = Progress.DONE
        else:
            progress = Progress.CURRENT if name == self.next else Progress.TODO
        reachable = self._is_reachable(name)
        hint = self._hint(name, reachable)
        return Step(label, progress, hint, step_address(self.trip, name) if reachable else "")

    @property
    def _is_referred(self) -> bool:
        application = self.trip.application
        return application is not None and application.state == ApplicationState.REFERRED

    def _is_reachable(self, name: str) -> bool:
        if name == "plans":
            return "trip" in self.done
        return name != "check" or (self.next == "check" and not self._is_referred)

    def _hint(self, name: str, reachable: bool) -> str:
        if name == "questions" and self._is_referred:
            return gettext("The agency is asked")
        if reachable:
            return ""
        if name == "plans":
            return gettext("Once you have entered your trip")
        if self._is_referred:
            return gettext("Once the agency has answered")
        return gettext("Once the other steps are done")


def step_address(trip: Trip, name: str) -> str:
    """The address of a step of this trip."""
    return reverse(f"student:{name}", args=[trip.member.key])


def find_way(trip: Trip, now: datetime) -> Way:
    """How far the application of ``trip`` is, which must be there."""
    application = trip.application
    assert application is not None
    acts = set(application.entries.values_list("act", flat=True))
    person = trip.member.person
    done = {
        "trip": "trip" in acts,
        "plans": bool(application.plan),
        "matters": application.read_matters == load_important_matters(trip.product).digest,
        "questions": bool(application.answers),
        "details": CONFIRMED in acts and all(getattr(person, name) for name in INSURED),
        "consents": _has_said(trip, now),
    }
    return Way(trip, frozenset(name for name, is_done in done.items() if is_done))


def asked_purposes(trip: Trip) -> list[Purpose]:
    """What a student is asked before enrolling, what is needed first."""
    asked = [
        purpose
        for purpose in all_purposes().values()
        if purpose.is_asked_under(trip.product) and SignerKind.SELF in purpose.signers
    ]
    return sorted(asked, key=lambda purpose: not purpose.needed_for_enrolment)


def _has_said(trip: Trip, now: datetime) -> bool:
    person = trip.member.person
    if lacking_for_enrolment(person, now, trip.product):
        return False
    return all(entry_at(person, purpose.id, now) for purpose in asked_purposes(trip))
