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
    Next,
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
    """what it is called in its language"""
    language: str
    """`ja` or `en`"""
    issued_at: Moment
    address: str
    """path of the PDF, below the root of the site"""


class CertificateShape(Shape):
    """What a certificate says now. `version` goes along with whatever is asked of it."""

    number: str
    state: Annotated[str, states(CertificateState)]
    version: int
    """goes along with whatever is asked of the certificate"""
    programme: str
    """the title of the study trip"""
    plan: str
    """the letter of the plan"""
    inception: Day
    """the first day of cover, in Japan"""
    expiry: Day
    """the last day of cover, counted, in Japan"""
    riders: list[str]
    """codes of the riders that are held"""
    premium: Yen
    """whole yen, with the loading"""
    loading: Yen
    """whole yen, quoted by hand for sports or work"""
    documents: list[DocumentShape]
    """the latest first"""


class CertificatesAnswer(Shape):
    """The caller's certificates."""

    certificates: list[CertificateShape]


class CarriedShape(Shape):
    """A certificate as a co-insurer has it: numbers and its share, no person.

    `share` counts ten-thousandths; `share_premium` is that part of `premium`.
    """

    number: str
    """of the certificate"""
    version: int
    """the latest one, from 1"""
    premium: Yen
    """whole yen, of all co-insurers, as the latest version has it"""
    share: int
    """ten-thousandths: 2000 is 20 %"""
    share_premium: Yen
    """whole yen: what the caller carries of `premium`"""


class CarriedAnswer(Shape):
    """Certificates, in the order in which they were issued."""

    certificates: list[CarriedShape]
    next: Next


class ProxyShape(Shape):
    """Who acts in Japan for a student abroad; a telephone number or a mail address is needed."""

    name: FilledLine
    relation: FilledLine
    """to the student, such as father"""
    phone: Line = ""
    """with + and the code of the country, unless it is in Japan"""
    email: Line = ""
    returns_on: Day | None = None
    """the day of return that the proxy told"""


class ExtensionRequest(Shape):
    """Cover until `new_end`. It has to be complete, premium received, before cover ends."""

    new_end: Day
    """the new last day of cover, counted"""
    proxy: ProxyShape | None = None
    """needed from the first day of the trip on"""
    reason: Reason = ""
    version: Version
    """the version of the certificate"""


class EarlyEndRequest(Shape):
    """Cover ends with `last_day`. Null: at once, or entirely if it has not begun."""

    last_day: Day | None
    """counted; null: as soon as it can end"""
    reason: Reason = ""
    version: Version
    """the version of the certificate"""


class EnglishRequest(Shape):
    """`addressee`: a school or an embassy; empty for whom it may concern."""

    addressee: Annotated[Line, Field(max_length=80)] = ""
    """a school or an embassy, in letters that can be printed"""


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
    """the number of the certificate"""
    kind: Annotated[str, states(ChangeKind)]
    state: Annotated[str, states(ChangeState)]
    version: int
    """counts the steps of this request, and goes along with a decision"""
    base_version: int
    """the version of the certificate that it was asked on"""
    last_day: Day
    """the last day of cover that is wished"""
    plan: str
    """the plan after the change"""
    riders_lost: list[str]
    """codes of the riders that end with the change"""
    premium_change: Yen
    """whole yen: to pay if positive, to give back if negative"""
    loading_change: Yen
    """whole yen: the part of it that was quoted by hand"""
    reason: str
    """as the student or the proxy gave it"""
    asked_at: Moment
    insured: Words | None
    proxy: ToldProxyShape | None


class ChangesAnswer(Shape):
    """Requests, in the order in which they came."""

    changes: list[ChangeShape]
    next: Next


class ReviewQuestion(Shape):
    """The agency accepts an extension, with a loading where the certificate has one."""

    loading: PaidYen = 0
    """whole yen, on top of the tariff"""
    reason: Reason = ""
    """how the agency came to the loading"""
    version: Version
    """the version of the request"""


class ReasonQuestion(Shape):
    """Why it is turned down; the student reads it."""

    reason: Reason
    """the student reads it"""
    version: Version
    """the version of what is turned down"""


class TransferQuestion(Shape):
    """A bank transfer that came for an extension; `reference`: the number of the bank's advice."""

    amount: PaidYen
    """whole yen that came: exactly what is due"""
    received_on: Day
    """the day of Japan on which it came"""
    reference: Annotated[Line, Field(max_length=60)]
    """the number of the bank’s advice"""
    version: Version
    """the version of the request"""


class ExtendedAnswer(Shape):
    """The certificate after the transfer; as before, while a second person has to enter it."""

    waits_for_another: bool
    """cover has ended, and nobody else has entered this transfer yet"""
    certificate: str
    """its number"""
    version: int
    """of the certificate, from now on"""
    expiry: Day
    """the new last day of cover, counted"""
    premium: Yen
    """whole yen, of the whole stay"""


class ReferralShape(Shape):
    """A question to the agency: which loading for these sports or this work?"""

    key: Key
    state: Annotated[str, states(ReferralState)]
    version: int
    """goes along with an answer"""
    insured: Words
    programme: str
    """the title of the study trip"""
    hazards: list[Annotated[str, one_of([*Hazard.values, "work"])]]
    """the sports that were disclosed, and `work`"""
    departs_on: Day | None
    returns_on: Day | None
    plan: str
    loading: Yen | None
    """whole yen; null before there is a quotation"""
    reason: str
    """how the agency came to its answer"""
    asked_at: Moment


class ReferralsAnswer(Shape):
    """Questions, in the order in which they came."""

    referrals: list[ReferralShape]
    next: Next


class QuoteQuestion(Shape):
    """The loading quoted by hand, and how the agency came to it."""

    loading: Count
    """whole yen, on top of the tariff; 0 is a quotation too"""
    reason: Reason
    """how the agency came to it"""
    version: Version
    """the version of the question"""


class RefundShape(Shape):
    """A refund to a card that is not settled. `failure` is the provider's word for why."""

    key: str
    """of the refund"""
    reference: str
    """what the payment was for: an application or a change, and the attempt"""
    amount: Yen
    """whole yen"""
    state: Annotated[str, states(RefundState)]
    failure: str
    """the provider’s word for why it failed, or empty"""
    created_at: Moment
    changed_at: Moment


class RefundsAnswer(Shape):
    """Refunds that somebody still waits for, failed ones first."""

    refunds: list[RefundShape]
