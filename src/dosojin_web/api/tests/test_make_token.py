"""The commands that make a token, and revoke it."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from dosojin_web.accounts.models import Appointment
from dosojin_web.accounts.roles import Role
from dosojin_web.api.operations.use_token import use_token
from dosojin_web.directory.models import Organisation, OrganisationKind

from .conftest import NOW, Appoint


def make(*arguments: str) -> str:
    out = StringIO()
    call_command("make_token", *arguments, stdout=out)
    return out.getvalue().strip()


def second_place(held: Appointment) -> Appointment:
    """The same user in the same role, at another house."""
    kind = OrganisationKind.AGENCY
    other = Organisation.objects.create(code="agency-2", kind=kind, name_ja="別", name_en="Other")
    return Appointment.objects.create(
        user=held.user, role=held.role, organisation=other, began_at=NOW
    )


def test_it_prints_a_secret_that_opens_the_seat(appoint: Appoint) -> None:
    held = appoint(Role.AGENCY, "desk")
    seat = use_token(make("desk", "agency"), timezone.now())
    assert seat is not None and seat.user == held.user


def test_where_somebody_sits_twice_the_house_is_named(appoint: Appoint) -> None:
    other = second_place(appoint(Role.AGENCY, "desk"))
    with pytest.raises(CommandError, match="agency-1, agency-2"):
        make("desk", "agency")
    seat = use_token(make("desk", "agency", "agency-2"), timezone.now())
    assert seat is not None and seat.appointment_id == other.pk


@pytest.mark.parametrize(
    "arguments",
    [("nobody", "agency"), ("desk", "insurer"), ("desk", "agency", "agency-9")],
)
@pytest.mark.parametrize("command", ["make_token", "revoke_token"])
def test_whom_they_do_not_find(appoint: Appoint, command: str, arguments: tuple[str, ...]) -> None:
    appoint(Role.AGENCY, "desk")
    with pytest.raises(CommandError, match="no running appointment"):
        call_command(command, *arguments)


def test_a_name_that_runs_already(appoint: Appoint) -> None:
    appoint(Role.AGENCY, "desk")
    make("desk", "agency")
    with pytest.raises(CommandError, match="running already"):
        make("desk", "agency")


def test_a_revoked_token_opens_nothing(appoint: Appoint) -> None:
    appoint(Role.AGENCY, "desk")
    secret, other = make("desk", "agency"), make("desk", "agency", "--name", "nightly")
    call_command("revoke_token", "desk", "agency", stdout=StringIO())
    assert use_token(secret, timezone.now()) is None
    assert use_token(other, timezone.now()) is not None
    with pytest.raises(CommandError, match="Those that are: nightly"):
        call_command("revoke_token", "desk", "agency")
