"""Keeps what a person, or somebody for them, says about a purpose."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from dosojin_web.accounts.actors import Actor
from dosojin_web.audit.operations.record_event import record
from dosojin_web.consents.models import ConsentEntry, ConsentKind, ConsentText
from dosojin_web.consents.purposes import Language, Purpose, SignerKind, find_purpose
from dosojin_web.consents.rights import entries_until, entry_at, may, may_anything
from dosojin_web.people.models import Person
from dosojin_web.uploads.models import Upload


class ConsentRefused(Exception):
    """What was said cannot be kept; the message says why and what to do."""


class TextChanged(ConsentRefused):
    """Other words were shown than those that stand now: show the page again."""


@dataclass(frozen=True, slots=True)
class Signer:
    """Who signed; the name is there when it is not the person."""

    kind: SignerKind
    name: str = ""


MYSELF = Signer(SignerKind.SELF)


def give(
    person: Person,
    purpose: str,
    language: str,
    signer: Signer,
    actor: Actor,
    now: datetime,
    evidence: Upload | None = None,
    scope: str = "",
    expires_at: datetime | None = None,
    shown: str | None = None,
) -> ConsentEntry:
    """The entry that the person agrees. ``shown`` is the digest of the words on the page.

    ConsentRefused if this signer may not sign, has no name, or it would expire at once; TextChanged
    if the words are others by now; KeyError if there is no such purpose.
    """
    if expires_at is not None and expires_at <= now:
        raise ConsentRefused(_("The consent would end before it begins. Choose a later end."))
    said = ConsentEntry(
        person=person,
        kind=ConsentKind.GIVEN,
        scope=scope,
        evidence=evidence,
        expires_at=expires_at,
    )
    return _say(said, find_purpose(purpose), language, signer, actor, now, shown)


def refuse(
    person: Person,
    purpose: str,
    language: str,
    signer: Signer,
    actor: Actor,
    now: datetime,
    evidence: Upload | None = None,
    scope: str = "",
    shown: str | None = None,
) -> ConsentEntry:
    """The entry that the person does not agree. Anybody may refuse; cover may hang on it.

    ConsentRefused, TextChanged and KeyError as for ``give``.
    """
    said = ConsentEntry(person=person, kind=ConsentKind.REFUSED, scope=scope, evidence=evidence)
    return _say(said, find_purpose(purpose), language, signer, actor, now, shown)


def revoke(
    person: Person,
    purpose: str,
    language: str,
    signer: Signer,
    actor: Actor,
    now: datetime,
    evidence: Upload | None = None,
    scope: str = "",
) -> ConsentEntry:
    """The entry that the person takes back what was agreed to, from now on.

    Without a ``scope``, all of it. Taken back before, it is the entry that says so; ConsentRefused
    if nothing was there to be taken back.
    """
    stands = may(person, purpose, now, scope) if scope else may_anything(person, purpose, now)
    if not stands:
        last = _last_touched(person, purpose, now, scope)
        if last is not None and last.kind == ConsentKind.REVOKED:
            return last
        raise ConsentRefused(_("There is no consent that could be taken back."))
    said = ConsentEntry(person=person, kind=ConsentKind.REVOKED, scope=scope, evidence=evidence)
    return _say(said, find_purpose(purpose), language, signer, actor, now, None)


def _say(
    said: ConsentEntry,
    purpose: Purpose,
    language: str,
    signer: Signer,
    actor: Actor,
    now: datetime,
    shown: str | None,
) -> ConsentEntry:
    _check_signer(purpose, signer)
    if shown is not None and shown != purpose.digest(language):
        raise TextChanged(_("The text has changed in the meantime. Please read it once more."))
    said.purpose, said.at = purpose.id, now
    said.signer, said.signer_name = signer.kind.value, signer.name.strip()
    said.who, said.role = actor.who, actor.role
    with transaction.atomic():
        # Two clicks at once wait for each other here, and the second finds the first's entry.
        Person.objects.select_for_update().only("pk").get(pk=said.person_id)
        said.text = _keep_text(purpose, language)
        standing = _last_touched(said.person, purpose.id, now, said.scope)
        if standing is not None and _is_same(standing, said):
            return standing
        said.save()
        detail = {"purpose": said.purpose, "scope": said.scope, "text": said.text.digest}
        record(actor, f"consent.{said.kind}", f"person:{said.person.key}", detail, now)
    return said


def _last_touched(person: Person, purpose: str, now: datetime, scope: str) -> ConsentEntry | None:
    """The last entry that one for this scope would go over: one for everything goes over all."""
    if scope:
        return entry_at(person, purpose, now, scope)
    return entries_until(person, purpose, now).last()


def _check_signer(purpose: Purpose, signer: Signer) -> None:
    if signer.kind not in purpose.signers:
        raise ConsentRefused(_("This has to be signed by the person or their guardian."))
    if signer.kind is not SignerKind.SELF and not signer.name.strip():
        raise ConsentRefused(_("Enter the name of who signs."))


def _is_same(one: ConsentEntry, other: ConsentEntry) -> bool:
    names = "kind", "scope", "text_id", "signer", "signer_name", "evidence_id", "expires_at"
    return all(getattr(one, name) == getattr(other, name) for name in names)


def _keep_text(purpose: Purpose, language: str) -> ConsentText:
    words = purpose.words[Language(language)]
    kept, _made = ConsentText.objects.get_or_create(
        digest=purpose.digest(language),
        defaults={
            "purpose": purpose.id,
            "version": purpose.version,
            "language": language,
            "title": words.title,
            "text": words.text,
            "without": words.without,
        },
    )
    return kept
