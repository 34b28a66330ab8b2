"""A module named `utils` says nothing about what stands in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from tests.tidy.source_tree import python_files

BANNED = {
    "common",
    "data",
    "helper",
    "helpers",
    "manager",
    "managers",
    "misc",
    "util",
    "utils",
}


def banned_names(path: str) -> Iterator[str]:
    for part in PurePosixPath(path).with_suffix("").parts:
        for word in BANNED.intersection(part.split("_")):
            yield f"{path}: `{word}` is no name; say what stands in it"


def test_modules_are_named_for_what_they_hold() -> None:
    assert [found for file in python_files() for found in banned_names(file.path)] == []


def test_the_check_finds_empty_names() -> None:
    assert list(banned_names("src/dosojin/values/utils.py"))
    assert list(banned_names("src/dosojin/helpers/money.py"))
    assert list(banned_names("src/dosojin/terms/claim_data.py"))
    assert not list(banned_names("src/dosojin/values/money.py"))
    assert not list(banned_names("src/dosojin_web/manage.py"))
