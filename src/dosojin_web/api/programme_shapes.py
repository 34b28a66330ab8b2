"""Shapes of study trips, rosters and members."""

from typing import Annotated

from dosojin_web.policies.models import ProgrammeState, RosterState
from dosojin_web.policies.standing import Standing

from .field_kinds import Code, Count, Country, FilledLine, Key, Moment, Next, Truth, Version, states
from .shapes import Day, Shape, Words, Yen


class ProgrammeQuestion(Shape):
    """A study trip. `scheme` is the code of the master policy that insures its students."""

    scheme: Code
    """the code of a master policy whose years the first day lies in"""
    title: FilledLine
    """as students and certificates call it, in any language"""
    host: FilledLine
    """the institution that receives the students"""
    country: Country
    starts_on: Day
    """the first day of the study trip"""
    ends_on: Day
    """the last day, counted"""
    earns_credits: Truth = False
    """whether the university gives credits for it"""


class ProgrammeShape(Shape):
    """A study trip as it stands. `version` counts its changes."""

    key: Key
    scheme: str
    """the code of the master policy"""
    university: str
    """the code of the university"""
    title: str
    """as students and certificates call it"""
    host: str
    """the institution that receives the students"""
    country: str
    starts_on: Day
    """the first day of the study trip"""
    ends_on: Day
    """the last day, counted"""
    earns_credits: bool
    """whether the university gives credits for it"""
    state: Annotated[str, states(ProgrammeState)]
    version: int
    """goes along with an approval"""


class ProgrammesAnswer(Shape):
    """Study trips, in the order in which they were drafted."""

    programmes: list[ProgrammeShape]
    next: Next


class VersionQuestion(Shape):
    """The version that the caller has seen: another one by now is answered with 409."""

    version: Version
    """the version that the caller has seen"""


class RowProblemShape(Shape):
    """What is wrong in a column, and what to do, each sentence by itself."""

    column: str
    """the column as the header of the file calls it"""
    ja: list[str]
    """what is wrong, and what to do"""
    en: list[str]
    """what is wrong, and what to do"""


class UntakenRowShape(Shape):
    """A row of the file that was not taken; `line` counts from 1, the header among them."""

    line: int
    """in the file, from 1"""
    problems: list[RowProblemShape]


class RosterShape(Shape):
    """A roster and how far it has been read. `untaken` names the first 100 rows not taken."""

    key: Key
    programme: Key
    """the key of the study trip"""
    state: Annotated[str, states(RosterState)]
    rows: int
    """rows in the file, without its header"""
    added: int
    """students who were not on the roster before"""
    changed: int
    """students of whom something is different now"""
    unchanged: int
    """students of whom all was known"""
    not_taken: int
    """rows with a mistake: mend them and send the file again"""
    sent_at: Moment
    done_at: Moment | None
    """null as long as it is being read"""
    untaken: list[UntakenRowShape]


class InvitationsAnswer(Shape):
    """How many students get an invitation by this call."""

    invited: Count
    """students; 0 if all have one"""


class MemberShape(Shape):
    """A student on a roster. `premium` is null for a university."""

    key: Key
    """of this place on a roster"""
    programme: Key
    """the key of the study trip"""
    university: str
    """the code of the university"""
    student_number: str
    """as the university writes it"""
    name: Words
    departs_on: Day
    """the first day away from home"""
    returns_on: Day
    """the last day away from home, counted"""
    standing: Annotated[str, states(Standing)]
    certificate: str | None
    """the number of the certificate, null before enrolment"""
    cover_from: Day | None
    """the first day of cover, in Japan; null without a certificate"""
    cover_until: Day | None
    """the last day of cover, counted, in Japan; null without a certificate"""
    premium: Yen | None
    """whole yen, as the certificate stands; null for a university"""


class MembersAnswer(Shape):
    """Students, in the order in which they came onto a roster."""

    members: list[MemberShape]
    next: Next
