"""A letter that no server took goes out once more, where it has to, to a corrected address."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext

from dosojin_web.accounts.actors import Actor
from dosojin_web.components.shapes import Fault
from dosojin_web.mail.models import OutgoingMail
from dosojin_web.mail.operations.queue_mail import NoMailAddress
from dosojin_web.mail.operations.readdress_mail import readdress_mail
from dosojin_web.people.faults import Faults, PersonChanged
from dosojin_web.people.models import Person
from dosojin_web.people.operations.change_person import change_person
from dosojin_web.policies.letters import INVITATION
from dosojin_web.policies.models import Member
from dosojin_web.policies.refusals import Refused, Stale


def send_letter_again(
    mail: OutgoingMail,
    member: Member,
    address: str,
    person_version: int,
    actor: Actor,
    now: datetime,
) -> bool:
    """Whether the letter now waits to be sent to ``address``; the same once more changes nothing.

    A letter to the member: the address is kept for the person too. A letter to a proxy: only the
    letter changes. An invitation goes to the address on the roster, whatever is given: who may
    redirect a first password may log in. Refused, by field; Stale with the person.
    """
    with transaction.atomic():
        if mail.template == INVITATION:
            address = member.person.email
        elif mail.about == member.about:
            address = _keep_address(member.person, address, person_version, actor, now)
        try:
            return readdress_mail(mail.queue_key, address, actor, now)
        except NoMailAddress as fault:
            message = gettext("This is not a mail address. Have it spelled once more.")
            raise Refused.at("address", message) from fault


def _keep_address(person: Person, address: str, version: int, actor: Actor, now: datetime) -> str:
    try:
        kept = change_person(person, {"email": address}, actor, now, version, needed={"email"})
    except Faults as faults:
        raise Refused([Fault("address", words) for words in faults.faults.values()]) from faults
    except PersonChanged as changed:
        raise Stale(Person.objects.get(pk=person.pk)) from changed
    return str(kept.email)
