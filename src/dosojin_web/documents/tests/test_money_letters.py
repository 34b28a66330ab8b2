"""What a receipt and a refund note say: amounts, and how they were worked out."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from dosojin_web.documents.kinds import PremiumLine, Sheet
from dosojin_web.documents.specimens import receipt, refund

TextOf = Callable[[Sheet], str]


def test_a_japanese_receipt(text_of: TextOf) -> None:
    text = text_of(receipt("ja"))
    for expected in (
        "保険料領収証",
        "佐藤遥様",
        "領収金額84,320円",
        "領収日2026年8月3日（月）",
        "クレジットカード",
        "合計84,320円",
        "R26-000123",
    ):
        assert expected in text, expected


def test_an_english_receipt(text_of: TextOf) -> None:
    text = text_of(receipt("en"))
    for expected in ("PremiumReceipt", "AmountreceivedJPY84,320", "Paidbycreditcard"):
        assert expected in text, expected


def test_a_receipt_of_two_premiums(text_of: TextOf) -> None:
    lines = (PremiumLine("保険料", 53_520), PremiumLine("追加保険料", 30_800))
    text = text_of(replace(receipt("ja"), lines=lines))
    assert "保険料53,520円追加保険料30,800円合計84,320円" in text


def test_a_receipt_adds_up() -> None:
    with pytest.raises(ValueError, match="total"):
        replace(receipt("ja"), total=84_321)


def test_a_japanese_refund_is_worked_out(text_of: TextOf) -> None:
    text = text_of(refund("ja"))
    for expected in (
        "返還保険料のお知らせ",
        "保険期間の短縮に伴い",
        "お支払いいただいた保険料2026年9月1日（火）〜2027年2月28日（日）、6か月まで84,320円",
        "−補償した期間の保険料2026年9月1日（火）〜2027年1月31日（日）、5か月まで69,020円",
        "お返しする保険料（差額）15,300円",
        "お支払いに使われたクレジットカードへ返金します。",
    ):
        assert expected in text, expected


def test_an_english_refund_is_worked_out(text_of: TextOf) -> None:
    text = text_of(refund("en"))
    for expected in (
        "NoticeofReturnPremium",
        "PremiumyoupaidTue1September2026–Sun28February2027,upto6monthsJPY84,320",
        "PremiumforthetimecoveredTue1September2026–Sun31January2027,upto5monthsJPY69,020",
        "Premiumreturned(thedifference)JPY15,300",
        "about10businessdays",
    ):
        assert expected in text, expected


def test_nothing_to_return_is_said(text_of: TextOf) -> None:
    text = text_of(replace(refund("ja"), kept=90_000, returned=0))
    assert "お返しする保険料はありません。" in text
    assert "お返しする額は0円です。" in text
    assert "お返しの方法" not in text


def test_cover_that_never_began(text_of: TextOf) -> None:
    text = text_of(replace(refund("ja"), kept=0, returned=84_320, covered=None))
    assert "（補償は始まっていません）0円" in text


def test_a_cancelled_cover_that_had_begun_is_not_called_unbegun(text_of: TextOf) -> None:
    text = text_of(replace(refund("ja"), covered=None))
    assert "−補償した期間の保険料69,020円" in text
    assert "始まっていません" not in text


@pytest.mark.parametrize("returned", [15_301, -1, 0])
def test_a_refund_is_the_difference(returned: int) -> None:
    with pytest.raises(ValueError, match="returned"):
        replace(refund("ja"), returned=returned)
