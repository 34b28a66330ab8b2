"""The command that makes a token."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from dosojin_web.accounts.roles import Role
from dosojin_web.api.operations.use_token import use_token

from .conftest import Appoint


def test_it_prints_a_secret_that_opens_the_seat(appoint: Appoint) -> None:
    held = appoint(Role.AGENCY, "desk")
    out = StringIO()
    call_command("make_token", "desk", "agency", stdout=out)
    seat = use_token(out.getvalue().strip(), timezone.now())
    assert seat is not None and seat.user == held.user


@pytest.mark.parametrize(
    ("username", "role", "said"),
    [("nobody", "agency", "no user"), ("desk", "insurer", "no running appointment")],
)
def test_what_it_refuses(appoint: Appoint, username: str, role: str, said: str) -> None:
    appoint(Role.AGENCY, "desk")
    with pytest.raises(CommandError, match=said):
        call_command("make_token", username, role)


def test_a_name_that_runs_already(appoint: Appoint) -> None:
    appoint(Role.AGENCY, "desk")
    call_command("make_token", "desk", "agency", stdout=StringIO())
    with pytest.raises(CommandError, match="running already"):
        call_command("make_token", "desk", "agency")
