"""The list of commands, read from their files without importing one."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator

from dosojin.values.text import Language, Text

_HERE = os.path.dirname(__file__)
_USAGE = Text("使い方: dosojin コマンド …", "usage: dosojin COMMAND …")
_HEADING = Text("コマンド:", "commands:")
_MORE = Text(
    "それぞれの使い方は dosojin コマンド --help で表示します。"
    "どのコマンドにも --lang ja|en が使えます。",
    "dosojin COMMAND --help explains each. Every command knows --lang ja|en.",
)


def overview(language: Language) -> str:
    """The page that `dosojin --help` shows."""
    rows = summaries()
    width = max(len(name) for name, _ in rows)
    lines = [f"  {name:<{width}}  {summary.in_(language)}" for name, summary in rows]
    return "\n".join(
        [_USAGE.in_(language), "", _HEADING.in_(language), *lines, "", _MORE.in_(language)]
    )


def summaries() -> tuple[tuple[str, Text], ...]:
    """Every command with its one line, by name."""
    return tuple(sorted(_find(), key=lambda row: row[0]))


def _find() -> Iterator[tuple[str, Text]]:
    for entry in os.listdir(_HERE):
        stem = entry.removesuffix(".py")
        path = os.path.join(_HERE, entry)
        if os.path.isdir(path):
            path = os.path.join(path, "__init__.py")
        elif stem == entry:
            continue
        if not os.path.isfile(path):
            continue
        with open(path, encoding="utf-8") as source:
            text = source.read()
        if "\nSUMMARY" in text:
            yield stem.replace("_", "-"), _summary(ast.parse(text))


def _summary(module: ast.Module) -> Text:
    """SUMMARY as Text("…", "…"), {"ja": …, "en": …} or one plain string for both."""
    for statement in module.body:
        if isinstance(statement, ast.Assign):
            targets, value = statement.targets, statement.value
        elif isinstance(statement, ast.AnnAssign) and statement.value is not None:
            targets, value = [statement.target], statement.value
        else:
            continue
        if not any(isinstance(target, ast.Name) and target.id == "SUMMARY" for target in targets):
            continue
        if isinstance(value, ast.Call):
            named = {word.arg: ast.literal_eval(word.value) for word in value.keywords if word.arg}
            placed = dict(zip(("ja", "en"), map(ast.literal_eval, value.args), strict=False))
            return Text(**{**placed, **named})
        literal = ast.literal_eval(value)
        return Text(**literal) if isinstance(literal, dict) else Text(literal, literal)
    return Text("", "")
