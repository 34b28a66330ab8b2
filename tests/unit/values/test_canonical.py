"""Canonical bytes, as ENGINE §5 sets them: UTF-8, NFC, keys by code point, integers of any size."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Any

import pytest

from dosojin.values.canonical import canonical_bytes, digest


def test_keys_stand_by_code_point_whatever_the_order_they_came_in() -> None:
    # Z 5A < a 61 < あ 3042 < full-width A FF21 < an emoji 1F600 (UTF-16 would put it before).
    mixed = {"\U0001f600": 1, "あ": 2, "a": 3, "Ａ": 4, "Z": 5}
    assert canonical_bytes(mixed).decode() == '{"Z":5,"a":3,"あ":2,"Ａ":4,"\U0001f600":1}'


def test_characters_are_composed_in_keys_and_values() -> None:
    # カ + combining mark is one character, ガ; so is e + acute.
    apart = {"カ\u3099": "e\u0301"}
    assert canonical_bytes(apart) == '{"ガ":"é"}'.encode()
    assert digest(apart) == digest({"ガ": "é"})


def test_compatibility_forms_stay_different() -> None:
    assert digest("Ａ") != digest("A")


def test_integers_of_any_size_are_exact() -> None:
    big = 10**40 + 1
    assert canonical_bytes([big, -big]) == f"[{big},-{big}]".encode()


def test_true_is_not_one_and_null_is_not_false() -> None:
    assert canonical_bytes([True, 1, False, 0, None]) == b"[true,1,false,0,null]"


@pytest.mark.parametrize("value", [1.0, [1.5], {"a": {"b": 0.1}}, {"a": (1, 2.0)}])
def test_a_float_has_no_canonical_form(value: Any) -> None:
    with pytest.raises(TypeError, match="float"):
        canonical_bytes(value)


@pytest.mark.parametrize("value", [Decimal("1.5"), b"bytes", object()])
def test_what_is_no_plain_data_is_refused(value: Any) -> None:
    with pytest.raises(TypeError, match="no canonical form"):
        canonical_bytes({"a": value})


def test_sets_are_sorted() -> None:
    assert canonical_bytes({"a": frozenset({"c", "a", "b"})}) == b'{"a":["a","b","c"]}'
    assert canonical_bytes({10, 9}) == b"[9,10]"


def test_tuples_and_words_of_a_list_are_plain() -> None:
    class Word(StrEnum):
        INJURY = "injury"

    assert canonical_bytes((Word.INJURY, {Word.INJURY: 1})) == b'["injury",{"injury":1}]'


def test_no_spaces_and_no_escapes() -> None:
    assert canonical_bytes({"a": [1, "円 "]}) == '{"a":[1,"円 "]}'.encode()


def test_the_digest_is_the_sha256_of_the_bytes() -> None:
    # The SHA-256 of the two bytes "{}".
    expected = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
    assert digest({}) == f"sha256:{expected}"
