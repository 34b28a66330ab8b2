"""Shapes of a student's trips and of the steps of an application."""

from typing import Annotated

from pydantic import Field

from dosojin_web.consents.models import ConsentKind
from dosojin_web.payments.models import PaymentState
from dosojin_web.policies.disclosure import Cover, Hazard, SchoolDemand
from dosojin_web.policies.models import ApplicationState
from dosojin_web.policies.standing import Standing

from .field_kinds import (
    Count,
    Country,
    Digest,
    Key,
    Line,
    Moment,
    PaidYen,
    Reason,
    Truth,
    Version,
    one_of,
    states,
)
from .shapes import Day, PlanLetter, Shape, Words, Yen


class TripShape(Shape):
    """A study trip that the caller is on the roster of."""

    key: Key
    title: str
    host: str
    country: str
    departs_on: Day
    returns_on: Day
    standing: Annotated[str, states(Standing)]
    certificate: str | None


class TripsAnswer(Shape):
    """The caller's study trips."""

    trips: list[TripShape]


class DisclosureShape(Shape):
    """The answers to the questions before a contract is made."""

    return_planned: Truth
    sports: list[Annotated[Hazard, one_of(Hazard.values)]] = []
    sports_note: Reason = ""
    dangerous_work: Truth = False
    work_note: Reason = ""
    similar_cover: Annotated[Cover, one_of(Cover)] = Cover.NO
    similar_note: Reason = ""
    school_demands: list[Annotated[SchoolDemand, one_of(SchoolDemand.values)]] = []
    school_unknown: Truth = False
    school_note: Reason = ""


class DetailsShape(Shape):
    """The insured, as the certificate will name them; `version` is that of these details."""

    family_name: str
    given_name: str
    family_name_kana: str
    given_name_kana: str
    family_name_roman: str
    given_name_roman: str
    birth_date: Day | None
    phone: str
    email: str
    version: int


class MissingShape(Shape):
    """A step that is still to do before paying."""

    step: str
    message: str


class ApplicationShape(Shape):
    """An application as it stands. `total` is to pay: the premium and the loading."""

    key: Key
    state: Annotated[str, states(ApplicationState)]
    version: int
    departs_on: Day | None
    returns_on: Day | None
    country: str
    plan: str
    has_read_matters: bool
    disclosure: DisclosureShape | None
    details: DetailsShape
    premium: Yen | None
    loading: Yen
    total: Yen | None
    missing: list[MissingShape]


class TripQuestion(Shape):
    """The first and the last day away from home, both counted, and the country."""

    departs_on: Day
    returns_on: Day
    country: Country
    version: Version


class PlanQuestion(Shape):
    """The plan that is wanted; quotes say which there are."""

    plan: Annotated[PlanLetter, Field(pattern="^[A-Z]{1,4}$")]
    version: Version


class MattersQuestion(Shape):
    """That the important matters were read, in the words with this digest."""

    digest: Digest
    version: Version


class DisclosureQuestion(DisclosureShape):
    """The answers; a dangerous sport or job refers the application to the agency."""

    version: Version


class DetailsQuestion(Shape):
    """What is different; a field left out stays. Sending none says that all is right."""

    family_name: Line | None = None
    given_name: Line | None = None
    family_name_kana: Line | None = None
    given_name_kana: Line | None = None
    family_name_roman: Line | None = None
    given_name_roman: Line | None = None
    phone: Line | None = None
    email: Line | None = None
    version: Version


class SubmitQuestion(Shape):
    """`seen_total` is the amount that was shown: another one is refused, not charged."""

    seen_total: PaidYen
    version: Version


class PaymentAnswer(Shape):
    """Where to send the payer; `url` is empty once it is paid."""

    state: Annotated[str, states(PaymentState)]
    amount: Yen
    url: str


class MatterShape(Shape):
    """A matter to read before enrolling."""

    id: str
    title: Words
    text: Words
    source: str


class MattersAnswer(Shape):
    """The important matters; `digest` changes with every word."""

    version: str
    digest: str
    matters: list[MatterShape]


class ConsentShape(Shape):
    """A use of the caller's data: what is asked, in the language of Accept-Language, and the last
    answer to it."""

    purpose: str
    title: str
    text: str
    without: str
    digest: str
    is_needed: bool
    said: Annotated[str | None, states(ConsentKind)]
    said_at: Moment | None


class ConsentsAnswer(Shape):
    """Every use that is asked about; `last_seen` goes back with the answers."""

    consents: list[ConsentShape]
    last_seen: int


class ConsentAnswer(Shape):
    """Agreed to or not, in the words with this digest."""

    purpose: Annotated[str, Field(pattern="^[a-z_-]{1,40}$")]
    agrees: Truth
    digest: Digest


class ConsentsQuestion(Shape):
    """The answers, all or none of which are kept."""

    answers: Annotated[list[ConsentAnswer], Field(min_length=1, max_length=40)]
    last_seen: Count
