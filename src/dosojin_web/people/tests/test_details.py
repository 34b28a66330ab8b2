"""What people enter about themselves is taken as they mean it, or refused beside the field."""

from datetime import UTC, date, datetime

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from dosojin_web.people.details import INSURED, PersonDetails, check_details, tidy
from dosojin_web.people.faults import Faults

NOW = datetime(2026, 6, 1, 3, 0, tzinfo=UTC)


def faults_of(**details: object) -> dict[str, str]:
    with pytest.raises(Faults) as caught, override("en"):
        check_details(PersonDetails(**{"family_name": "山田", **details}), NOW)  # type: ignore[arg-type]
    return caught.value.faults


def kept(**details: object) -> PersonDetails:
    return check_details(PersonDetails(**{"family_name": "山田", **details}), NOW)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "name",
    [
        "𠮷田",
        "髙橋",
        "﨑山",
        "神谷",  # the compatible form, which NFC would replace
        "葛\U000e0100城",
        "佐々木",
        "Nguyễn Thị Minh Khai",
        "O’Brien-Smith",
        "María José de la Concepción",
        "アン＝マリー",
        "الحسن بن علي",
        "Keihanaikukauakahihuliheekahaunaele" * 2,
        "나",
        "X",
    ],
)
def test_names_are_kept_as_they_are_written(name: str) -> None:
    assert kept(family_name=name).family_name == name


def test_typing_habits_are_evened_out() -> None:
    assert tidy("  山田　 太郎\n") == "山田 太郎"
    assert kept(family_name="か\u3099").family_name == "が"
    found = kept(
        given_name="太郎",
        family_name_kana="やまだ",
        given_name_kana="ﾀﾛｰ",
        family_name_roman="Ｏ’brien",
        given_name_roman="taro  john",
        phone="０９０－１２３４－５６７８",
        email="Taro@EXAMPLE.ac.jp ",
    )
    assert (found.family_name_kana, found.given_name_kana) == ("ヤマダ", "タロー")
    assert (found.family_name_roman, found.given_name_roman) == ("O'BRIEN", "TARO JOHN")
    assert (found.phone, found.email) == ("+819012345678", "Taro@example.ac.jp")


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("family_name", "", "Enter the family name"),
        ("family_name", "山田<script>", "cannot stand in a name"),
        ("family_name", "山田1", "cannot stand in a name"),
        ("family_name", "山\u202e田", "cannot stand in a name"),
        ("family_name", "\ue000田", "on your device only"),
        ("family_name", "・", "A name has letters"),
        ("family_name", "山" * 101, "at most 100"),
        ("family_name_kana", "山田", "katakana"),
        ("family_name_kana", "ー", "katakana"),
        ("family_name_roman", "MÜLLER", "A to Z"),
        ("family_name_roman", "山田", "A to Z"),
        ("family_name_roman", "-", "A to Z"),
        ("birth_date", date(2026, 6, 2), "future"),
        ("birth_date", date(1905, 12, 31), "too far back"),
        ("phone", "12", "whole telephone number"),
        ("phone", "abc", "whole telephone number"),
        ("phone", "+999 1234567", "whole telephone number"),
        ("phone", "03-1234-5678 ext. 9", "without an extension"),
        ("email", "taro@", "Enter an e-mail address"),
        ("email", "a b@example.com", "Enter an e-mail address"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(field: str, value: object, words: str) -> None:
    faults = faults_of(**{field: value})
    assert list(faults) == [field] and words in faults[field]


def test_all_faults_come_at_once_in_the_order_of_the_form() -> None:
    assert list(faults_of(email="x", phone="y", family_name="")) == [
        "family_name",
        "phone",
        "email",
    ]


def test_a_birth_date_of_today_in_japan_is_not_the_future() -> None:
    late = datetime(2026, 6, 1, 15, 30, tzinfo=UTC)
    details = PersonDetails("山田", birth_date=date(2026, 6, 2))
    assert check_details(details, late).birth_date == date(2026, 6, 2)


def test_a_single_name_has_no_given_name_in_any_form() -> None:
    single = kept(
        family_name="Suparman", family_name_kana="スパルマン", family_name_roman="SUPARMAN"
    )
    assert single.given_name == single.given_name_roman == ""
    assert (
        "katakana too" in faults_of(given_name="太郎", family_name_kana="ヤマダ")["given_name_kana"]
    )
    assert "roman" in faults_of(given_name="太郎", family_name_roman="YAMADA")["given_name_roman"]
    assert "here too" in faults_of(given_name_kana="タロウ")["given_name"]


def test_the_insured_need_more() -> None:
    with pytest.raises(Faults) as caught:
        check_details(PersonDetails("山田"), NOW, INSURED)
    assert set(caught.value.faults) == INSURED - {"family_name"}


@given(st.text(max_size=120))
def test_what_was_kept_once_is_kept_unchanged(text: str) -> None:
    for field in ("family_name", "family_name_kana", "family_name_roman", "phone", "email"):
        try:
            once = kept(**{field: text})
        except Faults:
            continue
        assert check_details(once, NOW) == once
