"""Shapes of study trips, rosters and members."""

from typing import Annotated

from pydantic import Field

from dosojin_web.policies.models import ProgrammeState, RosterState
from dosojin_web.policies.standing import Standing

from .field_kinds import Code, Count, Country, FilledLine, Key, Moment, Truth, Version, states
from .shapes import Day, Shape, Words, Yen


class ProgrammeQuestion(Shape):
    """A study trip. `scheme` is the code of the master policy that insures its students."""

    scheme: Code
    title: FilledLine
    host: FilledLine
    country: Country
    starts_on: Day
    ends_on: Day
    earns_credits: Truth = False


class ProgrammeShape(Shape):
    """A study trip as it stands. `version` counts its changes."""

    key: Key
    scheme: str
    university: str
    title: str
    host: str
    country: str
    starts_on: Day
    ends_on: Day
    earns_credits: bool
    state: Annotated[str, states(ProgrammeState)]
    version: int


class ProgrammesAnswer(Shape):
    """Study trips, in the order in which they were drafted."""

    programmes: list[ProgrammeShape]
    next: str | None


class VersionQuestion(Shape):
    """The version that the caller has seen: another one by now is answered with 409."""

    version: Version


class RowProblemShape(Shape):
    """What is wrong in a column, and what to do, each sentence by itself."""

    column: str
    ja: list[str]
    en: list[str]


class UntakenRowShape(Shape):
    """A row of the file that was not taken; `line` counts from 1, the header among them."""

    line: int
    problems: list[RowProblemShape]


class RosterShape(Shape):
    """A roster and how far it has been read. `untaken` names the first 100 rows not taken."""

    key: Key
    programme: Key
    state: Annotated[str, states(RosterState)]
    rows: int
    added: int
    changed: int
    unchanged: int
    not_taken: int
    sent_at: Moment
    done_at: Moment | None
    untaken: list[UntakenRowShape]


class InvitationsAnswer(Shape):
    """How many students get an invitation by this call."""

    invited: Count


class MemberShape(Shape):
    """A student on a roster. `premium` is null for a university."""

    key: Key
    programme: Key
    university: str
    student_number: str
    name: Words
    departs_on: Day
    returns_on: Day
    standing: Annotated[str, states(Standing)]
    certificate: str | None
    cover_from: Day | None
    cover_until: Day | None
    premium: Yen | None


class MembersAnswer(Shape):
    """Students, in the order in which they came onto a roster."""

    members: list[MemberShape]
    next: Annotated[str | None, Field(description="the cursor of the next part")]
