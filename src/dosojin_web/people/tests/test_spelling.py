"""What sounds or looks the same is the same when it is compared."""

import pytest

from dosojin_web.people.spelling import fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ヤマダ", "やまだ"),
        ("ﾔﾏﾀﾞ", "やまだ"),
        ("ＹＡＭＡＤＡ", "yamada"),
        ("O'Brien", "OBRIEN"),
        ("María José", "mariajose"),
        ("Nguyễn", "NGUYEN"),
        ("𠮷田", "吉田"),
        ("髙橋", "高橋"),
        ("葛\U000e0100城", "葛城"),
        ("Straße", "STRASSE"),
        ("アン＝マリー", "アンマリー"),
        ("İnci", "inci"),
    ],
)
def test_the_same(one: str, other: str) -> None:
    assert fold(one) == fold(other) != ""


@pytest.mark.parametrize(
    ("one", "other"), [("ハナ", "バナ"), ("はっとり", "はつとり"), ("山", "川")]
)
def test_not_the_same(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_no_letters() -> None:
    assert fold(" 　-・'") == ""
