"""Shapes of bordereaux, of the ledger and of the audit trail."""

from typing import Annotated

from pydantic import Field

from .application_shapes import ApplicationShape, DetailsShape
from .certificate_shapes import CertificateShape, ChangeShape, ReferralShape
from .field_kinds import Moment, Next, Plain
from .programme_shapes import ProgrammeShape
from .shapes import Day, ProblemShape, Shape, Words, Yen


class Conflict(Shape):
    """Somebody was quicker: `current` is the record as it stands, null if none is meant.

    Look at it, and send again with its version if you still mean it. Also for an Idempotency-Key
    that stands for another request.
    """

    problems: Annotated[list[ProblemShape], Field(min_length=1)]
    current: (
        ProgrammeShape
        | ApplicationShape
        | DetailsShape
        | CertificateShape
        | ChangeShape
        | ReferralShape
        | None
    )
    """null where no record is meant"""


class BordereauShape(Shape):
    """A month that there is a bordereau of; `address` answers with the CSV."""

    scheme: str
    """the code of the master policy"""
    insurer: str
    """the code of the insurer"""
    month: str
    """a month of Japan, such as 2026-08"""
    address: str
    """path of the CSV, below the root of the site"""


class BordereauxAnswer(Shape):
    """Bordereaux, the newest month first."""

    bordereaux: list[BordereauShape]


class EventShape(Shape):
    """Someone did something. `hash` covers it and the `previous` one."""

    seq: int
    """counts from 1 without gaps"""
    at: Moment
    actor: str
    """such as user:12, or system"""
    role: str
    """of the actor"""
    act: str
    """what was done, such as certificate.issued"""
    about: str
    """to what, such as certificate:G26-000001"""
    detail: Annotated[Plain, Field(description="what is known of it, no personal data")]
    previous: str
    """the hash of the event before"""
    hash: str
    """HMAC-SHA-256 over all of this"""


class EventsAnswer(Shape):
    """Events, the newest first."""

    events: list[EventShape]
    next: Next


class DamageShape(Shape):
    """The first event that is not as it was written: changed, removed or inserted."""

    seq: int
    """the number of that event"""
    kind: str
    """changed, removed or inserted"""
    what: str
    """in English, for whoever looks into it"""


class VerificationAnswer(Shape):
    """How far the chain is whole: up to the event `seq` with `hash`; `damage` is what follows."""

    is_whole: bool
    """whether nothing was changed, removed or inserted"""
    seq: int
    """the last event that is whole"""
    hash: str
    """of that event"""
    damage: DamageShape | None
    """null if all of it is whole"""


class AccountShape(Shape):
    """What stands on an account: debit positive, credit negative."""

    account: str
    """its code, a part of it behind a colon, such as premium-due:tokiomarine"""
    title: Words
    amount: Yen
    """whole yen"""


class TrialBalanceAnswer(Shape):
    """Every account with a line; `total` is 0 in books that are whole."""

    accounts: list[AccountShape]
    total: Yen
    """whole yen"""


class LineShape(Shape):
    """An amount on an account: debit positive, credit negative."""

    account: str
    """its code"""
    amount: Yen
    """whole yen"""


class EntryShape(Shape):
    """What happened, in money; the lines add up to 0."""

    key: str
    """under which it is booked once"""
    kind: str
    """what happened, such as premium"""
    reference: str
    """what it is about, such as a certificate number"""
    on: Day
    """the day of Japan that it is booked on"""
    at: Moment
    actor: str
    """such as user:12, or system"""
    lines: list[LineShape]


class EntriesAnswer(Shape):
    """Entries, the newest first."""

    entries: list[EntryShape]
    next: Next
