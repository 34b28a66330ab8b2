"""Shapes of certificates and their documents, of changes, referrals and refunds."""

from typing import Annotated

from pydantic import Field

from dosojin_web.payments.models import RefundState
from dosojin_web.policies.disclosure import Hazard
from dosojin_web.policies.models import ChangeKind, ChangeState, ReferralState
from dosojin_web.policies.versions import CertificateState

from .field_kinds import (
    Count,
    FilledLine,
    Key,
    Line,
    Moment,
    PaidYen,
    Reason,
    Version,
    one_of,
    states,
)
from .shapes import Day, Shape, Words, Yen


class DocumentShape(Shape):
    """A document that was issued; `address` answers with the PDF."""

    key: Key
    name: str
    language: str
    issued_at: Moment
    address: str


class CertificateShape(Shape):
    """What a certificate says now. `version` goes along with whatever is asked of it."""

    number: str
    state: Annotated[str, states(CertificateState)]
    version: int
    programme: str
    plan: str
    inception: Day
    expiry: Day
    riders: list[str]
    premium: Yen
    loading: Yen
    documents: list[DocumentShape]


class CertificatesAnswer(Shape):
    """The caller's certificates."""

    certificates: list[CertificateShape]


class CarriedShape(Shape):
    """A certificate as a co-insurer has it: numbers and its share, no person.

    `share` counts ten-thousandths; `share_premium` is that part of `premium`.
    """

    number: str
    version: int
    premium: Yen
    share: int
    share_premium: Yen


class CarriedAnswer(Shape):
    """Certificates, in the order in which they were issued."""

    certificates: list[CarriedShape]
    next: str | None


class ProxyShape(Shape):
    """Who acts in Japan for a student abroad; a telephone number or a mail address is needed."""

    name: FilledLine
    relation: FilledLine
    phone: Line = ""
    email: Line = ""
    returns_on: Day | None = None


class ExtensionRequest(Shape):
    """Cover until `new_end`. It has to be complete, premium received, before cover ends."""

    new_end: Day
    proxy: ProxyShape
    reason: Reason = ""
    version: Version


class EarlyEndRequest(Shape):
    """Cover ends with `last_day`. Null: at once, or entirely if it has not begun."""

    last_day: Day | None
    reason: Reason = ""
    version: Version


class EnglishRequest(Shape):
    """`addressee`: a school or an embassy; empty for whom it may concern."""

    addressee: Line = ""


class ToldProxyShape(Shape):
    """Who acts in Japan, as it was told."""

    name: str
    relation: str
    phone: str
    email: str
    returns_on: str


class ChangeShape(Shape):
    """A request to change a certificate. `premium_change`: to pay if positive, else to give back.

    `insured` is null for the caller who is the insured, `proxy` for a policyholder.
    """

    key: Key
    certificate: str
    kind: Annotated[str, states(ChangeKind)]
    state: Annotated[str, states(ChangeState)]
    version: int
    base_version: int
    last_day: Day
    plan: str
    riders_lost: list[str]
    premium_change: Yen
    loading_change: Yen
    reason: str
    asked_at: Moment
    insured: Words | None
    proxy: ToldProxyShape | None


class ChangesAnswer(Shape):
    """Requests, in the order in which they came."""

    changes: list[ChangeShape]
    next: str | None


class ReviewQuestion(Shape):
    """The agency accepts an extension, with a loading where the certificate has one."""

    loading: PaidYen = 0
    reason: Reason = ""
    version: Version


class ReasonQuestion(Shape):
    """Why it is turned down; the student reads it."""

    reason: Reason
    version: Version


class TransferQuestion(Shape):
    """A bank transfer that came for an extension; `reference`: the number of the bank's advice."""

    amount: PaidYen
    received_on: Day
    reference: Annotated[Line, Field(max_length=60)]
    version: Version


class ExtendedAnswer(Shape):
    """The version of the certificate that the transfer made."""

    certificate: str
    version: int
    expiry: Day
    premium: Yen


class ReferralShape(Shape):
    """A question to the agency: which loading for these sports or this work?"""

    key: Key
    state: Annotated[str, states(ReferralState)]
    version: int
    insured: Words
    programme: str
    hazards: list[Annotated[str, one_of([*Hazard.values, "work"])]]
    departs_on: Day | None
    returns_on: Day | None
    plan: str
    loading: Yen | None
    reason: str
    asked_at: Moment


class ReferralsAnswer(Shape):
    """Questions, in the order in which they came."""

    referrals: list[ReferralShape]
    next: str | None


class QuoteQuestion(Shape):
    """The loading quoted by hand, and how the agency came to it."""

    loading: Count
    reason: Reason
    version: Version


class RefundShape(Shape):
    """A refund to a card that is not settled. `failure` is the provider's word for why."""

    key: str
    reference: str
    amount: Yen
    state: Annotated[str, states(RefundState)]
    failure: str
    created_at: Moment
    changed_at: Moment


class RefundsAnswer(Shape):
    """Refunds that somebody still waits for, failed ones first."""

    refunds: list[RefundShape]
