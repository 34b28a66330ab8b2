"""How days are worded."""

from datetime import date

import pytest
from django.utils.translation import override

from dosojin_web.portals.tests.reading import words_of
from dosojin_web.templatetags.layout import civil_days


@pytest.mark.parametrize(
    ("language", "last", "words"),
    [
        ("en", date(2027, 7, 31), "Tue 1 June – Sat 31 July 2027"),
        ("en", date(2028, 1, 1), "Tue 1 June 2027 – Sat 1 January 2028"),
        ("ja", date(2027, 7, 31), "2027年6月1日（火）〜 7月31日（土）"),
        ("ja", date(2028, 1, 1), "2027年6月1日（火）〜 2028年1月1日（土）"),
    ],
)
def test_a_year_stands_once_and_no_day_is_torn(language: str, last: date, words: str) -> None:
    with override(language):
        said = civil_days(date(2027, 6, 1), last)
    assert words_of(said).strip() == words
    assert said.count('<span class="whole">') == 2
