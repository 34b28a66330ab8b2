"""Who a visitor can be, and what to try there.

A persona is a user whom the fill makes, under a name that is fixed here. Spare ones are not shown:
journeys that enrol a student or change a certificate need one of their own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from dosojin_web.accounts.roles import Role
from dosojin_web.accounts.student_log_in import make_username

UNIVERSITY = "hokurei"
SPARE_STUDENTS = 8
NEW, ABROAD = "student-new", "student-abroad"


class Group(StrEnum):
    """Whose side a persona is on; the order of the page."""

    STUDENTS = "students"
    UNIVERSITY = "university"
    SCHEME = "scheme"
    INSURERS = "insurers"


@dataclass(frozen=True, slots=True)
class Persona:
    """``organisation`` is its code, "" for none; ``invitation`` says in a sentence what to try."""

    key: str
    username: str
    role: Role
    organisation: str
    group: Group | None = None
    title: str | Promise = ""
    invitation: str | Promise = ""


def number_of(key: str, place: int) -> str:
    """The student number of a persona who is a student; ``place`` counts from 1."""
    return f"26D-{100 if key == NEW else 200}{place:02d}"


def _student(key: str, place: int) -> Persona:
    username = make_username(UNIVERSITY, number_of(key, place))
    return Persona(f"{key}-{place}", username, Role.STUDENT, UNIVERSITY)


_SHOWN = (
    Persona(
        NEW,
        make_username(UNIVERSITY, number_of(NEW, 1)),
        Role.STUDENT,
        UNIVERSITY,
        Group.STUDENTS,
        gettext_lazy("Student before enrolment"),
        gettext_lazy(
            "Enter the trip, compare the plans, pay by test card and read the mail that follows."
        ),
    ),
    Persona(
        ABROAD,
        make_username(UNIVERSITY, number_of(ABROAD, 1)),
        Role.STUDENT,
        UNIVERSITY,
        Group.STUDENTS,
        gettext_lazy("Student abroad"),
        gettext_lazy("Fetch the certificate, ask for a longer stay, or come home early."),
    ),
    Persona(
        "university-maker",
        "office.ito",
        Role.UNIVERSITY,
        UNIVERSITY,
        Group.UNIVERSITY,
        gettext_lazy("University office, drafting"),
        gettext_lazy("Draft a study trip, send a roster and see who leaves soon without cover."),
    ),
    Persona(
        "university-approver",
        "office.abe",
        Role.UNIVERSITY,
        UNIVERSITY,
        Group.UNIVERSITY,
        gettext_lazy("University office, approving"),
        gettext_lazy("Approve what a colleague has drafted, then invite the students."),
    ),
    Persona(
        "policyholder",
        "jees.ono",
        Role.POLICYHOLDER,
        "jees",
        Group.SCHEME,
        gettext_lazy("Policyholder"),
        gettext_lazy(
            "Confirm or refuse changes; look at members and premiums of all universities."
        ),
    ),
    Persona(
        "policyholder-2",
        "jees.kudo",
        Role.POLICYHOLDER,
        "jees",
    ),
    Persona(
        "agency",
        "kyoeki.mori",
        Role.AGENCY,
        "kyoeki",
        Group.SCHEME,
        gettext_lazy("Agency, first person"),
        gettext_lazy("Quote a loading for dangerous sports, check extensions, ask for a proxy."),
    ),
    Persona(
        "agency-2",
        "kyoeki.hara",
        Role.AGENCY,
        "kyoeki",
        Group.SCHEME,
        gettext_lazy("Agency, second person"),
        gettext_lazy("Check the loading that a colleague proposed; settle a refund that failed."),
    ),
    Persona(
        "insurer-lead",
        "tokiomarine.seki",
        Role.INSURER,
        "tokiomarine",
        Group.INSURERS,
        gettext_lazy("Lead insurer"),
        gettext_lazy("See the whole scheme and its own share, and fetch a month's bordereau."),
    ),
    Persona(
        "insurer-co",
        "aioi.noda",
        Role.INSURER,
        "aioi",
        Group.INSURERS,
        gettext_lazy("Co-insurer"),
        gettext_lazy("See its own share of every premium, to the yen, and nothing of the others."),
    ),
    Persona(
        "auditor",
        "auditor.kato",
        Role.AUDITOR,
        "",
        Group.INSURERS,
        gettext_lazy("Auditor"),
        gettext_lazy("Read everything, change nothing, and verify the chain of the audit trail."),
    ),
)
_SPARE = (
    *(_student(key, place) for key in (NEW, ABROAD) for place in range(2, SPARE_STUDENTS + 1)),
    Persona("university-shiomi", "shiomi.ueda", Role.UNIVERSITY, "shiomi"),
    Persona("university-shiomi-2", "shiomi.okada", Role.UNIVERSITY, "shiomi"),
    Persona("university-joto", "joto.sugi", Role.UNIVERSITY, "joto"),
    Persona("university-joto-2", "joto.baba", Role.UNIVERSITY, "joto"),
)
PERSONAS: Mapping[str, Persona] = {persona.key: persona for persona in (*_SHOWN, *_SPARE)}


def shown_personas(group: Group) -> list[Persona]:
    """Those of a group, in the order of the page."""
    return [persona for persona in _SHOWN if persona.group is group]


def staff() -> list[Persona]:
    """Everybody who is not a student: the fill opens their accounts by itself."""
    return [persona for persona in PERSONAS.values() if persona.role is not Role.STUDENT]
