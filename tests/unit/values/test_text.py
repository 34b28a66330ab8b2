"""A sentence in two languages."""

from __future__ import annotations

import pytest

from dosojin.values.text import Text

LIMIT = Text("{yen}円まで", "up to {yen} yen")


def test_each_language_reads_its_own() -> None:
    assert LIMIT.in_("ja") == "{yen}円まで"
    assert LIMIT.in_("en") == "up to {yen} yen"


def test_any_other_language_reads_english() -> None:
    assert LIMIT.in_("fr") == LIMIT.en


def test_placeholders_are_filled_in_both() -> None:
    assert LIMIT.filled({"yen": "300,000"}) == Text("300,000円まで", "up to 300,000 yen")


def test_a_placeholder_without_a_value_is_named() -> None:
    with pytest.raises(KeyError, match="yen"):
        LIMIT.filled({"days": "3"})
