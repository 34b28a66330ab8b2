"""What of the scheme a seat can see at all. Anything else is answered as if it were not there."""

from typing import Any, NoReturn, TypeVar

from django.db import models

from dosojin_web.accounts.roles import Role
from dosojin_web.accounts.seats import Seat
from dosojin_web.policies.models import (
    Certificate,
    ChangeRequest,
    MasterPolicy,
    Member,
    Programme,
    Referral,
    RosterUpload,
)

from .problems import Refused, no_such_thing

Row = TypeVar("Row", bound=models.Model)


def one(rows: models.QuerySet[Row], **by: object) -> Row:
    """The one row; Refused with 404 if it is not among ``rows``."""
    found = rows.filter(**by).first()
    if found is None:
        not_there()
    return found


def not_there() -> NoReturn:
    """Refused with 404."""
    raise Refused(404, [no_such_thing()])


def scheme_place(seat: Seat, path: str = "") -> models.Q:
    """Rows whose master policy, at ``path``, the seat's organisation takes part in."""
    sides = {
        Role.POLICYHOLDER: "policyholder",
        Role.AGENCY: "agency",
        Role.INSURER: "shares__insurer",
    }
    return models.Q(**{f"{path}{sides[seat.role]}": seat.organisation})


def own_schemes(seat: Seat) -> models.QuerySet[MasterPolicy]:
    """The contracts that the seat's organisation is part of, the newest first."""
    return MasterPolicy.objects.filter(scheme_place(seat)).order_by("-first_inception", "code")


def own_programmes(seat: Seat) -> models.QuerySet[Programme]:
    """The study trips of a university."""
    return Programme.objects.filter(university=seat.organisation).select_related(
        "master", "university"
    )


def own_rosters(seat: Seat) -> models.QuerySet[RosterUpload]:
    """The rosters of a university."""
    return RosterUpload.objects.filter(programme__university=seat.organisation).select_related(
        "programme"
    )


def own_members(seat: Seat) -> models.QuerySet[Member]:
    """The students of a university, those of a policyholder's scheme, or a student's own places."""
    members: models.QuerySet[Any, Any] = Member.objects.select_related(
        "person", "programme__master", "university"
    )
    if seat.role is Role.STUDENT:
        return members.filter(user=seat.user)
    if seat.role is Role.UNIVERSITY:
        return members.filter(university=seat.organisation)
    return members.filter(scheme_place(seat, "programme__master__"))


def own_certificates(seat: Seat) -> models.QuerySet[Certificate]:
    """A student's certificates, or those of a scheme."""
    found = Certificate.objects.select_related("master", "member__person", "member__programme")
    if seat.role is Role.STUDENT:
        return found.filter(member__user=seat.user)
    return found.filter(scheme_place(seat, "master__"))


def own_changes(seat: Seat) -> models.QuerySet[ChangeRequest]:
    """The requests in the schemes of an agency or a policyholder."""
    return ChangeRequest.objects.filter(scheme_place(seat, "certificate__master__")).select_related(
        "certificate__member__person", "certificate__member__programme"
    )


def own_referrals(seat: Seat) -> models.QuerySet[Referral]:
    """What an agency was asked."""
    return Referral.objects.filter(
        scheme_place(seat, "application__member__programme__master__")
    ).select_related("application__member__person", "application__member__programme")
