"""Appointing from the command line."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from dosojin_web.accounts.models import Appointment, User
from dosojin_web.directory.models import Organisation


def run(*words: str) -> str:
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


def test_a_new_user_gets_a_password(university: Organisation) -> None:
    said = run("appoint", "clerk", "university", "kitakami", "--email=c@example.ac.jp")
    assert "clerk is appointed: university at kitakami." in said
    assert User.objects.get().check_password(said.strip().rsplit(" ", 1)[1])
    assert "First password" not in run("appoint", "clerk", "university", "kitakami")


def test_an_appointment_ends(university: Organisation) -> None:
    run("appoint", "clerk", "university", "kitakami")
    assert "has ended" in run("end_appointment", "clerk", "university", "kitakami")
    assert Appointment.objects.get().ended_at is not None
    with pytest.raises(CommandError, match="no running appointment"):
        run("end_appointment", "clerk", "university", "kitakami")


def test_a_wrong_place_is_named(university: Organisation) -> None:
    with pytest.raises(CommandError, match="There are: kitakami"):
        run("appoint", "clerk", "university", "kitagami")
    with pytest.raises(CommandError, match="保険会社"):
        run("appoint", "clerk", "insurer", "kitakami")
