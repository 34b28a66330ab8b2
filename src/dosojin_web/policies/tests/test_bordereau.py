"""The monthly bordereau: rows from the certificates, control totals from the ledger."""

import csv
import io
from datetime import date, timedelta

import pytest

from dosojin_web.ledger.operations.post_entry import Line, post
from dosojin_web.policies.bordereau import (
    BordereauDiffers,
    make_bordereau,
    months_until,
    next_month,
    write_csv,
)
from dosojin_web.policies.models import Certificate

from .conftest import NOW, World
from .test_certificate_changes import JUNE_20, end_early

APRIL, JUNE = date(2027, 4, 1), date(2027, 6, 1)


def test_an_insurer_sees_its_share_of_a_premium(world: World, enrolled: Certificate) -> None:
    """17.5 % of 26,130 are 4,572 (the yen left over goes to the largest share)."""
    sompo = world.scheme.insurers[2]
    made = make_bordereau(world.scheme.master, sompo, APRIL)
    [row] = made.rows
    assert (row.certificate, row.share, row.share_change) == (enrolled.number, 1750, 4_572)
    assert (made.written, made.share_written, made.share_net) == (26_130, 4_572, 4_572)


def test_the_shares_of_all_insurers_are_the_premium(world: World, enrolled: Certificate) -> None:
    master = world.scheme.master
    shares = [make_bordereau(master, each, APRIL).share_net for each in world.scheme.insurers]
    assert sum(shares) == 26_130


def test_a_return_premium_stands_in_its_month(world: World, enrolled: Certificate) -> None:
    end_early(world, enrolled, None, JUNE_20)
    lead = world.scheme.insurers[0]
    made = make_bordereau(world.scheme.master, lead, JUNE)
    # 50 % of 8,760 are 4,380; before, the lead had 13,066.
    assert (made.returned, made.share_returned) == (-17_370, 4_380 - 13_066)


def test_months_end_at_midnight_in_japan(world: World, enrolled: Certificate) -> None:
    lead = world.scheme.insurers[0]
    assert not make_bordereau(world.scheme.master, lead, date(2027, 3, 1)).rows
    assert months_until(world.scheme.master, NOW + timedelta(days=35)) == [
        date(2027, 5, 1),
        APRIL,
    ]
    assert next_month(date(2027, 12, 1)) == date(2028, 1, 1)


def test_the_csv_ends_with_its_control_totals(world: World, enrolled: Certificate) -> None:
    content = write_csv(make_bordereau(world.scheme.master, world.scheme.insurers[3], APRIL))
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert rows[0]["certificate"] == enrolled.number and rows[0]["share_change"] == "3266"
    assert rows[-1]["certificate"] == "CONTROL"
    assert (rows[-1]["version"], rows[-1]["premium_change"]) == ("1", "26130")
    assert rows[-1]["share_change"] == "3266"


def test_a_bordereau_that_differs_from_the_ledger_is_not_given_out(
    world: World, enrolled: Certificate
) -> None:
    lines = [Line("card-clearing", 100), Line("premium-due:aioi", -100)]
    post("premium", "stray", lines, enrolled.number, NOW.date(), world.agency.actor, NOW)
    with pytest.raises(BordereauDiffers, match="aioi 2027-04"):
        make_bordereau(world.scheme.master, world.scheme.insurers[1], APRIL)
