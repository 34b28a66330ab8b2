"""The encodings of offices are told apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dosojin_web.uploads.refusal import UploadRefused
from dosojin_web.uploads.texts import decode_text, is_printed


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", "学籍番号,氏名\r\nA1,𠮷田\r\n"),
        ("utf-8-sig", "学籍番号,氏名\nA1,山田\n"),
        ("cp932", "学籍番号,氏名\r\nA1,髙橋①\r\n"),
        ("cp932", "ﾔﾏﾀﾞ"),
        ("utf-8", "plain\tascii"),
    ],
)
def test_office_encodings(encoding: str, text: str) -> None:
    assert decode_text(text.encode(encoding)) == (text, encoding)


# Of these, Windows has two and gives back the other.
TWINS = "¢£¬‖−〜"


@given(
    st.text(st.characters(codec="cp932", exclude_categories=["Cc", "Cs"], exclude_characters=TWINS))
)
def test_a_text_of_windows_comes_back_or_was_utf8_too(text: str) -> None:
    content = text.encode("cp932")
    found, encoding = decode_text(content)
    assert found == text or encoding == "utf-8"


@given(st.binary())
def test_what_is_decoded_is_printed(content: bytes) -> None:
    try:
        text, _ = decode_text(content)
    except UploadRefused:
        return
    assert is_printed(text)
