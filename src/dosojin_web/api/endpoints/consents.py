"""How a student's data may be used: what is asked, and the answers."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from ninja import Router

from dosojin_web.accounts.roles import Role
from dosojin_web.accounts.seats import Seat
from dosojin_web.api.access import accepts, conflicts, later, roles
from dosojin_web.api.answers import answer, seat_of
from dosojin_web.api.application_shapes import ConsentsAnswer, ConsentShape, ConsentsQuestion
from dosojin_web.api.field_kinds import Key
from dosojin_web.api.problems import Refused, unknown_field
from dosojin_web.api.scopes import one, own_members
from dosojin_web.components.shapes import Fault
from dosojin_web.consents.purposes import Language, Purpose, SignerKind, all_purposes
from dosojin_web.consents.rights import entry_at
from dosojin_web.policies.models import Member
from dosojin_web.policies.models.applications import OPEN_STATES
from dosojin_web.policies.operations.say_consents import last_entry, say_consents
from dosojin_web.policies.refusals import Refused as RefusedByRule

router = Router(tags=["student"])


@router.get(
    "/me/trips/{key}/consents",
    response=ConsentsAnswer,
    operation_id="list_consents",
    summary=later(_("What you are asked to agree to")),
    **roles(Role.STUDENT),
)
@accepts()
def list_consents(request: HttpRequest, key: Key) -> HttpResponse:
    """Each use of the caller's data, in the words that count, and what was last said of it."""
    return answer(show_consents(one(own_members(seat_of(request)), key=key)))


@router.post(
    "/me/trips/{key}/consents",
    response=ConsentsAnswer,
    operation_id="say_consents",
    summary=later(_("Agree or object, use by use")),
    **conflicts(roles(Role.STUDENT)),
)
@accepts()
def say(request: HttpRequest, key: Key, asked: ConsentsQuestion) -> HttpResponse:
    """All answers are kept, or none; refused if the words have changed since they were shown.

    Once the application is settled, only uses without which cover stays the same can be answered.
    """
    seat: Seat = seat_of(request)
    member = one(own_members(seat), key=key)
    known = {purpose.id for purpose in asked_of(member)}
    strange = [each.purpose for each in asked.answers if each.purpose not in known]
    if strange:
        raise Refused(422, [unknown_field(name) for name in strange])
    check_open(member, asked)
    say_consents(
        member.person,
        {each.purpose: each.agrees for each in asked.answers},
        {each.purpose: each.digest for each in asked.answers},
        asked.last_seen,
        reading(),
        seat.actor,
        timezone.now(),
    )
    return answer(show_consents(member))


def check_open(member: Member, asked: ConsentsQuestion) -> None:
    """Refused where an answer is part of an application that is settled."""
    if member.applications.filter(state__in=OPEN_STATES).exists():
        return
    settled = {purpose.id for purpose in asked_of(member) if not purpose.refusable}
    message = gettext("This belongs to the application, which is not open.")
    faults = [
        Fault(f"answers[{at}].purpose", message)
        for at, each in enumerate(asked.answers)
        if each.purpose in settled
    ]
    if faults:
        raise RefusedByRule(faults)


def reading() -> Language:
    """The language in which the words are shown."""
    return Language.JA if get_language() == "ja" else Language.EN


def asked_of(member: Member) -> list[Purpose]:
    """What a student answers without anybody else's signature."""
    product = member.programme.master.product
    return [
        purpose
        for purpose in all_purposes().values()
        if purpose.is_asked_under(product) and SignerKind.SELF in purpose.signers
    ]


def show_consents(member: Member) -> ConsentsAnswer:
    """Each use with the last answer to it."""
    person, now, language = member.person, timezone.now(), reading()
    consents = []
    for purpose in asked_of(member):
        words, entry = purpose.words[language], entry_at(person, purpose.id, now)
        consents.append(
            ConsentShape(
                purpose=purpose.id,
                title=words.title,
                text=words.text,
                without=words.without,
                digest=purpose.digest(language),
                is_needed=purpose.needed_for_enrolment,
                said=entry.kind if entry else None,
                said_at=entry.at if entry else None,
            )
        )
    return ConsentsAnswer(consents=consents, last_seen=last_entry(person))
