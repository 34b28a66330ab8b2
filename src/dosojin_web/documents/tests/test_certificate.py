"""What a certificate says, in both languages."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from dosojin_web.documents.kinds import CertificateSheet, Panel, Period, Sheet, SumInsured
from dosojin_web.documents.specimens import certificate, english_certificate

TextOf = Callable[[Sheet], str]


def test_japanese(text_of: TextOf) -> None:
    text = text_of(certificate("ja"))
    for expected in (
        "被保険者証",
        "K26-000123",
        "第1版（2026年9月1日から有効）",
        "佐藤遥",
        "サトウハルカ",
        "SATOHaruka",
        "2005年4月12日",
        "S2301234",
        "2026年9月1日（火）0:00から",
        "2027年2月28日（日）24:00まで",
        "日本時間",
        "6か月まで",
        "公益財団法人日本国際教育支援協会",
        "84,320円",
        "治療・救援費用1回の事故につき",
        "無制限",
        "100,000,000円",
        "トラベルプロテクト",
        "+81-3-6758-2460",
        "0800-1-81-1391",
        "連帯して責任を負うことはありません",
        "三井住友海上火災保険株式会社",
        "共益商事株式会社",
        "050-3385-5876",
        "2026年8月3日（月）",
    ):
        assert expected in text, expected


def test_english(text_of: TextOf) -> None:
    text = text_of(certificate("en"))
    for expected in (
        "InsuranceCertificate",
        "Tue1September2026",
        "from00:00",
        "Sun28February2027",
        "until24:00",
        "Japantime",
        "Unlimited",
        "JPY100,000,000",
        "JPY84,320",
        "+81-3-6758-2460",
        "noneisliablejointlywithanother",
    ):
        assert expected in text, expected


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("character", ["𠮷", "髙", "﨑"])
def test_rare_characters(language: str, character: str, text_of: TextOf) -> None:
    sheet: CertificateSheet = certificate("ja" if language == "ja" else "en")
    found = text_of(replace(sheet, insured=replace(sheet.insured, name=f"{character}田 遥")))
    assert f"{character}田遥" in found


def test_one_insurer_alone_is_not_called_several(text_of: TextOf) -> None:
    text = text_of(replace(certificate("ja"), panel=Panel("東京海上日動火災保険株式会社")))
    assert "この保険は、東京海上日動火災保険株式会社が引き受けます。" in text
    assert "共同保険" not in text


def test_what_is_empty_is_not_labelled(text_of: TextOf) -> None:
    sheet = certificate("ja")
    bare = replace(
        sheet,
        insured=replace(sheet.insured, university="", student_number="", name_kana=""),
        destinations=(),
        services=(),
    )
    text = text_of(bare)
    for absent in ("在籍大学", "学籍番号", "渡航先", "付帯サービス", "特約", "特記事項"):
        assert absent not in text, absent


def test_the_english_certificate(text_of: TextOf) -> None:
    text = text_of(english_certificate())
    for expected in (
        "CertificateofInsurance",
        "Towhomitmayconcern",
        "SATOHaruka",
        "1September2026,00:00,to28February2027,24:00(Japantime)",
        "Worldwide",
        "UNLIMITED",
        "Repatriation",
        "JPY1,000,000",
        "Japaneseyen(JPY)",
        "Morioka,Japan,3August2026",
        "Authorisedsignature",
        "certificates.example/check/7Qm4xV9tKc2w",
    ):
        assert expected in text, expected
    assert "佐藤" not in text


def test_a_limited_sum_stands_as_an_amount(text_of: TextOf) -> None:
    text = text_of(replace(english_certificate(), medical=30_000_000))
    assert "JPY30,000,000" in text
    assert "UNLIMITED" not in text
    assert "nomaximum" not in text


def test_a_sum_of_zero_is_a_sum(text_of: TextOf) -> None:
    assert "疾病死亡0円" in text_of(replace(certificate("ja"), sums=(SumInsured("疾病死亡", 0),)))


def test_the_english_certificate_is_english() -> None:
    with pytest.raises(ValueError, match="language"):
        replace(english_certificate(), language="ja")


def test_a_period_has_a_day() -> None:
    Period(date(2026, 6, 1), date(2026, 6, 1))
    with pytest.raises(ValueError, match="last_day"):
        Period(date(2026, 6, 2), date(2026, 6, 1))
