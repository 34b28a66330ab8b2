"""Bordereaux: months, insurers, control, file; and who carries what."""

import pytest

from dosojin_web.ledger.operations.post_entry import Line, post
from dosojin_web.policies.bordereau import make_bordereau
from dosojin_web.policies.bordereau_months import list_months
from dosojin_web.policies.models import Certificate
from dosojin_web.policies.operations.decide_change import confirm_change
from dosojin_web.policies.tests.conftest import NOW, World
from dosojin_web.portals.tests.reading import (
    JULY_10,
    Reader,
    ask_to_cancel,
    enrol_another,
    words_of,
)

PAGE = "/policyholder/bordereaux/"
FILE = "/policyholder/bordereaux/gakkensai-2026/aioi/2027-4.csv"


def unbalance(world: World, number: str) -> None:
    """1,000 yen are booked for a co-insurer that no certificate knows of."""
    lines = [Line("bank", 1_000), Line("premium-due:aioi", -1_000)]
    post("premium", "wrong", lines, number, NOW.date(), world.office.actor, NOW)


def test_each_insurer_has_its_row(world: World, enrolled: Certificate, reader: Reader) -> None:
    """26,130 yen: 13,066, 5,226, 4,572 and 3,266 (D28: the remainder to the lead)."""
    said = words_of(reader.read(PAGE))
    for words in ("13,066 yen", "5,226 yen", "4,572 yen", "3,266 yen", "April 2027", "July 2027"):
        assert words in said, words
    assert "All insurers 26,130 yen 0 yen 26,130 yen" in said


def test_the_overview_says_what_the_files_say(world: World, enrolled: Certificate) -> None:
    other = enrol_another(world, 2, JULY_10)
    change = ask_to_cancel(world, other)
    confirm_change(change, change.version, world.policyholder.actor, JULY_10)
    master, insurers = world.scheme.master, list(world.scheme.insurers)
    months = [NOW.date().replace(day=1), JULY_10.date().replace(day=1)]
    lines = list_months(master, months, insurers)
    assert len(lines) == 8
    for line in lines:
        made = make_bordereau(master, line.insurer, line.month)
        assert (line.written, line.returned) == (made.share_written, made.share_returned)
        assert (line.rows, line.difference) == (len(made.rows), 0)


def test_a_file_has_its_control(world: World, enrolled: Certificate, reader: Reader) -> None:
    response = reader.get(FILE)
    assert response.headers["Content-Type"].startswith("text/csv")
    assert "bordereau-G26-aioi-2027-04.csv" in response.headers["Content-Disposition"]
    rows = response.content.decode("utf-8-sig").splitlines()
    assert rows[-1].startswith("CONTROL,1") and rows[-1].endswith("5226")


def test_a_difference_is_named_and_nothing_given_out(
    world: World, enrolled: Certificate, reader: Reader
) -> None:
    unbalance(world, enrolled.number)
    text = reader.read(PAGE)
    said = words_of(text)
    assert "Differs by 1,000 yen" in said and "Not given out" in said
    assert "certificates 5,226 yen, ledger 6,226 yen" in said
    assert "aioi/2027-4.csv" not in text and "sompo/2027-4.csv" in text
    response = reader.get(FILE)
    assert response.status_code == 409
    assert "This bordereau is not given out" in response.text


@pytest.mark.parametrize(
    "address",
    [
        "gakkensai-2026/aioi/2027-13.csv",
        "gakkensai-2026/aioi/2020-1.csv",
        "gakkensai-2026/hokurei/2027-4.csv",
        "other/aioi/2027-4.csv",
        "gakkensai-2026/aioi/0-0.csv",
    ],
)
def test_a_month_that_is_not_there_is_404(
    enrolled: Certificate, reader: Reader, address: str
) -> None:
    assert reader.get(f"/policyholder/bordereaux/{address}").status_code == 404


def test_the_shares_add_up(reader: Reader) -> None:
    said = words_of(reader.read("/policyholder/shares/"))
    for words in ("50%", "20%", "17.5%", "12.5%", "Total 100%", "for its own share only"):
        assert words in said, words


def test_queries_do_not_grow_with_certificates(
    world: World, enrolled: Certificate, reader: Reader
) -> None:
    before = reader.count_queries(PAGE)
    for number in (2, 3):
        enrol_another(world, number, JULY_10)
    assert reader.count_queries(PAGE) == before
