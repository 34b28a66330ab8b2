"""A student agrees or objects, purpose by purpose, to what is done with the data."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from dosojin_web.accounts.actors import Actor
from dosojin_web.components.shapes import Fault
from dosojin_web.consents.models import ConsentEntry
from dosojin_web.consents.operations.give_consent import MYSELF, ConsentRefused, give, refuse
from dosojin_web.people.models import Person
from dosojin_web.policies.refusals import Refused, Stale


def say_consents(
    person: Person,
    answers: Mapping[str, bool],
    shown: Mapping[str, str],
    last_seen: int,
    language: str,
    actor: Actor,
    now: datetime,
) -> None:
    """Keep each answer, True for "agree", all or none of them.

    ``shown`` has the digest of the words on the page for each purpose, ``last_seen`` the entry that
    was the last when the page was opened: Stale with the person if another was made since. Refused
    if the words have changed.
    """
    with transaction.atomic():
        Person.objects.select_for_update().only("pk").get(pk=person.pk)
        if last_entry(person) != last_seen:
            raise Stale(person)
        for purpose, agrees in answers.items():
            say = give if agrees else refuse
            try:
                say(person, purpose, language, MYSELF, actor, now, shown=shown.get(purpose, ""))
            except ConsentRefused as refused:
                raise Refused([Fault(purpose, str(refused))]) from refused


def last_entry(person: Person) -> int:
    """The id of the last thing that the person said about any purpose; 0 if there is none."""
    found = ConsentEntry.objects.filter(person=person).order_by("-pk").values_list("pk", flat=True)
    return found.first() or 0
