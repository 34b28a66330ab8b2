"""What belongs to an insurer: its own share of a contract, and nothing of the others' amounts."""

from django.db.models import QuerySet

from dosojin_web.accounts.seats import Seat
from dosojin_web.policies.models import CoinsuranceShare


def shares_of(seat: Seat) -> QuerySet[CoinsuranceShare]:
    """Its shares, that of the newest contract first."""
    return (
        CoinsuranceShare.objects.filter(insurer=seat.organisation)
        .select_related("master__policyholder", "insurer")
        .order_by("-master__first_inception")
    )


def choose_share(seat: Seat, contract: str) -> CoinsuranceShare | None:
    """Its share of the contract with that code, else of the newest; None without any."""
    shares = list(shares_of(seat))
    named = [share for share in shares if share.master.code == contract]
    return next(iter([*named, *shares]), None)


def name_others(share: CoinsuranceShare) -> list[str]:
    """Who else carries the contract, told to the lead insurer only; amounts and parts to nobody."""
    if share.place != 0:
        return []
    others = share.master.shares.exclude(pk=share.pk).select_related("insurer").order_by("place")
    return [other.insurer.name for other in others]
