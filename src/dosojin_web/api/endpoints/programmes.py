"""Study trips of a university, their rosters and invitations."""

from datetime import datetime
from io import BytesIO

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router

from dosojin_web.accounts.roles import Role
from dosojin_web.accounts.seats import Seat
from dosojin_web.api.access import CSV_KIND, NO_BODY, accepts, conflicts, later, roles, takes
from dosojin_web.api.answers import answer, answer_bytes, seat_of
from dosojin_web.api.field_kinds import IdempotencyKey, Key
from dosojin_web.api.operations.answer_once import Call, answer_once
from dosojin_web.api.paging import PageQuery, take_part
from dosojin_web.api.problems import Problem, Refused
from dosojin_web.api.programme_shapes import (
    InvitationsAnswer,
    ProgrammeQuestion,
    ProgrammesAnswer,
    ProgrammeShape,
    RosterShape,
    VersionQuestion,
)
from dosojin_web.api.records import show_programme, show_roster
from dosojin_web.api.scopes import one, own_programmes, own_rosters
from dosojin_web.api.subjects import Subject
from dosojin_web.policies.models import MasterPolicy, Programme
from dosojin_web.policies.operations.approve_programme import (
    ProgrammeForm,
    approve_programme,
    draft_programme,
)
from dosojin_web.policies.operations.invite_members import invite_members
from dosojin_web.policies.operations.take_roster import send_roster
from dosojin_web.policies.refusals import Refused as RefusedByRule
from dosojin_web.uploads.operations.accept_upload import accept as accept_upload
from dosojin_web.uploads.purposes import ROSTER

router = Router(tags=["university"])
PROGRAMMES = Subject(own_programmes, lambda programme, seat: show_programme(programme))


class RosterFile(BytesIO):
    """The body of the request, under the name that the list of uploads shows."""

    name = "roster.csv"


@router.get(
    "/programmes",
    response=ProgrammesAnswer,
    operation_id="list_programmes",
    summary=later(_("The study trips of your university")),
    **roles(Role.UNIVERSITY),
)
@accepts()
def list_programmes(request: HttpRequest, asked: Query[PageQuery]) -> HttpResponse:
    """Every study trip of the university, in the order in which they were drafted."""
    part = take_part(own_programmes(seat_of(request)), asked)
    shown = [show_programme(programme) for programme in part.rows]
    return answer(ProgrammesAnswer(programmes=shown, next=part.next))


@router.post(
    "/programmes",
    response=ProgrammeShape,
    operation_id="draft_programme",
    summary=later(_("Draft a study trip")),
    **conflicts(roles(Role.UNIVERSITY)),
)
@accepts()
def draft(
    request: HttpRequest,
    asked: ProgrammeQuestion,
    key: IdempotencyKey,
) -> HttpResponse:
    """A new study trip that waits for approval. The same key with the same body makes it once."""
    seat, now = seat_of(request), timezone.now()
    master = find_scheme(asked.scheme)
    if not master.first_inception <= asked.starts_on <= master.last_inception:
        message = gettext(
            "The scheme has no contract for trips that begin on this day. Ask the agency."
        )
        raise RefusedByRule.at("starts_on", message)
    assert seat.organisation is not None
    university = seat.organisation
    form = ProgrammeForm(**asked.model_dump(exclude={"scheme"}))
    call = Call(seat, key, "draft_programme", request.path, request.body)

    def work() -> str:
        made = draft_programme(master, university, form, seat.actor, now)
        return show_programme(made).model_dump_json()

    return answer_bytes(answer_once(call, work, now).encode())


@router.post(
    "/programmes/{key}/approve",
    response=ProgrammeShape,
    operation_id="approve_programme",
    summary=later(_("Approve a study trip that somebody else drafted")),
    **conflicts(roles(Role.UNIVERSITY)),
)
@accepts()
def approve(request: HttpRequest, key: Key, asked: VersionQuestion) -> HttpResponse:
    """Students can enrol from now on. Whoever drafted the study trip does not approve it."""

    def step(programme: Programme, seat: Seat, now: datetime) -> object:
        return approve_programme(programme, asked.version, seat.actor, now)

    return PROGRAMMES.decide(request, key, step)


@router.post(
    "/programmes/{key}/rosters",
    response=RosterShape,
    operation_id="send_roster",
    summary=later(_("Send the roster of a study trip")),
    **takes(roles(Role.UNIVERSITY), CSV_KIND, "the roster: UTF-8 or Shift_JIS, a header and rows"),
)
@accepts(body_bytes_max=ROSTER.bytes_max, kind=CSV_KIND)
def send(request: HttpRequest, key: Key) -> HttpResponse:
    """It is read in the background; the same file again changes nothing.

    Columns in any order, by their names: 学籍番号, 姓, 名, 姓カナ, 名カナ, 姓ローマ字, \
名ローマ字, 生年月日, メールアドレス, 出発日, 帰国日; if you like 電話番号 and 言語 (ja or en). \
English names do as well: student number, family name, given name, family name kana, given name \
kana, family name roman, given name roman, birth date, email, departure, return, phone, language. \
Days are written 2026-08-03 or 2026/8/3. What became of it stands at `rosters/{key}`.
    """
    seat, now = seat_of(request), timezone.now()
    programme = one(own_programmes(seat), key=key)
    file = RosterFile(request.read(ROSTER.bytes_max + 1))
    upload = accept_upload(file, ROSTER.name, seat.actor, now)
    return answer(show_roster(send_roster(programme, upload, seat.actor, now)))


@router.get(
    "/rosters/{key}",
    response=RosterShape,
    operation_id="read_roster",
    summary=later(_("How far a roster has been read")),
    **roles(Role.UNIVERSITY),
)
@accepts()
def read(request: HttpRequest, key: Key) -> HttpResponse:
    """What was taken in, and each row that was not, with what is wrong and what to do."""
    return answer(show_roster(one(own_rosters(seat_of(request)), key=key)))


@router.post(
    "/programmes/{key}/invitations",
    response=InvitationsAnswer,
    operation_id="invite_members",
    summary=later(_("Invite whoever on the roster has no invitation yet")),
    **roles(Role.UNIVERSITY),
)
@accepts(kind=NO_BODY)
def invite(request: HttpRequest, key: Key) -> HttpResponse:
    """The mails go out in the background; asking again invites nobody twice."""
    seat = seat_of(request)
    programme = one(own_programmes(seat), key=key)
    return answer(InvitationsAnswer(invited=invite_members(programme, seat.actor, timezone.now())))


def find_scheme(code: str) -> MasterPolicy:
    """The master policy with that code. Refused if there is none."""
    master = MasterPolicy.objects.filter(code=code).first()
    if master is None:
        known = ", ".join(MasterPolicy.objects.order_by("code").values_list("code", flat=True))
        raise Refused(
            422,
            [
                Problem(
                    "scheme.unknown", "scheme",
                    gettext("There is no master policy with this code."),
                    gettext("Use one of these: %(known)s.") % {"known": known},
                )
            ],
        )  # fmt: skip
    return master
