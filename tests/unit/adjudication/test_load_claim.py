"""Files as people make them: JSON or YAML, exact numbers, and a line where something is wrong."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from dosojin.adjudication.load_claim import BYTES_MAX, DEPTH_MAX, load_claim, parse
from dosojin.adjudication.read_claim import Claim
from dosojin.values.problems import Problem
from tests.unit.adjudication.small_edition import SMALL, in_force

HEAD = 'product: small\nas_of: 2026-08-01\nplace_offset: "-04:00"\n'
POLICY = "policy: {inception: 2026-06-01, expiry: 2026-08-31}\n"


def load(content: str | bytes, name: str = "claim.yaml") -> Claim:
    assert SMALL.id == "small"
    with in_force():
        return load_claim(content.encode() if isinstance(content, str) else content, name)


def refusal(content: str | bytes, name: str = "claim.yaml") -> Problem:
    with pytest.raises(Problem) as caught:
        parse(content.encode() if isinstance(content, str) else content, name)
    problem = caught.value
    for language in ("en", "ja"):
        assert problem.message.in_(language) and problem.remedy.in_(language)
    return problem


def read(content: str) -> Any:
    return parse(content.encode(), "claim.yaml")


# What is taken.


def test_yaml_and_json_say_the_same() -> None:
    yaml = read("a: {b: [1, 2.5, true, null, x]}")
    assert yaml == read('{"a": {"b": [1, 2.5, true, null, "x"]}}')
    assert yaml == {"a": {"b": [1, Decimal("2.5"), True, None, "x"]}}


def test_a_whole_claim_is_read_from_yaml() -> None:
    claim = load(HEAD + POLICY + "facts: {died: true, admitted_on: 2026-06-02}\n")
    assert claim.product == "small"
    assert len(claim.case.stated) == 4


@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b""])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
def test_a_byte_order_mark_and_line_ends_of_windows_do_not_matter(mark: bytes, end: bytes) -> None:
    lines = [b"product: small", b"facts:", b"  died: true", b"  cause: injury", b""]
    assert parse(mark + end.join(lines), "claim.yaml") == {
        "product": "small",
        "facts": {"died": True, "cause": "injury"},
    }
    pretty = [b"{", b'  "product": "small",', b'  "facts": {"died": true}', b"}", b""]
    assert parse(mark + end.join(pretty), "claim.json") == {
        "product": "small",
        "facts": {"died": True},
    }


@pytest.mark.parametrize("form", ["a: {}", '{{"a": {}}}'])
def test_decimals_stay_exact(form: str) -> None:
    # As binary fractions these would be 155.19999… and 0.30000000000000004.
    found = read(form.format("155.20"))["a"]
    assert isinstance(found, Decimal)
    assert str(found) == "155.20"
    assert read(form.format("0.1"))["a"] * 3 == Decimal("0.3")
    assert read(form.format("1e3"))["a"] == 1000
    assert read(form.format("12345678901234567890123"))["a"] == 12345678901234567890123


def test_dates_and_times_of_yaml_stay_as_they_were_written() -> None:
    found = read("a: 2026-06-02\nb: 2026-06-02T03:10-04:00\nc: 6:30\nd: 6:30:15\n")
    assert found == {
        "a": "2026-06-02",
        "b": "2026-06-02T03:10-04:00",
        "c": "6:30",
        "d": "6:30:15",
    }


def test_yes_and_no_are_words_and_not_truths() -> None:
    assert read("a: yes\nb: no\nc: NO\nd: on") == {"a": "yes", "b": "no", "c": "NO", "d": "on"}


def test_a_mapping_of_yaml_may_start_with_a_brace() -> None:
    assert read("{a: 1, b: {c: 2}}") == {"a": 1, "b": {"c": 2}}


def test_japanese_is_text_like_any_other() -> None:
    assert read("note: 脚の骨折、ボストン") == {"note": "脚の骨折、ボストン"}


# Entries that stand twice.


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("a: 1\nb: 2\na: 3\n", 3),
        ("facts:\n  died: true\n  cause: injury\n  died: false\n", 4),
        ("\n\n{a: 1,\n b: 2,\n a: 3}\n", 5),
        ('{"a": 1,\n "b": 2,\n "a": 3}\n', 3),
        ('{\n  "facts": {\n    "died": true,\n    "died": false\n  }\n}\n', 4),
        ('[{"a": 1},\n {"a": 1, "a": 2}]\n', 2),
    ],
)
def test_an_entry_that_stands_twice_is_refused_with_its_line(content: str, line: int) -> None:
    problem = refusal(content)
    assert problem.code == "key.twice"
    assert problem.place == f"claim.yaml: line {line}"
    assert "twice" in problem.message.en and "二度" in problem.message.ja
    assert "Keep one" in problem.remedy.en and "一つ" in problem.remedy.ja


def test_in_a_very_long_file_the_entry_itself_is_named() -> None:
    filler = ",\n".join(f'"k{number}": 1' for number in range(20_000))
    problem = refusal("{" + filler + ', "died": 1, "died": 2}')
    assert (problem.code, problem.place) == ("key.twice", "claim.yaml: died")


def test_the_same_entry_of_two_receipts_is_no_repetition() -> None:
    assert read("- {a: 1}\n- {a: 1}\n") == [{"a": 1}, {"a": 1}]


# What is refused.


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ('{"a": 1,\n "b": }\n', "claim.yaml: line 2 column 7"),
        ('{"a": 1\n', "claim.yaml: line 2 column 1"),
        ('{"a": 1} x', "claim.yaml: line 1 column 10"),
        ("a: [1, 2\nb: 3\n", "claim.yaml: line 2 column"),
        ("a: 1\n\tb: 2\n", "claim.yaml: line 2 column"),
        ("a: *nowhere\n", "claim.yaml: line 1 column"),
        ("a: !!python/object:os.system x\n", "claim.yaml: line 1 column"),
    ],
)
def test_what_does_not_parse_names_line_and_column(content: str, place: str) -> None:
    problem = refusal(content)
    assert problem.code == "file.syntax"
    assert problem.place.startswith(place)


@pytest.mark.parametrize(
    ("content", "word"),
    [
        ('{"a": NaN}', "NaN"),
        ('{"a": Infinity}', "Infinity"),
        ('{"a": -Infinity}', "-Infinity"),
        ("a: .nan", ".nan"),
        ("a: .inf", ".inf"),
        ("a: -.INF", "-.INF"),
    ],
)
def test_what_is_no_number_is_refused(content: str, word: str) -> None:
    problem = refusal(content)
    assert problem.code == "file.syntax"
    assert word in problem.message.en and word in problem.message.ja


def test_bytes_that_are_no_utf8_name_the_byte() -> None:
    problem = refusal("product: 海外".encode("shift_jis"))
    assert (problem.code, problem.place) == ("file.encoding", "claim.yaml: byte 9")
    assert "UTF-8" in problem.remedy.en and "UTF-8" in problem.remedy.ja
    assert refusal("a: 1".encode("utf-16")).code == "file.encoding"


def test_what_is_no_text_is_refused() -> None:
    assert refusal(b"\x00\x01\x02").code == "file.syntax"
    assert refusal(b"a: \x07").code == "file.syntax"
    assert refusal('{"note": "\\ud800"}').code == "file.syntax"
    assert refusal('{"\\udfff": 1}').code == "file.syntax"


def test_a_pair_of_surrogates_is_one_character() -> None:
    assert read('{"note": "\\ud83d\\ude00"}') == {"note": "\U0001f600"}


def test_fifty_megabytes_are_refused_unread() -> None:
    problem = refusal(b"x" * 50_000_000)
    assert (problem.code, problem.place) == ("file.large", "claim.yaml")
    assert "50 MB" in problem.message.en and "50 MB" in problem.message.ja
    assert "4 MB" in problem.remedy.en and "4MB" in problem.remedy.ja


def test_the_size_limit_is_on_the_last_byte() -> None:
    padding = b" " * (BYTES_MAX - 2)
    assert parse(b"{}" + padding, "claim.json") == {}
    assert refusal(b"{}" + padding + b" ").code == "file.large"


@pytest.mark.parametrize("opening", ["[", '{"a":'])
def test_depth_is_limited(opening: str) -> None:
    closing = "]" if opening == "[" else "}"

    def nested(depth: int) -> str:
        return opening * depth + "1" + closing * depth

    read(nested(DEPTH_MAX))
    assert refusal(nested(DEPTH_MAX + 1)).code == "file.depth"
    assert refusal(nested(100_000)).code == "file.depth"


def test_deep_yaml_is_refused_and_no_traceback() -> None:
    assert refusal("a: " + "[" * 3000).code in ("file.syntax", "file.depth")
    assert refusal("a: " + "[" * 45 + "]" * 45).code == "file.depth"


def test_an_alias_of_itself_has_no_end() -> None:
    assert refusal("a: &a [*a]").code == "file.depth"


def test_aliases_that_multiply_are_refused() -> None:
    levels = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    for level in range(1, 12):
        levels.append(f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 9)}]")
    problem = refusal("\n".join(levels))
    assert problem.code == "file.large"
    assert "aliases" in problem.remedy.en and "別名" in problem.remedy.ja


@pytest.mark.parametrize("content", ["", "   \n", "# nothing\n", "7", "word", "[]"])
def test_what_is_no_claim_is_told_so(content: str) -> None:
    with pytest.raises(Problem) as caught:
        load(content)
    assert (caught.value.code, caught.value.place) == ("value.type", "claim.yaml")


def test_the_file_stands_before_the_place() -> None:
    with pytest.raises(Problem) as caught:
        load(HEAD + POLICY + "facts: {dyed: true}\n", "mine.yaml")
    assert caught.value.place == "mine.yaml: facts.dyed"
