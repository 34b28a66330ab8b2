"""Shapes of bordereaux, of the ledger and of the audit trail."""

from typing import Annotated

from pydantic import Field

from .application_shapes import ApplicationShape, DetailsShape
from .certificate_shapes import CertificateShape, ChangeShape, ReferralShape
from .field_kinds import Moment, Plain
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


class BordereauShape(Shape):
    """A month that there is a bordereau of; `address` answers with the CSV."""

    scheme: str
    insurer: str
    month: str
    address: str


class BordereauxAnswer(Shape):
    """Bordereaux, the newest month first."""

    bordereaux: list[BordereauShape]


class EventShape(Shape):
    """Someone did something. `hash` covers it and the `previous` one."""

    seq: int
    at: Moment
    actor: str
    role: str
    act: str
    about: str
    detail: Annotated[Plain, Field(description="what is known of it, no personal data")]
    previous: str
    hash: str


class EventsAnswer(Shape):
    """Events, the newest first."""

    events: list[EventShape]
    next: str | None


class DamageShape(Shape):
    """The first event that is not as it was written: changed, removed or inserted."""

    seq: int
    kind: str
    what: str


class VerificationAnswer(Shape):
    """How far the chain is whole: up to the event `seq` with `hash`; `damage` is what follows."""

    is_whole: bool
    seq: int
    hash: str
    damage: DamageShape | None


class AccountShape(Shape):
    """What stands on an account: debit positive, credit negative."""

    account: str
    title: Words
    amount: Yen


class TrialBalanceAnswer(Shape):
    """Every account with a line; `total` is 0 in books that are whole."""

    accounts: list[AccountShape]
    total: Yen


class LineShape(Shape):
    """An amount on an account: debit positive, credit negative."""

    account: str
    amount: Yen


class EntryShape(Shape):
    """What happened, in money; the lines add up to 0."""

    key: str
    kind: str
    reference: str
    on: Day
    at: Moment
    actor: str
    lines: list[LineShape]


class EntriesAnswer(Shape):
    """Entries, the newest first."""

    entries: list[EntryShape]
    next: str | None
