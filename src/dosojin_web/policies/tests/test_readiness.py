"""Details are confirmed and consents given before anybody pays."""

import pytest

from dosojin_web.accounts.models import User
from dosojin_web.consents.purposes import find_purpose
from dosojin_web.consents.rights import may
from dosojin_web.mail.models import OutgoingMail
from dosojin_web.people.models import Person
from dosojin_web.policies.models import Application, ApplicationState
from dosojin_web.policies.operations.confirm_details import ACT, confirm_details
from dosojin_web.policies.operations.say_consents import last_entry, say_consents
from dosojin_web.policies.operations.submit_application import submit_application
from dosojin_web.policies.readiness import find_unready
from dosojin_web.policies.refusals import Refused, Stale

from .conftest import NOW, PREMIUM_D_2_MONTHS, World, fill_in

NEEDED = "double-cover-check"


def say(world: World, agrees: bool, last_seen: int | None = None) -> None:
    person = world.member.person
    seen = last_entry(person) if last_seen is None else last_seen
    shown = {NEEDED: find_purpose(NEEDED).digest("ja")}
    say_consents(person, {NEEDED: agrees}, shown, seen, "ja", world.actor, NOW)


def confirm(world: World, application: Application, **changes: str) -> Person:
    person = Person.objects.get(pk=world.member.person_id)
    return confirm_details(application, changes, person.version, world.actor, NOW)


def fields(application: Application) -> list[str]:
    application = Application.objects.get(pk=application.pk)
    return [fault.field for fault in find_unready(application, NOW)]


def test_answers_alone_are_not_enough(world: World) -> None:
    application = fill_in(world)
    assert fields(application) == ["details", "consents"]
    confirm(world, application)
    say(world, agrees=True)
    assert fields(application) == []


def test_nobody_submits_unconfirmed(world: World) -> None:
    """Not by any way in: the operation itself looks."""
    application = fill_in(world)
    with pytest.raises(Refused) as refused:
        submit_application(application, application.version, PREMIUM_D_2_MONTHS, world.actor, NOW)
    assert [fault.field for fault in refused.value.faults] == ["details", "consents"]
    application.refresh_from_db()
    assert application.state == ApplicationState.DRAFT and application.premium is None


def test_what_is_needed_and_was_refused_is_missing(world: World) -> None:
    application = fill_in(world)
    confirm(world, application)
    say(world, agrees=False)
    assert fields(application) == ["consents"]
    assert not may(world.member.person, NEEDED, NOW)


def test_confirming_twice_is_one_entry(world: World) -> None:
    application = fill_in(world)
    confirm(world, application, phone="090-1111-2222")
    confirm(world, application, phone="090-1111-2222")
    assert application.entries.filter(act=ACT).count() == 1
    assert Person.objects.get(pk=world.member.person_id).phone == "+819011112222"


def test_a_new_address_of_the_student_is_that_of_the_account_too(world: World) -> None:
    """A forgotten password would otherwise be mailed where nobody reads it any more."""
    application = fill_in(world)
    confirm(world, application, email="hanako@example.ac.jp")
    user = User.objects.get(pk=world.actor.user_id)
    assert user.email == "hanako@example.ac.jp"
    [told] = OutgoingMail.objects.filter(template="accounts/mail/address_changed")
    assert (told.to, told.language) == ("student1@example.jp", "ja")
    confirm(world, application, email="hanako@example.ac.jp")
    assert OutgoingMail.objects.filter(template="accounts/mail/address_changed").count() == 1


def test_a_missing_telephone_number_is_asked_for(world: World) -> None:
    application = fill_in(world)
    with pytest.raises(Refused) as refused:
        confirm(world, application, phone="")
    assert [fault.field for fault in refused.value.faults] == ["phone"]


def test_details_that_the_office_changed_meanwhile_are_stale(world: World) -> None:
    application = fill_in(world)
    old = Person.objects.get(pk=world.member.person_id).version
    confirm(world, application, phone="090-1111-2222")
    with pytest.raises(Stale):
        confirm_details(application, {"phone": "090-3333-4444"}, old, world.actor, NOW)


def test_consents_said_elsewhere_meanwhile_are_stale(world: World) -> None:
    say(world, agrees=True)
    with pytest.raises(Stale):
        say(world, agrees=False, last_seen=0)
    assert may(world.member.person, NEEDED, NOW)


def test_words_that_were_not_shown_are_not_agreed_to(world: World) -> None:
    with pytest.raises(Refused):
        say_consents(
            world.member.person, {NEEDED: True}, {NEEDED: "other"}, 0, "ja", world.actor, NOW
        )
