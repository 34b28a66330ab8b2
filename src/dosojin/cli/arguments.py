"""The arguments of the commands: a positional, several or none, and `--name value` in any order.

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

WHOLE_DIGITS_MAX = 19
POSITIONALS_MOST = 1 << 20


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
    """How a command is called: its name, its positional argument and its options.

    positional: "" if there is none; it ends in "…" if there may be several.
    """

    name: str
    positional: str
    positional_help: Text
    options: tuple[Option, ...]

    @property
    def most_positionals(self) -> int:
        return POSITIONALS_MOST if self.positional.endswith("…") else int(self.positional != "")

    @property
    def every_option(self) -> tuple[Option, ...]:
        return (*self.options, JSON, LANG, HELP)

    def help_text(self, language: Language) -> str:
        """How to call the command, its arguments aligned, in lines of a terminal's width."""
        from dosojin.explanation.render_text import WIDTH, fold_text

        rows = [(self.positional, self.positional_help)] if self.positional else []
        rows += [(option.spelled, option.help) for option in self.every_option]
        width = max(len(spelled) for spelled, _ in rows)
        lines = [*self._usage(language, WIDTH), ""]
        for spelled, help in rows:
            folded = fold_text(help.in_(language), WIDTH - width - 4).split("\n")
            lines.append(f"  {spelled:<{width}}  {folded[0]}")
            lines += [" " * (width + 4) + rest for rest in folded[1:]]
        return "\n".join(lines)

    def _usage(self, language: Language, width: int) -> list[str]:
        """The call in short; no option is torn from its value."""
        parts = [self.positional] if self.positional else []
        parts += [
            option.spelled if option.is_required else f"[{option.spelled}]"
            for option in self.every_option
        ]
        lines = [f"{'使い方:' if language == 'ja' else 'usage:'} dosojin {self.name}"]
        for part in parts:
            # a heading in Japanese is three places wider than it has letters
            if len(lines[-1]) + 1 + len(part) > width - 3:
                lines.append("   ")
            lines[-1] += f" {part}"
        return lines


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

    def all(self, name: str) -> list[str]:
        """Everything that was given under this name, in order."""
        return self.values.get(name, [])

    def whole(self, name: str, least: int, most: int, otherwise: int | None = None) -> int:
        """The number given, `1_000_000` or `1,000,000` as well, or else `otherwise`.

        Problem if it is none from `least` to `most`.
        """
        if otherwise is not None and not self.has(name):
            return otherwise
        text = self.text(name)
        plain = text.replace("_", "").replace(",", "")
        is_whole = plain.isascii() and plain.isdigit() and len(plain) <= WHOLE_DIGITS_MAX
        number = int(plain) if is_whole else -1
        if not least <= number <= most:
            raise Problem(
                "cli.number",
                name,
                Text(f"「{text}」は使えません。", f"{text!r} cannot be taken."),
                Text(
                    f"{_grouped(least)} から {_grouped(most)} までの整数を書いてください。",
                    f"Write a whole number from {_grouped(least)} to {_grouped(most)}.",
                ),
            )
        return number

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


def _grouped(number: int) -> str:
    """With separators from five digits on, so that a year is written as one."""
    return f"{number:,}" if number > 9999 else str(number)


def read_arguments(command: Command, argv: Sequence[str]) -> Arguments:
    """The arguments of `dosojin COMMAND`; Problem names the first that is wrong or missing.

    With --help among them nothing else is checked.
    """
    arguments = Arguments(language_of(argv), _split(command, argv))
    if arguments.has(HELP.name):
        return arguments
    positionals = arguments.all(command.positional)
    if command.positional and not positionals:
        raise _missing(command.positional)
    if len(positionals) > command.most_positionals:
        raise _unknown(command, positionals[command.most_positionals])
    for option in command.every_option:
        given = arguments.all(option.name)
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
