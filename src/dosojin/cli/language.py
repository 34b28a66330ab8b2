"""Which language to answer in: `--lang ja|en`, else what the environment says, else English."""

from __future__ import annotations

import os
from collections.abc import Sequence

from dosojin.values.problems import Problem
from dosojin.values.text import Language, Text

_OPTION = "--lang"
_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")


def language_of(argv: Sequence[str]) -> Language:
    """The language asked for among the arguments; Problem if it is neither ja nor en."""
    asked = None
    for index, argument in enumerate(argv):
        if argument == _OPTION:
            asked = argv[index + 1] if index + 1 < len(argv) else ""
        elif argument.startswith(_OPTION + "="):
            asked = argument.removeprefix(_OPTION + "=")
    return language_of_environment() if asked is None else read_language(asked)


def read_language(text: str) -> Language:
    """ "ja" or "en"; Problem for anything else."""
    if text == "ja":
        return "ja"
    if text == "en":
        return "en"
    raise Problem(
        "cli.language",
        _OPTION,
        Text(f"「{text}」という言語は使えません。", f"There is no language {text!r} here."),
        Text("ja か en を指定してください。", "Choose ja or en."),
    )


def language_of_environment() -> Language:
    """Japanese if the first locale variable that is set says so."""
    for name in _VARIABLES:
        value = os.environ.get(name)
        if value:
            return "ja" if value.startswith("ja") else "en"
    return "en"
