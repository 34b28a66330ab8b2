"""A university drafts a study trip, another person of its office approves it."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext

from dosojin_web.accounts.actors import Actor
from dosojin_web.audit.operations.record_event import record
from dosojin_web.components.shapes import Fault
from dosojin_web.directory.models import Organisation
from dosojin_web.policies.models import MasterPolicy, Programme, ProgrammeEntry, ProgrammeState
from dosojin_web.policies.refusals import NotYours, Refused, Stale


@dataclass(frozen=True, slots=True)
class ProgrammeForm:
    """What is said of a study trip; ``country`` is an ISO 3166 code of two letters."""

    title: str
    host: str
    country: str
    starts_on: date
    ends_on: date
    earns_credits: bool = False


def draft_programme(
    master: MasterPolicy,
    university: Organisation,
    form: ProgrammeForm,
    actor: Actor,
    now: datetime,
    key: UUID | None = None,
) -> Programme:
    """A new study trip, waiting for approval. Refused with what is wrong.

    With a ``key`` that this university has used, the study trip that has it, as it stands.
    """
    _check(form)
    assert actor.user_id is not None, "only a person drafts a study trip"
    with transaction.atomic():
        programme, is_new = Programme.objects.get_or_create(
            key=key or uuid4(),
            university=university,
            defaults={"master": master, "drafted_by_id": actor.user_id, **asdict(form)},
        )
        if is_new:
            _enter(programme, "drafted", actor, now, form=form)
    return programme


def change_programme(
    programme: Programme, form: ProgrammeForm, version: int, actor: Actor, now: datetime
) -> Programme:
    """The study trip says what ``form`` says, and waits for approval again if that is new."""
    _check(form)
    with transaction.atomic():
        held = Programme.objects.select_for_update().get(pk=programme.pk)
        if held.version != version:
            raise Stale(held)
        if held.state == ProgrammeState.WITHDRAWN:
            raise Refused.at("", gettext("This study trip was withdrawn."))
        if all(getattr(held, name) == value for name, value in asdict(form).items()):
            return held
        for name, value in asdict(form).items():
            setattr(held, name, value)
        held.state = ProgrammeState.DRAFT
        held.version += 1
        assert actor.user_id is not None, "only a person changes a study trip"
        held.drafted_by_id = actor.user_id
        held.save()
        _enter(held, "changed", actor, now, form=form)
    return held


def approve_programme(programme: Programme, version: int, actor: Actor, now: datetime) -> Programme:
    """Students may enrol from now on. NotYours for the person who drafted what is approved."""
    with transaction.atomic():
        held = Programme.objects.select_for_update().get(pk=programme.pk)
        if held.version != version:
            raise Stale(held)
        if held.state == ProgrammeState.APPROVED:
            return held
        if held.state == ProgrammeState.WITHDRAWN:
            raise Refused.at("", gettext("This study trip was withdrawn."))
        if held.drafted_by_id == actor.user_id:
            raise NotYours(gettext("Another person of your office has to approve this."))
        held.state = ProgrammeState.APPROVED
        held.save(update_fields=["state"])
        _enter(held, "approved", actor, now)
    return held


def withdraw_programme(programme: Programme, reason: str, actor: Actor, now: datetime) -> Programme:
    """Nobody can enrol any more. Certificates that are out stay what they are."""
    if not reason.strip():
        raise Refused.at("reason", gettext("Say why."))
    with transaction.atomic():
        held = Programme.objects.select_for_update().get(pk=programme.pk)
        if held.state != ProgrammeState.WITHDRAWN:
            held.state = ProgrammeState.WITHDRAWN
            held.version += 1
            held.save(update_fields=["state", "version"])
            _enter(held, "withdrawn", actor, now, reason=reason)
    return held


def list_faults(form: ProgrammeForm) -> list[Fault]:
    """All that is wrong with what is said of a study trip."""
    faults = []
    if not form.title.strip():
        faults.append(Fault("title", gettext("Give the study trip a title.")))
    if not form.host.strip():
        faults.append(Fault("host", gettext("Name the institution that receives the students.")))
    if len(form.country) != 2:
        faults.append(Fault("country", gettext("Choose the country.")))
    if form.ends_on < form.starts_on:
        faults.append(Fault("ends_on", gettext("The trip ends before it begins.")))
    return faults


def _check(form: ProgrammeForm) -> None:
    if faults := list_faults(form):
        raise Refused(faults)


def _enter(
    programme: Programme,
    act: str,
    actor: Actor,
    now: datetime,
    *,
    form: ProgrammeForm | None = None,
    reason: str = "",
) -> None:
    shown = {}
    if form is not None:
        shown = {name: str(value) for name, value in asdict(form).items()}
    ProgrammeEntry.objects.create(
        programme=programme, act=act, at=now, actor=actor.who, reason=reason, shown=shown
    )
    record(actor, f"programme.{act}", programme.about, {"version": programme.version}, now)
