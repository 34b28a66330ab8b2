"""Reading and writing the files of the commands that take a claim; "-" is standard input."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from typing import Any

from dosojin.adjudication.load_claim import load_claim, parse
from dosojin.adjudication.read_claim import Claim
from dosojin.cli.arguments import Arguments, Command, read_arguments
from dosojin.values.problems import Problem
from dosojin.values.text import Text

STANDARD_INPUT = "(standard input)"
CLAIM_HELP = Text(
    "事案ファイル（JSON か YAML、- は標準入力）",
    "the claim file, JSON or YAML; - for standard input",
)


def read_claim_arguments(command: Command, argv: Sequence[str]) -> Arguments:
    """The arguments, where "-" may stand for the file."""
    return read_arguments(command, [STANDARD_INPUT if word == "-" else word for word in argv])


def read_bytes(path: str) -> bytes:
    """The content of a file, or of standard input; Problem if it cannot be read."""
    if path == STANDARD_INPUT:
        return sys.stdin.buffer.read()
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        raise Problem(
            "file.unreadable",
            path,
            Text("ファイルを読めません。", f"This file cannot be read: {error.strerror}."),
            Text("パスと読み取りの権限を確かめてください。", "Check the path and the permission."),
        ) from None
    except ValueError:
        raise Problem(
            "file.unreadable",
            path.replace("\0", "?"),
            Text("ファイルの名前ではありません。", "This is no name of a file."),
            Text("パスを確かめてください。", "Check the path."),
        ) from None


def open_claim(path: str) -> Claim:
    """The claim in a file; a record of a decision gives the claim it was made on."""
    content = read_bytes(path)
    raw = parse(content, path)
    if isinstance(raw, dict) and set(raw) == {"claim", "decision"}:
        content = json.dumps(raw["claim"], ensure_ascii=False, default=str).encode()
    return load_claim(content, path)


def write_json(path: str, value: Any) -> None:
    """Writes a file whole or not at all; Problem if it cannot be written."""
    text = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
    beside = f"{path}.{os.getpid()}.part"
    try:
        with open(beside, "w", encoding="utf-8") as file:
            file.write(text)
        os.replace(beside, path)
    except (OSError, ValueError) as error:
        if os.path.exists(beside):
            os.remove(beside)
        reason = getattr(error, "strerror", None) or "no such place"
        raise Problem(
            "file.unwritable",
            path,
            Text("ファイルに書き込めません。", f"This file cannot be written: {reason}."),
            Text("保存先と権限を確かめてください。", "Check the folder and the permission."),
        ) from None


def print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=2))


def is_styled() -> bool:
    """Whether to use bold: only on a terminal, and never against NO_COLOR."""
    return (
        sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    )
