"""Opens the accounts of a whole roster: one event in the trail, a handful of queries a batch."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from itertools import islice

from django.db import transaction

from dosojin_web.accounts.actors import Actor
from dosojin_web.accounts.models import Appointment, User
from dosojin_web.accounts.passwords import draw_password, encode_initial
from dosojin_web.accounts.roles import Role
from dosojin_web.audit.operations.record_event import record
from dosojin_web.directory.models import Organisation

from .appoint_user import check_place
from .open_account import open_account

BATCH = 500


def _open_new(
    emails: Mapping[str, str], role: Role, organisation: Organisation | None, now: datetime
) -> dict[str, str]:
    passwords = {username: draw_password() for username in emails}
    made = User.objects.bulk_create(
        User(
            username=username,
            email=emails[username],
            password=encode_initial(password),
            must_choose_secret=True,
            date_joined=now,
        )
        for username, password in passwords.items()
    )
    Appointment.objects.bulk_create(
        Appointment(user=user, role=role, organisation=organisation, began_at=now) for user in made
    )
    return passwords


def open_accounts(
    emails: Mapping[str, str],
    role: Role,
    organisation: Organisation | None,
    actor: Actor,
    now: datetime,
) -> dict[str, str]:
    """By user name, the password for the invitation, of each account that is new.

    ``emails`` are by user name. An account that exists is treated as ``open_account`` does, and is
    not in the answer. All or nothing. Raises ValidationError as ``open_account`` does.
    """
    check_place(role, organisation)
    opened: dict[str, str] = {}
    with transaction.atomic():
        for batch in _batches(emails):
            known = set(User.objects.filter(username__in=batch).values_list("username", flat=True))
            for username in known:
                open_account(username, emails[username], role, organisation, actor, now)
            new = {username: emails[username] for username in batch if username not in known}
            opened |= _open_new(new, role, organisation, now)
        if opened:
            at = organisation.code if organisation else ""
            detail: dict[str, str | int | bool | None] = {
                "role": role.value,
                "at": at,
                "accounts": len(opened),
            }
            record(actor, "account.several_opened", f"organisation:{at}", detail, now)
    return opened


def _batches(usernames: Iterable[str]) -> Iterable[list[str]]:
    rest = iter(usernames)
    while batch := list(islice(rest, BATCH)):
        yield batch
