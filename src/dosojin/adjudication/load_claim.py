"""Reads claim files, JSON or YAML; whatever cannot be taken is named with its place."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from dosojin.adjudication.read_claim import Claim, read_claim
from dosojin.values.problems import Problem
from dosojin.values.text import Text

BYTES_MAX = 4_000_000
YAML_BYTES_MAX = 1_000_000
"""YAML is slow to read; that much of it is some ten thousand receipts."""
DEPTH_MAX = 40
LINE_SEARCH_MAX = 200_000
"""Characters of JSON in which the line of a repeated entry is looked for."""
ENTRIES_MAX = 400_000
"""Values in one file once aliases are unfolded; a few lines of YAML can stand for billions."""


def load_claim(content: bytes, name: str) -> Claim:
    """The claim in a file's bytes; `name` is how problems call the file."""
    try:
        return read_claim(parse(content, name))
    except Problem as problem:
        if problem.place.startswith(name):
            raise
        raise Problem(
            problem.code,
            f"{name}: {problem.place}" if problem.place else name,
            problem.message,
            problem.remedy,
        ) from None


def parse(content: bytes, name: str) -> Any:
    """Plain data out of JSON or YAML; decimals stay exact, a key that stands twice is refused."""
    if len(content) > BYTES_MAX:
        size = f"{len(content) // 1_000_000} MB"
        raise _refused(
            "file.large",
            name,
            Text(f"ファイルが大きすぎます（{size}）。", f"The file is too large ({size})."),
            Text(
                "一件の事案は4MBまでです。",
                "One occurrence may have up to 4 MB: check what the file is.",
            ),
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _refused(
            "file.encoding",
            f"{name}: byte {error.start}",
            Text("UTF-8 で読めません。", "This is not UTF-8."),
            Text("UTF-8 で保存し直してください。", "Save the file as UTF-8."),
        ) from None
    if "\x00" in text:
        raise _not_readable(name, Text("文字でないデータです。", "This is not text."))
    start = text.lstrip()[:1]
    data = (
        _json(text, name) if start in ("{", "[") and _looks_like_json(text) else _yaml(text, name)
    )
    _require_shallow(data, name)
    return data


def _looks_like_json(text: str) -> bool:
    """A flow mapping of YAML may start with a brace too; JSON quotes its first key."""
    inner = text.lstrip()[1:].lstrip()[:1]
    return inner in ('"', "}", "{", "[", "]")


def _refused(code: str, place: str, message: Text, remedy: Text) -> Problem:
    return Problem(code, place, message, remedy)


def _not_readable(place: str, message: Text) -> Problem:
    return _refused(
        "file.syntax",
        place,
        message,
        Text("JSON か YAML の事案ファイルを渡してください。", "Give a claim file in JSON or YAML."),
    )


def _once(pairs: list[tuple[str, Any]], name: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _twice(f"{name}: {key}")
        found[key] = value
    return found


def _twice(place: str) -> Problem:
    return _refused(
        "key.twice",
        place,
        Text("同じ項目が二度書かれています。", "This entry stands twice."),
        Text("どちらか一つにしてください。", "Keep one of the two."),
    )


def _json(text: str, name: str) -> Any:
    def refuse(word: str) -> Any:
        raise _not_readable(
            name, Text(f"「{word}」は数ではありません。", f"{word} is not a number.")
        )

    try:
        return json.loads(
            text,
            parse_float=Decimal,
            parse_int=lambda digits: int(digits) if len(digits) < 40 else Decimal(digits),
            parse_constant=refuse,
            object_pairs_hook=lambda pairs: _once(pairs, name),
        )
    except json.JSONDecodeError as error:
        raise _not_readable(
            f"{name}: line {error.lineno} column {error.colno}",
            Text("JSON として読めません。", f"This is not JSON: {error.msg}."),
        ) from None
    except RecursionError:
        raise _too_deep(name) from None
    except Problem as problem:
        raise _with_line(problem, text, name) from None


def _with_line(problem: Problem, text: str, name: str) -> Problem:
    """An entry that stands twice, with its line: JSON does not tell it, the same as YAML does."""
    if problem.code == "key.twice" and len(text) <= LINE_SEARCH_MAX:
        try:
            _yaml(text, name)
        except Problem as found:
            if found.code == problem.code:
                return found
    return problem


def _too_deep(name: str) -> Problem:
    return _refused(
        "file.depth",
        name,
        Text("入れ子が深すぎます。", "The entries are nested too deeply."),
        Text("事案ファイルの形を確かめてください。", "Check the shape of the claim file."),
    )


def _too_many(name: str) -> Problem:
    return _refused(
        "file.large",
        name,
        Text("値が多すぎます。", "The file has too many values."),
        Text(
            "一件の事案だけを書き、別名（&, *）の多用は避けてください。",
            "Give one occurrence, and use few aliases (&, *).",
        ),
    )


def _yaml(text: str, name: str) -> Any:
    if len(text) > YAML_BYTES_MAX:
        raise _refused(
            "file.large",
            name,
            Text("YAML としては大きすぎます。", "This is too large for YAML."),
            Text("1MBを超える事案は JSON で渡してください。", "Give more than 1 MB as JSON."),
        )
    from ruamel.yaml import YAML
    from ruamel.yaml.constructor import ConstructorError, DuplicateKeyError
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    reader = YAML(typ="safe")
    reader.constructor.add_constructor(
        "tag:yaml.org,2002:float", lambda loader, node: _exact(loader.construct_scalar(node), name)
    )
    reader.constructor.add_constructor(
        "tag:yaml.org,2002:timestamp", lambda loader, node: loader.construct_scalar(node)
    )
    try:
        return reader.load(text)
    except DuplicateKeyError as error:
        mark = error.problem_mark
        raise _twice(f"{name}: line {mark.line + 1}" if mark else name) from None
    except (ConstructorError, MarkedYAMLError) as error:
        mark = error.problem_mark or error.context_mark
        place = f"{name}: line {mark.line + 1} column {mark.column + 1}" if mark else name
        raise _not_readable(
            place, Text("YAML として読めません。", f"This is not YAML: {error.problem}.")
        ) from None
    except Problem:
        raise
    except (RecursionError, YAMLError, ValueError, TypeError, AttributeError, KeyError):
        raise _not_readable(name, Text("YAML として読めません。", "This is not YAML.")) from None


def _exact(scalar: str, name: str) -> Any:
    try:
        found = Decimal(scalar.replace("_", ""))
    except ArithmeticError:
        found = Decimal("NaN")
    if not found.is_finite():
        raise _not_readable(
            name, Text(f"「{scalar}」は数ではありません。", f"{scalar} is no number.")
        )
    return found


def _require_characters(text: str, name: str) -> None:
    if not text.isascii() and any(0xD800 <= ord(character) <= 0xDFFF for character in text):
        raise _not_readable(
            name,
            Text(
                "文字の半分だけの符号（\\ud800 など）があります。",
                "There is half a character, such as \\ud800.",
            ),
        )


def _require_shallow(data: Any, name: str) -> None:
    waiting: list[tuple[Any, int]] = [(data, 0)]
    seen = 0
    while waiting:
        value, depth = waiting.pop()
        seen += 1
        if seen > ENTRIES_MAX:
            raise _too_many(name)
        if depth > DEPTH_MAX:
            raise _too_deep(name)
        if isinstance(value, Mapping):
            waiting.extend((inner, depth + 1) for pair in value.items() for inner in pair)
        elif isinstance(value, str):
            _require_characters(value, name)
        elif isinstance(value, list):
            waiting.extend((inner, depth + 1) for inner in value)
        elif isinstance(value, datetime):
            continue
