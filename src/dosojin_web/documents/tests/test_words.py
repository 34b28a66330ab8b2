"""The words of the documents and the values between them."""

import re
from datetime import date

import pytest

from dosojin_web.documents.kinds import DocumentKind, Language, Sum
from dosojin_web.documents.shown_values import name_kind, read_words, words_of

BRACES = re.compile(r"\{(\w+)\}")
BOTH: tuple[DocumentKind, ...] = (
    DocumentKind.CERTIFICATE,
    DocumentKind.PREMIUM_RECEIPT,
    DocumentKind.REFUND_NOTE,
)


@pytest.mark.parametrize("section", ["shared", "names", *BOTH])
def test_both_languages_have_the_same_words_with_the_same_braces(section: str) -> None:
    japanese, english = read_words("ja")[section], read_words("en")[section]
    assert set(japanese) == set(english)
    for name, text in japanese.items():
        assert type(text) is type(english[name])
        if isinstance(text, str):
            assert set(BRACES.findall(text)) == set(BRACES.findall(english[name])), name
        else:
            assert len(text) == len(english[name]), name


def test_days_and_amounts() -> None:
    japanese, english = (words_of(DocumentKind.CERTIFICATE, language) for language in LANGUAGES)
    assert japanese.day(date(2026, 6, 1)) == "2026年6月1日（月）"
    assert english.day(date(2026, 6, 1)).replace("\N{NO-BREAK SPACE}", " ") == "Mon 1 June 2026"
    assert japanese.yen(1_234_567) == "1,234,567円"
    assert japanese.yen(-500) == "\N{MINUS SIGN}500円"
    assert english.yen(0).replace("\N{NO-BREAK SPACE}", " ") == "JPY 0"
    assert japanese.sum(Sum.UNLIMITED) == "無制限"
    assert japanese.sum(Sum.INCLUDED) == "付帯"
    assert english.sum(Sum.UNLIMITED) == "Unlimited"


def test_every_kind_has_a_name_in_both_languages() -> None:
    assert name_kind(DocumentKind.ENGLISH_CERTIFICATE, "ja") == "付保証明書（英文）"
    assert set(read_words("en")["names"]) == set(DocumentKind)


LANGUAGES: tuple[Language, Language] = ("ja", "en")
