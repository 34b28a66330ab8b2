"""Opens the account that an invitation leads to."""

from datetime import datetime

from django.db import transaction

from dosojin_web.accounts.actors import Actor
from dosojin_web.accounts.models import User
from dosojin_web.accounts.passwords import draw_password, encode_initial
from dosojin_web.accounts.roles import Role
from dosojin_web.audit.operations.record_event import record
from dosojin_web.directory.models import Organisation

from .appoint_user import appoint_user, check_place


def open_account(
    username: str,
    email: str,
    role: Role,
    organisation: Organisation | None,
    actor: Actor,
    now: datetime,
) -> tuple[User, str]:
    """The user, appointed to the role, and the password for the invitation.

    The password is "" if the account existed; then only a missing appointment is added, and an
    address that nobody has used yet is corrected. Raises ValidationError if the role is not held
    at such an organisation.
    """
    check_place(role, organisation)
    with transaction.atomic():
        password = draw_password()
        user, opened = User.objects.get_or_create(
            username=username,
            defaults={
                "email": email,
                "password": encode_initial(password),
                "must_choose_secret": True,
                "date_joined": now,
            },
        )
        if opened:
            record(actor, "account.opened", f"user:{user.pk}", {"role": role}, now)
        elif user.must_choose_secret and user.last_login is None and user.email != email:
            user.email = email
            user.save(update_fields=["email"])
            record(actor, "account.address_corrected", f"user:{user.pk}", {}, now)
        appoint_user(user, role, organisation, actor, now)
        return user, password if opened else ""
