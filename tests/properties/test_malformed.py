"""Bad input: over ten thousand broken claim files, and never anything but a Problem that helps.

A good claim is broken in many ways, as data and as text. What is read all the same must be a
claim that can be written down and read again.
"""

from __future__ import annotations

import copy
import json
import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dosojin.adjudication.decide import plain
from dosojin.adjudication.load_claim import load_claim
from dosojin.adjudication.read_claim import Claim
from dosojin.values.problems import Problem

FILES_AN_EXAMPLE = 30
EXAMPLES = max(settings().max_examples // 4, 10)
NAME = "claim.json"
GOOD: dict[str, Any] = {
    "product": "gakkensai-2026",
    "plan": "D",
    "as_of": "2026-08-01",
    "place_offset": "-04:00",
    "policy": {
        "inception": "2026-06-01", "expiry": "2026-08-31", "premium_paid_on": "2026-05-01",
        "extended": False, "riders": "none", "sums": {"medical_rescue": 10_000_000},
    },
    "facts": {
        "cause": "injury", "accident_on": "2026-06-02T03:10-04:00", "accident_on_trip": True,
        "treated": True, "first_treated_on": {"from": "2026-06-02", "to": "2026-06-03"},
        "admitted_on": "2026-06-03", "discharged_on": "2026-06-14", "circumstances": "none",
        "deductions": {"has": ["refund"]}, "died": "unknown", "named_rescuers": ["母"],
    },
    "expenses": [
        {"category": "physician_and_hospital", "amount": "14200.00", "currency": "USD",
         "on": "2026-06-14", "status": "billed", "refunded": "12.50"},
        {"category": "rescuer_fare", "person": "母", "amount": 210_000, "on": "2026-06-04"},
        {"category": "rescuer_room", "person": "母", "amount": 300_000, "nights": 20,
         "on": "2026-06-05", "status": "estimated"},
    ],
    "rates": {"USD": {"yen": "155.20", "on": "2026-06-14", "source": "card statement"}},
    "usage": [{"node": "personal_effects.sum", "settled": 1000, "guaranteed": 500}],
    "documents": ["receipt"],
}  # fmt: skip
JUNK: tuple[Any, ...] = (
    None, True, False, 0, -1, -10_000, 1, 2**63, 10**30, 10**300, 0.5, -0.1, 1e308, "", " ", "x",
    "unknown", "none", "yes", "unlimited", "irreparable", "2026-13-01", "2026-02-30", "2026-06-02",
    "0000-00-00", "9999-12-31", "2999-01-01", "1899-12-31", "2026-06-02T25:00+09:00",
    "2026-06-02T03:10", "2026-06-02T03:10+99:99", "6:30", "6:99", "-6:30", "99999:59", "155.20",
    "-5", "1e5", "NaN", "Infinity", "-0", "１２３", "母", "\u0000", "\ud7ff", "🛡", "x" * 3000,
    [], [[]], [None], ["x"], [1, 2], ["unknown"], {}, {"from": "2026-06-09", "to": "2026-06-01"},
    {"from": 5, "to": 1}, {"from": None}, {"to": -1}, {"one_of": []}, {"one_of": ["x"]},
    {"has": ["refund"], "not": ["refund"]}, {"has": "refund"}, {"x": {"x": {"x": {}}}},
    "+09:00", "+25:00", "gakkensai-1999", "Z", "EUR", "JPY", "estimated", [7, 15], [0],
)  # fmt: skip
NAMES = (
    "", "facts", "causes", "cause ", "CAUSE", "amount", "1", "__class__", "product", "sums", "yen",
    "from", "to", "person", "母", "x" * 500, "nights", "usage", "inception", "refunded",
)  # fmt: skip
LITERALS = (
    "NaN", "Infinity", "-Infinity", "1e400", "-1", "1.5", "9" * 4500, "0x1F", "nul", "tru",
    "'x'", "{", "[", "}", "]", ",", ":", "&a x", "*a", "!!binary aGk=", "!!python/name:os.system",
    "!!set {a, b}", "!x y", "<<: {a: 1}", "? x", "|", ">", "%YAML 1.2", "---", "...", "\t", "\\",
    "[" * 300, "{\"a\":" * 300, "\ufeff", "\u2028", "1:30:20", "0o17", "2026-06-02 03:10",
    "\"\\ud800\"", "~", "- - -", "# x", "@", "`",
)  # fmt: skip


# breaking data -----------------------------------------------------------------------------


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of everything inside."""
    if isinstance(value, dict):
        for key in value:
            yield (*path, key)
            yield from places(value[key], (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield (*path, index)
            yield from places(inner, (*path, index))


PLACES = tuple(places(GOOD))


def parent_of(claim: Any, path: tuple[Any, ...]) -> Any:
    for step in path[:-1]:
        claim = claim[step]
    return claim


def replaced(claim: Any, path: tuple[Any, ...], chance: random.Random) -> None:
    parent_of(claim, path)[path[-1]] = copy.deepcopy(chance.choice(JUNK))


def removed(claim: Any, path: tuple[Any, ...], chance: random.Random) -> None:
    del parent_of(claim, path)[path[-1]]


def renamed(claim: Any, path: tuple[Any, ...], chance: random.Random) -> None:
    holder = parent_of(claim, path)
    if isinstance(holder, dict):
        holder[chance.choice(NAMES)] = holder.pop(path[-1])


def added(claim: Any, path: tuple[Any, ...], chance: random.Random) -> None:
    holder = parent_of(claim, path)
    if isinstance(holder, dict):
        holder[chance.choice(NAMES)] = copy.deepcopy(chance.choice(JUNK))
    elif isinstance(holder, list):
        holder.append(copy.deepcopy(chance.choice(JUNK)))


def swapped(claim: Any, path: tuple[Any, ...], chance: random.Random) -> None:
    """A value of another place: dates in the wrong order, amounts for words."""
    other = chance.choice(PLACES)
    try:
        found = copy.deepcopy(parent_of(claim, other)[other[-1]])
        parent_of(claim, path)[path[-1]] = found
    except (KeyError, IndexError, TypeError):
        pass


def nested(claim: Any, path: tuple[Any, ...], chance: random.Random) -> None:
    holder = parent_of(claim, path)
    for _ in range(chance.choice((1, 3, 60))):
        holder[path[-1]] = chance.choice(([holder[path[-1]]], {"x": holder[path[-1]]}))


BREAKS: tuple[Callable[[Any, tuple[Any, ...], random.Random], None], ...] = (
    replaced, replaced, replaced, removed, renamed, added, swapped, nested,
)  # fmt: skip


def broken(chance: random.Random) -> Any:
    """The good claim, broken in one to three places."""
    claim = copy.deepcopy(GOOD)
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        try:
            chance.choice(BREAKS)(claim, chance.choice(PLACES), chance)
        except (KeyError, IndexError, TypeError):
            continue
    return claim


# breaking text -----------------------------------------------------------------------------


def as_yaml(value: Any) -> str:
    """Flow style with bare words where JSON has none: what people write by hand."""
    text = json.dumps(value, ensure_ascii=False)
    return text.replace('"', "", 2).replace('": ', ": ", 3)


def text_of(chance: random.Random) -> bytes:
    claim = broken(chance) if chance.random() < 0.7 else GOOD
    text = json.dumps(claim, ensure_ascii=chance.random() < 0.5)
    if chance.random() < 0.2:
        text = as_yaml(claim)
    content = text.encode("utf-8", "surrogatepass")
    kind = chance.randrange(12)
    at = chance.randrange(len(content) + 1)
    if kind == 0:
        return content[:at]
    if kind == 1:
        return content[:at] + chance.randbytes(chance.choice((1, 4, 40))) + content[at:]
    if kind == 2:
        return content[:at] + chance.choice(LITERALS).encode() + content[at:]
    if kind == 3:
        cut = text.find(": ", at // 2)
        return (text[: cut + 2] + chance.choice(LITERALS) + text[cut + 2 :]).encode()
    if kind == 4:
        return text.replace('"facts": {', '"facts": {"cause": "illness", "cause": 1, ', 1).encode()
    if kind == 5:
        return content.replace(b"20", str(chance.choice(JUNK)).encode("utf-8", "replace"), 1)
    return content


def nonsense(chance: random.Random) -> bytes:
    size = chance.choice((0, 1, 10, 300))
    return chance.choice((
        chance.randbytes(size),
        "".join(chance.choices(LITERALS, k=5)).encode(),
        b"[" * 10_000, b'{"a":' * 3_000, b"a:\n" * size, b"- " * size, b"x" * 4_000_001,
        "".join(map(chr, chance.choices(range(32, 0x3100), k=size))).encode(),
        b"&a [*a]", b"a: &a {b: *a}", text_of(chance).decode("utf-8", "replace").encode("utf-16"),
    ))  # fmt: skip


# what must hold ----------------------------------------------------------------------------


def check_refusal(problem: Problem) -> None:
    assert problem.code and problem.place.startswith(NAME), problem.place
    for text in (problem.message, problem.remedy):
        assert text.ja.strip() and text.en.strip(), problem.code
    assert len(problem.in_("en")) < 5000
    problem.in_("ja").encode()


def loaded(content: bytes) -> Claim | None:
    try:
        return load_claim(content, NAME)
    except Problem as problem:
        check_refusal(problem)
        return None
    except Exception as error:
        raise AssertionError(f"{type(error).__name__}: {error} on {content[:3000]!r}") from error


def check_round_trip(claim: Claim) -> None:
    again = loaded(json.dumps(plain(claim.source), ensure_ascii=False).encode())
    assert again is not None and again.case == claim.case


def test_the_good_claim_is_good() -> None:
    claim = loaded(json.dumps(GOOD).encode())
    assert claim is not None
    check_round_trip(claim)


@settings(max_examples=EXAMPLES)
@given(st.integers(0, 2**32))
def test_what_cannot_be_read_is_refused_with_help(seed: int) -> None:
    chance = random.Random(seed)
    for number in range(FILES_AN_EXAMPLE):
        content = nonsense(chance) if number % 10 == 0 else text_of(chance)
        claim = loaded(content)
        if claim is not None:
            check_round_trip(claim)


@settings(max_examples=EXAMPLES)
@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_anything_at_all_is_refused(content: bytes) -> None:
    assert loaded(content) is None


LAUGHS = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"a{i}: &a{i} [{','.join([f'*a{i - 1}'] * 10)}]\n" for i in range(1, 10)
)


@pytest.mark.parametrize(
    "content", [LAUGHS.encode(), b"a: b\n" * 700_000], ids=["aliases", "long"]
)
def test_no_file_takes_long(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "claim.yaml"
    path.write_bytes(content)
    code = (
        "import sys, pathlib\n"
        "from dosojin.adjudication.load_claim import load_claim\n"
        "from dosojin.values.problems import Problem\n"
        "try: load_claim(pathlib.Path(sys.argv[1]).read_bytes(), 'claim')\n"
        "except Problem: sys.exit(2)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], timeout=8, env=dict(os.environ), check=False
    )
    assert done.returncode == 2
