"""Mail about an account goes to another address from now on."""

from contextlib import suppress
from datetime import datetime
from typing import Literal

from allauth.account.models import EmailAddress
from django.db import transaction

from dosojin_web.accounts.actors import Actor
from dosojin_web.accounts.models import User
from dosojin_web.accounts.student_log_in import read_student_number
from dosojin_web.audit.operations.record_event import record
from dosojin_web.mail.operations.queue_mail import NoMailAddress, queue_mail


def change_address(
    user: User, email: str, language: Literal["ja", "en"], actor: Actor, now: datetime
) -> None:
    """A forgotten password is then mailed to ``email``; the address so far is told.

    Told there, because whoever sits at another person's open page could take the account along.
    The same address again changes nothing.
    """
    with transaction.atomic():
        held = User.objects.select_for_update().get(pk=user.pk)
        before = held.email
        if before == email:
            return
        held.email = email
        held.save(update_fields=["email"])
        EmailAddress.objects.filter(user=held).delete()
        record(actor, "account.address_changed", f"user:{held.pk}", {}, now)
        # A roster's bad address is just what is being corrected.
        with suppress(NoMailAddress):
            queue_mail(
                f"accounts:address_changed:{held.pk}:{now:%Y%m%d%H%M%S%f}",
                "accounts/mail/address_changed",
                before,
                {"log_in_name": read_student_number(held.username)},
                language,
                now=now,
            )
