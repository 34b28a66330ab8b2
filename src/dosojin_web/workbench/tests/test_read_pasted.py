"""Lines of a spreadsheet, of a text, in either language, in any order."""

import pytest
from django.utils.translation import override

from dosojin_web.workbench.operations.read_figures import read_amount, read_duration, read_yen
from dosojin_web.workbench.operations.read_pasted import read_pasted
from dosojin_web.workbench.receipts import Row

USUAL = ("physician_and_hospital", "rescuer_fare", "rescuer_room")


@pytest.mark.parametrize(
    ("line", "row"),
    [
        ("hospital\tUSD 48,000.00\t2026-06-21\tbilled",
         Row("physician_and_hospital", "", "48,000.00", "USD", "2026-06-21", "", "billed")),
        ("airfare, mother, 210,000 yen, 2026-06-12, paid",
         Row("rescuer_fare", "mother", "210,000", "JPY", "2026-06-12", "", "paid")),
        ("航空券　父　２１０，０００円　2026年6月12日　領収",
         Row("rescuer_fare", "父", "210,000", "JPY", "2026-06-12", "", "paid")),
        ("hotel mother 20 nights 300,000 2 July 2026 paid",
         Row("rescuer_room", "mother", "300,000", "JPY", "2026-07-02", "20", "paid")),
        ("ホテル;母;14泊;15万;見積もり",
         Row("rescuer_room", "母", "15万", "JPY", "", "14", "estimated")),
        ("A rescuer's room 1200.50 EUR",
         Row("rescuer_room", "", "1200.50", "EUR")),
        ("June 3, 2026  $ 35  taxi", Row("treatment_transport", "", "35", "USD", "2026-06-03")),
        ("5000", Row("", "", "5000", "JPY")),
    ],
)  # fmt: skip
def test_a_line(line: str, row: Row) -> None:
    rows, unread = read_pasted(line, "gakkensai-2026", USUAL)
    assert unread == [] and rows == [row]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("something odd", "No amount"),
        ("hospital 100 200", "more than one amount"),
        ("hospital 100 2026-02-30", "does not exist"),
    ],
)
def test_a_line_that_cannot_be_read_is_kept(line: str, reason: str) -> None:
    with override("en"):
        rows, unread = read_pasted(f"hotel 1\n{line}", "gakkensai-2026", USUAL)
    assert len(rows) == 1
    assert [(left.number, left.text) for left in unread] == [(2, line)]
    assert reason in unread[0].reason


def test_a_heading_and_empty_lines_are_no_receipts() -> None:
    rows, unread = read_pasted("日付\t種類\t金額\n\nhotel 5", "gakkensai-2026", USUAL)
    assert len(rows) == 1 and unread == []


@pytest.mark.parametrize(
    ("typed", "yen"),
    [("30,000", 30000), ("３万円", 30000), ("¥ 5", 5), ("1億", 10**8), ("", None), ("-5", None),
     ("1.5", None)],
)  # fmt: skip
def test_yen(typed: str, yen: int | None) -> None:
    assert read_yen(typed) == yen


@pytest.mark.parametrize(
    ("typed", "amount"),
    [("1,234.50", "1234.50"), ("1.234,50", "1234.50"), ("12,50", "12.50"), ("$ 5", "5"),
     ("1,234", "1234"), ("five", None), ("-5", None)],
)  # fmt: skip
def test_foreign_money(typed: str, amount: str | None) -> None:
    assert read_amount(typed, "USD") == amount


@pytest.mark.parametrize(
    ("typed", "length"),
    [("6:30", "6:30"), ("6時間30分", "6:30"), ("6h", "6:00"), ("6", "6:00"), ("6:75", None),
     ("long", None)],
)  # fmt: skip
def test_lengths_of_time(typed: str, length: str | None) -> None:
    assert read_duration(typed) == length
