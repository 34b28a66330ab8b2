"""The arguments of the quick commands: one positional, then `--name value` in any order.

Read by hand: argparse speaks only English, keeps the last of two values without a word, and takes
a good part of the time that a quote may last.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from dosojin.cli.language import language_of
from dosojin.values.periods import read_civil_date
from dosojin.values.problems import Problem
from dosojin.values.text import Language, Text


@dataclass(frozen=True, slots=True)
class Option:
    """One `--name VALUE` of a command; a flag if `value` is empty."""

    name: str
    value: str
    help: Text
    is_required: bool = False
    may_repeat: bool = False

    @property
    def spelled(self) -> str:
        return f"{self.name} {self.value}".rstrip()


@dataclass(frozen=True, slots=True)
class Command:
    """How a command is called: its name, its one positional argument and its options."""

    name: str
    positional: str
    positional_help: Text
    options: tuple[Option, ...]

    @property
    def every_option(self) -> tuple[Option, ...]:
        return (*self.options, JSON, LANG, HELP)

    def help_text(self, language: Language) -> str:
        """How to call the command, its arguments aligned."""
        rows = [(self.positional, self.positional_help)]
        rows += [(option.spelled, option.help) for option in self.every_option]
        width = max(len(spelled) for spelled, _ in rows)
        usage = " ".join(
            option.spelled if option.is_required else f"[{option.spelled}]"
            for option in self.every_option
        )
        heading = "使い方:" if language == "ja" else "usage:"
        lines = [f"{heading} dosojin {self.name} {self.positional} {usage}", ""]
        lines += [f"  {spelled:<{width}}  {help.in_(language)}" for spelled, help in rows]
        return "\n".join(lines)


JSON = Option("--json", "", Text("JSON で答えます", "answer in JSON"))
LANG = Option("--lang", "ja|en", Text("答える言語", "language of the answer"))
HELP = Option("--help", "", Text("この説明を表示します", "show this page"))


@dataclass(frozen=True, slots=True)
class Arguments:
    """The arguments of one call, each under the name it was typed with."""

    language: Language
    values: dict[str, list[str]]

    def has(self, name: str) -> bool:
        return name in self.values

    def text(self, name: str) -> str:
        return self.values[name][0]

    def date(self, name: str) -> date:
        """The date given; Problem if it is not written YYYY-MM-DD or no such day exists."""
        text = self.text(name)
        try:
            return read_civil_date(text)
        except ValueError:
            raise Problem(
                "cli.date",
                name,
                Text(f"「{text}」は日付として読めません。", f"{text!r} is not a date."),
                Text("2026-06-01 のように書いてください。", "Write it like 2026-06-01."),
            ) from None


def read_arguments(command: Command, argv: Sequence[str]) -> Arguments:
    """The arguments of `dosojin COMMAND`; Problem names the first that is wrong or missing.

    With --help among them nothing else is checked.
    """
    arguments = Arguments(language_of(argv), _split(command, argv))
    if arguments.has(HELP.name):
        return arguments
    positionals = arguments.values.get(command.positional, [])
    if not positionals:
        raise _missing(command.positional)
    if len(positionals) > 1:
        raise _unknown(command, positionals[1])
    for option in command.every_option:
        given = arguments.values.get(option.name, [])
        if option.is_required and not given:
            raise _missing(option.name)
        if len(given) > 1 and not option.may_repeat:
            raise _given_twice(option.name)
    return arguments


def _split(command: Command, argv: Sequence[str]) -> dict[str, list[str]]:
    options = {option.name: option for option in command.every_option}
    values: dict[str, list[str]] = {}
    rest = list(argv)
    while rest:
        name, has_value, value = rest.pop(0).partition("=")
        if name == "-h":
            name = HELP.name
        if not name.startswith("-"):
            values.setdefault(command.positional, []).append(name + has_value + value)
            continue
        option = options.get(name)
        if option is None or (has_value and not option.value):
            raise _unknown(command, name + has_value + value)
        if option.value and not has_value:
            if not rest or rest[0].startswith("--"):
                raise _value_missing(option)
            value = rest.pop(0)
        values.setdefault(name, []).append(value)
    return values


def _missing(name: str) -> Problem:
    return Problem(
        "cli.missing",
        name,
        Text("指定がありません。", "This is missing."),
        Text("使い方は --help で確かめられます。", "See --help for how to call the command."),
    )


def _value_missing(option: Option) -> Problem:
    return Problem(
        "cli.value_missing",
        option.name,
        Text("値がありません。", "It needs a value."),
        Text(f"{option.spelled} のように書いてください。", f"Write it as {option.spelled}."),
    )


def _given_twice(name: str) -> Problem:
    return Problem(
        "cli.given_twice",
        name,
        Text("二度指定されています。", "It is given twice."),
        Text("どちらか一つにしてください。", "Keep one of the two."),
    )


def _unknown(command: Command, argument: str) -> Problem:
    known = ", ".join(option.name for option in command.every_option)
    return Problem(
        "cli.unknown_argument",
        argument,
        Text(
            f"dosojin {command.name} にこの引数はありません。",
            f"dosojin {command.name} does not know this argument.",
        ),
        Text(f"使えるのは {known} です。", f"It knows {known}."),
    )
