"""The arguments of commands that take any number of editions: none, one or two."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from dosojin.adjudication.catalogue import edition_files
from dosojin.cli.arguments import HELP, Arguments, Command, read_arguments
from dosojin.products import editions
from dosojin.values.problems import Problem
from dosojin.values.text import Text

PRODUCT_HELP = Text("商品の版（例 gakkensai-2026）", "the edition, such as gakkensai-2026")


def read_with_editions(
    command: Command, argv: Sequence[str], *, least: int, most: int
) -> tuple[Arguments, tuple[str, ...]]:
    """The options of a call and the editions it names, every one of which exists.

    Problem if there are fewer than `least` or more than `most`.
    """
    named = _positionals(command, argv)
    options = _without(argv, named)
    arguments = read_arguments(command, [*options, command.positional])
    if arguments.has(HELP.name):
        return arguments, ()
    if len(named) > most:
        raise Problem(
            "cli.unknown_argument",
            named[most],
            Text("余分な引数です。", "This argument is one too many."),
            Text(f"版は{most}つまでです。", f"dosojin {command.name} takes {most} at most."),
        )
    if len(named) < least:
        raise Problem(
            "cli.missing",
            command.positional,
            Text("指定がありません。", "This is missing."),
            Text(f"使えるのは {', '.join(editions())} です。", f"Use: {', '.join(editions())}."),
        )
    for product in named:
        edition_files(product)
    return arguments, tuple(named)


def named_edition(arguments: Arguments, option: str) -> str | None:
    """The edition that an option names, None without it; Problem at the option if it is none."""
    if not arguments.has(option):
        return None
    product = arguments.text(option)
    try:
        edition_files(product)
    except Problem as problem:
        raise Problem(problem.code, option, problem.message, problem.remedy) from None
    return product


def _positionals(command: Command, argv: Sequence[str]) -> list[str]:
    with_value = {option.name for option in command.every_option if option.value}
    found: list[str] = []
    is_value = False
    for word in argv:
        if not is_value and not word.startswith("-"):
            found.append(word)
        is_value = not is_value and word in with_value
    return found


def _without(argv: Sequence[str], positionals: Sequence[str]) -> list[str]:
    left = list(argv)
    for word in reversed(positionals):
        del left[len(left) - 1 - left[::-1].index(word)]
    return left


def print_json(content: Any) -> None:
    """Plain data as indented JSON."""
    print(json.dumps(content, ensure_ascii=False, indent=2))
