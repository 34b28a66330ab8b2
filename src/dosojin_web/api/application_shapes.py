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
from .shapes import Day, PlanLetter, Product, Shape, Words, Yen


class TripShape(Shape):
    """A study trip that the caller is on the roster of."""

    key: Key
    """of the place on the roster: stands in the addresses of its application"""
    title: str
    """of the study trip"""
    host: str
    """the institution that receives the students"""
    country: str
    """two letters of ISO 3166-1"""
    product: str
    """the id of the edition that insures it"""
    departs_on: Day
    """the first day away from home"""
    returns_on: Day
    """the last day away from home, counted"""
    standing: Annotated[str, states(Standing)]
    certificate: str | None
    """its number, null before enrolment"""


class TripsAnswer(Shape):
    """The caller's study trips."""

    trips: list[TripShape]


class DisclosureShape(Shape):
    """The answers to the questions before a contract is made. None of them is taken for granted."""

    return_planned: Truth
    """false ends the application: this insurance is for those who come back"""
    sports: list[Annotated[Hazard, states(Hazard)]]
    """dangerous sports on the trip; empty for none"""
    sports_note: Reason = ""
    """which, and how often; needed with sports"""
    dangerous_work: Truth
    """whether the trip has a dangerous job"""
    work_note: Reason = ""
    """which; needed with a dangerous job"""
    similar_cover: Annotated[Cover, one_of(Cover)]
    """whether there is similar insurance elsewhere"""
    similar_note: Reason = ""
    """which"""
    school_demands: list[Annotated[SchoolDemand, states(SchoolDemand)]]
    """what the host institution demands; empty for nothing"""
    school_unknown: Truth = False
    """it has not been found out yet what the host institution demands"""
    school_note: Reason = ""
    """what exactly"""


class DetailsShape(Shape):
    """The insured, as the certificate will name them; `version` is that of these details."""

    family_name: str
    given_name: str
    family_name_kana: str
    given_name_kana: str
    family_name_roman: str
    given_name_roman: str
    birth_date: Day | None
    """null if it is not known yet"""
    phone: str
    """in international form, such as +819012345678"""
    email: str
    version: int
    """goes along with what is corrected"""


class MissingShape(Shape):
    """A step that is still to do before paying."""

    step: str
    message: str
    """what to do, in the language of Accept-Language"""


class ApplicationShape(Shape):
    """An application as it stands. `total` is to pay: the premium and the loading."""

    key: Key
    state: Annotated[str, states(ApplicationState)]
    version: int
    """goes along with every answer"""
    departs_on: Day | None
    """the first day away from home: the first day of cover"""
    returns_on: Day | None
    """the last day away from home, counted"""
    country: str
    """two letters of ISO 3166-1"""
    plan: str
    """empty before it is chosen"""
    has_read_matters: bool
    """whether the important matters were read as they stand today"""
    disclosure: DisclosureShape | None
    """null before the questions are answered"""
    details: DetailsShape
    premium: Yen | None
    """whole yen of the tariff, null before it is fixed"""
    loading: Yen
    """whole yen, quoted by the agency"""
    total: Yen | None
    """whole yen to pay, null before it is fixed"""
    missing: list[MissingShape]
    """what is still to do before paying"""


class TripQuestion(Shape):
    """The first and the last day away from home, both counted, and the country."""

    departs_on: Day
    """the first day away from home"""
    returns_on: Day
    """the last day away from home, counted"""
    country: Country
    version: Version
    """the version of the application"""


class PlanQuestion(Shape):
    """The plan that is wanted; quotes say which there are."""

    plan: Annotated[PlanLetter, Field(pattern="^[A-Z]{1,4}$")]
    """the letter of a plan that `quotes` offers for the trip"""
    version: Version
    """the version of the application"""


class MattersQuestion(Shape):
    """That the important matters were read, in the words with this digest."""

    digest: Digest
    """from the answer of `important-matters`"""
    version: Version
    """the version of the application"""


class DisclosureQuestion(DisclosureShape):
    """The answers; a dangerous sport or job refers the application to the agency."""

    version: Version
    """the version of the application"""


class DetailsQuestion(Shape):
    """What is different; a field left out stays. Sending none says that all is right.

    The name in Japanese and the date of birth come from the university, whose office mends them.
    """

    family_name_roman: Line | None = None
    """as in the passport"""
    given_name_roman: Line | None = None
    """as in the passport"""
    phone: Line | None = None
    """with + and the code of the country, unless it is in Japan"""
    email: Line | None = None
    version: Version
    """the version of the details"""


class SubmitQuestion(Shape):
    """`seen_total` is the amount that was shown: another one is refused, not charged."""

    seen_total: PaidYen
    """whole yen, premium and loading"""
    version: Version
    """the version of the application"""


class PaymentAnswer(Shape):
    """Where to send the payer; `url` is empty once it is paid."""

    state: Annotated[str, states(PaymentState)]
    amount: Yen
    """whole yen"""
    url: str
    """the page of the card company"""


class MatterShape(Shape):
    """A matter to read before enrolling."""

    id: str
    title: Words
    text: Words
    source: str


class MattersQuery(Shape):
    """Of which edition."""

    product: Product | None = None
    """the id of the edition of the trip; left out: of the one that is on sale"""


class MattersAnswer(Shape):
    """The important matters; `digest` changes with every word."""

    version: str
    digest: str
    """goes back when they are acknowledged"""
    matters: list[MatterShape]


class ConsentShape(Shape):
    """A use of the caller's data: what is asked, in the language of Accept-Language, and the last
    answer to it."""

    purpose: str
    title: str
    """what the use is called"""
    text: str
    """the words that count"""
    without: str
    """what is lost without it"""
    digest: str
    """of these words: goes back with the answer"""
    is_needed: bool
    """whether nobody is enrolled without it"""
    said: Annotated[str, states(ConsentKind)] | None
    """the last answer, null before there is one"""
    said_at: Moment | None
    """null before there is an answer"""


class ConsentsAnswer(Shape):
    """Every use that is asked about; `last_seen` goes back with the answers."""

    consents: list[ConsentShape]
    last_seen: int
    """the number of the last answer to any use"""


class ConsentAnswer(Shape):
    """Agreed to or not, in the words with this digest."""

    purpose: Annotated[str, Field(pattern="^[a-z_-]{1,40}$")]
    """of the answer that listed it"""
    agrees: Truth
    """false: objects"""
    digest: Digest
    """of the words that were read"""


class ConsentsQuestion(Shape):
    """The answers, all or none of which are kept."""

    answers: Annotated[list[ConsentAnswer], Field(min_length=1, max_length=40)]
    last_seen: Count
    """of the answer that the words were read in"""
